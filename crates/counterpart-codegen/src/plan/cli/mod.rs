//! The command-line client: a command for every operation, a flag for what it takes.

mod flag;
mod words;

use std::collections::BTreeMap;

use crate::api::{Content, Framing, Location, Media, Operation, SchemaId};
use crate::name;

use super::Input;
use super::body::{BodyChoice, BodyPlan, EncodingPlan, preference};
use super::client::{CallPlan, Client, operation_words};
use super::docs::Docs;
use super::reference::{Resources, title};
use super::ty::Type;

pub use flag::{FlagCheck, FlagKind, FlagPlan};

/// The command-line client.
#[derive(Debug, Clone, Default)]
pub struct Cli {
    /// The commands, in the document's order.
    pub commands: Vec<CommandPlan>,
}

/// A command.
#[derive(Debug, Clone)]
pub struct CommandPlan {
    /// The module of its own.
    pub module: String,
    /// Its name: `create-run`.
    pub name: String,
    /// The `operationId`.
    pub operation: String,
    /// The HTTP method: `POST`.
    pub verb: String,
    /// The path template.
    pub path: String,
    /// What kind of thing it is about.
    pub group: String,
    /// What it does, in a line.
    pub about: String,
    /// What else there is to know.
    pub details: String,
    /// Its flags: those of the path, other parameters, properties of the body.
    pub flags: Vec<FlagPlan>,
    /// Headers that never vary.
    pub headers: Vec<(String, String)>,
    /// Query parameters that never vary.
    pub query: Vec<(String, String)>,
    /// Its body.
    pub body: Option<CommandBody>,
    /// What it is answered with.
    pub reply: CommandReply,
    /// The events that it can be answered with.
    pub events: Option<CommandEvents>,
    /// How its pages follow each other: cursor, items, more, id, all as on the wire.
    pub pages: Option<CommandPages>,
    /// Whether sending it twice does no harm, where the document says so.
    pub idempotent: Option<bool>,
    /// The command as a person would type it, with what it requires.
    pub example: String,
}

impl CommandPlan {
    /// Whether it names types of the types crate.
    pub fn names_types(&self) -> bool {
        let mut checks = self.flags.iter().filter_map(|flag| flag.check.as_ref());
        let mut bodies = self.body.iter().filter_map(|body| body.ty.as_ref());
        bodies.any(|ty| named(ty).is_some()) || checks.any(|check| named(&check.ty).is_some())
    }
}

/// The body of a request.
#[derive(Debug, Clone)]
pub struct CommandBody {
    /// Its type, by which it is checked before it is sent; nothing for bytes.
    pub ty: Option<Type>,
    /// Whether it must be there.
    pub required: bool,
    /// What kind of media type it has: JSON, a form, or one that is sent as it is given.
    pub media: Media,
    /// The media type, where that is not the usual one of its kind.
    pub media_type: Option<String>,
    /// How some properties of a form are written.
    pub encodings: Vec<EncodingPlan>,
    /// Whether it has limits.
    pub limited: bool,
    /// Properties that never vary: the name and the value as JSON.
    pub constants: Vec<(String, String)>,
}

/// What an operation is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandReply {
    /// JSON.
    Json,
    /// Bytes, or a text that is not JSON.
    Bytes,
    /// Nothing.
    Empty,
}

/// The events that an operation can be answered with.
#[derive(Debug, Clone)]
pub struct CommandEvents {
    /// The property of the body that asks for them.
    pub switch: Option<String>,
    /// Whether they are the only answer.
    pub always: bool,
    /// Where in which events there is text for people.
    pub text: Vec<(String, String)>,
    /// The events that say that what was asked for came to a bad end.
    pub failures: Vec<String>,
}

/// How the pages of a list follow each other, by names on the wire.
#[derive(Debug, Clone)]
pub struct CommandPages {
    /// The query parameter that holds the cursor.
    pub cursor: String,
    /// The property of a page that holds the items.
    pub items: String,
    /// The property of a page that says whether there is more.
    pub more: Option<String>,
    /// The property of an item that is its cursor.
    pub id: String,
}

/// Plans the command-line client.
pub(super) fn cli(input: Input<'_>, operations: &[usize], client: &Client) -> Cli {
    let resources = Resources::of(&input.api.operations);
    let plans = || operations.iter().zip(&client.operations);
    let names = plans().map(|(index, call)| {
        let operation = &input.api.operations[*index];
        (operation.id.as_str(), name::kebab(&call.method))
    });
    let names: BTreeMap<&str, String> = names.collect();
    let commands = plans().map(|(index, call)| {
        let operation = &input.api.operations[*index];
        let group = title(resources.of_path(&operation.path));
        let mut command = input.command(*index, call, group);
        words::translate(&mut command, &names);
        command
    });
    Cli {
        commands: commands.collect(),
    }
}

fn command_body(choice: &BodyChoice, body: &BodyPlan) -> CommandBody {
    let is_value = choice.media.is_structured();
    let is_usual = match choice.media {
        Media::Json => choice.is_usual(),
        _ => is_value,
    };
    CommandBody {
        ty: is_value.then(|| choice.ty.clone()),
        required: body.required,
        media: choice.media,
        media_type: (!is_usual).then(|| choice.media_type.clone()),
        encodings: choice.encodings.clone(),
        limited: choice.checked && matches!(choice.ty, Type::Named(_)),
        constants: Vec::new(),
    }
}

impl Input<'_> {
    fn command(&self, index: usize, call: &CallPlan, group: String) -> CommandPlan {
        let operation = &self.api.operations[index];
        let constants = |place: Location| {
            let fixed = call.constants.iter().filter(move |(at, ..)| *at == place);
            fixed
                .map(|(_, name, value)| (name.clone(), value.clone()))
                .collect()
        };
        let events = self.command_events(operation, call);
        let flags = self.flags(
            index,
            events.as_ref().and_then(|events| events.switch.as_deref()),
        );
        let command = name::kebab(&call.method);
        let (about, details) = words(operation);
        CommandPlan {
            module: call.module.clone(),
            example: self.command_line(&command, &flags, operation),
            name: command,
            operation: operation.id.clone(),
            verb: operation.method.verb(),
            path: operation.path.clone(),
            group,
            about,
            details,
            headers: constants(Location::Header),
            query: constants(Location::Query),
            body: call.body.as_ref().and_then(|body| {
                let choices = body.choices.iter();
                let choice = choices.min_by_key(|choice| preference(choice.media))?;
                Some(CommandBody {
                    constants: self.body_constants(operation),
                    ..command_body(choice, body)
                })
            }),
            reply: match call.output {
                // Lines and records need nobody to take them apart.
                Type::Unit if call.stream.is_some() && events.is_none() => CommandReply::Bytes,
                Type::Unit => CommandReply::Empty,
                Type::Binary | Type::PlainText => CommandReply::Bytes,
                _ => CommandReply::Json,
            },
            events,
            pages: call
                .paging
                .as_ref()
                .and(operation.pagination.as_ref())
                .map(|pages| CommandPages {
                    cursor: pages.cursor.clone(),
                    items: pages.items.clone(),
                    more: pages.more.clone(),
                    id: pages.id.clone(),
                }),
            flags,
            idempotent: operation.idempotent,
        }
    }

    fn command_events(&self, operation: &Operation, call: &CallPlan) -> Option<CommandEvents> {
        let stream = call.stream.as_ref()?;
        let mut contents = operation
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        let content = contents.find(|content| content.is_event_stream())?;
        if matches!(content.framing, Some(Framing::Lines | Framing::Records)) {
            return None;
        }
        Some(CommandEvents {
            switch: stream.switch.as_ref().map(|switch| switch.wire.clone()),
            always: call.output == Type::Unit,
            text: content.text.clone(),
            failures: self.failures(operation, content),
        })
    }
}

/// The type of the types crate in a type that a program can name.
pub fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        Type::List(inner) | Type::Option(inner) => named(inner),
        _ => None,
    }
}

impl Input<'_> {
    /// The events that hand out what the operation is otherwise answered with, in a state in which it has failed.
    fn failures(&self, operation: &Operation, stream: &Content) -> Vec<String> {
        let contents = operation.responses.iter().flat_map(|reply| &reply.contents);
        let replies = contents.filter(|content| content.is_json());
        let replies: Vec<SchemaId> = replies
            .filter_map(|content| Some(self.names.canonical(content.ty?.schema)))
            .collect();
        let events = stream.ty.and_then(|ty| self.api.events.get(&ty.schema));
        let events = events.into_iter().flat_map(|events| &events.variants);
        let failed = events.filter(|event| {
            let last = event.tag.rsplit('.').next().unwrap_or_default();
            matches!(last, "failed" | "expired")
                && replies.contains(&self.names.canonical(event.payload.schema))
        });
        failed.map(|event| event.tag.clone()).collect()
    }
}

/// One line, and the rest.
fn words(operation: &Operation) -> (String, String) {
    let docs = operation_words(operation);
    let paragraphs = plain(&docs);
    let mut paragraphs = paragraphs.into_iter();
    let first = paragraphs.next();
    let about = first.unwrap_or_else(|| format!("{} {}", operation.method.verb(), operation.path));
    (
        about.trim_end_matches('.').to_owned(),
        paragraphs.collect::<Vec<_>>().join("\n\n"),
    )
}

/// Words without what only Markdown needs, a paragraph an item.
fn plain(docs: &Docs) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut begins = true;
    for line in docs.lines() {
        let line = unescaped(line);
        let begins = std::mem::replace(&mut begins, line.is_empty());
        if line.is_empty() {
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if !begins => {
                last.push(if line.starts_with("- ") { '\n' } else { ' ' });
                last.push_str(line.trim());
            }
            _ => paragraphs.push(line),
        }
    }
    paragraphs
}

/// A line without the strokes that keep Markdown quiet.
fn unescaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(letter),
        }
    }
    out
}
