//! Whatever is written is read back equal, in every style; and what is refused, is refused for a reason.

use indexmap::IndexMap;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::params::{Pairs, Param, ParamError, Reason, path};

const PATHS: [Param; 6] = [
    Param::SIMPLE,
    Param::SIMPLE.exploded(),
    Param::LABEL,
    Param::LABEL.exploded(),
    Param::MATRIX,
    Param::MATRIX.exploded(),
];

const QUERIES: [Param; 10] = [
    Param::FORM,
    Param::FORM.joined(),
    Param::FORM.allow_reserved(),
    Param::FORM.joined().allow_reserved(),
    Param::SPACE_DELIMITED,
    Param::SPACE_DELIMITED.exploded(),
    Param::PIPE_DELIMITED,
    Param::PIPE_DELIMITED.exploded(),
    Param::DEEP_OBJECT,
    Param::DEEP_OBJECT.allow_reserved(),
];

const HEADERS: [Param; 2] = [Param::SIMPLE, Param::SIMPLE.exploded()];

const COOKIES: [Param; 2] = [Param::FORM, Param::FORM.joined()];

/// The name is as hostile as the values.
const NAME: &str = "a[b]=,;.&é";

fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", "b", "7", " ", "&", "=", "[", "]", "%", "%2C", "%2E", ",", ";", ".", "/", "|", "+",
        "#", "?", "é", "日", "🦀", "\0", "\n", "\"", "\u{feff}", "..",
    ];
    vec(select(PIECES), 0..5).prop_map(|pieces| pieces.concat())
}

fn list() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 1..4)
}

fn object() -> impl Strategy<Value = IndexMap<String, String>> {
    vec((text(), text()), 1..4).prop_map(|entries| entries.into_iter().collect())
}

/// Objects within objects, down to texts and lists of texts.
fn nested() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![text().prop_map(Value::from), list().prop_map(Value::from)];
    let tree = leaf.prop_recursive(3, 12, 3, |inner| object_of(inner).boxed());
    object_of(tree)
}

fn object_of(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    vec(("[a-z%&=é]{1,3}", value), 1..4)
        .prop_map(|entries| Value::Object(entries.into_iter().collect()))
}

fn in_path<T: Serialize + DeserializeOwned>(param: Param, value: &T) -> Result<T, ParamError> {
    let text = param.write_path(NAME, value)?;
    let path = path::expand("/a/{id}/b", &[("id", &text)])?;
    let segments: Vec<_> = path.split('/').collect();
    assert_eq!(
        (segments.len(), segments[1], segments[3]),
        (4, "a", "b"),
        "{path}"
    );
    assert!(
        segments[2]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~%,;=".contains(&b)),
        "{path}"
    );
    param.read_path(NAME, segments[2])
}

fn in_query<T: Serialize + DeserializeOwned>(param: Param, value: &T) -> Result<T, ParamError> {
    let mut pairs = Pairs::new();
    param.write_query(NAME, value, &mut pairs)?;
    let query = pairs.to_query();
    assert!(
        query
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"#+[]|\"<>\\^`{}".contains(&b)),
        "{query}"
    );
    let pairs = Pairs::parse_query(&query)?;
    Ok(param
        .read_query(NAME, &pairs)?
        .expect("something was written"))
}

fn in_header<T: Serialize + DeserializeOwned>(param: Param, value: &T) -> Result<T, ParamError> {
    let text = param
        .write_header(NAME, value)?
        .expect("something was written");
    // As HTTP does on the way.
    param.read_header(NAME, text.trim_matches([' ', '\t']))
}

fn in_cookie<T: Serialize + DeserializeOwned>(param: Param, value: &T) -> Result<T, ParamError> {
    let mut pairs = Pairs::new();
    param.write_cookie(NAME, value, &mut pairs)?;
    let pairs = Pairs::parse_cookies(&pairs.to_cookies())?;
    Ok(param
        .read_cookie(NAME, &pairs)?
        .expect("something was written"))
}

/// The value came back, or was refused with cause: `texts` are all texts of the value.
fn check<T>(
    param: Param,
    value: &T,
    back: Result<T, ParamError>,
    texts: &[&str],
) -> Result<(), TestCaseError>
where
    T: PartialEq + std::fmt::Debug,
{
    let error = match back {
        Ok(back) => {
            prop_assert_eq!(&back, value, "{:?}", param);
            return Ok(());
        }
        Err(error) => error,
    };
    let any = |check: &dyn Fn(&str) -> bool| texts.iter().any(|text| check(text));
    let justified = match error.reason() {
        Reason::Empty | Reason::EmptyItem => texts == [""],
        Reason::DotSegment => any(&|text| matches!(text, "" | "." | "..")),
        Reason::Delimiter(found) => {
            !matches!(found, '.' | ';' | '&') && any(&|text| text.contains(*found))
        }
        Reason::Control => any(&|text| text.contains(char::is_control)),
        Reason::Space => any(&|text| text.starts_with(' ') || text.ends_with(' ')),
        Reason::EmptyKey => any(&str::is_empty),
        _ => false,
    };
    prop_assert!(justified, "{:?} refuses {:?}: {}", param, value, error);
    Ok(())
}

fn everywhere<T>(value: &T, texts: &[&str]) -> Result<(), TestCaseError>
where
    T: PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    for param in PATHS {
        check(param, value, in_path(param, value), texts)?;
    }
    for param in QUERIES {
        check(param, value, in_query(param, value), texts)?;
    }
    for param in HEADERS {
        check(param, value, in_header(param, value), texts)?;
    }
    for param in COOKIES {
        check(param, value, in_cookie(param, value), texts)?;
    }
    Ok(())
}

/// Reading whatever comes ends in a value or an error.
fn reads<'de, T: Deserialize<'de>>(raw: &'de str, query: &'de Pairs, cookies: &'de Pairs) {
    for param in PATHS.into_iter().chain(QUERIES) {
        let _ = param.read_path::<T>("q", raw);
        let _ = param.read_header::<T>("q", raw);
        let _ = param.read_query::<T>("q", query);
        let _ = param.read_cookie::<T>("q", cookies);
    }
}

proptest! {
    #[test]
    fn texts(value in text()) {
        everywhere(&value, &[&value])?;
    }

    #[test]
    fn lists(value in list()) {
        let texts: Vec<_> = value.iter().map(String::as_str).collect();
        everywhere(&value, &texts)?;
    }

    #[test]
    fn objects(value in object()) {
        let texts: Vec<_> = value.iter().flat_map(|(key, value)| [key.as_str(), value]).collect();
        everywhere(&value, &texts)?;
    }

    #[test]
    fn integers(value: i64) {
        everywhere(&value, &[])?;
        everywhere(&vec![value, value / 2], &[])?;
    }

    #[test]
    fn numbers(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL) {
        everywhere(&value, &[])?;
    }

    #[test]
    fn booleans(value: bool) {
        everywhere(&value, &[])?;
    }

    #[test]
    fn nested_objects(value in nested()) {
        let param = Param::DEEP_OBJECT;
        let back = in_query(param, &value);
        prop_assert_eq!(back, Ok(value));
    }

    #[test]
    fn any_query_is_read_without_a_panic(raw in "(q|a|[\\[\\]=&%,;|. 0-9]|\\PC){0,40}") {
        let query = Pairs::parse_query(&raw).unwrap_or_default();
        let cookies = Pairs::parse_cookies(&raw).unwrap_or_default();
        reads::<String>(&raw, &query, &cookies);
        reads::<Vec<u8>>(&raw, &query, &cookies);
        reads::<IndexMap<String, Value>>(&raw, &query, &cookies);
        reads::<Value>(&raw, &query, &cookies);
    }
}
