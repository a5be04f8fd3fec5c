//! Enums as they are generated, for tests.

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Colour {
    Red,
    DarkGreen,
    Unknown(String),
}

impl Colour {
    const ALL: &'static [Self] = &[Self::Red, Self::DarkGreen];

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::DarkGreen => "dark_green",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for Colour {
    fn from(value: &str) -> Self {
        match value {
            "red" => Self::Red,
            "dark_green" => Self::DarkGreen,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Code {
    Fine,
    Bad,
    Unknown(i64),
}

impl Code {
    const ALL: &'static [Self] = &[Self::Fine, Self::Bad];

    fn as_i64(&self) -> i64 {
        match self {
            Self::Fine => 0,
            Self::Bad => 1,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i64> for Code {
    fn from(value: i64) -> Self {
        match value {
            0 => Self::Fine,
            1 => Self::Bad,
            other => Self::Unknown(other),
        }
    }
}

crate::open_enum!(Colour);
crate::open_int_enum!(Code);
