//! Deltas of unions: a variant's delta belongs to the variant of the same tag.

use super::Apply;
use super::empty::empty;
use super::json;
use super::merger::Merger;
use super::outcome::Why;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Says which variant of a delta belongs to which variant of a union:
/// `apply_union!(ContentDelta => Content { Text => Text, Picture => Image })`, or `{ Text, Image }` where the names are
/// the same.
///
/// Both unions have an `Unknown` variant that holds JSON. A delta whose variant has no counterpart is kept there.
///
/// ```
/// use counterpart_wire::{Accumulator, Apply, Merger, Value, apply_union};
/// # use counterpart_wire::{Deserialize, Deserializer, Serialize};
///
/// # #[derive(Debug, PartialEq, Default, Deserialize)]
/// # #[serde(default)]
/// struct Text {
///     value: String,
/// }
///
/// # #[derive(Serialize)]
/// struct TextDelta {
///     value: Option<String>,
/// }
///
/// impl Apply<TextDelta> for Text {
///     fn merge(&mut self, delta: &TextDelta, merger: &mut Merger<'_>) {
///         merger.append(&mut self.value, delta.value.as_ref());
///     }
/// }
///
/// # #[derive(Debug, PartialEq)]
/// enum Content {
///     Text(Text),
///     Unknown(Value),
/// }
/// # impl<'de> Deserialize<'de> for Content {
/// #     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
/// #         Value::deserialize(deserializer).map(Self::Unknown)
/// #     }
/// # }
///
/// # #[derive(Serialize)]
/// enum ContentDelta {
///     Text(TextDelta),
///     Unknown(Value),
/// }
///
/// apply_union!(ContentDelta => Content { Text });
///
/// let mut content = Content::Unknown(Value::Null);
/// content.apply(&ContentDelta::Text(TextDelta { value: Some("Hel".to_owned()) }));
/// content.apply(&ContentDelta::Text(TextDelta { value: Some("lo".to_owned()) }));
/// assert_eq!(content, Content::Text(Text { value: "Hello".to_owned() }));
/// assert!(!content.apply(&ContentDelta::Unknown("a picture".into())).is_whole());
/// ```
#[macro_export]
macro_rules! apply_union {
    ($delta:ident => $whole:ident { $($name:ident),+ $(,)? }) => {
        $crate::apply_union!($delta => $whole { $($name => $name),+ });
    };
    ($delta:ident => $whole:ident { $($from:ident => $to:ident),+ $(,)? }) => {
        impl $crate::Apply<$delta> for $whole {
            fn merge(&mut self, delta: &$delta, merger: &mut $crate::Merger<'_>) {
                match (self, delta) {
                    $((Self::$to(whole), $delta::$from(delta)) => {
                        $crate::Apply::merge(whole, delta, merger);
                    })+
                    $((this @ Self::Unknown($crate::Value::Null), $delta::$from(delta)) => {
                        merger.begin(this, Self::$to, delta);
                    })+
                    (Self::Unknown(whole), delta) => merger.unlisted_of(whole, delta),
                    (_, delta) => merger.other_kind(delta),
                }
            }

            fn index(delta: &$delta) -> Option<i64> {
                match delta {
                    $($delta::$from(delta) => $crate::apply::index_of(Self::$to, delta),)+
                    other => $crate::apply::index_of_unlisted(other),
                }
            }
        }
    };
}

/// The index of a variant's delta, for the variant that this makes.
pub fn index_of<W, F: Apply<D>, D>(_: impl FnOnce(F) -> W, delta: &D) -> Option<i64> {
    F::index(delta)
}

/// The index of a delta that has no counterpart.
pub fn index_of_unlisted(delta: &impl Serialize) -> Option<i64> {
    json::index(&serde_json::to_value(delta).ok()?)
}

impl Merger<'_> {
    /// Begins a value of which nothing has come yet.
    pub fn begin<W, F: Apply<D> + DeserializeOwned, D: Serialize>(
        &mut self,
        whole: &mut W,
        make: impl FnOnce(F) -> W,
        delta: &D,
    ) {
        match empty::<F>() {
            Some(mut value) => {
                value.merge(delta, self);
                *whole = make(value);
            }
            None => self.leave_as(Why::NoPlace, delta),
        }
    }

    /// Merges the delta of a value that the document does not list.
    pub fn unlisted_of(&mut self, whole: &mut Value, delta: &impl Serialize) {
        if let Ok(delta) = serde_json::to_value(delta) {
            self.unlisted(whole, &delta);
        }
    }

    /// Tells of the delta of another kind of value.
    pub fn other_kind(&mut self, delta: &impl Serialize) {
        self.leave_as(Why::OtherKind, delta);
    }
}
