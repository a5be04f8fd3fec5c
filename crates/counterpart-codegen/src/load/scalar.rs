//! What an unquoted YAML scalar means, by the core schema of YAML 1.2.
//!
//! `true`, `null`, `12`, `0x1f` and `1.5e3` are what they look like. `yes`, `on`, dates,
//! and numbers with a leading zero such as `0123` (a postcode far more often than eighty-
//! three) are strings.

use serde_json::Number;

use super::tree::Value;

/// A scalar that cannot be taken as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// `.inf` or `.nan`, which JSON cannot express: it is kept as text.
    NotFinite,
    /// A number too large for 64-bit floating point: the largest stands for it.
    TooLarge,
}

/// The value of an unquoted scalar, with what is odd about it.
pub(super) fn resolve(text: &str) -> (Value, Option<Oddity>) {
    // Most scalars are words: what no number or keyword starts with is done at once.
    let Some(first) = text.bytes().next() else {
        return (Value::Null, None);
    };
    match first {
        b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' => (keyword(text), None),
        b'0'..=b'9' | b'-' | b'+' | b'.' => numeric(text),
        _ => (Value::String(text.to_owned()), None),
    }
}

fn keyword(text: &str) -> Value {
    match text {
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => Value::String(text.to_owned()),
    }
}

fn numeric(text: &str) -> (Value, Option<Oddity>) {
    let as_text = || Value::String(text.to_owned());
    if is_not_finite(text) {
        return (as_text(), Some(Oddity::NotFinite));
    }
    if let Some(number) = radix(text) {
        return (Value::Number(number), None);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let leading_zero = bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_digit();
    if leading_zero || !is_decimal(unsigned) {
        return (as_text(), None);
    }
    // Rust reads neither `+1` nor the bare point of `1.`.
    let (number, oddity) = number(text.strip_prefix('+').unwrap_or(text));
    (Value::Number(number), oddity)
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// `0x1f` and `0o17`, as far as 64 bits reach.
fn radix(text: &str) -> Option<Number> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x', ..] => (&text[2..], 16),
        [b'0', b'o', ..] => (&text[2..], 8),
        _ => return None,
    };
    if !digits.bytes().all(|digit| digit.is_ascii_alphanumeric()) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok().map(Number::from)
}

/// Digits with at most one point and an exponent, and at least one digit before it.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.is_none_or(|text| {
        let text = text.strip_prefix(['-', '+']).unwrap_or(text);
        !text.is_empty() && digits(text)
    });
    exponent && digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0
}

/// The number that a decimal literal stands for: a 64-bit integer where it is one,
/// otherwise the nearest floating-point number.
pub(super) fn number(text: &str) -> (Number, Option<Oddity>) {
    if let Ok(number) = text.parse::<i64>() {
        return (number.into(), None);
    }
    if let Ok(number) = text.parse::<u64>() {
        return (number.into(), None);
    }
    let float = text.parse::<f64>().unwrap_or(f64::MAX);
    match Number::from_f64(float) {
        Some(number) => (number, None),
        None => {
            let limit = f64::MAX.copysign(float);
            let number = Number::from_f64(limit).expect("bug: the limit is finite");
            (number, Some(Oddity::TooLarge))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match resolve(text).0 {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => format!("{text:?}"),
            Value::Array(_) | Value::Object(_) => unreachable!("a scalar has no parts"),
        }
    }

    #[test]
    fn core_schema() {
        let cases = [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("true", "true"),
            ("FALSE", "false"),
            ("12", "12"),
            ("-12", "-12"),
            ("+12", "12"),
            ("0", "0"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("1.5", "1.5"),
            (".5", "0.5"),
            ("1.", "1.0"),
            ("1e3", "1000.0"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854776000", "-9.223372036854776e+18"),
        ];
        for (text, expected) in cases {
            assert_eq!(json(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_special_is_text() {
        let texts = [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "nULL",
            "tRUE",
            "0123",
            "-012",
            "00",
            "01.5",
            "0x",
            "0xzz",
            "0o8",
            "0b1",
            "1_000",
            "1.2.3",
            "1e",
            "1e+",
            "e3",
            ".",
            "-",
            "+",
            "--1",
            "2020-01-01",
            "12:30",
            "1,5",
            "3.0.3",
            "0x10000000000000000",
            "Infinity",
            "NaN",
        ];
        for text in texts {
            assert_eq!(json(text), format!("{text:?}"));
        }
    }

    #[test]
    fn numbers_out_of_range_are_noted() {
        assert_eq!(resolve(".inf").1, Some(Oddity::NotFinite));
        assert_eq!(resolve("-.INF").1, Some(Oddity::NotFinite));
        assert_eq!(resolve(".nan").1, Some(Oddity::NotFinite));
        let (value, oddity) = resolve("-1e999");
        assert_eq!(oddity, Some(Oddity::TooLarge));
        assert_eq!(value, Value::Number(Number::from_f64(f64::MIN).unwrap()));
    }
}
