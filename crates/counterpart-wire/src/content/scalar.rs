//! Scalars of the wrong type, on a second look.
//!
//! In: what there is and what a type wants. Out: what it gets instead.

use super::Content;
use super::buffered::Place;
use crate::drift::DriftKind;
use crate::state;
use std::borrow::Cow;

/// The scalar that a type asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wanted {
    Text,
    Boolean,
    /// A whole number from the one to the other.
    Integer(i128, i128),
    Number,
}

/// What a buffered value is read as where a `wanted` scalar is asked for, unless it is read as it is.
///
/// Numbers and truth values are read as texts, texts as the numbers and truth values that they spell, and 0 and 1 as
/// truth values. A number with a fraction loses it where a whole one is wanted: it is nearer to what was meant than 0.
/// Whatever else is unfit is empty where that is the only way to keep the values beside it.
pub(super) fn instead(
    content: &Content<'_>,
    wanted: Wanted,
    place: Place,
) -> Option<Content<'static>> {
    if place == Place::Nowhere {
        return Some(wanted.empty());
    }
    if wanted.is(content) || state::is_at_root() {
        return None;
    }
    if let Some(converted) = wanted.conversion(content) {
        let value = content.to_value();
        state::note(DriftKind::Converted, wanted.name(), format_args!("{value}"));
        return Some(converted);
    }
    (place == Place::Item).then(|| {
        note_emptied(content, wanted.name());
        wanted.empty()
    })
}

/// Notes that an item is read as empty.
pub(super) fn note_emptied(content: &Content<'_>, wanted: &str) {
    let found = content.found();
    let message = format_args!("invalid type: {found}, expected {wanted}");
    state::note(DriftKind::Misfit, "", message);
}

impl Wanted {
    /// A whole number of this type.
    pub(super) fn integer<T: Bounds>() -> Self {
        let (least, most) = T::BOUNDS;
        Self::Integer(least, most)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Boolean => "a boolean",
            Self::Integer(..) => "an integer",
            Self::Number => "a number",
        }
    }

    fn empty(self) -> Content<'static> {
        match self {
            Self::Text => Content::String(Cow::Borrowed("")),
            Self::Boolean => Content::Boolean(false),
            Self::Integer(..) => Content::Unsigned(0),
            Self::Number => Content::Float(0.0),
        }
    }

    fn is(self, content: &Content<'_>) -> bool {
        match self {
            Self::Text => matches!(content, Content::String(_) | Content::Bytes(_)),
            Self::Boolean => matches!(content, Content::Boolean(_)),
            Self::Integer(least, most) => {
                whole(content).is_some_and(|number| (least..=most).contains(&number))
            }
            Self::Number => content.number().is_some(),
        }
    }

    /// The same value in the wanted type.
    fn conversion(self, content: &Content<'_>) -> Option<Content<'static>> {
        match self {
            Self::Text => text(content).map(|text| Content::String(Cow::Owned(text))),
            Self::Boolean => boolean(content).map(Content::Boolean),
            Self::Integer(least, most) => {
                let number = rounded(content)?;
                let is_in_range = (least..=most).contains(&number);
                let number = is_in_range.then_some(number)?;
                u64::try_from(number)
                    .map(Content::Unsigned)
                    .or_else(|_| i64::try_from(number).map(Content::Signed))
                    .ok()
            }
            Self::Number => finite(spelled(content)?).map(Content::Float),
        }
    }
}

/// Types of whole numbers.
pub(super) trait Bounds {
    const BOUNDS: (i128, i128);
}

macro_rules! bounds {
    ($($number:ty)*) => {$(
        impl Bounds for $number {
            const BOUNDS: (i128, i128) = (<$number>::MIN as i128, <$number>::MAX as i128);
        }
    )*};
}

bounds!(i8 i16 i32 i64 u8 u16 u32 u64);

fn whole(content: &Content<'_>) -> Option<i128> {
    if let Content::Unsigned(number) = content {
        return Some((*number).into());
    }
    if let Content::Signed(number) = content {
        return Some((*number).into());
    }
    None
}

/// A number, or one that a text spells, without its fraction.
fn rounded(content: &Content<'_>) -> Option<i128> {
    // A cast to an integer goes to the nearest one there is, which is then out of any range.
    if let Content::Float(number) = content {
        return Some(*number as i128);
    }
    let spelled = spelled(content)?;
    let whole = spelled.parse().ok();
    whole.or_else(|| finite(spelled).map(|number| number as i128))
}

fn boolean(content: &Content<'_>) -> Option<bool> {
    match whole(content) {
        Some(0) => Some(false),
        Some(1) => Some(true),
        Some(_) => None,
        None => spelled(content)?.to_ascii_lowercase().parse().ok(),
    }
}

fn text(content: &Content<'_>) -> Option<String> {
    let is_spelled = content.number().is_some() || matches!(content, Content::Boolean(_));
    is_spelled.then(|| content.to_value().to_string())
}

/// What a text says, without blanks around it.
fn spelled<'c>(content: &'c Content<'_>) -> Option<&'c str> {
    let Content::String(text) = content else {
        return None;
    };
    Some(text.trim())
}

fn finite(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_reads(wanted: Wanted, pairs: &[(&str, &str)]) {
        for (json, expected) in pairs {
            let content: Content = serde_json::from_str(json).unwrap();
            assert!(!wanted.is(&content), "{json} is fine as it is");
            let conversion = wanted.conversion(&content);
            let converted = conversion.map(|content| content.to_value().to_string());
            let expected = (!expected.is_empty()).then(|| (*expected).to_owned());
            assert_eq!(converted, expected, "{json}");
        }
    }

    #[test]
    fn numbers_and_truth_values_are_texts() {
        let pairs = [
            ("17", r#""17""#),
            ("-1", r#""-1""#),
            ("0.5", r#""0.5""#),
            ("true", r#""true""#),
            ("null", ""),
            ("[]", ""),
            ("{}", ""),
        ];
        assert_reads(Wanted::Text, &pairs);
    }

    #[test]
    fn texts_are_the_numbers_they_spell() {
        let pairs = [
            (r#""17""#, "17"),
            (r#"" -3 ""#, "-3"),
            (r#""1.0""#, "1"),
            ("1700000000.25", "1700000000"),
            ("-0.5", "0"),
            (r#""""#, ""),
            (r#""a""#, ""),
            (r#""1e40""#, ""),
            ("1e40", ""),
            ("true", ""),
            ("null", ""),
            ("9223372036854775808", ""),
        ];
        assert_reads(Wanted::integer::<i64>(), &pairs);
        let pairs = [("-1", ""), ("256", ""), ("-1.5", ""), (r#""255""#, "255")];
        assert_reads(Wanted::integer::<u8>(), &pairs);
        let pairs = [
            (r#""0.5""#, "0.5"),
            (r#""NaN""#, ""),
            ("null", ""),
            ("[]", ""),
        ];
        assert_reads(Wanted::Number, &pairs);
    }

    #[test]
    fn truth_values_have_several_names() {
        let pairs = [
            (r#""True""#, "true"),
            (r#""false""#, "false"),
            ("1", "true"),
            ("0", "false"),
            ("2", ""),
            (r#""yes""#, ""),
            ("null", ""),
        ];
        assert_reads(Wanted::Boolean, &pairs);
    }

    #[test]
    fn every_number_of_a_type_is_one() {
        for json in ["0", "-9223372036854775808", "9223372036854775807"] {
            let content: Content = serde_json::from_str(json).unwrap();
            assert!(Wanted::integer::<i64>().is(&content));
        }
        let content = Content::Unsigned(u64::MAX);
        assert!(Wanted::integer::<u64>().is(&content));
        assert!(!Wanted::integer::<i64>().is(&content));
    }
}
