//! YAML text to a [`Node`] tree with places (YAML 1.2, core schema).
//!
//! Keys become text as they are written (`200:` is `"200"`), aliases and merge keys are
//! expanded, and what YAML allows but JSON has no word for is an error with its place.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::Failure;
use super::build::{Builder, Key, Size};
use super::json::too_large;
use super::scalar::{Oddity, number, resolve};
use super::tree::{Location, Node, SourceId, Value};
use super::yaml_errors;
use crate::diag::{Diagnostic, Diagnostics, Place};

/// How many commas and opening brackets a YAML text may have. The parser holds a whole
/// bracketed value as tokens before it knows that the value is not a key, which takes
/// about 300 bytes for each of these.
const MAX_FLOW: usize = 1_000_000;

/// Reads a YAML text of one document. Duplicate keys and the like go to `diags`. `None`
/// for a text without any content.
pub(super) fn parse(
    text: &str,
    source: SourceId,
    diags: &mut Diagnostics,
) -> Result<Option<Node>, Failure> {
    let flow = text
        .bytes()
        .filter(|byte| matches!(byte, b',' | b'[' | b'{'));
    if flow.count() > MAX_FLOW {
        let message = format!("this YAML has over {MAX_FLOW} commas and brackets");
        let mut error = Diagnostic::error(None, message);
        error.help("convert it to JSON, which is read at any size up to 64 MiB");
        return Err(Failure::limit(error));
    }
    let mut reader = Reader {
        builder: Builder::new(source, diags),
        anchors: Vec::new(),
        open: Vec::new(),
        documents: 0,
        empty: false,
    };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => reader.event(event, span)?,
            Err(error) => return Err(reader.syntax(&error, text)),
        }
    }
    let empty = reader.empty;
    Ok(reader.builder.finish().filter(|_| !empty))
}

struct Reader<'a> {
    builder: Builder<'a>,
    /// What each `&name` stands for, by the number that the parser gives to it.
    anchors: Vec<Option<Anchor>>,
    /// The anchor number of every open collection; zero for none.
    open: Vec<usize>,
    documents: usize,
    /// Whether the document is nothing at all, rather than a written null.
    empty: bool,
}

struct Anchor {
    node: Node,
    size: Size,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Failure> {
        let at = self.location(span);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => self.document(at),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), at)
            }
            Event::SequenceStart(anchor, tag) => {
                self.no_key(at, "a sequence")?;
                self.note_tag(tag.as_deref(), at);
                self.open.push(anchor);
                self.builder.open_array(at)
            }
            Event::MappingStart(anchor, tag) => {
                self.no_key(at, "a mapping")?;
                self.note_tag(tag.as_deref(), at);
                self.open.push(anchor);
                self.builder.open_object(at)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let anchor = self.open.pop().unwrap_or(0);
                let (node, size) = self.builder.close();
                if anchor == 0 {
                    return Ok(());
                }
                let node = node.clone();
                self.keep(anchor, node, size)
            }
        }
    }

    fn location(&self, span: Span) -> Location {
        self.builder.at(span.start.line(), span.start.col() + 1)
    }

    fn document(&mut self, at: Location) -> Result<(), Failure> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let message = "a second YAML document starts here, and one file must hold one";
        let mut error = Diagnostic::error(Place::plain(at), message);
        error.help("remove the `---` line, or move what follows it to a file of its own");
        Err(Failure::syntax(error))
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: Location,
    ) -> Result<(), Failure> {
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if self.builder.wants_key() {
            if anchor > 0 {
                let node = Node {
                    value: Value::String(text.to_owned()),
                    at,
                };
                self.keep(anchor, node, Size::SCALAR)?;
            }
            let key = self.key(text, plain, at)?;
            self.builder.key(key, at);
            return Ok(());
        }
        self.empty = plain && text.is_empty() && !self.builder.is_open();
        let value = if plain {
            self.plain(text, at)
        } else {
            self.tagged(text, style, tag, at)
        };
        if anchor > 0 {
            let value = value.clone();
            self.keep(anchor, Node { value, at }, Size::SCALAR)?;
        }
        self.builder.scalar(value, at)
    }

    /// A key is the text that is written, whatever type it would have as a value.
    fn key(&mut self, text: &str, plain: bool, at: Location) -> Result<Key, Failure> {
        match text {
            "<<" if plain => Ok(Key::Merge),
            "" | "~" | "null" | "Null" | "NULL" if plain => {
                let mut error = Diagnostic::error(self.builder.place(at), "a key is null here");
                error.help(match text {
                    "" => "write a key before the `:`".to_owned(),
                    _ => format!("if the name is meant, quote it: `\"{text}\":`"),
                });
                Err(Failure::syntax(error))
            }
            _ => Ok(Key::Plain(text.to_owned())),
        }
    }

    /// An unquoted scalar without a tag.
    fn plain(&mut self, text: &str, at: Location) -> Value {
        let (value, oddity) = resolve(text);
        match oddity {
            None => {}
            Some(Oddity::TooLarge) => too_large(&mut self.builder, at),
            Some(Oddity::NotFinite) => {
                let place = self.builder.place(at);
                let message = format!("`{text}` has no counterpart in JSON and is read as text");
                self.builder
                    .diags()
                    .warning(place, message)
                    .help("write a finite number, or quote the text");
            }
        }
        value
    }

    /// A scalar that is quoted, a block, or has a tag.
    fn tagged(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, at: Location) -> Value {
        self.note_tag(tag, at);
        let core = tag.filter(|tag| tag.is_yaml_core_schema());
        let wanted = match core.map(|tag| tag.suffix.as_str()) {
            Some("int" | "float") => resolve(text).0,
            Some("bool" | "null") => return self.checked(resolve(text).0, core, at),
            // A tag of somebody's own leaves the scalar as it looks.
            None if tag.is_some_and(|tag| tag.suffix != "!") && style == ScalarStyle::Plain => {
                return self.plain(text, at);
            }
            Some(_) | None => return Value::String(text.to_owned()),
        };
        let decimal = matches!(wanted, Value::String(_)) && !text.is_empty();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if decimal && digits {
            // `!!int 0123` says outright that a number is meant.
            return Value::Number(number(text).0);
        }
        self.checked(wanted, core, at)
    }

    /// The value, when it has the type that its tag names.
    fn checked(&mut self, value: Value, tag: Option<&Tag>, at: Location) -> Value {
        let suffix = tag.map_or("", |tag| tag.suffix.as_str());
        let fits = match &value {
            Value::Number(number) => suffix == "float" || suffix == "int" && !number.is_f64(),
            Value::Bool(_) => suffix == "bool",
            Value::Null => suffix == "null",
            Value::String(_) | Value::Array(_) | Value::Object(_) => false,
        };
        if !fits {
            let place = self.builder.place(at);
            let message = format!("the tag `!!{suffix}` does not fit this value");
            self.builder
                .diags()
                .error(place, message)
                .help("remove the tag, or correct the value");
        }
        value
    }

    /// Warns of a tag that is not one of YAML's own: nobody here knows what it asks for.
    fn note_tag(&mut self, tag: Option<&Tag>, at: Location) {
        let Some(tag) = tag.filter(|tag| !is_known(tag)) else {
            return;
        };
        let written = match tag.is_yaml_core_schema() {
            true => format!("!!{}", tag.suffix),
            false => format!("{}{}", tag.handle, tag.suffix),
        };
        let place = self.builder.place(at);
        self.builder
            .diags()
            .warning(place, format!("the tag `{written}` is ignored"))
            .help("resolve custom tags such as `!include` before generating");
    }

    fn no_key(&self, at: Location, kind: &str) -> Result<(), Failure> {
        if !self.builder.wants_key() {
            return Ok(());
        }
        let message = format!("{kind} is used as a key here, and keys must be text");
        let mut error = Diagnostic::error(self.builder.place(at), message);
        error.help("if it is text that starts with `{` or `[`, put it in quotes");
        Err(Failure::syntax(error))
    }

    /// Remembers what an anchor stands for. The copy counts as values of the document, so
    /// that anchors around anchors cannot take more memory than anything else.
    fn keep(&mut self, anchor: usize, node: Node, size: Size) -> Result<(), Failure> {
        self.builder.spend(size.values, node.at)?;
        if self.anchors.len() <= anchor {
            self.anchors.resize_with(anchor + 1, || None);
        }
        self.anchors[anchor] = Some(Anchor { node, size });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Location) -> Result<(), Failure> {
        let Some(Anchor { node, size }) = self.anchors.get(anchor).and_then(Option::as_ref) else {
            let message = "this alias stands inside of what it stands for";
            let mut error = Diagnostic::error(self.builder.place(at), message);
            error.help("a schema that contains itself refers to itself with `$ref`");
            return Err(Failure::syntax(error));
        };
        if !self.builder.wants_key() {
            return self.builder.copy(node, *size, at);
        }
        match &node.value {
            Value::String(text) => {
                self.builder.key(Key::Plain(text.clone()), at);
                Ok(())
            }
            _ => {
                let message = format!(
                    "{} is used as a key here, and keys must be text",
                    node.kind()
                );
                let error = Diagnostic::error(self.builder.place(at), message);
                Err(Failure::syntax(error))
            }
        }
    }

    fn syntax(&self, error: &ScanError, text: &str) -> Failure {
        let marker = error.marker();
        let at = self.builder.at(marker.line(), marker.col() + 1);
        let opened = self.builder.opened_at();
        Failure::syntax(yaml_errors::explain(error.info(), at, opened, text))
    }
}

/// Whether a tag says no more than what JSON can hold.
fn is_known(tag: &Tag) -> bool {
    let types = [
        "str",
        "int",
        "float",
        "bool",
        "null",
        "seq",
        "map",
        "binary",
        "timestamp",
        "set",
        "omap",
        "merge",
    ];
    let core = tag.is_yaml_core_schema() && types.contains(&tag.suffix.as_str());
    // A lone `!` asks for text, which is how such a scalar is read.
    core || tag.suffix == "!"
}
