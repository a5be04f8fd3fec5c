//! What a command line says: parameters and body.

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::body;
use crate::failure::Failure;
use crate::line::id;
use crate::program::{Command, Flag, Kind, Place};

/// A request as the command line has it.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The parameters that were given.
    pub(crate) parameters: Vec<(&'static Flag, Value)>,
    /// The body.
    pub(crate) body: Option<Value>,
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
                _ => parameters.push((flag, value)),
            }
        }
        let mut whole = None;
        if let Some(body) = &command.body {
            let given = matches.get_one::<String>("body").map(String::as_str);
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
                (body.check)(&bytes).map_err(|problems| body::told(command, &problems))?;
            }
        }
        Ok(Self {
            parameters,
            body: whole,
        })
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
            let items = given.map(|text| parsed(flag, item, text));
            Value::Array(items.collect::<Result<_, _>>()?)
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
