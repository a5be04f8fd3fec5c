//! The parsed document: a JSON value in which every node knows where it was written.
//!
//! YAML and JSON both end here, overlays are merged here, and [`crate::lower`] reads
//! nothing else. Mappings keep the document's order.

use indexmap::IndexMap;

/// A place in one of the source texts. Lines and columns count from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which source text.
    pub source: SourceId,
    /// The line, counted from one.
    pub line: u32,
    /// The column in characters, counted from one.
    pub column: u32,
}

/// The number of a source text in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// One source text with the name it is shown under.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Every text that was read: the document, its overlays, the configuration.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Vec<Source>,
}

impl Sources {
    /// Adds a text and returns its number. A byte order mark at its start is left out, so
    /// that the first line has the columns that an editor shows.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.texts.len()).expect("bug: over 2^32 sources"));
        let mut text = text.into();
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        self.texts.push(Source {
            name: name.into(),
            text,
        });
        id
    }

    /// The text with this number.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.0 as usize]
    }

    /// A line by its number, counted from one, without its end; `None` beyond the text.
    pub fn line(&self, id: SourceId, number: u32) -> Option<&str> {
        let mut rest = self.get(id).text.as_str();
        for _ in 1..number {
            rest = &rest[line_end(rest)?.1..];
        }
        Some(&rest[..line_end(rest).map_or(rest.len(), |(end, _)| end)])
    }

    /// The place of a byte offset.
    pub fn locate(&self, id: SourceId, offset: usize) -> Location {
        let text = &self.get(id).text;
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (mut line, mut start) = (1, 0);
        while let Some((_, next)) = line_end(&text[start..]) {
            if start + next > offset {
                break;
            }
            start += next;
            line += 1;
        }
        Location {
            source: id,
            line,
            column: 1 + text[start..offset].chars().count() as u32,
        }
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Where the first line of `text` ends and where the next starts. A line ends at a line
/// feed, a carriage return or both together, as YAML has it.
fn line_end(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let end = bytes
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let both = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
    Some((end, end + 1 + usize::from(both)))
}

/// A value of the document and the place where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What is written there.
    pub value: Value,
    /// Where it is written.
    pub at: Location,
}

/// A JSON value made of [`Node`]s.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping, in the order in which it is written.
    Object(IndexMap<String, Member>),
}

/// A member of a mapping: the place of its key, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Where the key is written.
    pub key_at: Location,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The member with this key, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.get(key).map(|member| &member.node),
            _ => None,
        }
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members, when this is a mapping.
    pub fn as_object(&self) -> Option<&IndexMap<String, Member>> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, when this is a sequence.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The truth value, when this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The node at a JSON Pointer (RFC 6901) such as `/paths/~1users/get`; `""` is this node.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        pointer.split('/').skip(1).try_fold(self, |node, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match &node.value {
                Value::Object(members) => members.get(&token).map(|member| &member.node),
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// The same value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(value) => serde_json::Value::Number(value.clone()),
            Value::String(text) => serde_json::Value::String(text.clone()),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, member)| (key.clone(), member.node.to_json()))
                .collect(),
        }
    }

    /// How many values this is made of, itself included.
    pub fn count(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::count).sum(),
            Value::Object(members) => members.values().map(|m| m.node.count()).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }

    /// How many references there are in it.
    pub fn references(&self) -> usize {
        match &self.value {
            Value::Array(items) => items.iter().map(Node::references).sum(),
            Value::Object(members) => {
                let inside = members.values().map(|member| member.node.references());
                usize::from(members.contains_key("$ref")) + inside.sum::<usize>()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }

    /// How many levels of arrays and objects stand in each other here; a scalar has none.
    pub fn height(&self) -> usize {
        match &self.value {
            Value::Array(items) => 1 + items.iter().map(Node::height).max().unwrap_or(0),
            Value::Object(members) => {
                let heights = members.values().map(|member| member.node.height());
                1 + heights.max().unwrap_or(0)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }

    /// What a person calls this kind of value, for messages: `a string`, `an object`, …
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// `token` as one step of a JSON Pointer: `~` and `/` escaped.
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
