//! Printing: pretty, JSON, JSON lines, YAML, or a table; in colour on a terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ArgMatches;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};
use serde_json_path::JsonPath;

use crate::failure::Failure;
use crate::table::table;

/// How values are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Indented JSON; what a query selects is printed without quotes if it is text.
    Pretty,
    /// JSON on one line.
    Json,
    /// A line of JSON for each item of a list.
    Lines,
    /// YAML.
    Yaml,
    /// A table, for lists.
    Table,
    /// Only the text of a stream.
    Text,
}

impl Format {
    /// The names on the command line.
    pub(crate) const NAMES: [&str; 6] = ["pretty", "json", "jsonl", "yaml", "table", "text"];

    fn of(name: &str) -> Self {
        match name {
            "json" => Self::Json,
            "jsonl" => Self::Lines,
            "yaml" => Self::Yaml,
            "table" => Self::Table,
            "text" => Self::Text,
            _ => Self::Pretty,
        }
    }
}

/// Where everything is printed.
pub(crate) struct Output {
    out: BufWriter<Box<dyn Write>>,
    format: Option<Format>,
    query: Option<JsonPath>,
    colour: bool,
    terminal: bool,
    /// How many items of a list were printed.
    items: usize,
    /// The items of a table that is printed when all are known.
    rows: Vec<Value>,
}

/// What is wrong with a `--query`, and what was probably meant: many leave out the `$`.
fn no_path(text: &str, error: &serde_json_path::ParseError) -> Failure {
    let rest = text.strip_prefix(['.', '$']).unwrap_or(text);
    let meant = match rest.starts_with('[') {
        true => format!("${rest}"),
        false => format!("$.{rest}"),
    };
    let hint = match JsonPath::parse(&meant) {
        Ok(_) => format!("did you mean `{meant}`?"),
        Err(_) => "it is a JSONPath, such as `$.data[*].id` (RFC 9535)".to_owned(),
    };
    Failure::usage(format!("--query: `{text}`: {error}; {hint}"))
}

impl Output {
    /// As the flags ask for.
    pub(crate) fn new(matches: &ArgMatches) -> Result<Self, Failure> {
        let terminal = io::stdout().is_terminal();
        let query = matches.get_one::<String>("query");
        let query = query.map(|text| JsonPath::parse(text).map_err(|error| no_path(text, &error)));
        let colour = match matches.get_one::<String>("color").map(String::as_str) {
            Some("always") => true,
            Some("never") => false,
            // https://no-color.org
            _ => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Ok(Self {
            out: BufWriter::new(Box::new(io::stdout())),
            format: matches
                .get_one::<String>("output")
                .map(|name| Format::of(name)),
            query: query.transpose()?,
            colour,
            terminal,
            items: 0,
            rows: Vec::new(),
        })
    }

    /// Whether a stream is printed as text.
    pub(crate) fn takes_text(&self) -> bool {
        let asked = match self.format {
            Some(format) => format == Format::Text,
            None => self.terminal,
        };
        asked && self.query.is_none()
    }

    /// Whether events can be printed like this: a table has to know all its rows.
    pub(crate) fn takes_events(&self) -> Result<(), Failure> {
        match self.format {
            Some(Format::Table) => Err(Failure::usage(
                "--output: events come one by one, so `table` cannot hold them; use jsonl, json, yaml, pretty or text",
            )),
            _ => Ok(()),
        }
    }

    /// Prints an event, or what a query selects of it.
    pub(crate) fn event(&mut self, event: &Value) -> Result<(), Failure> {
        if let Some(query) = &self.query {
            let found: Vec<Value> = query.query(event).all().into_iter().cloned().collect();
            self.found(&found)?;
            return self.flush();
        }
        match self.format {
            Some(Format::Pretty) => self.whole(event)?,
            Some(Format::Yaml) => {
                self.put("---\n")?;
                self.whole(event)?;
            }
            _ => self.line(event)?,
        }
        self.flush()
    }

    fn format(&self) -> Format {
        self.format.unwrap_or(Format::Pretty)
    }

    /// Prints a whole answer; `items` is the property that holds the items of a list.
    pub(crate) fn value(&mut self, value: &Value, items: Option<&str>) -> Result<(), Failure> {
        let listed = |value: &'_ Value| match items {
            Some(items) => value.get(items).and_then(Value::as_array).cloned(),
            None => value.as_array().cloned(),
        };
        match (self.format(), &self.query) {
            (_, Some(query)) => {
                let found: Vec<Value> = query.query(value).all().into_iter().cloned().collect();
                self.found(&found)?;
            }
            (Format::Lines, None) => match listed(value) {
                Some(items) => items.iter().try_for_each(|item| self.line(item))?,
                None => self.line(value)?,
            },
            (Format::Table, None) => {
                let rows = listed(value).unwrap_or_else(|| vec![value.clone()]);
                self.text(&table(&rows))?;
            }
            _ => self.whole(value)?,
        }
        self.flush()
    }

    /// What a query has selected.
    fn found(&mut self, found: &[Value]) -> Result<(), Failure> {
        match self.format() {
            Format::Table => self.text(&table(found)),
            Format::Lines => found.iter().try_for_each(|value| self.line(value)),
            Format::Pretty | Format::Text => found.iter().try_for_each(|value| match value {
                Value::String(text) => self.text(&format!("{text}\n")),
                value => self.whole(value),
            }),
            _ => found.iter().try_for_each(|value| self.whole(value)),
        }
    }

    fn whole(&mut self, value: &Value) -> Result<(), Failure> {
        match self.format() {
            Format::Json | Format::Lines => return self.line(value),
            Format::Yaml => {
                let text = serde_yaml_ng::to_string(value)
                    .map_err(|error| Failure::Transport(format!("cannot write YAML: {error}")))?;
                self.out.write_all(text.as_bytes())?;
            }
            _ => {
                self.pretty(value)?;
                self.out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    fn pretty(&mut self, value: &Value) -> Result<(), Failure> {
        let written = match self.colour {
            true => {
                let colours = Colours(PrettyFormatter::new(), false);
                value.serialize(&mut serde_json::Serializer::with_formatter(
                    &mut self.out,
                    colours,
                ))
            }
            false => serde_json::to_writer_pretty(&mut self.out, value),
        };
        written.map_err(|error| Failure::from(io::Error::from(error)))
    }

    /// Begins a list whose items are printed as they come.
    pub(crate) fn begin(&mut self) -> Result<(), Failure> {
        match (self.format(), &self.query) {
            (Format::Pretty | Format::Json | Format::Text, None) => self.put("["),
            _ => Ok(()),
        }
    }

    /// A page of the list that was begun: what the query selects of it as it would of this page alone, or its items.
    pub(crate) fn page(&mut self, page: &Value, items: &[Value]) -> Result<(), Failure> {
        let Some(query) = &self.query else {
            return items.iter().try_for_each(|item| self.item(item));
        };
        let found: Vec<Value> = query.query(page).all().into_iter().cloned().collect();
        match self.format() {
            Format::Table => {
                self.rows.extend(found);
                Ok(())
            }
            _ => self.found(&found),
        }
    }

    /// An item of the list that was begun.
    fn item(&mut self, item: &Value) -> Result<(), Failure> {
        self.items += 1;
        match self.format() {
            Format::Lines => self.line(item),
            Format::Yaml => self.whole(&Value::Array(vec![item.clone()])),
            Format::Table => {
                self.rows.push(item.clone());
                Ok(())
            }
            Format::Json => {
                self.put(if self.items > 1 { "," } else { "" })?;
                self.put(&item.to_string())
            }
            Format::Pretty | Format::Text => {
                self.put(if self.items > 1 { ",\n" } else { "\n" })?;
                self.pretty(item)
            }
        }
    }

    /// Ends the list that was begun.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        match (self.format(), &self.query) {
            (Format::Table, _) => {
                let rows = std::mem::take(&mut self.rows);
                self.put(&table(&rows))?;
            }
            (Format::Yaml, None) if self.items == 0 => self.put("[]\n")?,
            (Format::Pretty | Format::Text, None) if self.items > 0 => self.put("\n]\n")?,
            (Format::Pretty | Format::Json | Format::Text, None) => self.put("]\n")?,
            _ => {}
        }
        self.flush()
    }

    /// A value on a line of its own.
    pub(crate) fn line(&mut self, value: &Value) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, value)
            .map_err(|error| Failure::from(io::Error::from(error)))?;
        self.out.write_all(b"\n")?;
        // Whoever reads lines wants each when it is there.
        self.flush()
    }

    /// Text as it is, at once.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.put(text)?;
        self.flush()
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.out.write_all(bytes)?;
        self.flush()
    }

    fn put(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

/// Indented JSON with coloured keys and values. The flag: whether a key is being written.
struct Colours<'f>(PrettyFormatter<'f>, bool);

const KEY: &[u8] = b"\x1b[34m";
const TEXT: &[u8] = b"\x1b[32m";
const OTHER: &[u8] = b"\x1b[33m";
const PLAIN: &[u8] = b"\x1b[0m";

impl Formatter for Colours<'_> {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.1 = true;
        self.0.begin_object_key(writer, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.1 = false;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.1 { KEY } else { TEXT })?;
        writer.write_all(b"\"")
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\"")?;
        writer.write_all(PLAIN)
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn write_null<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        coloured(writer, b"null")
    }

    fn write_bool<W: ?Sized + Write>(&mut self, writer: &mut W, value: bool) -> io::Result<()> {
        coloured(writer, if value { b"true" } else { b"false" })
    }

    fn write_i64<W: ?Sized + Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        coloured(writer, value.to_string().as_bytes())
    }

    fn write_u64<W: ?Sized + Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        coloured(writer, value.to_string().as_bytes())
    }

    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let number = serde_json::Number::from_f64(value);
        coloured(
            writer,
            number
                .map(|number| number.to_string())
                .unwrap_or_default()
                .as_bytes(),
        )
    }
}

fn coloured<W: ?Sized + Write>(writer: &mut W, text: &[u8]) -> io::Result<()> {
    writer.write_all(OTHER)?;
    writer.write_all(text)?;
    writer.write_all(PLAIN)
}
