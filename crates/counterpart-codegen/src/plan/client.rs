//! The client crate: a method and a call type for every operation.

use std::collections::BTreeSet;

use crate::api::{Kind, Location, Media, Operation, Parameter, SecurityScheme, Style};

use super::Input;
use super::answer::{Answer, is_success};
use super::body::BodyPlan;
use super::docs::Docs;
use super::poll::{self, Polling};
use super::server::before;
use super::stream::StreamPlan;
use super::ty::{COMPLEX, External, Type, item_names};
use super::verb::Verb;

/// The client crate.
#[derive(Debug, Clone)]
pub struct Client {
    /// The base URL that the document names, if it names one.
    pub base_url: Option<String>,
    /// How a client proves who it is.
    pub security: Option<SecurityScheme>,
    /// Environment variables and headers.
    pub hints: crate::api::ClientHints,
    /// The body of an error that all operations share.
    pub error: Type,
    /// The operations.
    pub operations: Vec<CallPlan>,
    /// The libraries whose types they name.
    pub externals: BTreeSet<External>,
    /// The position of the operation that the crate's example calls.
    pub example: Option<usize>,
}

/// An operation, as a client calls it.
#[derive(Debug, Clone)]
pub struct CallPlan {
    /// The module of its own.
    pub module: String,
    /// The method of the client.
    pub method: String,
    /// The type of the call.
    pub ty: String,
    /// The `operationId`.
    pub id: String,
    /// The HTTP method.
    pub verb: Verb,
    /// The path template.
    pub path: String,
    /// The words of the method.
    pub docs: Docs,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
    /// The parameters that must be given, in the order of the method's arguments.
    pub arguments: Vec<Argument>,
    /// The headers and query parameters that never vary: location, name, value.
    pub constants: Vec<(Location, String, String)>,
    /// The request body.
    pub body: Option<BodyPlan>,
    /// The parameters that may be given.
    pub setters: Vec<Argument>,
    /// What a success gives.
    pub output: Type,
    /// More of what a success gives.
    pub answer: Answer,
    /// The body of an error.
    pub error: Type,
    /// The event stream that it can answer with.
    pub stream: Option<StreamPlan>,
    /// How its pages follow each other.
    pub paging: Option<Paging>,
    /// How the object that it is answered with is waited for.
    pub polling: Option<Polling>,
    /// Whether sending it twice does no harm, where the document says so.
    pub idempotent: Option<bool>,
    /// Whether clippy would call the type of the call too complex.
    pub complex: bool,
}

/// How complex the type of a call is, with the type of its body in up to two others.
fn complexity(body: Option<&BodyPlan>, output: &Type, error: &Type) -> usize {
    let body = match body.map(|body| &body.choices[..]) {
        Some([only]) => 20 + 30 + only.ty.complexity(4),
        Some(_) | None => 20,
    };
    10 + body + output.complexity(2) + error.complexity(2)
}

impl CallPlan {
    /// Whether clippy would call the type of something that the method takes too complex.
    pub fn takes_complex(&self) -> bool {
        let bodies = self.body.iter().filter(|body| body.required);
        let mut arguments = self.arguments.iter().map(|argument| &argument.ty);
        arguments.any(Type::is_complex) || bodies.map(|body| &body.ty).any(Type::is_complex)
    }

    /// The types of its own, beside the call itself.
    pub fn own_types(&self) -> impl Iterator<Item = &str> {
        let body = self.body.iter().filter_map(BodyPlan::enumeration);
        let reply = match &self.output {
            Type::Own(name) => Some(name.as_str()),
            _ => None,
        };
        body.chain(reply)
    }
}

impl Client {
    /// The types of the runtime that callers need beside those that all clients have.
    pub fn runtime_types(&self) -> Vec<&'static str> {
        let answers = || self.operations.iter().flat_map(|call| call.answer.types());
        let bodies = || self.operations.iter().filter_map(|call| call.body.as_ref());
        let mut types = Vec::new();
        if bodies()
            .flat_map(BodyPlan::types)
            .any(|ty| *ty == Type::Binary)
        {
            types.push("Binary");
        }
        if answers().any(|ty| *ty == Type::Binary) {
            types.push("Download");
        }
        if bodies().any(BodyPlan::has_sequence) {
            types.push("Sequence");
        }
        let streams = self.operations.iter().flat_map(|call| &call.stream);
        let streamed = streams.map(|stream| &stream.event);
        types.extend(item_names(
            streamed.chain(bodies().flat_map(BodyPlan::types)),
        ));
        let mut choices = bodies().flat_map(|body| &body.choices);
        if choices.any(|choice| choice.media == Media::Multipart) {
            types.push("FilePart");
        }
        types
    }
}

/// A parameter as an argument or a setter.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Its identifier.
    pub ident: String,
    /// The method that sets it, where it is optional.
    pub setter: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// How it is written.
    pub layout: Layout,
    /// Its type.
    pub ty: Type,
    /// Its words.
    pub docs: Docs,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Its style.
    pub style: Style,
    /// Whether lists and objects are written as several.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether it is JSON instead.
    pub json: bool,
}

impl Layout {
    pub(super) fn of(parameter: &Parameter) -> Self {
        Self {
            style: parameter.style,
            explode: parameter.explode,
            allow_reserved: parameter.allow_reserved,
            json: parameter.json,
        }
    }

    /// Whether it is how most parameters in this place are written: nothing need be said of it.
    pub fn is_usual(&self, location: Location) -> bool {
        let style = match location {
            Location::Path | Location::Header => self.style == Style::Simple && !self.explode,
            Location::Query | Location::Cookie => self.style == Style::Form && self.explode,
        };
        style && !self.allow_reserved && !self.json
    }
}

impl Argument {
    /// Whether it is written as most of its kind are: nothing need be said of its style.
    pub fn is_usual(&self) -> bool {
        self.layout.is_usual(self.location)
    }
}

/// How the pages of a list follow each other.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The type of an item.
    pub item: Type,
    /// The query parameter that holds the cursor.
    pub cursor: String,
    /// The query parameter that pages backwards.
    pub backward: Option<String>,
    /// The field of the page that holds the items.
    pub items: String,
    /// The field of the page that says whether there is more.
    pub more: Option<String>,
    /// The field of an item that is its cursor.
    pub id: String,
}

/// Plans the client crate.
pub(super) fn client(input: Input<'_>, operations: &[usize]) -> Client {
    let mut plans: Vec<CallPlan> = operations.iter().map(|index| input.call(*index)).collect();
    for (place, index) in operations.iter().enumerate() {
        // What does not fit is reported with the other extensions that do not.
        let polling = poll::polling(input, &input.api.operations[*index], &plans);
        plans[place].polling = polling.ok().flatten();
    }
    let mut errors = plans.iter().map(|plan| &plan.error);
    let first = errors.next().cloned().unwrap_or(Type::Value);
    let shared = errors.all(|error| *error == first);
    Client {
        base_url: input.api.server.clone(),
        security: input.api.security.clone(),
        hints: input.api.client.clone(),
        error: if shared { first } else { Type::Value },
        example: example(&plans),
        externals: externals(&plans),
        operations: plans,
    }
}

/// The libraries whose types the operations name.
fn externals(plans: &[CallPlan]) -> BTreeSet<External> {
    let mut found = BTreeSet::new();
    for plan in plans {
        let given = plan.arguments.iter().chain(&plan.setters);
        given.for_each(|argument| argument.ty.externals(&mut found));
        let body = plan.body.iter().flat_map(BodyPlan::types);
        for ty in body.chain(plan.answer.types()).chain([&plan.error]) {
            ty.externals(&mut found);
        }
    }
    found
}

/// The operation that is easiest to show: one that needs nothing, else only strings.
fn example(plans: &[CallPlan]) -> Option<usize> {
    let needs_nothing = |plan: &CallPlan| {
        plan.arguments.is_empty() && plan.body.as_ref().is_none_or(|body| !body.required)
    };
    let needs_text = |plan: &CallPlan| {
        plan.body.is_none()
            && plan
                .arguments
                .iter()
                .all(|argument| argument.ty == Type::Text)
    };
    let first = plans.iter().position(needs_nothing);
    first.or_else(|| plans.iter().position(needs_text))
}

impl Input<'_> {
    fn call(&self, index: usize) -> CallPlan {
        let operation = &self.api.operations[index];
        let names = &self.names.operations[index];
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let mut constants = Vec::new();
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters.idents) {
            match (self.constant_of(parameter), parameter.required) {
                (Some(value), true) => {
                    constants.push((parameter.location, parameter.name.clone(), value));
                }
                (_, true) => arguments.push(self.argument(parameter, ident)),
                (_, false) => setters.push(self.argument(parameter, ident)),
            }
        }
        arguments.sort_by_key(|argument| argument.location != Location::Path);
        let body = self.body(
            operation,
            &names.parameters.body,
            &format!("{}Body", names.ty),
        );
        let answer = self.answer(operation, &format!("{}Reply", names.ty));
        let error = self.error(operation);
        CallPlan {
            complex: complexity(body.as_ref(), &answer.ty, &error) > COMPLEX,
            module: crate::name::module(&names.ty),
            method: names.method.clone(),
            ty: names.ty.clone(),
            id: operation.id.clone(),
            verb: Verb::of(&operation.method),
            // A fragment is never sent.
            path: before(&operation.path, &['#']).to_owned(),
            docs: headed(operation_docs(operation), operation),
            deprecated: operation.deprecated,
            arguments,
            constants,
            stream: self.stream(operation, body.as_ref()),
            body,
            setters,
            output: answer.ty.clone(),
            answer,
            error,
            paging: self.paging(operation),
            polling: None,
            idempotent: operation.idempotent,
        }
    }

    /// The value of a parameter that leaves no choice.
    pub(super) fn constant_of(&self, parameter: &Parameter) -> Option<String> {
        match &self.api.schema(parameter.ty.schema).kind {
            Kind::Constant(serde_json::Value::String(value)) => Some(value.clone()),
            Kind::Constant(value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_))) => {
                Some(value.to_string())
            }
            _ => None,
        }
    }

    fn argument(&self, parameter: &Parameter, ident: &str) -> Argument {
        let schema = self.api.schema(parameter.ty.schema);
        let docs = Docs::of_or(
            parameter.docs.as_deref(),
            &format!("The parameter `{}`.", parameter.name.replace('`', "'")),
        );
        let default = parameter.default.as_ref().or(schema.default.as_ref());
        let facts = super::facts::facts(default, &schema.bounds);
        Argument {
            ident: crate::name::local(ident, &["client", "http"]),
            setter: match is_call_method(ident) || crate::name::is_method_taken(ident) {
                true => format!("with_{}", ident.trim_end_matches('_')),
                false => ident.to_owned(),
            },
            wire: parameter.name.clone(),
            location: parameter.location,
            layout: Layout::of(parameter),
            ty: self.ty(parameter.ty),
            docs: match facts.is_empty() {
                true => docs,
                false => docs.paragraph(&facts.join(" ")),
            },
            deprecated: parameter.deprecated,
        }
    }

    /// What an error holds, where all errors of the operation hold the same.
    fn error(&self, operation: &Operation) -> Type {
        let errors = operation
            .responses
            .iter()
            .filter(|response| !is_success(response));
        let contents = errors.flat_map(|response| &response.contents);
        let mut types = contents
            .filter(|content| content.is_json())
            .map(|content| self.content_ty(content));
        match types.next() {
            Some(first) if types.all(|other| other == first) => first,
            _ => Type::Value,
        }
    }

    /// How the pages of a list operation follow each other. A list whose page does not
    /// have what paging needs, and always, is no less a list, but has no pages.
    fn paging(&self, operation: &Operation) -> Option<Paging> {
        let pagination = operation.pagination.as_ref()?;
        let successes = operation
            .responses
            .iter()
            .filter(|response| is_success(response));
        let mut contents = successes.flat_map(|response| &response.contents);
        let list = contents.find(|content| content.is_json())?.ty?.schema;
        let (items, field) = self.field_of(list, &pagination.items)?;
        let Kind::Array(item) = self.api.schema(field.ty.schema).kind else {
            return None;
        };
        let (id, cursor) = self.field_of(item.schema, &pagination.id)?;
        let more = match &pagination.more {
            Some(more) => Some(self.field_of(list, more)?),
            None => None,
        };
        let is_flag = |field: &crate::api::Field| self.ty(field.ty) == Type::Bool;
        let fits = is_certain(field)
            && is_certain(cursor)
            && !item.nullable
            && self.ty(cursor.ty) == Type::Text
            && more
                .as_ref()
                .is_none_or(|(_, more)| is_certain(more) && is_flag(more));
        fits.then(|| Paging {
            item: self.value_ty(item),
            cursor: pagination.cursor.clone(),
            backward: pagination.backward.clone(),
            items,
            more: more.map(|(ident, _)| ident),
            id,
        })
    }

    /// The field of an object that has this name on the wire.
    pub(super) fn field_of(
        &self,
        id: crate::api::SchemaId,
        wire: &str,
    ) -> Option<(String, &crate::api::Field)> {
        let Kind::Object(object) = &self.api.schema(id).kind else {
            return None;
        };
        let index = object.fields.iter().position(|field| field.name == wire)?;
        Some((
            self.names.member(id, index).to_owned(),
            &object.fields[index],
        ))
    }
}

/// Whether a field is always there.
pub(super) fn is_certain(field: &crate::api::Field) -> bool {
    field.required && !field.ty.nullable
}

/// Whether every call has a method of this name.
fn is_call_method(name: &str) -> bool {
    [
        "send",
        "raw",
        "stream",
        "items",
        "pages",
        "poll",
        "timeout",
        "deadline",
        "retries",
        "idle_timeout",
        "idempotent",
        "anonymous",
        "configure",
        "options",
        "header",
        "without_header",
        "text",
        "download",
        "extra_query",
        "without_query",
        "extra_body",
        "extras",
        "with_extras",
        "body",
        "into_future",
        "start",
        "with_query",
        "has_query",
        "after",
        "before",
        "has_more",
    ]
    .contains(&name)
}

/// The summary and the description of an operation, without saying the same thing twice.
pub(super) fn operation_words(operation: &Operation) -> Docs {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let words = operation.docs.as_deref().unwrap_or_default().trim();
    if summary.is_empty() || words.starts_with(summary.trim_end_matches('.')) {
        return Docs::of(Some(words));
    }
    let stop = match summary.ends_with(['.', '!', '?']) {
        true => "",
        false => ".",
    };
    Docs::of(Some(format!("{summary}{stop}\n\n{words}").trim()))
}

/// The words of an operation, and the line that HTTP people read.
/// With the names of the headers that come along with a success.
fn headed(docs: Docs, operation: &Operation) -> Docs {
    let successes = operation.responses.iter().filter(|reply| is_success(reply));
    let mut names: Vec<String> = Vec::new();
    for header in successes.flat_map(|reply| &reply.headers) {
        let name = format!("`{}`", header.name.replace('`', "'"));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match &names[..] {
        [] => docs,
        names => docs.paragraph(&format!(
            "Headers, which `send()` gives beside the value: {}.",
            names.join(", ")
        )),
    }
}

pub(super) fn operation_docs(operation: &Operation) -> Docs {
    let id = operation.id.replace('`', "'");
    let docs = match operation_words(operation) {
        docs if docs.is_empty() => Docs::raw(&format!("Calls `{id}`.")),
        docs => docs,
    };
    docs.paragraph(&format!(
        "`{} {}`",
        operation.method.verb(),
        operation.path.replace('`', "'")
    ))
}
