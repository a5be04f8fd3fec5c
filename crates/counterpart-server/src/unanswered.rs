//! What generated crates make the methods of [`unanswered!`](crate::unanswered) of.

/// A method of a generated trait that answers 501.
///
/// Generated crates have a macro of the same name that needs no more than names of methods:
/// `unanswered!(list_runs, cancel_run);` in the `impl` of a service.
#[macro_export]
macro_rules! unanswered {
    ($method:ident, $principal:ty, $request:ty, $reply:ty) => {
        async fn $method(
            &self,
            cx: $crate::Context<$principal>,
            _: $request,
        ) -> ::std::result::Result<$reply, $crate::ApiError> {
            let operation = cx.operation();
            ::std::result::Result::Err($crate::Rejection::Unanswered { operation }.into())
        }
    };
}
