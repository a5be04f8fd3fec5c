//! What a generated program consists of: a table of commands, all constants.

use counterpart_client::Config;
use counterpart_wire::Value;
use counterpart_wire::form::Encoding;
use counterpart_wire::params::Param;

/// A whole program.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// What it is called on the command line.
    pub name: &'static str,
    /// The version of the API.
    pub version: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// Where the API is and who may call it.
    pub config: Config,
    /// One command for each operation.
    pub commands: &'static [&'static Command],
}

/// A command: one operation.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) group: &'static str,
    pub(crate) about: &'static str,
    pub(crate) details: &'static str,
    pub(crate) example: &'static str,
    pub(crate) flags: &'static [Flag],
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) query: &'static [(&'static str, &'static str)],
    pub(crate) body: Option<Body>,
    pub(crate) reply: Reply,
    pub(crate) events: Option<Events>,
    pub(crate) pages: Option<Pages>,
    pub(crate) idempotent: Option<bool>,
}

impl Command {
    /// A command that sends a request by this method: its name, the `operationId`, and the path template.
    pub const fn new(
        method: &'static str,
        name: &'static str,
        operation: &'static str,
        path: &'static str,
    ) -> Self {
        Self {
            name,
            operation,
            method,
            path,
            group: "",
            about: "",
            details: "",
            example: "",
            flags: &[],
            headers: &[],
            query: &[],
            body: None,
            reply: Reply::Json,
            events: None,
            pages: None,
            idempotent: None,
        }
    }

    /// As [`new`](Self::new), for `GET`.
    pub const fn get(name: &'static str, operation: &'static str, path: &'static str) -> Self {
        Self::new("GET", name, operation, path)
    }

    /// As [`new`](Self::new), for `POST`.
    pub const fn post(name: &'static str, operation: &'static str, path: &'static str) -> Self {
        Self::new("POST", name, operation, path)
    }

    /// As [`new`](Self::new), for `DELETE`.
    pub const fn delete(name: &'static str, operation: &'static str, path: &'static str) -> Self {
        Self::new("DELETE", name, operation, path)
    }

    /// What kind of thing it is about: the heading that it stands under.
    pub const fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// What it does, in a line.
    pub const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// What else there is to know.
    pub const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    /// The command as a person would type it, with all that it cannot do without.
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Its parameters, and the properties of its body that have flags.
    pub const fn flags(mut self, flags: &'static [Flag]) -> Self {
        self.flags = flags;
        self
    }

    /// Headers that never vary.
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Query parameters that never vary.
    pub const fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }

    /// Its body.
    pub const fn body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// What it is answered with, where that is not JSON.
    pub const fn reply(mut self, reply: Reply) -> Self {
        self.reply = reply;
        self
    }

    /// The events that it can be answered with.
    pub const fn events(mut self, events: Events) -> Self {
        self.events = Some(events);
        self
    }

    /// How its pages follow each other.
    pub const fn pages(mut self, pages: Pages) -> Self {
        self.pages = Some(pages);
        self
    }

    /// Says that sending it twice does no harm.
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }
}

/// A flag: a parameter of the operation, or a property of its body.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    pub(crate) name: &'static str,
    pub(crate) wire: &'static str,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) help: &'static str,
    pub(crate) limits: Option<&'static str>,
    pub(crate) default: Option<&'static str>,
    pub(crate) style: Option<Param>,
    pub(crate) check: Option<Check>,
}

/// What finds out what is wrong with the value of a flag.
type Check = fn(&Value) -> Result<(), Vec<Problem>>;

/// Where the value of a flag goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
    /// Into the body, as a property.
    Body,
}

/// What the value of a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it is.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`; the flag alone is `true`.
    Boolean,
    /// One of these texts.
    Values(&'static [&'static str]),
    /// Any text; these are known.
    Known(&'static [&'static str]),
    /// Any number of values: the flag is given again for each.
    List(&'static Kind),
    /// Any number of `KEY=VALUE`.
    Map(&'static Kind),
    /// JSON.
    Json,
    /// Text, or JSON where that is an object or a list.
    TextOrJson,
    /// The path of a file, whose content is sent.
    File,
}

impl Flag {
    const fn new(place: Place, name: &'static str, wire: &'static str) -> Self {
        Self {
            name,
            wire,
            place,
            kind: Kind::Text,
            required: matches!(place, Place::Path),
            help: "",
            limits: None,
            default: None,
            style: None,
            check: None,
        }
    }

    /// A path parameter: the flag, and the name on the wire.
    pub const fn path(name: &'static str, wire: &'static str) -> Self {
        Self::new(Place::Path, name, wire)
    }

    /// A query parameter.
    pub const fn query(name: &'static str, wire: &'static str) -> Self {
        Self::new(Place::Query, name, wire)
    }

    /// A header.
    pub const fn header(name: &'static str, wire: &'static str) -> Self {
        Self::new(Place::Header, name, wire)
    }

    /// A cookie.
    pub const fn cookie(name: &'static str, wire: &'static str) -> Self {
        Self::new(Place::Cookie, name, wire)
    }

    /// A property of the body.
    pub const fn body(name: &'static str, wire: &'static str) -> Self {
        Self::new(Place::Body, name, wire)
    }

    /// What its value is, where that is not any text.
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Says that the operation cannot do without it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What it means, in a line.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// What limits its value, as in `from 1 to 100`.
    pub const fn limits(mut self, limits: &'static str) -> Self {
        self.limits = Some(limits);
        self
    }

    /// What it is if it is not given. It is not sent.
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// What checks its value before it is sent: [`keeps`](crate::keeps) with the rules. What is wrong with a body is
    /// found by the body's own check.
    pub const fn check(mut self, check: fn(&Value) -> Result<(), Vec<Problem>>) -> Self {
        self.check = Some(check);
        self
    }

    /// How it is written, where that is not as usual.
    pub const fn style(mut self, style: Param) -> Self {
        self.style = Some(style);
        self
    }
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    pub(crate) required: bool,
    pub(crate) format: BodyFormat,
    pub(crate) check: Option<BodyCheck>,
    pub(crate) constants: &'static [(&'static str, &'static str)],
}

/// What finds out what is wrong with a body, before it is sent.
type BodyCheck = fn(&[u8]) -> Result<(), Vec<Problem>>;

/// How a body is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BodyFormat {
    /// As JSON of this media type.
    Json(&'static str),
    /// As HTML sends it.
    Form(&'static [Encoding]),
    /// As a form with files.
    Multipart(&'static [Encoding]),
    /// As the bytes that are given, of this media type.
    Bytes(&'static str),
}

impl Body {
    /// A JSON body that must be there, and what checks it before it is sent: [`check`](crate::check) or
    /// [`check_shape`](crate::check_shape).
    pub const fn required(check: BodyCheck) -> Self {
        Self {
            required: true,
            format: BodyFormat::Json("application/json"),
            check: Some(check),
            constants: &[],
        }
    }

    /// A JSON body that may be left out.
    pub const fn optional(check: BodyCheck) -> Self {
        Self {
            required: false,
            ..Self::required(check)
        }
    }

    /// A body that must be there, and is sent as it is given: a file, a text, JSON lines.
    pub const fn required_bytes(media_type: &'static str) -> Self {
        Self {
            required: true,
            format: BodyFormat::Bytes(media_type),
            check: None,
            constants: &[],
        }
    }

    /// A body that is sent as it is given, and may be left out.
    pub const fn optional_bytes(media_type: &'static str) -> Self {
        Self {
            required: false,
            ..Self::required_bytes(media_type)
        }
    }

    /// As JSON by another name, such as `application/merge-patch+json`.
    pub const fn named(self, media_type: &'static str) -> Self {
        Self {
            format: BodyFormat::Json(media_type),
            ..self
        }
    }

    /// As a form, as HTML sends it; `encodings` says which of its fields are not written in the usual way.
    pub const fn form(self, encodings: &'static [Encoding]) -> Self {
        Self {
            format: BodyFormat::Form(encodings),
            ..self
        }
    }

    /// As a form with files.
    pub const fn multipart(self, encodings: &'static [Encoding]) -> Self {
        Self {
            format: BodyFormat::Multipart(encodings),
            ..self
        }
    }

    /// Properties that never vary, and so have no flag: the name and the value as JSON.
    pub const fn constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }
}

/// Something that is wrong with a body, or with the value of a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as in `messages[0].content`; empty for all of it.
    pub path: String,
    /// What.
    pub message: String,
}

/// What an operation is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// JSON.
    Json,
    /// Bytes, which are written as they are.
    Bytes,
    /// Nothing.
    Empty,
}

/// The events that an operation can be answered with.
#[derive(Debug, Clone, Copy)]
pub struct Events {
    pub(crate) switch: Option<&'static str>,
    pub(crate) always: bool,
    pub(crate) text: &'static [(&'static str, &'static str)],
    pub(crate) failures: &'static [&'static str],
}

impl Events {
    /// Events that are asked for by setting this property of the body to `true`.
    pub const fn switched(property: &'static str) -> Self {
        Self {
            switch: Some(property),
            always: false,
            text: &[],
            failures: &[],
        }
    }

    /// Events that are asked for by the header `Accept`.
    pub const fn accepted() -> Self {
        Self {
            switch: None,
            always: false,
            text: &[],
            failures: &[],
        }
    }

    /// Events that are the only answer.
    pub const fn always() -> Self {
        Self {
            switch: None,
            always: true,
            text: &[],
            failures: &[],
        }
    }

    /// The events that say that what was asked for came to a bad end.
    pub const fn failures(mut self, failures: &'static [&'static str]) -> Self {
        self.failures = failures;
        self
    }

    /// Where in which events there is text for people: the name of an event, and a JSONPath (RFC 9535) into its data.
    pub const fn text(mut self, text: &'static [(&'static str, &'static str)]) -> Self {
        self.text = text;
        self
    }
}

/// How the pages of a list follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// The query parameter that holds the cursor.
    pub cursor: &'static str,
    /// The property of a page that holds the items.
    pub items: &'static str,
    /// The property of a page that says whether there is more.
    pub more: Option<&'static str>,
    /// The property of an item that is its cursor.
    pub id: &'static str,
}
