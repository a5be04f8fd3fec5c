//! Event streams: text as it comes for people, JSON lines for programs.

use counterpart_client::Http;
use counterpart_wire::event::RawEvent;
use serde_json::{Value, json};
use serde_json_path::JsonPath;

use crate::call;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::Output;
use crate::program::{Command, Events};

/// Prints the events that a command is answered with.
pub(crate) async fn print(
    http: &Http,
    command: &'static Command,
    events: Events,
    input: &Input,
    output: &mut Output,
) -> Result<(), Failure> {
    output.takes_events()?;
    let texts = texts(events)?;
    let as_text = output.takes_text() && !texts.is_empty();
    let mut stream = call::stream(http, command, input)?.await?;
    let mut ended = true;
    let mut failure = None;
    while let Some(event) = stream.try_next().await? {
        if event.name() == "error" {
            return Err(Failure::Refused(format!(
                "the stream ended in an error: {}",
                event.data_str()
            )));
        }
        if !as_text {
            output.event(&shown(&event))?;
            continue;
        }
        if events.failures.contains(&event.name()) {
            failure = Some(failed(&event));
        }
        for text in pieces(&texts, &event) {
            output.text(&text)?;
            ended = text.ends_with('\n');
        }
    }
    if as_text && !ended {
        output.text("\n")?;
    }
    // Among lines a program finds the event itself; text would look as if all were well.
    failure.map_or(Ok(()), Err)
}

/// What an event says that tells of a bad end: its name, and the error in its data.
fn failed(event: &RawEvent) -> Failure {
    let data: Value = serde_json::from_str(event.data_str()).unwrap_or_default();
    let mut members = data.as_object().into_iter().flatten();
    let error = members.find(|(name, value)| name.ends_with("error") && !value.is_null());
    let why = error.map(|(_, error)| {
        let message = error.get("message").and_then(Value::as_str);
        message.map_or_else(|| format!(": {error}"), |message| format!(": {message}"))
    });
    let why = why.unwrap_or_default();
    Failure::Refused(format!("the stream ended with `{}`{why}", event.name()))
}

/// The paths to the text, by the name of the event.
fn texts(events: Events) -> Result<Vec<(&'static str, JsonPath)>, Failure> {
    let texts = events.text.iter().map(|(name, path)| {
        let path = JsonPath::parse(path)
            .map_err(|error| Failure::usage(format!("{path} is no JSONPath: {error}")))?;
        Ok((*name, path))
    });
    texts.collect()
}

fn pieces(texts: &[(&'static str, JsonPath)], event: &RawEvent) -> Vec<String> {
    let paths = texts.iter().filter(|(name, _)| *name == event.name());
    let paths: Vec<&JsonPath> = paths.map(|(_, path)| path).collect();
    if paths.is_empty() {
        return Vec::new();
    }
    let data: Value = serde_json::from_str(event.data_str()).unwrap_or_default();
    let found = paths.iter().flat_map(|path| path.query(&data).all());
    found.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// An event as a line of JSON.
fn shown(event: &RawEvent) -> Value {
    let text = event.data_str();
    let data: Value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    json!({"event": event.name(), "data": data})
}
