//! Whom to tell of drift.

use super::Drift;
use std::fmt;
use std::sync::Arc;

/// A function that is told of drift: to log it, to count it, to fail a test over it.
///
/// It belongs to whoever was given it, such as one client; there is none for the whole process. Its clones call the
/// same function.
///
/// ```
/// use counterpart_wire::DriftHook;
///
/// let hook = DriftHook::new(|operation, drifts| {
///     for drift in drifts {
///         eprintln!("{operation}: {drift}");
///     }
/// });
/// # let drifts = Vec::new();
/// hook.tell("listRuns", &drifts);
/// ```
#[derive(Clone)]
pub struct DriftHook(Arc<Tell>);

type Tell = dyn Fn(&str, &[Drift]) + Send + Sync;

impl DriftHook {
    /// A hook that calls `tell` with an operation's id, and with what was met in one answer or event of it.
    pub fn new(tell: impl Fn(&str, &[Drift]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Tells of these drifts, if there are any.
    pub fn tell(&self, operation: &str, drifts: &[Drift]) {
        if !drifts.is_empty() {
            (self.0)(operation, drifts);
        }
    }
}

impl fmt::Debug for DriftHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DriftHook(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::DriftKind;
    use std::sync::Mutex;

    #[test]
    fn is_told_only_of_something() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hook = {
            let told = Arc::clone(&told);
            DriftHook::new(move |operation, drifts| {
                let line = format!("{operation}: {}", drifts[0]);
                told.lock().unwrap().push(line);
            })
        };
        let drift = Drift {
            path: "id".to_owned(),
            kind: DriftKind::MissingField,
            of: "Run",
            value: String::new(),
        };
        hook.tell("getRun", &[]);
        hook.clone().tell("getRun", &[drift]);
        assert_eq!(
            *told.lock().unwrap(),
            ["getRun: id: missing field of Run, read as empty"]
        );
    }
}
