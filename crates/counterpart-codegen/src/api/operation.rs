//! Operations: what can be asked, and what is answered.

use serde_json::Value;

use super::schema::Use;
use crate::diag::Place;

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it is written.
    pub place: Place,
    /// The `operationId`, or one made of the method and path.
    pub id: String,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path template, such as `/threads/{thread_id}`.
    pub path: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub docs: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The parameters of the path item and the operation, in that order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses.
    pub responses: Vec<Response>,
    /// `x-pagination`.
    pub pagination: Option<Pagination>,
    /// `x-poll`.
    pub poll: Option<Poll>,
    /// `x-retry`: whether it may be sent twice without harm. Where that is not said, the method decides.
    pub idempotent: Option<bool>,
    /// Whether it may be called without a credential.
    pub anonymous: bool,
    /// What a caller has to show: any of these alternatives.
    pub security: Vec<Requirement>,
}

impl Operation {
    /// The headers of all responses.
    pub fn reply_headers(&self) -> impl Iterator<Item = &Parameter> {
        self.responses.iter().flat_map(|response| &response.headers)
    }

    /// All representations, of the request and then of the replies.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        let body = self.body.iter().flat_map(|body| &body.contents);
        body.chain(self.responses.iter().flat_map(|reply| &reply.contents))
    }

    /// As [`contents`](Self::contents), to be changed.
    pub(crate) fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        let body = self.body.iter_mut().flat_map(|body| &mut body.contents);
        let replies = self.responses.iter_mut();
        body.chain(replies.flat_map(|reply| &mut reply.contents))
    }

    /// The representations that become values, of requests and of replies.
    pub fn values(&self) -> impl Iterator<Item = &Content> {
        let body = self.body.iter().flat_map(|body| values(&body.contents));
        let replies = self.responses.iter();
        body.chain(replies.flat_map(|reply| values(&reply.contents)))
    }
}

/// Those among the representations of one thing that become values of types.
fn values(contents: &[Content]) -> impl Iterator<Item = &Content> {
    let typed = |content: &&Content| match content.media {
        Media::Json | Media::Form | Media::Multipart | Media::Events => true,
        Media::Text | Media::Binary => false,
    };
    chosen(contents).into_iter().filter(typed)
}

/// The representations of one thing that are generated: the first of each kind. A text that says
/// what a structured one says as well, which is XML beside JSON, is left out.
pub fn chosen(contents: &[Content]) -> Vec<&Content> {
    let structured = contents.iter().any(|content| content.media.is_structured());
    let mut chosen: Vec<&Content> = Vec::new();
    for content in contents {
        let known = chosen.iter().any(|known| known.media == content.media);
        let repeats = content.is_object && structured && !content.media.is_structured();
        let streams = content.media == Media::Events;
        if !known && (streams || !repeats) {
            chosen.push(content);
        }
    }
    chosen
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// Any other, as `additionalOperations` of 3.2 may have: `COPY`.
    Other(String),
}

impl Method {
    /// Every method that a path item may have, with its key.
    pub const ALL: [(&'static str, Self); 9] = [
        ("get", Self::Get),
        ("put", Self::Put),
        ("post", Self::Post),
        ("delete", Self::Delete),
        ("options", Self::Options),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("trace", Self::Trace),
        ("query", Self::Query),
    ];

    /// The key in a path item, or in its `additionalOperations`: `get`, `COPY`.
    pub fn key(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Other(name) => name,
        }
    }

    /// The method as HTTP writes it: `GET`. Methods that have no key are written as they are.
    pub fn verb(&self) -> String {
        match self {
            Self::Other(name) => name.clone(),
            _ => self.key().to_ascii_uppercase(),
        }
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter is written (OpenAPI 3.0.3, Parameter Object, `style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the specification's")]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Where it is written.
    pub place: Place,
    /// The name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// `description`.
    pub docs: Option<String>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
    /// Whether it must be there.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// How it is written.
    pub style: Style,
    /// Whether lists and objects are written as several.
    pub explode: bool,
    /// Whether its value is written as JSON, because `content` says so.
    pub json: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Its type.
    pub ty: Use,
    /// The default of its schema.
    pub default: Option<Value>,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it is written.
    pub place: Place,
    /// `description`.
    pub docs: Option<String>,
    /// Whether it must be there.
    pub required: bool,
    /// Its representations.
    pub contents: Vec<Content>,
}

/// One representation of a body: a media type and its schema.
#[derive(Debug, Clone)]
pub struct Content {
    /// Where it is written.
    pub place: Place,
    /// The media type, such as `application/json`.
    pub media_type: String,
    /// What kind of media type that is.
    pub media: Media,
    /// Its schema; of a stream of items that are told apart by nothing, the schema of an item.
    pub ty: Option<Use>,
    /// How such a stream is written.
    pub framing: Option<Framing>,
    /// Whether the schema describes more than one text.
    pub is_object: bool,
    /// How the properties of a form are written, where that is not as usual.
    pub encodings: Vec<Encoding>,
    /// `x-switch`: the request property that, set to `true`, asks for this representation.
    pub switch: Option<String>,
    /// `x-text`: where in which events there is text for people, as the name of an event and a JSONPath.
    pub text: Vec<(String, String)>,
}

impl Content {
    /// Whether this is JSON: `application/json`, or anything that ends in `+json`.
    pub fn is_json(&self) -> bool {
        self.media == Media::Json
    }

    /// Whether this is a stream of server-sent events, or of other items.
    pub fn is_event_stream(&self) -> bool {
        self.media == Media::Events
    }
}

/// A kind of media types, by how their bodies are written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Media {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text that nobody here looks into, XML too.
    Text,
    /// Bytes.
    Binary,
    /// Server-sent events, and other streams of items.
    Events,
}

/// How the items of a stream follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framing {
    /// Each is the data of a server-sent event.
    Events,
    /// A line of JSON for each.
    Lines,
    /// JSON between separators (RFC 7464).
    Records,
}

impl Media {
    /// Whether bodies of this kind have a type of their own.
    pub fn is_structured(self) -> bool {
        match self {
            Self::Json | Self::Form | Self::Multipart => true,
            Self::Text | Self::Binary | Self::Events => false,
        }
    }
}

/// How a property of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// The property.
    pub name: String,
    /// Its style, and whether lists and objects are written as several.
    pub style: Option<(Style, bool)>,
    /// Its media type.
    pub media_type: Option<String>,
}

/// The status of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A range such as `4XX`, by its first digit.
    Range(u8),
    /// Any status that is not listed.
    Default,
}

impl Status {
    /// Its name in words: the reason phrase (RFC 9110), where it has one.
    pub fn name(self) -> String {
        let name = match self {
            Self::Default => "Default",
            Self::Range(1) => "Informational",
            Self::Range(2) => "Success",
            Self::Range(3) => "Redirection",
            Self::Range(4) => "ClientError",
            Self::Range(_) => "ServerError",
            Self::Code(code) => match REASONS.iter().find(|(known, _)| *known == code) {
                Some((_, reason)) => reason,
                None => return format!("Status{code}"),
            },
        };
        name.to_owned()
    }
}

/// Reason phrases (RFC 9110, section 15, and the registry it refers to).
const REASONS: [(u16, &str); 44] = [
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (418, "ImATeapot"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (507, "InsufficientStorage"),
];

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// Where it is written.
    pub place: Place,
    /// Its status.
    pub status: Status,
    /// `description`.
    pub docs: Option<String>,
    /// Its headers.
    pub headers: Vec<Parameter>,
    /// Its representations.
    pub contents: Vec<Content>,
}

/// How a list is paged, from `x-pagination`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The query parameter that holds the cursor of the next page.
    pub cursor: String,
    /// The query parameter that pages backwards.
    pub backward: Option<String>,
    /// The property of the response that holds the items.
    pub items: String,
    /// The property of the response that says whether there is more.
    pub more: Option<String>,
    /// The property of an item that is its cursor.
    pub id: String,
}

/// How a long operation is waited for, from `x-poll`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// The `operationId` of the operation that reads the state.
    pub operation: String,
    /// The property that holds the state.
    pub status: String,
    /// The states in which waiting ends.
    pub finals: Vec<String>,
    /// The response header in which the server names an interval, in milliseconds.
    pub interval_header: Option<String>,
}

/// One alternative of what a caller has to show: all of these. Nothing, if it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirement {
    /// The schemes.
    pub schemes: Vec<Required>,
}

/// A security scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// The scheme's name.
    pub name: String,
    /// How it works; `None` if it leaves no trace in a request.
    pub credential: Option<Credential>,
    /// The scopes that the operation asks for.
    pub scopes: Vec<String>,
}

/// A security scheme: its name in the document, and how it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name under `components/securitySchemes`.
    pub name: String,
    /// How a client proves who it is.
    pub credential: Credential,
}

/// How a client proves who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A key in a header.
    Header(String),
    /// A key in the query.
    Query(String),
    /// A key in a cookie.
    Cookie(String),
}

/// What the service sends by itself: a request to whoever asked to be told.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The representations of what is sent.
    pub contents: Vec<Content>,
}

impl Webhook {
    /// The types of what is sent.
    pub fn payloads(&self) -> impl Iterator<Item = Use> {
        values(&self.contents).filter_map(|content| content.ty)
    }
}
