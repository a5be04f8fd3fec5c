//! Reading the tree: every access knows its JSON pointer, and a value of the wrong type
//! is reported where it stands.

use crate::diag::Place;
use crate::load::tree::{Node, Value, escape};

use super::Ctx;

/// A node and its JSON pointer.
#[derive(Debug, Clone)]
pub(super) struct At<'n> {
    /// The node.
    pub node: &'n Node,
    /// Its pointer, without the leading `#`.
    pub pointer: String,
}

impl<'n> At<'n> {
    /// The root of the document.
    pub fn root(node: &'n Node) -> Self {
        Self {
            node,
            pointer: String::new(),
        }
    }

    /// The member with this key.
    pub fn get(&self, key: &str) -> Option<At<'n>> {
        self.node.get(key).map(|node| self.child(key, node))
    }

    /// `node`, which is below this one at `step`.
    pub fn child<'m>(&self, step: &str, node: &'m Node) -> At<'m> {
        At {
            node,
            pointer: format!("{}/{}", self.pointer, escape(step)),
        }
    }

    /// The items, when this is a sequence.
    pub fn items(&self) -> Vec<At<'n>> {
        let items = self.node.as_array().unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(|(index, node)| self.child(&index.to_string(), node))
            .collect()
    }

    /// Where it is, for diagnostics.
    pub fn place(&self) -> Place {
        Place {
            at: self.node.at,
            pointer: format!("#{}", self.pointer),
        }
    }

    /// Whether the member with this key is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }
}

/// What to do about `required: true` of a property.
pub(super) const REQUIRED: &str =
    "remove it, and put the property's name into the `required` list of the schema around it";

impl Ctx<'_> {
    /// Reports that `at` should have been something else.
    pub(super) fn wrong_type(&mut self, at: &At<'_>, expected: &str) {
        let name = at.pointer.rsplit('/').next().unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        let found = match &at.node.value {
            Value::Number(number) => format!("`{number}`"),
            Value::Bool(value) => format!("`{value}`"),
            _ => at.node.kind().to_owned(),
        };
        let help = match &at.node.value {
            Value::Number(_) | Value::Bool(_) if expected == "a string" => {
                "put it in quotes".to_owned()
            }
            Value::String(text) if text.parse::<f64>().is_ok() && expected == "a number" => {
                "leave out the quotes".to_owned()
            }
            Value::String(text)
                if matches!(text.as_str(), "true" | "false") && expected.starts_with("`true`") =>
            {
                "leave out the quotes".to_owned()
            }
            Value::Bool(_) if name == "required" => REQUIRED.to_owned(),
            _ => format!("write {expected} here"),
        };
        self.diags
            .error(
                at.place(),
                format!("`{name}` must be {expected}, but it is {found}"),
            )
            .help(help);
    }

    /// A member that is a string if it is there.
    pub(super) fn text(&mut self, at: &At<'_>, key: &str) -> Option<String> {
        let value = at.get(key)?;
        if key == "description" && value.get("$ref").is_some() {
            self.diags
                .warning(
                    value.place(),
                    "this description is a reference, which OpenAPI does not have here, and is left out",
                )
                .help("write the text itself here");
            return None;
        }
        self.as_text(&value)
    }

    /// This node as a string.
    pub(super) fn as_text(&mut self, at: &At<'_>) -> Option<String> {
        match &at.node.value {
            Value::String(text) => Some(text.clone()),
            _ => {
                self.wrong_type(at, "a string");
                None
            }
        }
    }

    /// A member that must be there and be a string.
    pub(super) fn required_text(&mut self, at: &At<'_>, key: &str) -> String {
        if at.get(key).is_none() {
            self.missing(at, key);
        }
        self.text(at, key).unwrap_or_default()
    }

    /// A member that must be there and be an object.
    pub(super) fn required_object<'n>(&mut self, at: &At<'n>, key: &str) -> Option<At<'n>> {
        let Some(value) = at.get(key) else {
            self.missing(at, key);
            return None;
        };
        if value.node.as_object().is_none() {
            self.wrong_type(&value, "an object");
            return None;
        }
        Some(value)
    }

    fn missing(&mut self, at: &At<'_>, key: &str) {
        let whole = match at.pointer.strip_prefix('/') {
            None => "the document".to_owned(),
            Some(name) if !name.contains('/') => format!("`{name}`"),
            Some(_) => "this object".to_owned(),
        };
        self.diags
            .error(at.place(), format!("{whole} has no `{key}`"))
            .help(format!("add `{key}`: OpenAPI requires it"));
    }

    /// A member that is a list if it is there.
    pub(super) fn items<'n>(&mut self, at: &At<'n>, key: &str) -> Vec<At<'n>> {
        let Some(value) = at.get(key) else {
            return Vec::new();
        };
        if value.node.as_array().is_none() {
            self.wrong_type(&value, "a list");
        }
        value.items()
    }

    /// A member that is a list of strings if it is there.
    pub(super) fn texts(&mut self, at: &At<'_>, key: &str) -> Vec<String> {
        let items = self.items(at, key);
        items.iter().filter_map(|item| self.as_text(item)).collect()
    }

    /// The members of a member that is an object if it is there.
    pub(super) fn members<'n>(&mut self, at: &At<'n>, key: &str) -> Vec<(String, At<'n>)> {
        let Some(value) = at.get(key) else {
            return Vec::new();
        };
        let Some(members) = value.node.as_object() else {
            self.wrong_type(&value, "an object");
            return Vec::new();
        };
        members
            .iter()
            .map(|(name, member)| (name.clone(), value.child(name, &member.node)))
            .collect()
    }

    /// A member that is `true` or `false` if it is there; absent is `false`.
    pub(super) fn flag(&mut self, at: &At<'_>, key: &str) -> bool {
        self.optional_flag(at, key).unwrap_or(false)
    }

    /// A member that is `true` or `false` if it is there.
    pub(super) fn optional_flag(&mut self, at: &At<'_>, key: &str) -> Option<bool> {
        let value = at.get(key)?;
        let flag = value.node.as_bool();
        if flag.is_none() {
            self.wrong_type(&value, "`true` or `false`");
        }
        flag
    }

    /// A member that is a count if it is there.
    pub(super) fn count(&mut self, at: &At<'_>, key: &str) -> Option<u64> {
        let value = at.get(key)?;
        let number = self.number(at, key)?;
        let count = number.as_u64().or_else(|| whole(&number));
        if count.is_none() {
            self.wrong_type(&value, "a whole number that is not negative");
        }
        count
    }

    /// A member that is a number if it is there.
    pub(super) fn number(&mut self, at: &At<'_>, key: &str) -> Option<serde_json::Number> {
        let value = at.get(key)?;
        match &value.node.value {
            Value::Number(number) => Some(number.clone()),
            _ => {
                self.wrong_type(&value, "a number");
                None
            }
        }
    }
}

/// `3.0` as `3`; documents written by programs have such counts.
fn whole(number: &serde_json::Number) -> Option<u64> {
    let value = number.as_f64()?;
    let exact = value.fract() == 0.0 && (0.0..9.0e15).contains(&value);
    exact.then_some(value as u64)
}
