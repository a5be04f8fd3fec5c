//! A value with what came along: status, headers, request id, attempts.

use std::fmt;
use std::ops::Deref;

use counterpart_wire::Drift;

use crate::meta::{Meta, meta_accessors};

/// A decoded answer. It stands for its value wherever a reference to that will do.
#[derive(Clone)]
pub struct Response<T> {
    /// The value.
    pub value: T,
    pub(crate) meta: Meta,
    pub(crate) drift: Vec<Drift>,
}

impl<T> Response<T> {
    meta_accessors!();

    /// What the value has that the document does not allow for, and that was tolerated.
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with what the function makes of its value.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: map(self.value),
            meta: self.meta,
            drift: self.drift,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("meta", &self.meta)
            .field("drift", &self.drift)
            .finish()
    }
}
