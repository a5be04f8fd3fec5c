//! `oneOf` and `anyOf`: which alternatives there are, and how a value finds its own.
//!
//! A union is read twice: as written, here, while schemas are lowered; and classified when
//! all of them are known, because its alternatives may be unions themselves.

use std::collections::HashSet;

use crate::api::{Origin, SchemaId, Use};
use crate::diag::closest;
use crate::load::tree::{Node, Value, escape};

use super::Ctx;
use super::read::At;
use super::schema::has_any;

/// How deep unions may stand in each other for a `null` inside to be found.
const DEEPEST: u8 = 32;

/// A union as written.
pub(super) struct Raw {
    /// The alternatives, which may be unions themselves.
    pub members: Vec<Use>,
    /// Names from `x-rust-variants`.
    pub names: Vec<String>,
    /// The tag that the document declares.
    pub discriminator: Option<Discriminator>,
}

/// `discriminator`: the property, and the tag values that its mapping gives to schemas.
pub(super) struct Discriminator {
    /// The property.
    pub property: String,
    /// Tag values and the schemas that they select.
    pub mapping: Vec<(String, SchemaId)>,
}

impl<'d> Ctx<'d> {
    /// What a union that is no union really is: one alternative, or a string of which
    /// some values are listed.
    pub(super) fn collapsed_union(&mut self, at: &At<'_>, origin: &Origin) -> Option<Use> {
        let members = self.alternatives(at);
        match &members[..] {
            [only] if !has_any(at, &["properties", "enum"]) => {
                // One alternative needs no tag, but what is wrong with it is said.
                self.discriminator(at);
                let ty = self.stand_in(only, at, origin.clone());
                let nullable = ty.nullable || at.is_true("nullable") || self.union_allows_null(at);
                Some(Use { nullable, ..ty })
            }
            [_, ..] => self.listed_string(at, &members, origin),
            [] => None,
        }
    }

    /// `anyOf: [string, string enum]` is the open enum itself.
    fn listed_string(&mut self, at: &At<'_>, members: &[At<'_>], origin: &Origin) -> Option<Use> {
        let resolved: Vec<At<'_>> = members
            .iter()
            .map(|member| self.peek(member))
            .collect::<Option<_>>()?;
        let is_string = |at: &At<'_>| {
            let ty = at.node.get("type").and_then(Node::as_str);
            ty == Some("string") && !has_any(at, &["format", "const"])
        };
        if !resolved.iter().all(is_string) {
            return None;
        }
        let is_listed = |at: &At<'_>| at.get("enum").is_some();
        let listed: Vec<usize> = (0..resolved.len())
            .filter(|index| is_listed(&resolved[*index]))
            .collect();
        let [listed] = listed[..] else { return None };
        // The words and the name of the whole go before those of the alternative.
        let mut node = resolved[listed].node.clone();
        if members[listed].get("$ref").is_some() {
            let ty = self.schema(&members[listed], origin.clone());
            self.api.schemas[ty.schema.index()].any_other = true;
            return Some(ty);
        }
        if let (Value::Object(inner), Some(outer)) = (&mut node.value, at.node.as_object()) {
            let outer = outer
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "anyOf" | "oneOf"));
            inner.extend(outer.map(|(key, member)| (key.clone(), member.clone())));
        }
        let whole = At {
            node: &node,
            pointer: at.pointer.clone(),
        };
        let ty = self.named_schema(&whole, origin.clone());
        self.api.schemas[ty.schema.index()].any_other = true;
        Some(ty)
    }

    /// The node behind a `$ref`, without complaint: whoever lowers it will complain.
    pub(super) fn peek<'n>(&self, at: &At<'n>) -> Option<At<'n>>
    where
        Self: 'n,
    {
        let mut node = at.node;
        for _ in 0..16 {
            let Some(reference) = node.get("$ref") else {
                return Some(At {
                    node,
                    pointer: at.pointer.clone(),
                });
            };
            let pointer = self.pointed_at(reference.as_str()?, &at.pointer)?;
            node = self.document.root.pointer(&pointer)?;
        }
        None
    }

    /// The alternatives, `null` and mere requirements left out.
    pub(super) fn alternatives<'n>(&mut self, at: &At<'n>) -> Vec<At<'n>> {
        let mut members = Vec::new();
        for key in ["oneOf", "anyOf"] {
            let Some(list) = at.get(key) else { continue };
            let items = self.items(at, key);
            if items.iter().all(|item| only_requires(item.node)) {
                continue;
            }
            let _ = list;
            members.extend(items.into_iter().filter(|item| !is_null(item.node)));
        }
        members
    }

    /// Whether one of the alternatives, or of the unions among them, is `null` or allows it.
    pub(super) fn union_allows_null(&self, at: &At<'_>) -> bool {
        self.inner_allows_null(at, &mut HashSet::new(), 0)
    }

    /// `seen` are the unions that were looked into; one may be met again, even in itself.
    fn inner_allows_null(&self, at: &At<'_>, seen: &mut HashSet<*const Node>, depth: u8) -> bool {
        ["oneOf", "anyOf"].iter().any(|key| {
            let list = at.get(key).map(|list| list.items()).unwrap_or_default();
            list.iter().any(|item| {
                let target = self.peek(item).filter(|_| depth < DEEPEST);
                let inner = target.is_some_and(|target| {
                    seen.insert(std::ptr::from_ref(target.node))
                        && (target.is_true("nullable")
                            || self.inner_allows_null(&target, seen, depth + 1))
                });
                is_null(item.node) || inner || item.is_true("nullable")
            })
        })
    }

    /// The union at `at` as written, if there is one.
    pub(super) fn raw_union(&mut self, at: &At<'_>, id: SchemaId) -> Option<Raw> {
        let members = self.alternatives(at);
        if members.is_empty() {
            return None;
        }
        let names = self.texts(at, "x-rust-variants");
        let discriminator = self.discriminator(at);
        let members = members
            .iter()
            .enumerate()
            .map(|(index, member)| Use {
                // `null` is a value of the union as a whole.
                nullable: false,
                ..self.alternative(at, member, id, index)
            })
            .collect();
        Some(Raw {
            members,
            names,
            discriminator,
        })
    }

    /// One alternative; properties beside `oneOf` belong to each of them, and so does a `type`.
    fn alternative(&mut self, at: &At<'_>, member: &At<'_>, id: SchemaId, index: usize) -> Use {
        let origin = Origin::Variant(id, index);
        let typed = typed_as(at.node, member.node);
        let member = &At {
            node: typed.as_ref().unwrap_or(member.node),
            pointer: member.pointer.clone(),
        };
        if at.get("properties").is_none() {
            return self.schema(member, origin);
        }
        let mut base = at.node.clone();
        if let Value::Object(members) = &mut base.value {
            members.retain(|key, _| {
                matches!(
                    key.as_str(),
                    "type" | "properties" | "required" | "additionalProperties"
                )
            });
        }
        let list = Node {
            value: Value::Array(vec![base, member.node.clone()]),
            at: member.node.at,
        };
        let whole = Node {
            value: Value::Object(
                [(
                    "allOf".to_owned(),
                    crate::load::tree::Member {
                        key_at: list.at,
                        node: list,
                    },
                )]
                .into(),
            ),
            at: member.node.at,
        };
        let whole = At {
            node: &whole,
            pointer: member.pointer.clone(),
        };
        self.named_schema(&whole, origin)
    }

    fn discriminator(&mut self, at: &At<'_>) -> Option<Discriminator> {
        let discriminator = at.get("discriminator")?;
        let property = self.required_text(&discriminator, "propertyName");
        let mut mapping = Vec::new();
        for (tag, target) in self.members(&discriminator, "mapping") {
            let Some(text) = self.as_text(&target) else {
                continue;
            };
            match self.mapped(&text, &target.pointer) {
                Some(mapped) => mapping.push((tag, self.target(&mapped).schema)),
                None => {
                    let schemas = self.document.root.pointer("/components/schemas");
                    let names = schemas.and_then(Node::as_object).into_iter().flatten();
                    let name = text.rsplit('/').next().unwrap_or_default();
                    let near = closest(name, names.map(|(name, _)| name.as_str()));
                    let help = match near {
                        Some(name) => format!("did you mean `{name}`?"),
                        None => "name a schema that is under `components/schemas`".to_owned(),
                    };
                    self.diags
                        .error(target.place(), format!("`{text}` does not exist"))
                        .help(help);
                }
            }
        }
        Some(Discriminator { property, mapping })
    }

    /// What a mapping names or refers to (OpenAPI 3.0.3, Discriminator Object).
    fn mapped(&self, text: &str, from: &str) -> Option<At<'d>> {
        let named = format!("#/components/schemas/{}", escape(text));
        let pointer = self.pointed_at(&named, from);
        let pointer = pointer.or_else(|| self.pointed_at(text, from))?;
        let root: &'d Node = &self.document.root;
        let node = root.pointer(&pointer)?;
        Some(At { node, pointer })
    }

    /// Sets of properties of which one must be whole: `oneOf: [{required: [a]}, …]`.
    pub(super) fn required_sets(&mut self, at: &At<'_>) -> Vec<(bool, Vec<Vec<String>>)> {
        let mut sets = Vec::new();
        for key in ["oneOf", "anyOf"] {
            let items = self.items(at, key);
            if !items.is_empty() && items.iter().all(|item| only_requires(item.node)) {
                let required = items.iter().map(|item| self.texts(item, "required"));
                sets.push((key == "oneOf", required.collect()));
            }
        }
        sets
    }
}

/// The alternative with the `type` that stands beside the list of them, where it says none itself.
fn typed_as(whole: &Node, alternative: &Node) -> Option<Node> {
    const SAYING: [&str; 7] = ["type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const"];
    let ty = whole.as_object()?.get("type")?;
    let says = SAYING.iter().any(|key| alternative.get(key).is_some());
    if says || ty.node.as_str() == Some("object") {
        return None;
    }
    let mut typed = alternative.clone();
    if let Value::Object(members) = &mut typed.value {
        members.insert("type".to_owned(), ty.clone());
    }
    Some(typed)
}

/// Whether alternatives only ask for this property or that, as any object of the schema may have it.
pub(super) fn only_require(alternatives: &Node) -> bool {
    let items = alternatives.as_array().unwrap_or_default();
    items.iter().all(only_requires)
}

/// `{type: 'null'}`, as 3.1 has it.
fn is_null(node: &Node) -> bool {
    node.get("type").and_then(Node::as_str) == Some("null")
        || node
            .get("const")
            .is_some_and(|value| value.value == Value::Null)
        || node
            .get("enum")
            .and_then(Node::as_array)
            .is_some_and(|values| {
                !values.is_empty() && values.iter().all(|value| value.value == Value::Null)
            })
}

/// An alternative that has no values of its own, only a list of required properties.
fn only_requires(node: &Node) -> bool {
    node.as_object().is_some_and(|members| {
        let mut keys = members.keys();
        members.contains_key("required")
            && keys.all(|key| matches!(key.as_str(), "required" | "description" | "title"))
    })
}
