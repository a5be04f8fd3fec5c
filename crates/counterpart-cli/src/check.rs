//! What is checked before anything is sent: bodies, and the values of flags.

use counterpart_wire::validate::{Spot, Violations};
use counterpart_wire::{Checker, Mode, Validate, Value, json};
use serde::de::DeserializeOwned;

use crate::program::Problem;

/// Checks that JSON is a `T` that keeps all limits.
pub fn check<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    let value: T = decode(bytes)?;
    value.validate().map_err(|violations| problems(&violations))
}

/// Checks that JSON is a `T`, which has no limits.
pub fn check_shape<T: DeserializeOwned>(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    decode::<T>(bytes).map(drop)
}

/// Checks that the value of a flag is a `T` that keeps these rules:
/// `keeps::<i64>(value, |value| value.minimum(1).maximum(100))`.
pub fn keeps<T: DeserializeOwned>(
    value: &Value,
    rules: for<'s> fn(Spot<'s, T>) -> Spot<'s, T>,
) -> Result<(), Vec<Problem>> {
    let value = decode(value.to_string().as_bytes())?;
    let ruled = Ruled { value, rules };
    ruled.validate().map_err(|violations| problems(&violations))
}

/// A value and what holds for it.
struct Ruled<T> {
    value: T,
    rules: for<'s> fn(Spot<'s, T>) -> Spot<'s, T>,
}

impl<T> Validate for Ruled<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        (self.rules)(checker.value(&self.value));
    }
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Vec<Problem>> {
    json::decode(bytes, Mode::Valid).map_err(|error| {
        vec![Problem {
            path: error.path,
            message: error.message,
        }]
    })
}

fn problems(violations: &Violations) -> Vec<Problem> {
    let found = violations.iter().map(|violation| Problem {
        path: violation.path.clone(),
        message: match &violation.actual {
            Some(actual) => format!("{} ({actual})", violation.rule),
            None => violation.rule.to_string(),
        },
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_keeps_its_rules() {
        let check = |value: Value| keeps::<i64>(&value, |value| value.minimum(1).maximum(100));
        assert_eq!(check(json!(100)), Ok(()));
        let problems = check(json!(500)).unwrap_err();
        assert_eq!(problems[0].path, "");
        assert_eq!(problems[0].message, "greater than 100 (500)");
        assert!(check(json!("x")).is_err());
    }

    #[test]
    fn items_are_told_by_their_place() {
        let value = json!(["ab", "abc"]);
        let problems = keeps::<Vec<String>>(&value, |value| value.each(|item| item.max_length(2)));
        assert_eq!(problems.unwrap_err()[0].path, "[1]");
    }
}
