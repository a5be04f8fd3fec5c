//! JSON text to a [`Node`] tree with places (RFC 8259, nothing looser).
//!
//! Written by hand because `serde_json` gives no positions to whoever reads a value,
//! stops at 128 levels, and says of a trailing comma only "expected value".

use super::Failure;
use super::build::{Builder, Key};
use super::cursor::Cursor;
use super::scalar::{Oddity, number};
use super::tree::{Location, Node, SourceId, Value};
use crate::diag::{Diagnostic, Diagnostics, Place};

/// Reads a whole JSON text. Duplicate keys and odd numbers go to `diags`.
pub(super) fn parse(
    text: &str,
    source: SourceId,
    diags: &mut Diagnostics,
) -> Result<Node, Failure> {
    let mut builder = Builder::new(source, diags);
    let mut cursor = Cursor::new(text);
    loop {
        value(&mut cursor, &mut builder)?;
        if !next(&mut cursor, &mut builder)? {
            break;
        }
    }
    let root = builder.finish();
    Ok(root.expect("bug: the loop ends after a value"))
}

/// Reads a scalar, or everything up to the first scalar (or end) in an array or object.
fn value(cursor: &mut Cursor<'_>, builder: &mut Builder<'_>) -> Result<(), Failure> {
    loop {
        cursor.space();
        let at = builder.at(cursor.line, cursor.column());
        match cursor.peek() {
            Some(b'{') => {
                cursor.step();
                builder.open_object(at)?;
                cursor.space();
                if cursor.eat(b'}') {
                    builder.close();
                    return Ok(());
                }
                key(cursor, builder)?;
            }
            Some(b'[') => {
                cursor.step();
                builder.open_array(at)?;
                cursor.space();
                if cursor.eat(b']') {
                    builder.close();
                    return Ok(());
                }
            }
            Some(b'"') => {
                let text = string(cursor, builder)?;
                return builder.scalar(Value::String(text), at);
            }
            Some(b'-' | b'0'..=b'9') => return numeral(cursor, builder, at),
            _ => return literal(cursor, builder, at),
        }
    }
}

/// After a value: ends what ends here and goes to where the next value starts. False at
/// the end of the text.
fn next(cursor: &mut Cursor<'_>, builder: &mut Builder<'_>) -> Result<bool, Failure> {
    loop {
        cursor.space();
        if !builder.is_open() {
            return match cursor.peek() {
                None => Ok(false),
                Some(_) => Err(wrong(
                    cursor,
                    builder,
                    "the JSON value is complete, and this follows it",
                )),
            };
        }
        let end = if builder.in_object() { b'}' } else { b']' };
        if cursor.eat(end) {
            builder.close();
        } else if cursor.peek() == Some(b',') {
            let comma = builder.at(cursor.line, cursor.column());
            cursor.step();
            cursor.space();
            if cursor.peek() == Some(end) {
                let mut error = syntax(comma, "a comma before the closing bracket".to_owned());
                error.help("remove the comma: JSON does not allow one after the last entry");
                return Err(Failure::syntax(error));
            }
            if end == b'}' {
                key(cursor, builder)?;
            }
            return Ok(true);
        } else {
            return Err(no_comma(cursor, builder, end));
        }
    }
}

/// Reads `"key":`.
fn key(cursor: &mut Cursor<'_>, builder: &mut Builder<'_>) -> Result<(), Failure> {
    let at = builder.at(cursor.line, cursor.column());
    if cursor.peek() != Some(b'"') {
        let mut failure = wrong(cursor, builder, "a key in double quotes must stand here");
        if !matches!(cursor.peek(), None | Some(b'}' | b']' | b',')) {
            failure.error.help("write keys and texts as `\"text\"`");
        }
        return Err(failure);
    }
    let text = string(cursor, builder)?;
    cursor.space();
    if !cursor.eat(b':') {
        return Err(wrong(
            cursor,
            builder,
            "a `:` must stand between key and value",
        ));
    }
    builder.key(Key::Plain(text), at);
    Ok(())
}

fn no_comma(cursor: &Cursor<'_>, builder: &Builder<'_>, end: u8) -> Failure {
    let end = char::from(end);
    let mut failure = wrong(
        cursor,
        builder,
        &format!("a `,` or `{end}` must stand here"),
    );
    if let Some(opened) = builder.opened_at() {
        let opening = if end == '}' { '{' } else { '[' };
        failure
            .error
            .related(Place::plain(opened), format!("the `{opening}` is here"));
    }
    failure
}

/// `true`, `false` or `null`; anything else that starts a value is an error.
fn literal(
    cursor: &mut Cursor<'_>,
    builder: &mut Builder<'_>,
    at: Location,
) -> Result<(), Failure> {
    let rest = &cursor.bytes[cursor.pos..];
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let word = &cursor.text[cursor.pos..cursor.pos + letters.count()];
    let value = match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ => {
            let mut failure = wrong(cursor, builder, "a JSON value must stand here");
            if let Some(help) = help_for(word, cursor.peek()) {
                failure.error.help(help);
            }
            return Err(failure);
        }
    };
    cursor.pos += word.len();
    builder.scalar(value, at)
}

/// What a person meant who wrote something that is no JSON value.
fn help_for(word: &str, byte: Option<u8>) -> Option<&'static str> {
    match (word, byte) {
        ("True" | "False" | "None", _) => Some("JSON has `true`, `false` and `null`"),
        ("NaN" | "Infinity" | "undefined", _) => Some("JSON has no such value: use `null`"),
        (_, Some(b'\'')) => Some("JSON texts stand in double quotes"),
        (_, Some(b'/' | b'#')) => Some("JSON has no comments"),
        (_, Some(b',')) => Some("remove one of the two commas"),
        ("", _) => None,
        _ => Some("write texts in double quotes; a YAML document needs the ending `.yaml`"),
    }
}

fn numeral(
    cursor: &mut Cursor<'_>,
    builder: &mut Builder<'_>,
    at: Location,
) -> Result<(), Failure> {
    let start = cursor.pos;
    cursor.eat(b'-');
    let leading_zero = cursor.peek() == Some(b'0');
    let whole = cursor.digits();
    let mut valid = whole > 0 && !(leading_zero && whole > 1);
    if cursor.eat(b'.') {
        valid &= cursor.digits() > 0;
    }
    if cursor.eat(b'e') || cursor.eat(b'E') {
        let _ = cursor.eat(b'-') || cursor.eat(b'+');
        valid &= cursor.digits() > 0;
    }
    let text = &cursor.text[start..cursor.pos];
    let ends = !cursor
        .peek()
        .is_some_and(|byte| byte.is_ascii_alphanumeric());
    if !valid || !ends {
        let mut error = syntax(at, "this is not a JSON number".to_owned());
        error.help("digits without leading zeros, such as `10`, `-1.5` or `2e10`; or quote it");
        return Err(Failure::syntax(error));
    }
    let (number, oddity) = number(text);
    if let Some(Oddity::TooLarge) = oddity {
        too_large(builder, at);
    }
    builder.scalar(Value::Number(number), at)
}

/// Warns of a number that 64-bit floating point cannot hold.
pub(super) fn too_large(builder: &mut Builder<'_>, at: Location) {
    let place = builder.place(at);
    let message = "this number is out of range: the largest 64-bit float stands for it";
    builder.diags().warning(place, message);
}

/// Reads a string with its quotes.
fn string(cursor: &mut Cursor<'_>, builder: &Builder<'_>) -> Result<String, Failure> {
    let start = builder.at(cursor.line, cursor.column());
    cursor.step();
    let mut text = String::new();
    loop {
        let plain = cursor.plain();
        match cursor.peek() {
            Some(b'"') => {
                cursor.step();
                if text.is_empty() {
                    return Ok(plain.to_owned());
                }
                text.push_str(plain);
                return Ok(text);
            }
            Some(b'\\') => {
                text.push_str(plain);
                escape(cursor, builder, &mut text)?;
            }
            Some(b'\n' | b'\r') | None => {
                let mut error = syntax(start, "this text has no closing quote".to_owned());
                error.help("end it with `\"`; a line break within it is written `\\n`");
                return Err(Failure::syntax(error));
            }
            Some(byte) => {
                let message = format!("the control character U+{byte:04X} stands in a text");
                let at = builder.at(cursor.line, cursor.column());
                let mut error = syntax(at, message);
                error.help(format!("write it as `\\u{byte:04x}`"));
                return Err(Failure::syntax(error));
            }
        }
    }
}

fn escape(
    cursor: &mut Cursor<'_>,
    builder: &Builder<'_>,
    text: &mut String,
) -> Result<(), Failure> {
    let at = builder.at(cursor.line, cursor.column());
    cursor.step();
    let letter = match cursor.peek() {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            cursor.step();
            let Some(letter) = unicode(cursor) else {
                let mut error = syntax(at, "this is not a Unicode character".to_owned());
                error
                    .help("`\\u` takes four hexadecimal digits; characters beyond U+FFFF take two");
                return Err(Failure::syntax(error));
            };
            text.push(letter);
            return Ok(());
        }
        _ => {
            let mut error = syntax(at, "JSON has no such escape".to_owned());
            error.help("a backslash itself is written `\\\\`");
            return Err(Failure::syntax(error));
        }
    };
    cursor.step();
    text.push(letter);
    Ok(())
}

/// The character of `XXXX`, or of `XXXX\uXXXX` for a pair of surrogates.
fn unicode(cursor: &mut Cursor<'_>) -> Option<char> {
    let first = cursor.hex()?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    if !(cursor.eat(b'\\') && cursor.eat(b'u')) {
        return None;
    }
    let second = cursor.hex()?;
    (0xdc00..0xe000)
        .contains(&second)
        .then(|| 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
        .and_then(char::from_u32)
}

/// An error at the cursor: `message`, and what stands there instead.
fn wrong(cursor: &Cursor<'_>, builder: &Builder<'_>, message: &str) -> Failure {
    let at = builder.at(cursor.line, cursor.column());
    let message = match cursor.text[cursor.pos..].chars().next() {
        None => format!("{message}, but the text ends"),
        Some(_) => message.to_owned(),
    };
    Failure::syntax(syntax(at, message))
}

fn syntax(at: Location, message: String) -> Diagnostic {
    Diagnostic::error(Place::plain(at), format!("not valid JSON: {message}"))
}
