//! `$ref`: each target is lowered once, whoever refers to it first.

use crate::api::{Origin, Use};
use crate::diag::closest;
use crate::load::Version;
use crate::load::bundle::percent_decoded;
use crate::load::tree::Node;

use super::read::At;
use super::schema::has_any;
use super::{Ctx, merge};

/// What a `$ref` target is known to be.
pub(super) enum Target {
    /// It is being opened and nothing is known of it yet. Meeting it again means that it
    /// is an alias of itself.
    Opening,
    /// It is this.
    Known(Use),
}

impl<'d> Ctx<'d> {
    /// The schema that `reference`, the value of a `$ref`, points to.
    ///
    /// Where there is nothing, a value of any kind is meant, and a warning says so: published
    /// documents have such references, mostly in corners that nobody uses.
    pub(super) fn schema_reference(&mut self, reference: &At<'_>) -> Option<Use> {
        if let Some(text) = self.dangles(reference) {
            let help = self.dangling_help(&text[1..]);
            self.diags
                .warning(
                    reference.place(),
                    format!("`{text}` does not exist; it is taken for any value"),
                )
                .help(help);
            return None;
        }
        let target = self.resolve(reference)?;
        if target.pointer.is_empty() {
            self.diags
                .error(
                    reference.place(),
                    "this reference means the whole document, which is no schema",
                )
                .help("name a schema: `#/components/schemas/…`");
            return None;
        }
        if matches!(self.targets.get(&target.pointer), Some(Target::Opening)) {
            if let Some(known) = self.known_behind(&target) {
                return Some(known);
            }
            self.diags
                .error(
                    reference.place(),
                    "this reference leads back to itself without naming a type on the way",
                )
                .help("let one of the schemas on the way be an object, a list or a union");
            return None;
        }
        Some(self.target(&target))
    }

    /// What a schema that is being opened stands for, when that is known already: an alias of
    /// an object that refers to the alias again is no circle.
    fn known_behind(&mut self, at: &At<'d>) -> Option<Use> {
        let mut at = at.clone();
        let mut nullable = false;
        // A chain longer than this is a cycle.
        for _ in 0..64 {
            nullable |= merge::says_nullable(at.node) || self.union_allows_null(&at);
            at = self.stands_for(&at)?;
            if let Some(Target::Known(ty)) = self.targets.get(&at.pointer) {
                let nullable = nullable || ty.nullable;
                return Some(Use { nullable, ..*ty });
            }
        }
        None
    }

    /// The schema that this one is nothing but another name for.
    fn stands_for(&mut self, at: &At<'d>) -> Option<At<'d>> {
        if let Some(reference) = at.get("$ref") {
            return self.resolve(&reference);
        }
        if let Some(only) = self.only_member(at) {
            return Some(only);
        }
        let mut members = self.alternatives(at);
        let is_alone = members.len() == 1 && !has_any(at, &["properties", "enum"]);
        is_alone.then(|| members.remove(0))
    }

    /// The schema at `at`, which is all that the one around it, `whole`, is: a reference to that
    /// one, met on the way, finds this. What is made here is called as `whole` asks, unless it asks
    /// for a name itself.
    pub(super) fn stand_in(&mut self, at: &At<'_>, whole: &At<'_>, origin: Origin) -> Use {
        if at.get("$ref").is_some() || self.targets.contains_key(&at.pointer) {
            return self.schema(at, origin);
        }
        self.targets.insert(at.pointer.clone(), Target::Opening);
        let ty = self.schema(at, origin.clone());
        self.targets.remove(&at.pointer);
        let name = self.text(whole, "x-rust-name");
        let made = &mut self.api.schemas[ty.schema.index()];
        if made.origin == origin {
            made.rust_name = made.rust_name.take().or(name);
        }
        ty
    }

    /// The schema at `at`, which is a `$ref` target or a component.
    pub(super) fn target(&mut self, at: &At<'_>) -> Use {
        match self.targets.get(&at.pointer) {
            Some(Target::Known(ty)) => *ty,
            Some(Target::Opening) | None => {
                self.targets.insert(at.pointer.clone(), Target::Opening);
                let ty = self.named_schema(at, origin(&at.pointer));
                self.targets.insert(at.pointer.clone(), Target::Known(ty));
                ty
            }
        }
    }

    /// Follows a `$ref` of any object, through further `$ref`s, to the node itself.
    pub(super) fn resolve_object<'n>(&mut self, at: &At<'n>) -> Option<At<'n>>
    where
        'd: 'n,
    {
        let mut at = at.clone();
        // A chain longer than this is a cycle.
        for _ in 0..64 {
            let Some(reference) = at.get("$ref") else {
                return Some(at);
            };
            at = self.resolve(&reference)?;
        }
        self.diags
            .error(at.place(), "this chain of references has no end")
            .help("let the last `$ref` of the chain point to the object itself");
        None
    }

    /// `description`: where a reference has one of its own, as it may from 3.1 on, that one.
    pub(super) fn words(&mut self, reference: &At<'_>, target: &At<'_>) -> Option<String> {
        let own = self.document.version != Version::V3_0;
        let own = own.then(|| self.text(reference, "description")).flatten();
        own.or_else(|| self.text(target, "description"))
    }

    /// The node that `reference`, the value of a `$ref`, points to.
    pub(super) fn resolve(&mut self, reference: &At<'_>) -> Option<At<'d>> {
        let text = self.as_text(reference)?;
        let root: &'d Node = &self.document.root;
        let found = self.pointed_at(&text, &reference.pointer);
        if let Some(pointer) = found
            && let Some(node) = root.pointer(&pointer)
        {
            if !self.is_exact(&text, &pointer) {
                self.diags
                    .warning(
                        reference.place(),
                        format!("`{text}` is not there; `#{pointer}` is taken for it"),
                    )
                    .help(format!("write `#{pointer}`"));
            }
            return Some(At { node, pointer });
        }
        let Some(pointer) = text.strip_prefix('#') else {
            self.diags
                .error(
                    reference.place(),
                    format!("`{text}` is no reference to anything"),
                )
                .help(
                    "write `#/` and the way through this document, or the path of a file beside it",
                );
            return None;
        };
        self.dangling(reference, &text, &percent_decoded(pointer));
        None
    }

    /// The text of a reference into this document that leads to nothing.
    fn dangles(&self, reference: &At<'_>) -> Option<String> {
        let text = reference.node.as_str()?;
        let found = self.pointed_at(text, &reference.pointer);
        (is_well_formed(text) && found.is_none()).then(|| text.to_owned())
    }

    fn dangling(&mut self, reference: &At<'_>, text: &str, pointer: &str) {
        let help = self.dangling_help(pointer);
        self.diags
            .error(reference.place(), format!("`{text}` does not exist"))
            .help(help);
    }

    fn dangling_help(&self, pointer: &str) -> String {
        if !pointer.starts_with('/') && pointer.contains('/') {
            return format!("write `#/{pointer}`");
        }
        if !pointer.starts_with('/') {
            return match closest(pointer, self.anchors.names()) {
                Some(anchor) => format!("did you mean `#{anchor}`?"),
                None => format!("add `$anchor: {pointer}` to the schema that is meant"),
            };
        }
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let siblings = self.document.root.pointer(parent);
        let names = siblings.and_then(Node::as_object).into_iter().flatten();
        let near = closest(name, names.map(|(key, _)| key.as_str()));
        match near {
            Some(key) => format!("did you mean `#{parent}/{key}`?"),
            None if siblings.is_none() && parent == "/components/schemas" => {
                format!("the document has no schemas yet: add `{name}` below `#{parent}`")
            }
            None if siblings.is_none() => {
                format!("there is no `#{parent}` either; schemas are in `#/components/schemas`")
            }
            None => format!("add `{name}` below `#{parent}`, or remove the reference"),
        }
    }
}

/// Whether a text is a JSON pointer in this document or the name of an anchor, so that it may
/// once have led somewhere (RFC 6901, section 3; RFC 3986, section 2.1).
fn is_well_formed(text: &str) -> bool {
    let Some(pointer) = text.strip_prefix('#') else {
        return false;
    };
    let mut escapes = pointer.split('~').skip(1);
    let mut bytes = pointer.split('%').skip(1);
    (pointer.starts_with('/') || !pointer.contains('/'))
        && escapes.all(|rest| rest.starts_with(['0', '1']))
        && bytes.all(|rest| {
            let pair = rest.as_bytes().get(..2);
            pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
        })
}

/// What the schema at `pointer` is called.
fn origin(pointer: &str) -> Origin {
    match pointer.strip_prefix("/components/schemas/") {
        Some(name) if !name.contains('/') => {
            Origin::Component(name.replace("~1", "/").replace("~0", "~"))
        }
        _ => Origin::Pointer(pointer.to_owned()),
    }
}
