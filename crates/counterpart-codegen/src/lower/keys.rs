//! Keys that OpenAPI does not know: most are slips of the finger, and what stands under them
//! would be left out without a word.
//!
//! Only keys that are close to a known one are spoken of, and those that Swagger 2.0 had:
//! published documents have many that their authors made up, and meant.

mod known;

use crate::diag::closest;
use crate::load::tree::Value;

use super::Ctx;
use super::read::{At, REQUIRED};
use known::{Object, Shape};

impl Ctx<'_> {
    /// Warns of keys all over the document that look like others.
    pub(super) fn unknown_keys(&mut self, root: &At<'_>) {
        self.keys_of(root, &known::DOCUMENT);
    }

    fn keys_of(&mut self, at: &At<'_>, object: &'static Object) {
        let Some(members) = at.node.as_object() else {
            return;
        };
        if std::ptr::eq(object, &known::SCHEMA) {
            self.required_flag(at);
            if self.is_value(at) {
                return;
            }
        }
        let is_reference = members.contains_key("$ref");
        for (key, member) in members {
            let below = at.child(key, &member.node);
            match object.fields.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => self.keys_in(&below, shape),
                None if is_reference || key.starts_with("x-") => {}
                // Whoever reads the operations of a path speaks of what is none.
                None if std::ptr::eq(object, &known::PATH_ITEM) => {}
                None => self.unknown_key(at, key, object),
            }
        }
    }

    fn keys_in(&mut self, at: &At<'_>, shape: &Shape) {
        match (shape, &at.node.value) {
            (Shape::Leaf, _) => {}
            (Shape::One(object), _) => self.keys_of(at, object),
            (Shape::List(object), _) => {
                let items = at.items();
                items.iter().for_each(|item| self.keys_of(item, object));
            }
            (Shape::Map(object), Value::Object(members)) => {
                let members = members.iter().filter(|(key, _)| !key.starts_with("x-"));
                for (key, member) in members {
                    self.keys_of(&at.child(key, &member.node), object);
                }
            }
            (Shape::Map(_), _) => {}
        }
    }

    /// Whether what stands in the place of a schema is a value of it: not one key is known.
    fn is_value(&mut self, at: &At<'_>) -> bool {
        let known = |key: &str| known::SCHEMA.fields.iter().any(|(name, _)| *name == key);
        let mut keys = at.node.as_object().into_iter().flatten().peekable();
        if keys.peek().is_none()
            || keys.any(|(key, _)| key.starts_with('$') || key.starts_with("x-") || known(key))
        {
            return false;
        }
        let names = known::SCHEMA.fields.iter().map(|(name, _)| *name);
        let keys = at.node.as_object().into_iter().flatten();
        let mut near = keys.filter_map(|(key, _)| closest(key, names.clone()));
        if near.next().is_some() {
            return false;
        }
        self.diags
            .warning(
                at.place(),
                "this schema has no keyword of schemas, so that any value fits it",
            )
            .help("if this is an example, describe it: `type: object` with `properties:`");
        true
    }

    /// `required: true`, as older schemas had it. Where it would be read, it is reported.
    fn required_flag(&mut self, at: &At<'_>) {
        let required = at.get("required");
        let Some(required) = required.filter(|required| required.node.as_bool().is_some()) else {
            return;
        };
        if at.get("properties").is_none() && at.get("additionalProperties").is_none() {
            self.diags
                .warning(required.place(), "a schema's `required` is a list of names")
                .help(REQUIRED);
        }
    }

    fn unknown_key(&mut self, at: &At<'_>, key: &str, object: &Object) {
        let member = at.node.as_object().and_then(|members| members.get(key));
        let mut place = at.place();
        place.at = member.map_or(place.at, |member| member.key_at);
        let what = object.name;
        if let Some((_, help)) = object.foreign.iter().find(|(name, _)| *name == key) {
            self.diags
                .warning(
                    place,
                    format!("{what} has no `{key}` in OpenAPI 3; it is left out"),
                )
                .help(*help);
            return;
        }
        let names = object.fields.iter().map(|(name, _)| *name);
        // Of fewer letters, one that differs makes another word.
        let near = closest(key, names).filter(|_| key.len() > 3);
        // What is there already was not meant.
        if let Some(near) = near.filter(|near| at.get(near).is_none()) {
            self.diags
                .warning(place, format!("{what} has no `{key}`; it is left out"))
                .help(format!("did you mean `{near}`?"));
        }
    }
}
