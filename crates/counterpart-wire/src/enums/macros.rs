//! What every open enum has besides its values.
//!
//! In: the names of enums that convert from and into what stands on the wire. Out: their implementations, each a call
//! of the runtime.

/// Gives an open enum what every one has: `From<String>`, `FromStr`, `Display`, `AsRef<str>`, `Serialize`,
/// `Deserialize` and [`OpenEnum`](crate::OpenEnum).
///
/// Reading a value that the document does not list gives `Unknown`; in strict mode it is an error that says what the
/// document lists. Where the document allows any text and lists some, `open_enum!(any ModelId)` takes all of them.
///
/// ```
/// use counterpart_wire::open_enum;
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// pub enum RunStatus {
///     Queued,
///     InProgress,
///     Unknown(String),
/// }
///
/// impl RunStatus {
///     pub const ALL: &'static [Self] = &[Self::Queued, Self::InProgress];
///
///     pub fn as_str(&self) -> &str {
///         match self {
///             Self::Queued => "queued",
///             Self::InProgress => "in_progress",
///             Self::Unknown(value) => value,
///         }
///     }
/// }
///
/// impl From<&str> for RunStatus {
///     fn from(value: &str) -> Self {
///         match value {
///             "queued" => Self::Queued,
///             "in_progress" => Self::InProgress,
///             other => Self::Unknown(other.to_owned()),
///         }
///     }
/// }
///
/// open_enum!(RunStatus);
///
/// let statuses: Vec<RunStatus> = serde_json::from_str(r#"["queued", "paused"]"#)?;
/// assert_eq!(statuses, [RunStatus::Queued, RunStatus::Unknown("paused".to_owned())]);
/// assert_eq!(serde_json::to_string(&statuses)?, r#"["queued","paused"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    (@ $name:ident, $any:literal) => {
        impl $crate::OpenEnum for $name {
            const ALL: &'static [Self] = Self::ALL;
            const NAME: &'static str = stringify!($name);

            fn as_str(&self) -> &str {
                self.as_str()
            }

            fn is_unknown(&self) -> bool {
                !$any && matches!(self, Self::Unknown(_))
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::Serialize for $name {
            fn serialize<S: $crate::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read_enum(deserializer)
            }
        }
    };
    (any $name:ident) => {
        $crate::open_enum!(@ $name, true);
    };
    ($($name:ident),+ $(,)?) => {
        $($crate::open_enum!(@ $name, false);)+
    };
}

/// Gives an open enum of whole numbers what every one has: `Display`, `Serialize`, `Deserialize` and
/// [`OpenIntEnum`](crate::OpenIntEnum).
///
/// ```
/// use counterpart_wire::open_int_enum;
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// pub enum Code {
///     Fine,
///     Unknown(i64),
/// }
///
/// impl Code {
///     pub const ALL: &'static [Self] = &[Self::Fine];
///
///     pub fn as_i64(&self) -> i64 {
///         match self {
///             Self::Fine => 0,
///             Self::Unknown(value) => *value,
///         }
///     }
/// }
///
/// impl From<i64> for Code {
///     fn from(value: i64) -> Self {
///         match value {
///             0 => Self::Fine,
///             other => Self::Unknown(other),
///         }
///     }
/// }
///
/// open_int_enum!(Code);
///
/// let codes: Vec<Code> = serde_json::from_str("[0, -3]")?;
/// assert_eq!(codes, [Code::Fine, Code::Unknown(-3)]);
/// assert_eq!(serde_json::to_string(&codes)?, "[0,-3]");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_int_enum {
    ($($name:ident),+ $(,)?) => {$(
        impl $crate::OpenIntEnum for $name {
            const ALL: &'static [Self] = Self::ALL;
            const NAME: &'static str = stringify!($name);

            fn as_i64(&self) -> i64 {
                self.as_i64()
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::Serialize for $name {
            fn serialize<S: $crate::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read_int_enum(deserializer)
            }
        }
    )+};
}
