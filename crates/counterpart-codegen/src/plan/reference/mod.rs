//! The reference for people: what each operation and each type is, on the wire and in Rust.
//!
//! Everything that a page says is decided here; the emitter only lays it out.

mod entry;
mod page;
mod request;
mod row;
mod section;
mod snippet;
mod uses;
mod words;

use crate::api::Location;

use super::Input;
use super::cli::Cli;
use super::client::Client;
use super::docs::Docs;
use super::server::Server;
use super::types::Types;

pub use section::{Group, Section};
pub(super) use section::{Resources, title};
pub use words::{Word, Words};

/// The reference of one API.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// The operations, by tag.
    pub groups: Vec<Group>,
    /// A page for every type, in the order of the types crate.
    pub pages: Vec<Page>,
    /// The base URL that the document names.
    pub base_url: Option<String>,
    /// How a client proves who it is: a sentence.
    pub authorization: Option<String>,
    /// Environment variables that a client reads, and what each is for.
    pub environment: Vec<(String, String)>,
}

impl Reference {
    /// The operations of all groups, in their order.
    pub fn entries(&self) -> impl Iterator<Item = (&Group, &Entry)> {
        self.groups.iter().flat_map(|group| {
            let sections = group.sections.iter();
            let entries = sections.flat_map(|section| &section.operations);
            entries.map(move |entry| (group, entry))
        })
    }
}

/// What there is to say of one operation.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its heading: the `operationId`, or the method's name where two would look the same.
    pub heading: String,
    /// The link to the heading.
    pub anchor: String,
    /// One line, for tables.
    pub summary: String,
    /// All its words.
    pub docs: Docs,
    /// `POST`.
    pub verb: String,
    /// The path template.
    pub path: String,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
    /// Calls of the client, each a complete snippet whose hidden lines begin with `# `. None where no client is generated.
    pub calls: Vec<String>,
    /// The method of the server's trait, as a snippet, where a server is generated.
    pub method: Option<String>,
    /// The same request by the command-line client, where one is generated.
    pub command: Option<String>,
    /// The same request by `curl`.
    pub curl: String,
    /// The parameters.
    pub parameters: Vec<Row>,
    /// The request body.
    pub body: Option<Body>,
    /// What is answered.
    pub replies: Vec<ReplyRow>,
    /// The headers of replies, each with the status that it comes with.
    pub reply_headers: Vec<(String, Row)>,
    /// How the caller proves who it is; `None` where nobody asks.
    pub authorization: Option<String>,
    /// The headers that a request carries: name and value.
    pub headers: Vec<(String, String)>,
}

/// A parameter or a property.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its name on the wire.
    pub wire: String,
    /// Where it travels, for a parameter.
    pub location: Option<Location>,
    /// Its type on the wire.
    pub words: Words,
    /// Its identifier in Rust; empty for a constant, which is no field.
    pub ident: String,
    /// Its type in Rust.
    pub rust: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its default, as JSON or plain text.
    pub default: Option<String>,
    /// Its limits, as sentences.
    pub limits: String,
    /// Its words.
    pub docs: Docs,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its words.
    pub docs: Docs,
    /// Its media types.
    pub media_types: Vec<String>,
    /// Its type on the wire.
    pub words: Words,
    /// Its type in Rust.
    pub rust: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its properties, where it is an object.
    pub rows: Vec<Row>,
}

/// A reply.
#[derive(Debug, Clone)]
pub struct ReplyRow {
    /// `200`, `4XX`, `any other`.
    pub status: String,
    /// Its media type; empty for a reply without a body.
    pub media_type: String,
    /// Its type on the wire.
    pub words: Words,
    /// The variant of the server's reply.
    pub variant: String,
    /// Its words.
    pub docs: Docs,
}

/// The page of a type.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its name in Rust, which is also that of the page.
    pub ident: String,
    /// The type on whose page's line in the contents this one stands, if any.
    pub parent: Option<String>,
    /// Its words.
    pub docs: Docs,
    /// The name of its schema, where the document gives it one.
    pub schema: Option<String>,
    /// Where its schema stands in the document.
    pub pointer: String,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
    /// An expression that makes one, as a snippet.
    pub made: Option<String>,
    /// One on the wire.
    pub sample: Option<String>,
    /// The operations that take or give it: the heading, the group's page and the anchor.
    pub operations: Vec<Link>,
    /// The types that hold it.
    pub holders: Vec<String>,
}

/// A link to an operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The page, without its ending.
    pub page: String,
    /// The heading on it.
    pub anchor: String,
}

/// What a type is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object.
    Object {
        /// Its properties.
        rows: Vec<Row>,
        /// What other properties hold.
        extra: Option<Words>,
        /// Whether other properties are refused.
        closed: bool,
    },
    /// A text or number out of several.
    Values {
        /// The values: on the wire, in Rust, and the words.
        values: Vec<(String, String, Docs)>,
        /// Whether the document allows any other.
        open: bool,
    },
    /// One of several types.
    Variants {
        /// How a value finds its variant: a sentence.
        told: String,
        /// The variants.
        variants: Vec<VariantRow>,
    },
    /// Another name for a type.
    Alias(Words),
}

/// A variant of a union, or an event.
#[derive(Debug, Clone)]
pub struct VariantRow {
    /// What selects it: the value of the tag, the name of the event.
    pub tag: String,
    /// Its name in Rust.
    pub ident: String,
    /// What it holds.
    pub words: Words,
    /// Its words.
    pub docs: Docs,
}

/// Plans the reference.
pub(super) fn reference(
    input: Input<'_>,
    operations: &[usize],
    types: &Types,
    client: &Client,
    server: &Server,
    cli: &Cli,
) -> Reference {
    let scope = Scope {
        input,
        types,
        client,
        server,
        cli,
    };
    let groups = scope.groups(operations);
    let uses = uses::Uses::of(&groups, types, client, server);
    Reference {
        pages: scope.pages(&uses),
        base_url: client.base_url.clone(),
        authorization: scope.authorization_in_words(),
        environment: scope.environment(),
        groups,
    }
}

/// What the pages are made of.
#[derive(Clone, Copy)]
struct Scope<'a> {
    input: Input<'a>,
    types: &'a Types,
    client: &'a Client,
    server: &'a Server,
    cli: &'a Cli,
}
