//! What there is to say of an operation.

use crate::api::{Content, Credential, Location, Operation, Response, Status};
use crate::config::Package;

use super::super::client::operation_words;
use super::super::docs::Docs;
use super::super::server::{Callers, OperationPlan};
use super::super::types::Item;
use super::words::{Words, rust};
use super::{Body, Entry, ReplyRow, Row, Scope};

impl Scope<'_> {
    /// The operation at `position` among the planned ones, which is the document's `index`.
    pub(super) fn entry(&self, position: usize, index: usize, heading: String) -> Entry {
        let operation = &self.input.api.operations[index];
        let call = &self.client.operations[position];
        let server = &self.server.operations[position];
        let names = &self.input.names.operations[index].parameters.idents;
        let parameters = operation.parameters.iter().zip(names);
        let parameters: Vec<Row> = parameters
            .filter_map(|(parameter, ident)| self.parameter(parameter, ident))
            .collect();
        let docs = operation_words(operation);
        Entry {
            anchor: super::section::slug(&heading),
            heading,
            summary: summary(operation, &docs),
            docs,
            verb: operation.method.verb(),
            path: operation.path.clone(),
            deprecated: operation.deprecated,
            calls: match self.has(Package::CLIENT) {
                true => self.calls(call),
                false => Vec::new(),
            },
            method: self.has(Package::SERVER).then(|| self.method(server)),
            command: self.command(operation),
            curl: self.curl(operation, call),
            parameters,
            body: self.request_body(operation, position),
            replies: self.reply_rows(operation, server),
            reply_headers: self.reply_header_rows(operation, server),
            authorization: (!operation.anonymous)
                .then(|| self.authorization_in_words())
                .flatten(),
            headers: headers(operation, &call.constants),
        }
    }

    fn request_body(&self, operation: &Operation, position: usize) -> Option<Body> {
        let body = operation.body.as_ref()?;
        let content = body.contents.iter().find(|content| content.is_json());
        let content = content.or(body.contents.first())?;
        let mut words = content.ty.map(|ty| self.words(ty)).unwrap_or_default();
        if content.framing.is_some() {
            words
                .0
                .insert(0, super::Word::Plain("a sequence of ".to_owned()));
        }
        let planned = self.client.operations[position].body.as_ref();
        let rows = content.ty.and_then(|ty| {
            let ident = self.input.names.ty(ty.schema)?;
            match self.item(ident)? {
                Item::Struct(plan) => {
                    Some(self.properties(self.input.names.canonical(ty.schema), plan))
                }
                _ => None,
            }
        });
        Some(Body {
            docs: Docs::of(body.docs.as_deref()),
            media_types: media_types(&body.contents),
            words,
            rust: planned.map(|body| rust(&body.ty)).unwrap_or_default(),
            required: body.required,
            rows: rows.unwrap_or_default(),
        })
    }

    fn reply_rows(&self, operation: &Operation, server: &OperationPlan) -> Vec<ReplyRow> {
        let mut rows = Vec::new();
        let mut variants = server.replies.iter().map(|reply| reply.ident.clone());
        for response in &operation.responses {
            let row = |content: Option<&Content>, variant: String| ReplyRow {
                status: status(response),
                media_type: content
                    .map(|content| content.media_type.clone())
                    .unwrap_or_default(),
                words: self.reply_words(content),
                variant,
                docs: Docs::of(response.docs.as_deref()),
            };
            match &response.contents[..] {
                [] => rows.push(row(None, variants.next().unwrap_or_default())),
                contents => rows.extend(
                    contents
                        .iter()
                        .map(|content| row(Some(content), variants.next().unwrap_or_default())),
                ),
            }
        }
        rows
    }

    fn reply_header_rows(
        &self,
        operation: &Operation,
        server: &OperationPlan,
    ) -> Vec<(String, Row)> {
        let headed = operation.responses.iter();
        let headed = headed.filter(|response| !response.headers.is_empty());
        let rows = headed.zip(&server.headers).flat_map(|(response, plan)| {
            let headers = response.headers.iter().zip(&plan.fields);
            headers.filter_map(|(header, field)| {
                let row = Row {
                    rust: rust(&field.ty),
                    ..self.parameter(header, &field.ident)?
                };
                Some((status(response), row))
            })
        });
        rows.collect()
    }

    fn reply_words(&self, content: Option<&Content>) -> Words {
        let Some(ty) = content.and_then(|content| content.ty) else {
            return Words::default();
        };
        let mut words = self.words(ty);
        if content.is_some_and(Content::is_event_stream) {
            words.0.insert(0, super::Word::Plain("events: ".to_owned()));
        }
        words
    }

    /// How the caller proves who it is, with the name that the document has for it.
    pub(super) fn authorization_in_words(&self) -> Option<String> {
        let scheme = self.client.security.as_ref()?;
        let name = scheme.name.replace('`', "'");
        Some(match &scheme.credential {
            Credential::Bearer => format!("`{name}`: the header `Authorization: Bearer …`"),
            Credential::Basic => format!("`{name}`: the header `Authorization: Basic …`"),
            Credential::Header(header) => format!("`{name}`: a key in the header `{header}`"),
            Credential::Query(query) => format!("`{name}`: a key in the query, as `{query}`"),
            Credential::Cookie(cookie) => format!("`{name}`: a key in the cookie `{cookie}`"),
        })
    }

    /// The environment variables that `Client::from_env` reads.
    pub(super) fn environment(&self) -> Vec<(String, String)> {
        let hints = &self.client.hints;
        let key = hints
            .api_key
            .iter()
            .map(|name| (name, "the API key".to_owned()));
        let url = hints
            .base_url
            .iter()
            .map(|name| (name, "another base URL".to_owned()));
        let headers = hints
            .headers
            .iter()
            .map(|(name, header)| (name, format!("the header `{header}`")));
        let all = key.chain(url).chain(headers);
        all.map(|(name, what)| (name.clone(), what)).collect()
    }

    /// The method of the trait, with what a snippet needs around it to compile.
    fn method(&self, plan: &OperationPlan) -> String {
        let krate = self.krate(Package::SERVER);
        let (method, request, reply) = (&plan.method, &plan.request, &plan.reply);
        let api = &self.server.ident;
        let context = match plan.callers {
            Callers::Secured => "Context<Self::Principal>",
            Callers::Optional => "Context<Option<Self::Principal>>",
            Callers::Anyone => "Context",
        };
        let variants = plan.replies.iter();
        let variants = variants.map(|variant| format!("`{}`", variant.ident));
        let answers = match &variants.collect::<Vec<_>>()[..] {
            [] => format!("a `{reply}`"),
            [one] => format!("{one} of `{reply}`"),
            [first @ .., last] => format!("{} or {last} of `{reply}`", first.join(", ")),
        };
        format!(
            "# use {krate}::*;\n\
             # trait Service: {api} {{\n\
             async fn {method}(\n    \
                 &self,\n    \
                 cx: {context},\n    \
                 request: {request},\n\
             ) -> Result<{reply}, ApiError> {{\n    \
                 // answers {answers}\n\
             # {api}::{method}(self, cx, request).await\n\
             }}\n\
             # }}\n"
        )
    }

    /// The command as a person would type it. An operation may have none.
    fn command(&self, operation: &Operation) -> Option<String> {
        let mut commands = self.cli.commands.iter();
        let command = commands.find(|command| command.operation == operation.id)?;
        self.has(Package::CLI).then(|| command.example.clone())
    }

    /// Whether this is generated, too.
    pub(super) fn has(&self, package: Package) -> bool {
        self.input.config.crates.contains(&package)
    }

    /// One of the crates, as a path in Rust.
    pub(super) fn krate(&self, package: Package) -> String {
        self.input.config.crate_name(package).replace('-', "_")
    }

    /// The type of this name.
    pub(super) fn item(&self, ident: &str) -> Option<&Item> {
        let mut items = self.types.modules.iter().flat_map(|module| &module.items);
        items.find(|item| item.ident() == ident)
    }
}

/// One line for tables.
fn summary(operation: &Operation, docs: &Docs) -> String {
    let first = docs.lines().iter().take_while(|line| !line.is_empty());
    let first: Vec<&str> = first.map(String::as_str).collect();
    match first.is_empty() {
        true => format!("`{} {}`", operation.method.verb(), operation.path),
        false => first.join(" "),
    }
}

fn status(response: &Response) -> String {
    match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other".to_owned(),
    }
}

fn media_types(contents: &[Content]) -> Vec<String> {
    let types = contents.iter().map(|content| content.media_type.clone());
    types.collect()
}

/// `Content-Type`, `Accept` and the headers that never vary.
fn headers(
    operation: &Operation,
    constants: &[(Location, String, String)],
) -> Vec<(String, String)> {
    let body = operation.body.iter().flat_map(|body| &body.contents);
    let body: Vec<&str> = body.map(|content| content.media_type.as_str()).collect();
    let replies = operation.responses.iter().flat_map(|reply| &reply.contents);
    let mut accepted: Vec<&str> = Vec::new();
    for content in replies {
        if !accepted.contains(&content.media_type.as_str()) {
            accepted.push(&content.media_type);
        }
    }
    let mut headers = Vec::new();
    for (name, values) in [("Content-Type", body), ("Accept", accepted)] {
        if !values.is_empty() {
            headers.push((name.to_owned(), values.join(", ")));
        }
    }
    let fixed = constants
        .iter()
        .filter(|(place, ..)| *place == Location::Header);
    headers.extend(fixed.map(|(_, name, value)| (name.clone(), value.clone())));
    headers
}
