//! The body of a request: from `--body`, with the flags on top.

use std::io::Read;

use counterpart_wire::Binary;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::program::{Command, Flag, Place, Problem};
use crate::sent::Bytes;

/// What `--body` gives: JSON or YAML, itself or in a file (`@file`) or from standard input (`-`).
pub(crate) fn read(argument: &str) -> Result<Value, Failure> {
    let (text, from) = match (argument, argument.strip_prefix('@')) {
        ("-", _) => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::usage(format!("cannot read standard input: {error}")))?;
            (text, "standard input".to_owned())
        }
        (_, Some(path)) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::usage(format!("cannot read `{path}`: {error}")))?;
            (text, format!("`{path}`"))
        }
        (text, None) => (text.to_owned(), "`--body`".to_owned()),
    };
    // JSON is tried first for the sake of its errors, and of numbers that YAML would change.
    if let Ok(value) = serde_json::from_str(&text) {
        return Ok(value);
    }
    serde_yaml_ng::from_str(&text)
        .map_err(|error| Failure::usage(format!("{from} is neither JSON nor YAML: {error}")))
}

/// What `--body` gives where it is sent as it is: a text, a file (`@file`) or standard input (`-`). The latter two are read
/// while they are sent.
pub(crate) fn bytes(argument: &str) -> Result<Bytes, Failure> {
    let content = match (argument, argument.strip_prefix('@')) {
        ("-", _) => Binary::reader(tokio::io::stdin()),
        (_, Some(path)) => {
            readable(path).map_err(|error| Failure::usage(format!("--body: {error}")))?;
            Binary::path(path)
        }
        (text, None) => Binary::new(text.to_owned()),
    };
    let source = match argument {
        "-" => "@-",
        argument => argument,
    };
    Ok(Bytes {
        content,
        source: source.to_owned(),
    })
}

/// Whether a file can be opened, told before anything is sent.
pub(crate) fn readable(path: &str) -> Result<(), String> {
    let opened = std::fs::File::open(path).and_then(|file| file.metadata());
    match opened {
        Ok(found) if found.is_dir() => Err(format!("`{path}` is a folder")),
        Ok(_) => Ok(()),
        Err(error) => Err(format!("cannot read `{path}`: {error}")),
    }
}

/// The body with the values of flags on top; `None` where there is neither.
pub(crate) fn merged(
    body: Option<Value>,
    flags: Map<String, Value>,
) -> Result<Option<Value>, Failure> {
    match (body, flags.is_empty()) {
        (body, true) => Ok(body),
        (None, false) => Ok(Some(Value::Object(flags))),
        (Some(Value::Object(mut body)), false) => {
            body.extend(flags);
            Ok(Some(Value::Object(body)))
        }
        (Some(_), false) => {
            let first = flags.keys().next().map_or("", String::as_str);
            Err(Failure::usage(format!(
                "`--body` is not an object, so `{first}` cannot be set in it"
            )))
        }
    }
}

/// What is wrong with a body, in words that name the flags.
pub(crate) fn told(command: &Command, problems: &[Problem]) -> Failure {
    let lines = problems.iter().map(|problem| line(command, problem));
    Failure::Usage(lines.collect::<Vec<_>>().join("\n"))
}

/// What is wrong with the value of a flag that is no property of the body.
pub(crate) fn told_of(flag: &Flag, problems: &[Problem]) -> Failure {
    let lines = problems
        .iter()
        .map(|problem| match problem.path.is_empty() {
            true => format!("--{}: {}", flag.name, problem.message),
            false => format!("--{} (at {}): {}", flag.name, problem.path, problem.message),
        });
    Failure::Usage(lines.collect::<Vec<_>>().join("\n"))
}

fn line(command: &Command, problem: &Problem) -> String {
    let first = problem.path.split(['.', '[']).next().unwrap_or_default();
    let flags = command.flags.iter();
    let flag = flags
        .filter(|flag| flag.place == Place::Body)
        .find(|flag: &&Flag| flag.wire == first);
    match flag {
        Some(flag) if problem.path == first => format!("--{}: {}", flag.name, problem.message),
        Some(flag) => format!("--{} (at {}): {}", flag.name, problem.path, problem.message),
        None if problem.path.is_empty() => format!("--body: {}", problem.message),
        None => format!("--body (at {}): {}", problem.path, problem.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn yaml_is_as_good_as_json() {
        assert_eq!(read(r#"{"a": 1}"#).unwrap(), json!({"a": 1}));
        assert_eq!(
            read("a: 1\nb: [x, y]").unwrap(),
            json!({"a": 1, "b": ["x", "y"]})
        );
        let error = read("a: [1").unwrap_err().to_string();
        assert!(
            error.starts_with("`--body` is neither JSON nor YAML: "),
            "{error}"
        );
        assert!(read("@/no/such/file").is_err());
    }

    #[test]
    fn flags_go_on_top() {
        let flags = || Map::from_iter([("a".to_owned(), json!(2))]);
        let body = merged(Some(json!({"a": 1, "b": 1})), flags()).unwrap();
        assert_eq!(body, Some(json!({"a": 2, "b": 1})));
        assert_eq!(merged(None, flags()).unwrap(), Some(json!({"a": 2})));
        assert_eq!(merged(None, Map::new()).unwrap(), None);
        assert!(merged(Some(json!([])), flags()).is_err());
    }
}
