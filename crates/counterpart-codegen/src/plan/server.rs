//! The server crate: a trait method, a request type and a reply type for every operation.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::api::{
    Content, EnumValues, Kind, Location, Media, Operation, Parameter, Requirement, Response,
    Status, chosen,
};

use crate::name::OperationNames;

use super::Input;
use super::answer::is_success;
use super::body::{BodyPlan, is_usual_json};
use super::client::{Layout, operation_docs};
use super::docs::Docs;
use super::headers::Headers;
use super::stream::Switch;
use super::ty::{External, Type, item_names};
use super::types::{Check, Literal};
use super::verb::Verb;

/// The server crate.
#[derive(Debug, Clone)]
pub struct Server {
    /// The name of the trait.
    pub ident: String,
    /// The document with its overlays, which a server can serve.
    pub document: Json,
    /// What the operations ask their callers for, unless one says otherwise; `None` where
    /// that is nothing.
    pub security: Option<Vec<Requirement>>,
    /// The operations.
    pub operations: Vec<OperationPlan>,
    /// The libraries whose types they name.
    pub externals: BTreeSet<External>,
}

/// An operation, as a server answers it.
#[derive(Debug, Clone)]
pub struct OperationPlan {
    /// The module of its own.
    pub module: String,
    /// The method of the trait.
    pub method: String,
    /// The type of a request.
    pub request: String,
    /// The type of a reply.
    pub reply: String,
    /// The `operationId`.
    pub id: String,
    /// The HTTP method.
    pub verb: Verb,
    /// The path template.
    pub path: String,
    /// Who may call it.
    pub callers: Callers,
    /// What they have to show, where that is not what most operations ask for.
    pub security: Option<Vec<Requirement>>,
    /// The words of the method.
    pub docs: Docs,
    /// Headers and query parameters that must have one value: location, name, value.
    pub constants: Vec<(Location, String, String)>,
    /// The parameters.
    pub fields: Vec<RequestField>,
    /// The body.
    pub body: Option<BodyPlan>,
    /// The replies.
    pub replies: Vec<Reply>,
    /// What they have for headers.
    pub headers: Vec<Headers>,
    /// The field of the body that asks for events.
    pub switch: Option<Switch>,
    /// Whether the replies differ much in size.
    pub uneven: bool,
    /// The payloads that convert into the reply.
    pub conversions: Vec<Conversion>,
}

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callers {
    /// Everybody.
    Anyone,
    /// Those with credentials.
    Secured,
    /// Everybody, with credentials or without.
    Optional,
}

/// A parameter of a request.
#[derive(Debug, Clone)]
pub struct RequestField {
    /// Its identifier.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// How it is written.
    pub layout: Layout,
    /// Whether it must be there, or what it is otherwise.
    pub presence: FieldPresence,
    /// Its type.
    pub ty: Type,
    /// What is checked of it.
    pub check: Check,
    /// Its words.
    pub docs: Docs,
}

/// Whether a parameter must be there, or what it is otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldPresence {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// It is this if it is absent.
    Default(DefaultValue),
}

/// The default of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// A literal.
    Literal(Literal),
    /// A variant of an enum.
    Variant(String, String),
}

impl Server {
    /// Whether some operation looks at credentials.
    pub fn authenticates(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.callers != Callers::Anyone)
    }

    /// The types of the runtime that services need beside those that all have.
    pub fn runtime_types(&self) -> Vec<&'static str> {
        let mut bodies = self.operations.iter().filter_map(|call| call.body.as_ref());
        let replies = self.operations.iter().flat_map(|call| &call.replies);
        let mut types = match self.authenticates() {
            true => vec!["Authenticate", "Credentials", "Open"],
            false => Vec::new(),
        };
        let is_binary = |body: &BodyPlan| body.types().any(|ty| *ty == Type::Binary);
        if replies
            .clone()
            .any(|reply| reply.payload == ReplyPayload::Binary)
            || bodies.clone().any(is_binary)
        {
            types.push("Binary");
        }
        if bodies.clone().any(BodyPlan::has_sequence) {
            types.push("Sequence");
        }
        let streamed = replies.filter_map(|reply| match &reply.payload {
            ReplyPayload::Events(event) => Some(event),
            _ => None,
        });
        types.extend(item_names(
            streamed.chain(bodies.clone().flat_map(BodyPlan::types)),
        ));
        let is_form = |body: &BodyPlan| {
            let mut choices = body.choices.iter();
            choices.any(|choice| choice.media == Media::Multipart)
        };
        if bodies.any(is_form) {
            types.push("FilePart");
        }
        types
    }
}

impl OperationPlan {
    /// Whether parameters have limits, or a body that cannot check itself.
    pub fn has_limits(&self) -> bool {
        self.checks().next().is_some()
    }

    fn checks(&self) -> impl Iterator<Item = &Check> {
        let fields = self.fields.iter().map(|field| &field.check);
        fields
            .chain(self.body.iter().filter_map(BodyPlan::check))
            .filter(|check| !check.is_empty())
    }

    /// Whether one of these limits is a pattern.
    pub fn has_pattern(&self) -> bool {
        self.checks().any(Check::has_pattern)
    }
}

impl RequestField {
    /// Whether it is written as most of its kind are.
    pub fn is_usual(&self) -> bool {
        self.layout.is_usual(self.location)
    }
}

/// A reply.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The variant.
    pub ident: String,
    /// The status, or `None` where the service chooses one.
    pub status: Option<u16>,
    /// What the document calls it: the key of the status, and the media type if there is one.
    pub key: (String, String),
    /// What it holds.
    pub payload: ReplyPayload,
    /// The type of its headers, if it has any.
    pub headers: Option<String>,
    /// The media type of that, where it does not follow from what it is.
    pub media_type: Option<String>,
    /// Its words.
    pub docs: Docs,
}

/// A payload that converts into a reply.
#[derive(Debug, Clone)]
pub struct Conversion {
    /// The payload.
    pub payload: ReplyPayload,
    /// The variant.
    pub variant: String,
    /// The type of its headers, of which the reply then has none.
    pub headers: Option<String>,
}

/// What a reply holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyPayload {
    /// Nothing.
    Empty,
    /// A JSON value.
    Json(Type),
    /// A text.
    Text,
    /// Bytes.
    Binary,
    /// A stream of events, or of other items.
    Events(Type),
}

impl ReplyPayload {
    /// Whether Rust has one type for both: a text, and a text in JSON.
    fn is_like(&self, other: &Self) -> bool {
        let is_text = |payload: &Self| matches!(payload, Self::Text | Self::Json(Type::Text));
        self == other || (is_text(self) && is_text(other))
    }
}

/// Plans the server crate.
pub(super) fn server(input: Input<'_>, operations: &[usize]) -> Server {
    let operations = operations.iter();
    let operations: Vec<OperationPlan> = operations.map(|index| input.operation(*index)).collect();
    let common = input.api.requirements.clone();
    let inherits =
        |plan: &OperationPlan| plan.callers != Callers::Anyone && plan.security.is_none();
    Server {
        document: input.api.document.clone(),
        security: operations.iter().any(inherits).then_some(common),
        ident: crate::name::server(&crate::name::pascal(&input.config.name)),
        externals: externals(&operations),
        operations,
    }
}

/// The libraries whose types the operations name.
fn externals(plans: &[OperationPlan]) -> BTreeSet<External> {
    let mut found = BTreeSet::new();
    for plan in plans {
        plan.fields
            .iter()
            .for_each(|field| field.ty.externals(&mut found));
        let body = plan.body.iter().flat_map(BodyPlan::types);
        body.for_each(|ty| ty.externals(&mut found));
        for reply in &plan.replies {
            if let ReplyPayload::Json(ty) = &reply.payload {
                ty.externals(&mut found);
            }
        }
        let headers = plan.headers.iter().flat_map(|headers| &headers.fields);
        headers.for_each(|field| field.ty.externals(&mut found));
    }
    found
}

impl Input<'_> {
    fn operation(&self, index: usize) -> OperationPlan {
        let operation = &self.api.operations[index];
        let names = &self.names.operations[index];
        let mut constants = Vec::new();
        let mut fields = Vec::new();
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters.idents) {
            match (self.constant_of(parameter), parameter.required) {
                (Some(value), true) => {
                    constants.push((parameter.location, parameter.name.clone(), value));
                }
                _ => fields.push(RequestField {
                    ident: ident.clone(),
                    wire: parameter.name.clone(),
                    location: parameter.location,
                    layout: Layout::of(parameter),
                    presence: self.field_presence(parameter),
                    ty: self.ty(parameter.ty),
                    check: self.check(parameter.ty),
                    docs: Docs::of_or(
                        parameter.docs.as_deref(),
                        &format!("The parameter `{}`.", parameter.name.replace('`', "'")),
                    ),
                }),
            }
        }
        let replies = self.replies(operation, names);
        let headers = self.reply_headers(operation, names);
        let body = self.body(
            operation,
            &names.parameters.body,
            &format!("{}Body", names.ty),
        );
        OperationPlan {
            module: crate::name::module(&names.ty),
            method: names.method.clone(),
            request: names.ty.clone(),
            reply: format!("{}Reply", names.ty),
            id: operation.id.clone(),
            verb: Verb::of(&operation.method),
            // Neither a query nor a fragment is looked at to find an operation.
            path: before(&operation.path, &['?', '#']).to_owned(),
            callers: callers(operation),
            security: (operation.security != self.api.requirements)
                .then(|| operation.security.clone()),
            docs: operation_docs(operation),
            constants,
            fields,
            switch: self
                .stream(operation, body.as_ref())
                .and_then(|stream| stream.switch),
            body,
            uneven: self.replies_uneven(operation),
            conversions: conversions(&replies, &headers),
            replies,
            headers,
        }
    }

    fn field_presence(&self, parameter: &Parameter) -> FieldPresence {
        if parameter.required {
            return FieldPresence::Required;
        }
        let default = self.default_value(parameter);
        // Only the query has a shorthand for it.
        match default.filter(|_| parameter.location == Location::Query && !parameter.ty.nullable) {
            Some(default) => FieldPresence::Default(default),
            None => FieldPresence::Optional,
        }
    }

    /// The default of a parameter, where its type can spell it.
    fn default_value(&self, parameter: &Parameter) -> Option<DefaultValue> {
        let id = parameter.ty.schema;
        let schema = self.api.schema(id);
        let default = parameter.default.as_ref().or(schema.default.as_ref())?;
        let literal = |literal: Literal| Some(DefaultValue::Literal(literal));
        match (self.ty(parameter.ty), default) {
            (Type::Named(name), Json::String(text)) => {
                let Kind::Enum(EnumValues::Strings(values)) = &schema.kind else {
                    return None;
                };
                let index = values.iter().position(|value| value.value == *text)?;
                let variant = self.names.member(id, index).to_owned();
                Some(DefaultValue::Variant(name, variant))
            }
            (Type::Text, Json::String(text)) => literal(Literal::Text(text.clone())),
            (Type::Bool, Json::Bool(value)) => literal(Literal::Bool(*value)),
            (Type::F64, Json::Number(value)) => literal(Literal::Float(value.as_f64()?)),
            (Type::I64, Json::Number(value)) => literal(Literal::Integer(value.as_i64()?)),
            (Type::I32, Json::Number(value)) => {
                let value = i32::try_from(value.as_i64()?).ok()?;
                literal(Literal::Integer(value.into()))
            }
            (Type::U32, Json::Number(value)) => {
                let value = u32::try_from(value.as_i64()?).ok()?;
                literal(Literal::Integer(value.into()))
            }
            (Type::U64, Json::Number(value)) => literal(Literal::Integer(
                value.as_i64().filter(|value| *value >= 0)?,
            )),
            _ => None,
        }
    }

    fn replies(&self, operation: &Operation, names: &OperationNames) -> Vec<Reply> {
        let mut replies: Vec<Reply> = Vec::new();
        for response in &operation.responses {
            let contents = chosen(&response.contents);
            let headed = !response.headers.is_empty();
            let headers = headed.then(|| names.headers_ty(response.status));
            let mut payloads: Vec<(ReplyPayload, Option<String>, String)> = contents
                .iter()
                .filter_map(|content| {
                    let (payload, media_type) = self.reply_payload(content)?;
                    Some((payload, media_type, content.media_type.clone()))
                })
                .collect();
            // JSON has the plain name, wherever it stands.
            payloads.sort_by_key(|(payload, _, _)| {
                matches!(payload, ReplyPayload::Text | ReplyPayload::Binary)
            });
            if payloads.is_empty() {
                payloads.push((ReplyPayload::Empty, None, String::new()));
            }
            for (index, (payload, media_type, name)) in payloads.into_iter().enumerate() {
                let stem = response.status.name();
                let ident = match &payload {
                    ReplyPayload::Events(_) if contents.len() > 1 && is_success(response) => {
                        "Events".to_owned()
                    }
                    ReplyPayload::Events(_) if contents.len() > 1 => format!("{stem}Events"),
                    ReplyPayload::Text if index > 0 => format!("{stem}Text"),
                    ReplyPayload::Binary if index > 0 => format!("{stem}Binary"),
                    _ => stem,
                };
                if replies.iter().all(|reply| reply.ident != ident) {
                    let mut reply = reply(ident, response, payload);
                    reply.media_type = media_type;
                    reply.key.1 = name;
                    reply.headers = headers.clone();
                    replies.push(reply);
                }
            }
        }
        replies
    }

    /// What a reply holds, and its media type where that must be said.
    fn reply_payload(&self, content: &Content) -> Option<(ReplyPayload, Option<String>)> {
        let media_type = Some(content.media_type.clone());
        match content.media {
            Media::Json | Media::Form | Media::Multipart => Some((
                ReplyPayload::Json(self.content_ty(content)),
                media_type.filter(|name| !is_usual_json(name)),
            )),
            Media::Text => Some((
                ReplyPayload::Text,
                media_type.filter(|name| name != "text/plain"),
            )),
            Media::Binary => Some((ReplyPayload::Binary, Some(concrete(&content.media_type)))),
            Media::Events => {
                let (event, media_type) = self.event_ty(content)?;
                Some((ReplyPayload::Events(event), media_type))
            }
        }
    }
}

/// The media type of bytes that do not say what they are.
fn concrete(media_type: &str) -> String {
    match media_type.contains('*') {
        true => "application/octet-stream".to_owned(),
        false => media_type.to_owned(),
    }
}

fn callers(operation: &Operation) -> Callers {
    let nothing = |requirement: &Requirement| requirement.schemes.is_empty();
    match &operation.security {
        all if all.iter().all(nothing) => Callers::Anyone,
        some if some.iter().any(nothing) => Callers::Optional,
        _ => Callers::Secured,
    }
}

fn reply(ident: String, response: &Response, payload: ReplyPayload) -> Reply {
    let status = match response.status {
        Status::Code(code) => Some(code),
        Status::Range(_) | Status::Default => None,
    };
    let name = match response.status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(digit) => format!("A status of the range {digit}XX."),
        Status::Default => "Any other status.".to_owned(),
    };
    let name = match &payload {
        ReplyPayload::Events(Type::Item(..)) => format!("{name} As a stream of values."),
        ReplyPayload::Events(_) => format!("{name} As a stream of events."),
        ReplyPayload::Empty | ReplyPayload::Json(_) | ReplyPayload::Text | ReplyPayload::Binary => {
            name
        }
    };
    let docs = Docs::of(response.docs.as_deref());
    Reply {
        docs: match docs.is_empty() {
            true => Docs::raw(&name),
            false => docs.paragraph(&name),
        },
        ident,
        status,
        key: (status_key(response.status), String::new()),
        payload,
        headers: None,
        media_type: None,
    }
}

/// What a document calls a status.
fn status_key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The payloads that convert into a reply: those of a success that one variant alone holds, and
/// that may do without headers.
fn conversions(replies: &[Reply], headers: &[Headers]) -> Vec<Conversion> {
    let success = |reply: &&Reply| {
        reply
            .status
            .is_some_and(|status| (200..300).contains(&status))
    };
    let holds = |reply: &&Reply| reply.payload != ReplyPayload::Empty;
    let replies: Vec<&Reply> = replies.iter().filter(success).filter(holds).collect();
    let once = |payload: &ReplyPayload| {
        let same = replies
            .iter()
            .filter(|reply| reply.payload.is_like(payload));
        same.count() == 1
    };
    let needs = |name: &String| {
        let mut headers = headers.iter();
        headers.any(|headers| headers.ident == *name && !headers.is_optional())
    };
    let unique = replies.iter().filter(|reply| once(&reply.payload));
    let bare = unique.filter(|reply| !reply.headers.as_ref().is_some_and(needs));
    let conversions = bare.map(|reply| Conversion {
        payload: reply.payload.clone(),
        variant: reply.ident.clone(),
        headers: reply.headers.clone(),
    });
    conversions.collect()
}

/// The text before any of these letters.
pub(super) fn before<'t>(text: &'t str, letters: &[char]) -> &'t str {
    text.split(letters).next().unwrap_or(text)
}
