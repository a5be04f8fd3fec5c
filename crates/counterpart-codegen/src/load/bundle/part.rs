//! The parts of a document, as far as they may hold references: what a key leads to.
//!
//! `$ref` is a reference only where OpenAPI puts one. In an example, a default, an extension
//! or a list of properties it is a key like any other, and none of these is a part.

use crate::load::tree::{Node, Value, escape};

/// A kind of object in an OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Responses,
    Callback,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Example,
    Link,
    SecurityScheme,
    Schema,
    /// The properties of a schema.
    Schemas,
    Discriminator,
}

/// What stands below a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A part, or a list of such.
    Parts(Part),
    /// An object with such parts by names of the author's choice.
    Map(Part),
}

use Shape::{Map, Parts};

impl Part {
    /// What references are put up with in the place of, though OpenAPI has none there: documents
    /// that are spread over files have them.
    pub(super) const IN_PLACE: [Self; 4] =
        [Self::Operation, Self::Responses, Self::Paths, Self::Schemas];

    /// What references may lead to.
    pub(super) const REFERABLE: [Self; 15] = [
        Self::Schema,
        Self::Response,
        Self::Parameter,
        Self::Example,
        Self::RequestBody,
        Self::Header,
        Self::SecurityScheme,
        Self::Link,
        Self::Callback,
        Self::PathItem,
        Self::MediaType,
        Self::Operation,
        Self::Responses,
        Self::Paths,
        Self::Schemas,
    ];

    /// The section of `components` that holds parts of this kind. `None`: nothing may refer
    /// to one.
    pub(super) fn section(self) -> Option<&'static str> {
        match self {
            Self::PathItem => Some("pathItems"),
            Self::Callback => Some("callbacks"),
            Self::Parameter => Some("parameters"),
            Self::Header => Some("headers"),
            Self::RequestBody => Some("requestBodies"),
            Self::Response => Some("responses"),
            Self::MediaType => Some("mediaTypes"),
            Self::Example => Some("examples"),
            Self::Link => Some("links"),
            Self::SecurityScheme => Some("securitySchemes"),
            Self::Schema => Some("schemas"),
            // There is no such section. What is put there is taken out again in the end.
            Self::Operation => Some("x-operations"),
            Self::Responses => Some("x-responses"),
            Self::Paths => Some("x-paths"),
            Self::Schemas => Some("x-properties"),
            Self::Document | Self::Components | Self::Encoding | Self::Discriminator => None,
        }
    }

    /// What the member with this key is.
    pub(super) fn member(self, key: &str) -> Option<Shape> {
        match self {
            Self::Document => document(key),
            Self::Components => Self::REFERABLE
                .into_iter()
                .find(|part| part.section() == Some(key))
                .map(Map),
            Self::Paths | Self::Callback => named(key, Self::PathItem),
            Self::Responses => named(key, Self::Response),
            Self::PathItem => path_item(key),
            Self::Operation => operation(key),
            Self::Parameter | Self::Header => parameter(key),
            Self::RequestBody => (key == "content").then_some(Map(Self::MediaType)),
            Self::Response => response(key),
            Self::MediaType => media_type(key),
            Self::Encoding => encoding(key),
            Self::Schema => schema(key),
            Self::Schemas => Some(Parts(Self::Schema)),
            Self::Example | Self::Link | Self::SecurityScheme | Self::Discriminator => None,
        }
    }

    /// What these steps lead to from here, without leaving what is known.
    pub(super) fn reach(self, tokens: &[&str]) -> Option<Part> {
        let Some((key, rest)) = tokens.split_first() else {
            return Some(self);
        };
        match self.member(key)? {
            Map(part) => part.reach(rest.get(1..)?),
            Parts(part) => match rest.split_first() {
                Some((index, rest)) if part != Self::Schemas && index.parse::<usize>().is_ok() => {
                    part.reach(rest)
                }
                _ => part.reach(rest),
            },
        }
    }
}

/// The members of an object that names parts beside its extensions.
fn named(key: &str, part: Part) -> Option<Shape> {
    (!key.starts_with("x-")).then_some(Parts(part))
}

fn document(key: &str) -> Option<Shape> {
    match key {
        "paths" => Some(Parts(Part::Paths)),
        "webhooks" => Some(Map(Part::PathItem)),
        "components" => Some(Parts(Part::Components)),
        _ => None,
    }
}

fn path_item(key: &str) -> Option<Shape> {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Some(Parts(Part::Operation))
        }
        "additionalOperations" => Some(Map(Part::Operation)),
        "parameters" => Some(Parts(Part::Parameter)),
        _ => None,
    }
}

fn operation(key: &str) -> Option<Shape> {
    match key {
        "parameters" => Some(Parts(Part::Parameter)),
        "requestBody" => Some(Parts(Part::RequestBody)),
        "responses" => Some(Parts(Part::Responses)),
        "callbacks" => Some(Map(Part::Callback)),
        _ => None,
    }
}

fn parameter(key: &str) -> Option<Shape> {
    match key {
        "schema" => Some(Parts(Part::Schema)),
        "content" => Some(Map(Part::MediaType)),
        "examples" => Some(Map(Part::Example)),
        _ => None,
    }
}

fn response(key: &str) -> Option<Shape> {
    match key {
        "headers" => Some(Map(Part::Header)),
        "content" => Some(Map(Part::MediaType)),
        "links" => Some(Map(Part::Link)),
        _ => None,
    }
}

fn media_type(key: &str) -> Option<Shape> {
    match key {
        "schema" | "itemSchema" => Some(Parts(Part::Schema)),
        "examples" => Some(Map(Part::Example)),
        "encoding" => Some(Map(Part::Encoding)),
        "prefixEncoding" | "itemEncoding" => Some(Parts(Part::Encoding)),
        _ => None,
    }
}

fn encoding(key: &str) -> Option<Shape> {
    match key {
        "headers" => Some(Map(Part::Header)),
        "encoding" => Some(Map(Part::Encoding)),
        "prefixEncoding" | "itemEncoding" => Some(Parts(Part::Encoding)),
        _ => None,
    }
}

fn schema(key: &str) -> Option<Shape> {
    match key {
        "properties" => Some(Parts(Part::Schemas)),
        "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Some(Map(Part::Schema))
        }
        "allOf"
        | "anyOf"
        | "oneOf"
        | "not"
        | "if"
        | "then"
        | "else"
        | "items"
        | "prefixItems"
        | "additionalItems"
        | "contains"
        | "additionalProperties"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Some(Parts(Part::Schema)),
        "discriminator" => Some(Parts(Part::Discriminator)),
        _ => None,
    }
}

/// Shows `node` and every part in it to `see`, each with its kind and its pointer.
pub(super) fn each(
    node: &Node,
    part: Part,
    pointer: &mut String,
    see: &mut impl FnMut(&Node, Part, &str),
) {
    see(node, part, pointer);
    let members = node.as_object().into_iter().flatten();
    for (key, member) in members {
        let Some(shape) = part.member(key) else {
            continue;
        };
        let length = step(pointer, key);
        match (shape, &member.node.value) {
            (Parts(part), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let length = step(pointer, &index.to_string());
                    each(item, part, pointer, see);
                    pointer.truncate(length);
                }
            }
            (Parts(part), _) => each(&member.node, part, pointer, see),
            (Map(part), Value::Object(members)) => {
                for (name, member) in members {
                    let length = step(pointer, name);
                    each(&member.node, part, pointer, see);
                    pointer.truncate(length);
                }
            }
            (Map(_), _) => {}
        }
        pointer.truncate(length);
    }
}

/// As [`each()`]; `change` may put something else in the place of a part, and what it puts
/// there is gone through instead.
pub(super) fn each_mut(
    node: &mut Node,
    part: Part,
    pointer: &mut String,
    change: &mut impl FnMut(&mut Node, Part, &str),
) {
    change(node, part, pointer);
    let Value::Object(members) = &mut node.value else {
        return;
    };
    for (key, member) in members {
        let Some(shape) = part.member(key) else {
            continue;
        };
        let length = step(pointer, key);
        match (shape, &mut member.node.value) {
            (Parts(part), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let length = step(pointer, &index.to_string());
                    each_mut(item, part, pointer, change);
                    pointer.truncate(length);
                }
            }
            (Parts(part), _) => each_mut(&mut member.node, part, pointer, change),
            (Map(part), Value::Object(members)) => {
                for (name, member) in members {
                    let length = step(pointer, name);
                    each_mut(&mut member.node, part, pointer, change);
                    pointer.truncate(length);
                }
            }
            (Map(_), _) => {}
        }
        pointer.truncate(length);
    }
}

/// Adds a step to a pointer, and says how long it was before.
fn step(pointer: &mut String, token: &str) -> usize {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(token));
    length
}
