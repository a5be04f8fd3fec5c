//! Drift: where what came is not what the document says, and was tolerated or repaired all the same.
//!
//! In: what was met, from the readers. Out: [`Drift`]s that name the place, and a [`DriftHook`] to be told of them.

mod hook;
mod notes;

pub use hook::DriftHook;
pub(crate) use notes::Notes;

use std::fmt;

/// Something that was met and tolerated although the document does not allow for it.
///
/// Its text (`Display`) says all of it: `data[0].status: unknown value "paused" of RunStatus`. It may quote what came,
/// and so be no more fit for a log than that; [`path`](Self::path), [`kind`](Self::kind) and [`of`](Self::of) are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Drift {
    /// Where in the value, in the syntax of [`DecodeError::path`](crate::DecodeError::path). The same thing met in
    /// several items of a list is noted at the first of them, unless it was repaired.
    pub path: String,
    /// What it is.
    pub kind: DriftKind,
    /// The type that was being read: that of the object for a field, that of the value else. Empty where it is not
    /// known.
    pub of: &'static str,
    /// What was met there, as JSON; for a value that does not fit, why it does not. It is cut off after 200 bytes.
    pub value: String,
}

/// The kinds of [`Drift`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A key that the document does not list. It was passed over.
    UnknownField,
    /// A key that came more than once; the last one counts.
    DuplicateField,
    /// A constant that was not there.
    MissingConstant,
    /// A constant with another value.
    OtherConstant,
    /// A `null` that the document does not allow, for something that may be absent. It counts as absent.
    Null,
    /// An enum value that the document does not list. It was kept.
    UnknownValue,
    /// A union's tag that the document does not list. The value was kept as it came.
    UnknownTag,
    /// A union's value without its tag. It was kept as it came.
    MissingTag,
    /// A union's value of a JSON type that the document does not list. It was kept as it came.
    UnknownType,
    /// A union's value that fits none of its variants. It was kept as it came.
    NoVariant,
    /// An event of a stream whose name the document does not list. It was kept as it came.
    UnknownEvent,
    /// A required field that was not there. It has its type's empty value.
    MissingField,
    /// A value that cannot be read as its type. It is absent where it may be, and else its type's empty value.
    Misfit,
    /// A value of another type that says the same, such as a number written as a text. It was read as what it says.
    Converted,
    /// An item of a list, or an entry of a map, that cannot be read as its type. It was left out.
    LeftOut,
}

impl DriftKind {
    /// Whether the value is not quite what came: something in it was made up, converted or left out.
    pub fn is_repair(self) -> bool {
        match self {
            Self::MissingField | Self::Misfit | Self::Converted | Self::LeftOut => true,
            Self::UnknownField
            | Self::DuplicateField
            | Self::MissingConstant
            | Self::OtherConstant
            | Self::Null
            | Self::UnknownValue
            | Self::UnknownTag
            | Self::MissingTag
            | Self::UnknownType
            | Self::NoVariant
            | Self::UnknownEvent => false,
        }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            kind,
            of,
            value,
        } = self;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        match kind {
            DriftKind::UnknownField if value.is_empty() => write!(f, "unknown field of {of}"),
            DriftKind::UnknownField => write!(f, "unknown field of {of}: {value}"),
            DriftKind::DuplicateField => write!(f, "duplicate field of {of}"),
            DriftKind::MissingConstant => write!(f, "missing constant of {of}"),
            DriftKind::OtherConstant => write!(f, "other constant {value} of {of}"),
            DriftKind::Null => write!(f, "forbidden null of {of}"),
            DriftKind::UnknownValue => write!(f, "unknown value {value} of {of}"),
            DriftKind::UnknownTag => write!(f, "unknown tag {value} of {of}"),
            DriftKind::MissingTag => write!(f, "missing tag of {of}"),
            DriftKind::UnknownType => write!(f, "no variant of {of} has the type of {value}"),
            DriftKind::NoVariant => write!(f, "no variant of {of} fits: {value}"),
            DriftKind::UnknownEvent => write!(f, "unknown event {value} of {of}"),
            DriftKind::MissingField => write!(f, "missing field of {of}, read as empty"),
            DriftKind::Misfit => write!(f, "{value}; read as empty"),
            DriftKind::Converted => write!(f, "{value} read as {of}"),
            DriftKind::LeftOut => write!(f, "{value}; left out"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_sentence() {
        let text = |kind, path: &str, value: &str| {
            let (path, value) = (path.to_owned(), value.to_owned());
            let of = "Run";
            Drift {
                path,
                kind,
                of,
                value,
            }
            .to_string()
        };
        assert_eq!(
            text(DriftKind::UnknownValue, "data[0].status", "\"paused\""),
            r#"data[0].status: unknown value "paused" of Run"#
        );
        assert_eq!(
            text(DriftKind::UnknownField, "speed", "3"),
            "speed: unknown field of Run: 3"
        );
        assert_eq!(
            text(DriftKind::UnknownType, "", "true"),
            "no variant of Run has the type of true"
        );
    }
}
