//! What [`call!`](crate::call) gives every generated call, for helpers that send calls they know nothing of.

use crate::{Extras, Http, Options, PendingResponse, PendingValue};

/// A generated call of one operation, as helpers see it. Implemented by [`call!`](crate::call).
pub trait Operation: Clone + Send + 'static {
    /// What the operation is answered with.
    type Output: 'static;
    /// The error body that the document declares.
    type Failure: 'static;

    /// The operation's id in the document.
    fn id(&self) -> &'static str;

    /// The client that the call goes through.
    fn http(&self) -> &Http;

    /// The call's options, as they are set by now.
    fn current_options(&self) -> Options;

    /// The call with these options in place of its own.
    fn with_options(self, options: Options) -> Self;

    /// What was added to the call and taken off beside what its operation knows.
    fn extras(&self) -> &Extras;

    /// The call with these additions in place of its own.
    fn with_extras(self, extras: Extras) -> Self;

    /// The call with a query parameter that its operation may not know, in place of one that was set before.
    fn with_query(self, name: &str, value: &str) -> Self;

    /// Whether a query parameter is set.
    fn has_query(&self, name: &str) -> bool;

    /// Sends the call.
    fn start(self) -> PendingValue<Self::Output, Self::Failure>;

    /// Sends the call, and gives what came along as well.
    fn respond(self) -> PendingResponse<Self::Output, Self::Failure>;
}
