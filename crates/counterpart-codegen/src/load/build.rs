//! Builds a [`Node`] tree from what a parser meets, one piece after another.
//!
//! Both parsers feed this. It has no recursion, and it holds the bounds that keep a
//! hostile text from taking all memory: how deep values nest and how many there are.

use indexmap::IndexMap;

use super::Failure;
use super::tree::{Location, Member, Node, SourceId, Value, escape};
use crate::diag::{Diagnostic, Diagnostics, Place};

/// How deep arrays and objects may stand in each other. Real documents reach 30; every
/// later stage may recurse this deep.
pub(super) const MAX_DEPTH: usize = 256;

/// How many values a document may have, with its aliases expanded. The largest published
/// documents have about a million.
pub(super) const MAX_VALUES: usize = 2_000_000;

/// What happens where the key of a member is known.
#[derive(Debug)]
pub(super) enum Key {
    /// An ordinary member.
    Plain(String),
    /// YAML's `<<`: the members of the value become members of this mapping.
    Merge,
}

/// The arrays and objects that are still open, and what they hold so far.
pub(super) struct Builder<'a> {
    source: SourceId,
    diags: &'a mut Diagnostics,
    open: Vec<Open>,
    /// The finished items of all open arrays, those of the innermost last.
    items: Vec<Node>,
    /// The finished members of all open objects, those of the innermost last.
    members: Vec<(Key, Location, Node)>,
    root: Option<Node>,
    values: usize,
}

/// An array or object that is still open.
struct Open {
    at: Location,
    kind: Kind,
    /// Where its own items or members start.
    first: usize,
    /// How many values there were before it.
    values: usize,
    /// The deepest value that it holds so far.
    height: usize,
}

enum Kind {
    Array,
    /// The key whose value comes next.
    Object(Option<(Key, Location)>),
}

/// The size of a finished value, which an anchor remembers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// How many values it is made of.
    pub(super) values: usize,
    /// How many levels of arrays and objects stand in it.
    pub(super) height: usize,
}

impl Size {
    /// The size of a scalar.
    pub(super) const SCALAR: Self = Self {
        values: 1,
        height: 0,
    };
}

impl<'a> Builder<'a> {
    /// Nothing is open, nothing is finished.
    pub(super) fn new(source: SourceId, diags: &'a mut Diagnostics) -> Self {
        Self {
            source,
            diags,
            open: Vec::new(),
            items: Vec::new(),
            members: Vec::new(),
            root: None,
            values: 0,
        }
    }

    /// A place in the text that is being read.
    pub(super) fn at(&self, line: usize, column: usize) -> Location {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Location {
            source: self.source,
            line: number(line),
            column: number(column),
        }
    }

    /// Whether an array or object is still open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether the innermost open thing is an object.
    pub(super) fn in_object(&self) -> bool {
        let innermost = self.open.last();
        innermost.is_some_and(|open| matches!(open.kind, Kind::Object(_)))
    }

    /// Whether the next thing must be a key.
    pub(super) fn wants_key(&self) -> bool {
        let innermost = self.open.last();
        innermost.is_some_and(|open| matches!(open.kind, Kind::Object(None)))
    }

    /// Where the innermost open array or object starts.
    pub(super) fn opened_at(&self) -> Option<Location> {
        self.open.last().map(|open| open.at)
    }

    /// Starts an array.
    pub(super) fn open_array(&mut self, at: Location) -> Result<(), Failure> {
        self.open(at, Kind::Array, self.items.len())
    }

    /// Starts an object.
    pub(super) fn open_object(&mut self, at: Location) -> Result<(), Failure> {
        self.open(at, Kind::Object(None), self.members.len())
    }

    fn open(&mut self, at: Location, kind: Kind, first: usize) -> Result<(), Failure> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(at));
        }
        let values = self.values;
        self.spend(1, at)?;
        self.open.push(Open {
            at,
            kind,
            first,
            values,
            height: 0,
        });
        Ok(())
    }

    /// Says which member the next value belongs to.
    pub(super) fn key(&mut self, key: Key, at: Location) {
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Object(pending)) => *pending = Some((key, at)),
            Some(Kind::Array) | None => unreachable!("bug: a key outside an object"),
        }
    }

    /// Adds a value that has no parts.
    pub(super) fn scalar(&mut self, value: Value, at: Location) -> Result<(), Failure> {
        self.spend(1, at)?;
        self.put(Node { value, at }, 0);
        Ok(())
    }

    /// Adds a copy of a finished value.
    pub(super) fn copy(&mut self, node: &Node, size: Size, at: Location) -> Result<(), Failure> {
        if self.open.len() + size.height > MAX_DEPTH {
            return Err(self.too_deep(at));
        }
        self.spend(size.values, at)?;
        self.put(node.clone(), size.height);
        Ok(())
    }

    /// Counts values that are made or kept, and stops where there are too many.
    pub(super) fn spend(&mut self, values: usize, at: Location) -> Result<(), Failure> {
        self.values += values;
        if self.values <= MAX_VALUES {
            return Ok(());
        }
        let message =
            format!("this document has over {MAX_VALUES} values, its aliases (`*name`) expanded");
        let mut error = Diagnostic::error(self.place(at), message);
        error.help("aliases of aliases multiply: write the values out, or use `$ref`");
        Err(Failure::limit(error))
    }

    /// Ends the innermost array or object and returns it for a look, with its size.
    pub(super) fn close(&mut self) -> (&Node, Size) {
        let open = self.open.pop().expect("bug: nothing is open");
        let size = Size {
            values: self.values - open.values,
            height: open.height + 1,
        };
        let value = match open.kind {
            Kind::Array => Value::Array(self.items.drain(open.first..).collect()),
            Kind::Object(_) => Value::Object(self.object(open.first)),
        };
        let node = Node { value, at: open.at };
        (self.put(node, size.height), size)
    }

    /// The members from `first` on as an object. A key that is written twice is an error;
    /// merged members stand where the merge is written and give way to written ones.
    fn object(&mut self, first: usize) -> IndexMap<String, Member> {
        let written: Vec<_> = self.members.drain(first..).collect();
        let merges = written.iter().any(|(key, ..)| matches!(key, Key::Merge));
        if merges {
            return self.merged(written);
        }
        let mut object = IndexMap::with_capacity(written.len());
        for (key, key_at, node) in written {
            if let Key::Plain(key) = key {
                self.insert(&mut object, key, Member { key_at, node });
            }
        }
        object
    }

    fn insert(&mut self, object: &mut IndexMap<String, Member>, key: String, member: Member) {
        match object.entry(key) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(member);
            }
            indexmap::map::Entry::Occupied(entry) => {
                let key = entry.key().clone();
                let first = entry.get().key_at;
                self.twice(&key, member.key_at, first);
            }
        }
    }

    fn twice(&mut self, key: &str, second: Location, first: Location) {
        // Only the object that is being closed has left `open`: the pointer is its own.
        let mut place = self.place(second);
        place.pointer = format!("{}/{}", place.pointer, escape(key));
        self.diags
            .error(place, format!("`{key}` is written twice in one object"))
            .related(Place::plain(first), "the first is here")
            .help("remove or rename one of them: only one could be used");
    }

    fn merged(&mut self, written: Vec<(Key, Location, Node)>) -> IndexMap<String, Member> {
        let plain = written.iter().filter_map(|(key, ..)| match key {
            Key::Plain(key) => Some(key.clone()),
            Key::Merge => None,
        });
        let plain: std::collections::HashSet<String> = plain.collect();
        let mut object = IndexMap::with_capacity(written.len());
        for (key, key_at, node) in written {
            match key {
                Key::Plain(key) => self.insert(&mut object, key, Member { key_at, node }),
                Key::Merge => {
                    for (key, member) in self.sources_of(node, key_at) {
                        if !plain.contains(&key) && !object.contains_key(&key) {
                            object.insert(key, member);
                        }
                    }
                }
            }
        }
        object
    }

    /// The members that a `<<` brings: those of a mapping, or of each in a list of them.
    fn sources_of(&mut self, node: Node, at: Location) -> Vec<(String, Member)> {
        let nodes = match node.value {
            Value::Array(items) => items,
            _ => vec![node],
        };
        let mut members = Vec::new();
        for node in nodes {
            match node.value {
                Value::Object(object) => members.extend(object),
                _ => {
                    let message = format!("`<<` merges mappings, and this is {}", node.kind());
                    self.diags
                        .error(self.place(at), message)
                        .help("write `<<: *name`, where `&name` stands before a mapping");
                }
            }
        }
        members
    }

    /// Hands a finished value to what holds it.
    fn put(&mut self, node: Node, height: usize) -> &Node {
        let Some(open) = self.open.last_mut() else {
            return self.root.insert(node);
        };
        open.height = open.height.max(height);
        match &mut open.kind {
            Kind::Array => {
                self.items.push(node);
                self.items.last().expect("bug: one was just pushed")
            }
            Kind::Object(pending) => {
                let (key, at) = pending.take().expect("bug: a value without a key");
                self.members.push((key, at, node));
                let (_, _, node) = self.members.last().expect("bug: one was just pushed");
                node
            }
        }
    }

    /// The finished tree.
    pub(super) fn finish(self) -> Option<Node> {
        self.root
    }

    /// The diagnostics that this build adds to.
    pub(super) fn diags(&mut self) -> &mut Diagnostics {
        self.diags
    }

    /// A place with the pointer of what is being built there.
    pub(super) fn place(&self, at: Location) -> Place {
        let mut pointer = String::from("#");
        for (depth, open) in self.open.iter().enumerate() {
            match &open.kind {
                Kind::Array => {
                    let is_array = |open: &&Open| matches!(open.kind, Kind::Array);
                    let inner = self.open[depth + 1..].iter().find(is_array);
                    let end = inner.map_or(self.items.len(), |inner| inner.first);
                    pointer.push_str(&format!("/{}", end - open.first));
                }
                Kind::Object(Some((Key::Plain(key), _))) => {
                    pointer.push('/');
                    pointer.push_str(&escape(key));
                }
                Kind::Object(Some((Key::Merge, _)) | None) => {}
            }
        }
        Place { at, pointer }
    }

    fn too_deep(&self, at: Location) -> Failure {
        let message = format!("values nest deeper than {MAX_DEPTH} levels here");
        let mut error = Diagnostic::error(Place::plain(at), message);
        error.help("move inner schemas to `components/schemas` and refer to them with `$ref`");
        Failure::limit(error)
    }
}
