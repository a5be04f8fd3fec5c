//! Warnings of what answers have that their document does not allow for: one for each, not one for each answer.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use counterpart_wire::{Drift, DriftKind};

/// How many different warnings a client gives at most; what differs each time would never end.
const MOST: usize = 1000;

/// What a client has warned of.
#[derive(Default)]
pub(crate) struct Warned(Mutex<HashSet<(&'static str, String, DriftKind)>>);

impl Warned {
    /// Warns of what is new. Values stay out of it: they may be anything.
    pub(crate) fn warn(&self, operation: &'static str, drift: &[Drift]) {
        for Drift { path, kind, of, .. } in drift {
            if self.is_new(operation, path, *kind) {
                tracing::warn!(operation, path, ?kind, of, "not as the document says");
            }
        }
    }

    fn is_new(&self, operation: &'static str, path: &str, kind: DriftKind) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.len() < MOST && seen.insert((operation, path.to_owned(), kind))
    }
}
