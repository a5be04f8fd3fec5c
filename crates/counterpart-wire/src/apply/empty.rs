//! Values of which nothing has come yet.

use crate::drift::Notes;
use crate::mode::Mode;
use crate::repair;
use crate::state::{Look, Scope, State};
use serde::de::DeserializeOwned;

/// The empty value of a type: what a lenient decoder puts in the place of a required property that is missing. Of
/// generated types only one that holds itself without end has none.
pub(super) fn empty<T: DeserializeOwned>() -> Option<T> {
    let scope = Scope::enter(State::looking(
        Mode::Lenient,
        Look::Repairing,
        Notes::Ignored,
    ));
    let value = repair::empty::<T, serde_json::Error>();
    scope.leave();
    value
}
