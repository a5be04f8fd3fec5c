//! What a command line says: parameters and body.

use std::path::Path;

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::body;
use crate::failure::Failure;
use crate::line::id;
use crate::program::{Body, BodyFormat, Command, Flag, Kind, Place};
use crate::sent::Payload;

/// A request as the command line has it.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The parameters that were given.
    pub(crate) parameters: Vec<(&'static Flag, Value)>,
    /// The body.
    pub(crate) body: Option<Payload>,
}

impl Input {
    /// Reads the flags of a command, and checks the body before it is sent.
    pub(crate) fn read(
        command: &'static Command,
        matches: &ArgMatches,
        streams: bool,
    ) -> Result<Self, Failure> {
        let mut parameters = Vec::new();
        let mut properties = Map::new();
        for flag in command.flags {
            let Some(value) = value(flag, matches)? else {
                continue;
            };
            match flag.place {
                Place::Body => {
                    properties.insert(flag.wire.to_owned(), value);
                }
                _ => {
                    acceptable(flag, &value)?;
                    parameters.push((flag, value));
                }
            }
        }
        let given = match &command.body {
            Some(_) => matches.get_one::<String>("body").map(String::as_str),
            None => None,
        };
        let mut whole = None;
        if let Some(Body {
            format: BodyFormat::Bytes(_),
            required,
            ..
        }) = command.body
        {
            let bytes = given.map(body::bytes).transpose()?;
            if bytes.is_none() && required {
                return Err(Failure::usage("--body: it is required: text, @FILE or -"));
            }
            return Ok(Self {
                parameters,
                body: bytes.map(Payload::Bytes),
            });
        }
        if let Some(body) = &command.body {
            whole = body::merged(given.map(body::read).transpose()?, properties)?;
            if whole.is_none() && body.required {
                whole = Some(Value::Object(Map::new()));
            }
            let switch = command.events.and_then(|events| events.switch);
            if let Some(switch) = switch.filter(|_| streams) {
                let object = whole.get_or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(object) = object {
                    object.insert(switch.to_owned(), Value::Bool(true));
                }
            }
            if let Some(Value::Object(object)) = &mut whole {
                for (name, value) in body.constants {
                    let value = serde_json::from_str(value).unwrap_or_default();
                    object.entry(*name).or_insert(value);
                }
            }
            if let Some(whole) = &whole {
                let bytes = serde_json::to_vec(whole).map_err(|error| {
                    Failure::usage(format!("the body cannot be written: {error}"))
                })?;
                let checked = body.check.map_or(Ok(()), |check| check(&bytes));
                checked.map_err(|problems| body::told(command, &problems))?;
            }
        }
        Ok(Self {
            parameters,
            body: whole.map(Payload::Value),
        })
    }
}

/// Whether a parameter keeps its limits, before anything is sent.
fn acceptable(flag: &Flag, value: &Value) -> Result<(), Failure> {
    if flag.place == Place::Path && value.as_str() == Some("") {
        let message = format!(
            "--{}: it must not be empty: it is part of the path",
            flag.name
        );
        return Err(Failure::usage(message));
    }
    match flag.check {
        Some(check) => check(value).map_err(|problems| body::told_of(flag, &problems)),
        None => Ok(()),
    }
}

/// The value of a flag, if it was given.
fn value(flag: &Flag, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let name = id(flag);
    let Some(given) = matches.get_many::<String>(&name) else {
        return Ok(None);
    };
    let mut given = given.map(String::as_str);
    Ok(Some(match &flag.kind {
        Kind::List(item) => {
            let mut items = Vec::new();
            for text in given {
                match (item, parsed(flag, item, text)?) {
                    // No item of such a list is a list: this is several of them.
                    (Kind::Json, Value::Array(several)) => items.extend(several),
                    (_, one) => items.push(one),
                }
            }
            Value::Array(items)
        }
        Kind::Map(values) => {
            let entries = given.map(|text| entry(flag, values, text));
            Value::Object(entries.collect::<Result<_, _>>()?)
        }
        kind => parsed(flag, kind, given.next_back().unwrap_or_default())?,
    }))
}

fn entry(flag: &Flag, kind: &Kind, text: &str) -> Result<(String, Value), Failure> {
    let (key, value) = text
        .split_once('=')
        .ok_or_else(|| Failure::usage(format!("--{}: `{text}` is not KEY=VALUE", flag.name)))?;
    Ok((key.to_owned(), parsed(flag, kind, value)?))
}

fn parsed(flag: &Flag, kind: &Kind, text: &str) -> Result<Value, Failure> {
    let wrong = |what: &str| Failure::usage(format!("--{}: `{text}` is not {what}", flag.name));
    Ok(match kind {
        Kind::Text | Kind::Values(_) | Kind::Known(_) => Value::String(text.to_owned()),
        Kind::Boolean => Value::Bool(text == "true"),
        Kind::Integer => match (text.parse::<i64>(), text.parse::<u64>()) {
            (Ok(number), _) => number.into(),
            (_, Ok(number)) => number.into(),
            _ => return Err(wrong("a whole number")),
        },
        Kind::Number => {
            let number: serde_json::Number = text.parse().map_err(|_| wrong("a number"))?;
            Value::Number(number)
        }
        Kind::TextOrJson => text_or_json(flag, text)?,
        Kind::File => Value::String(file(flag, text)?),
        Kind::Json | Kind::List(_) | Kind::Map(_) => {
            // `@file` is as good here as for the whole body.
            match text.strip_prefix('@') {
                Some(_) => body::read(text)?,
                None => match serde_json::from_str(text) {
                    Ok(value) => value,
                    // A word is text: where a mode may stand as well as an object, nobody wants to quote it twice.
                    Err(_) if !text.starts_with(['{', '[', '"']) => Value::String(text.to_owned()),
                    Err(error) => {
                        let message = format!("--{}: `{text}` is not JSON: {error}", flag.name);
                        return Err(Failure::usage(message));
                    }
                },
            }
        }
    })
}

/// The path of a file that is there, as `PATH` or `@PATH`.
fn file(flag: &Flag, text: &str) -> Result<String, Failure> {
    let path = text.strip_prefix('@').unwrap_or(text);
    match body::readable(path) {
        Ok(()) => Ok(path.to_owned()),
        Err(error) => Err(Failure::usage(format!("--{}: {error}", flag.name))),
    }
}

/// A value that may be text as well as JSON: it is text unless it is a whole object or list. `@FILE` stands for what is
/// in a file that exists, and `@@` for an `@`.
fn text_or_json(flag: &Flag, text: &str) -> Result<Value, Failure> {
    if let Some(rest) = text.strip_prefix("@@") {
        return Ok(Value::String(format!("@{rest}")));
    }
    let path = text.strip_prefix('@').map(Path::new);
    let text = match path.filter(|path| path.is_file()) {
        Some(path) => std::fs::read_to_string(path).map_err(|error| {
            let message = format!("--{}: cannot read `{}`: {error}", flag.name, path.display());
            Failure::usage(message)
        })?,
        None => text.to_owned(),
    };
    Ok(match serde_json::from_str(&text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
        _ => Value::String(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const LIST: Flag = Flag::body("tools", "tools").kind(Kind::List(&Kind::Json));
    const ROWS: Flag = Flag::body("rows", "rows").kind(Kind::List(&Kind::List(&Kind::Json)));
    const CONTENT: Flag = Flag::body("content", "content").kind(Kind::TextOrJson);
    const NAME: Flag = Flag::body("name", "name");
    const TEST: Command = Command::post("test", "test", "/").flags(&[LIST, ROWS, CONTENT, NAME]);
    const PROGRAM: crate::Program = crate::Program {
        name: "example",
        version: "1",
        about: "",
        config: counterpart_client::Config::new("http://localhost"),
        commands: &[&TEST],
    };

    /// The value of a flag that was given so.
    fn given(flag: &Flag, texts: &[&str]) -> Value {
        let long = format!("--{}", flag.name);
        let mut line = vec!["example", "test"];
        for text in texts {
            line.extend([long.as_str(), text]);
        }
        let matches = crate::line::clap(&PROGRAM)
            .try_get_matches_from(line)
            .unwrap();
        let matches = matches.subcommand_matches("test").unwrap();
        value(flag, matches).unwrap().unwrap()
    }

    #[test]
    fn what_may_be_text_is_text() {
        for text in [
            "42",
            "true",
            "[note] hi",
            "@bob hi",
            "{name}, hi",
            "-x",
            "--help",
        ] {
            assert_eq!(given(&CONTENT, &[text]), json!(text));
        }
        assert_eq!(given(&CONTENT, &["@@bob"]), json!("@bob"));
        assert_eq!(given(&CONTENT, &[r#"[{"a": 1}]"#]), json!([{"a": 1}]));
    }

    #[test]
    fn what_may_be_text_may_be_in_a_file() {
        let path = std::env::temp_dir().join(format!("counterpart-{}", std::process::id()));
        std::fs::write(&path, "hello\n").unwrap();
        let text = given(&CONTENT, &[&format!("@{}", path.display())]);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(text, json!("hello\n"));
    }

    #[test]
    fn a_whole_list_is_as_good_as_its_items() {
        assert_eq!(
            given(&LIST, &[r#"[{"a": 1}, {"b": 2}]"#, "{}"]),
            json!([{"a": 1}, {"b": 2}, {}])
        );
        assert_eq!(given(&ROWS, &["[1, 2]", "[3]"]), json!([[1, 2], [3]]));
    }

    #[test]
    fn a_value_may_begin_with_a_hyphen() {
        assert_eq!(given(&NAME, &["- a"]), json!("- a"));
        assert_eq!(given(&NAME, &["-o"]), json!("-o"));
    }
}
