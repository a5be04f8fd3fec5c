//! What [`call!`](crate::call) gives the generated calls that helpers send several times, such as those of lists.

use crate::PendingValue;

/// A generated call of one operation, as helpers see it. Implemented by [`call!`](crate::call) with `paged`.
pub trait Operation: Clone + Send + 'static {
    /// What the operation is answered with.
    type Output: 'static;
    /// The error body that the document declares.
    type Failure: 'static;

    /// The call with a query parameter that its operation may not know, in place of one that was set before.
    fn with_query(self, name: &str, value: &str) -> Self;

    /// Whether a query parameter is set.
    fn has_query(&self, name: &str) -> bool;

    /// Sends the call.
    fn start(self) -> PendingValue<Self::Output, Self::Failure>;
}
