//! Changing things: what a request leaves out stays, `null` takes away, a value replaces.

use assistants_server::types::Nullable;

/// Changes a property that may be `null`.
pub(crate) fn change<T>(property: &mut Option<T>, to: Nullable<T>) {
    match to {
        Nullable::Absent => {}
        Nullable::Null => *property = None,
        Nullable::Value(value) => *property = Some(value),
    }
}

/// Changes a property that may be `null` or absent.
pub(crate) fn replace<T>(property: &mut Nullable<T>, to: Nullable<T>) {
    if !to.is_absent() {
        *property = to;
    }
}
