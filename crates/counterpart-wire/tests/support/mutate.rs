//! Values with one thing wrong in them, and what has to hold of how they are read leniently.

use counterpart_wire::{Drift, DriftKind, Mode, Value, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{Debug, Write};

/// A step to a member or an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// The ways to all that is in a value.
pub(crate) fn places(value: &Value) -> Vec<Vec<Step>> {
    let mut places = Vec::new();
    collect(value, &mut Vec::new(), &mut places);
    places
}

fn collect(value: &Value, way: &mut Vec<Step>, places: &mut Vec<Vec<Step>>) {
    for (step, inner) in steps(value) {
        way.push(step);
        places.push(way.clone());
        collect(inner, way, places);
        way.pop();
    }
}

fn steps(value: &Value) -> Vec<(Step, &Value)> {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (Step::Index(index), item))
            .collect(),
        Value::Object(entries) => entries
            .iter()
            .map(|(key, item)| (Step::Key(key.clone()), item))
            .collect(),
        _ => Vec::new(),
    }
}

/// What may be put in the place of a value; `None` takes it away. The text is none that means anything.
pub(crate) fn replacements() -> Vec<Option<Value>> {
    let json = r#"[null, true, 7, -0.5, 1e300, "~", "7", [], [1], {}, {"x": 1}]"#;
    let values: Vec<Value> = serde_json::from_str(json).unwrap();
    [None]
        .into_iter()
        .chain(values.into_iter().map(Some))
        .collect()
}

/// The value with something else in one place. An item is never taken away, which would leave a good list.
pub(crate) fn mutated(value: &Value, place: &[Step], replacement: Option<&Value>) -> Value {
    let mut value = value.clone();
    let (last, way) = place.split_last().unwrap();
    let outer = way.iter().fold(&mut value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    });
    match (last, replacement) {
        (Step::Key(key), None) => drop(outer.as_object_mut().unwrap().shift_remove(key)),
        (Step::Index(index), None) => outer[*index] = Value::Null,
        (Step::Key(key), Some(other)) => outer[key] = other.clone(),
        (Step::Index(index), Some(other)) => outer[*index] = other.clone(),
    }
    value
}

/// Reads the value with something else in one place, and checks that nothing else is lost and that the notes are on
/// that place.
pub(crate) fn check<T>(value: &Value, place: &[Step], replacement: Option<&Value>)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let (whole, known) = read::<T>(value);
    let changed = mutated(value, place, replacement);
    let (read, drifts) = read::<T>(&changed);
    let told = format!("{} in {changed}: {drifts:?}", path(place));
    assert_eq!(
        json::decode(changed.to_string().as_bytes(), Mode::Lenient).as_ref(),
        Ok(&read),
        "{told}"
    );

    let (before, after) = (written(&whole), written(&read));
    for difference in differences(&before, &after, Some(place)) {
        assert!(
            difference.starts_with(place) || place.starts_with(&difference),
            "{} differs: {told}",
            path(&difference)
        );
    }
    // What was written is as the document says, or kept as it came: nothing is left to repair.
    let (again, drifts_again) = self::read::<T>(&after);
    assert_eq!(again, read, "{told}");
    assert!(
        !drifts_again.iter().any(|drift| drift.kind.is_repair()),
        "{told}"
    );

    if known.is_empty() {
        let by = |mode| json::decode::<T>(changed.to_string().as_bytes(), mode);
        // What is noted is an error in strict mode.
        let strictly = by(Mode::Strict);
        assert_eq!(strictly.is_ok(), drifts.is_empty(), "{told}: {strictly:?}");
        // Most objects may have fields of any name, so that one is noted but not invalid.
        let is_fine = |drift: &Drift| drift.kind == DriftKind::UnknownField;
        let valid = by(Mode::Valid);
        assert_eq!(
            valid.is_ok(),
            drifts.iter().all(is_fine),
            "{told}: {valid:?}"
        );
        for drift in &drifts {
            assert!(is_about(drift, place), "{drift}: {told}");
        }
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> (T, Vec<Drift>) {
    let json = value.to_string();
    json::decode_noting(json.as_bytes(), Mode::Lenient)
        .unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Whether the note is on the place, on something in it, or on a union around it that was kept as a whole.
fn is_about(drift: &Drift, place: &[Step]) -> bool {
    let place = path(place);
    let is_in = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || outer.is_empty() || rest.starts_with(['.', '[']))
    };
    is_in(&drift.path, &place) || is_in(&place, &drift.path)
}

/// Where two values differ. An item that stood at `place` may be left out.
fn differences(before: &Value, after: &Value, place: Option<&[Step]>) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    compare(before, after, place, &mut Vec::new(), &mut found);
    found
}

fn compare(
    before: &Value,
    after: &Value,
    place: Option<&[Step]>,
    way: &mut Vec<Step>,
    found: &mut Vec<Vec<Step>>,
) {
    let (old, mut new) = (steps(before), steps(after));
    let is_same_kind =
        before.is_array() && after.is_array() || before.is_object() && after.is_object();
    if !is_same_kind {
        if before != after {
            found.push(way.clone());
        }
        return;
    }
    if let Some([Step::Index(gone), ..]) = place
        && old.len() == new.len() + 1
    {
        for (step, _) in &mut new {
            if let Step::Index(index) = step
                && *index >= *gone
            {
                *index += 1;
            }
        }
    }
    for (step, inner) in &old {
        let other = new.iter().find(|(other, _)| other == step);
        let place = place.filter(|place| place.first() == Some(step));
        way.push(step.clone());
        match other {
            None => found.push(way.clone()),
            Some((_, other)) => compare(inner, other, place.map(|place| &place[1..]), way, found),
        }
        way.pop();
    }
    for (step, _) in &new {
        if !old.iter().any(|(other, _)| other == step) {
            way.push(step.clone());
            found.push(way.clone());
            way.pop();
        }
    }
}

/// A path as notes have it.
fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        let dot = if path.is_empty() { "" } else { "." };
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Key(key) if is_plain(key) => write!(path, "{dot}{key}"),
            Step::Key(key) => write!(path, "[{}]", Value::from(key.as_str())),
            Step::Index(index) => write!(path, "[{index}]"),
        };
    }
    path
}

fn is_plain(key: &str) -> bool {
    let is_plain = |character: char| character.is_alphanumeric() || "_-$@".contains(character);
    !key.is_empty() && key.chars().all(is_plain)
}

/// Checks every replacement at every place of a value that is as the document says.
#[track_caller]
pub(crate) fn check_all<T>(json: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: Value = serde_json::from_str(json).unwrap();
    let strict = json::decode::<T>(json.as_bytes(), Mode::Strict);
    let whole = strict.unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(
        written(&whole),
        value,
        "nothing is added when it is written"
    );
    for place in places(&value) {
        for replacement in replacements() {
            check::<T>(&value, &place, replacement.as_ref());
        }
    }
}
