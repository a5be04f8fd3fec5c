//! Values through the goldens: what is decoded and encoded again is what it was, for each kind of
//! type that a document can ask for.

mod defaults;
mod deltas;
mod enums;
mod events;
mod later;
mod objects;
mod presence;
mod unions;

use std::fmt::Debug;

use counterpart_wire::json::{self, DecodeError};
use counterpart_wire::{Deserialize, Mode, Serialize, Value};

/// Decodes strictly, as a server does, checks that encoding gives the same JSON, and returns the
/// value.
fn same<T>(text: &str) -> T
where
    T: for<'de> Deserialize<'de> + Serialize + PartialEq + Debug,
{
    let value: T = strict(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    encodes_as(&value, text);
    assert_eq!(
        lenient::<T>(text),
        value,
        "{text}: lenient and strict differ"
    );
    // Other formats of serde know no modes and no text.
    let tree: Value = serde_json::from_str(text).unwrap();
    assert_eq!(T::deserialize(&tree).unwrap(), value, "{text}");
    assert_eq!(serde_json::to_value(&value).unwrap(), tree, "{text}");
    value
}

/// Decodes leniently, as a client does, a value that the document does not quite allow; checks
/// that nothing of it is lost.
fn kept<T>(text: &str) -> T
where
    T: for<'de> Deserialize<'de> + Serialize + PartialEq + Debug,
{
    let value = lenient(text);
    encodes_as(&value, text);
    let refused = strict::<T>(text);
    assert!(
        refused.is_err(),
        "{text}: a server takes this as {refused:?}"
    );
    value
}

fn encodes_as(value: &impl Serialize, text: &str) {
    let encoded = json::encode(value).unwrap();
    let encoded: Value = serde_json::from_slice(&encoded).unwrap();
    assert_eq!(encoded, serde_json::from_str::<Value>(text).unwrap());
}

fn strict<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, DecodeError> {
    json::decode(text.as_bytes(), Mode::Strict)
}

fn lenient<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    json::decode(text.as_bytes(), Mode::Lenient).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Why a server refuses a value.
fn refused<T: for<'de> Deserialize<'de> + Debug>(text: &str) -> String {
    strict::<T>(text).expect_err(text).to_string()
}
