//! Where each type is used, in a sentence for its docs: by operations, or else inside other
//! types, which leads a reader to the operations as well.

use std::collections::BTreeMap;

use crate::api::{Additional, Kind, SchemaId, Use};

use super::super::Input;

/// How many users a sentence names.
const NAMED: usize = 3;

/// Who uses each type, in the document's order.
#[derive(Debug, Default)]
pub(super) struct Uses(BTreeMap<SchemaId, Users>);

#[derive(Debug, Default)]
struct Users {
    /// The operations that take it, as a body.
    requests: Vec<String>,
    /// The operations that answer with it.
    replies: Vec<String>,
    /// The operations of which a parameter is one.
    parameters: Vec<String>,
    /// The webhooks that send it.
    webhooks: Vec<String>,
    /// The types that hold it.
    types: Vec<String>,
}

impl Uses {
    /// Finds the users of every type.
    pub(super) fn of(input: Input<'_>) -> Self {
        let mut uses = Self::default();
        let operations = input.api.operations.iter().zip(&input.names.operations);
        for (operation, names) in operations {
            let method = || format!("`{}`", names.method);
            for parameter in &operation.parameters {
                uses.add(input, parameter.ty, |users| &mut users.parameters, method());
            }
            let body = operation.body.iter().flat_map(|body| &body.contents);
            for ty in body.filter_map(|content| content.ty) {
                uses.add(input, ty, |users| &mut users.requests, method());
            }
            let replies = operation.responses.iter();
            let replies = replies.flat_map(|response| &response.contents);
            let headers = operation.reply_headers().map(|header| header.ty);
            for ty in replies.filter_map(|content| content.ty).chain(headers) {
                uses.add(input, ty, |users| &mut users.replies, method());
            }
        }
        for webhook in &input.api.webhooks {
            for ty in webhook.payloads() {
                let name = format!("`{}`", super::pointer(&webhook.name));
                uses.add(input, ty, |users| &mut users.webhooks, name);
            }
        }
        for (id, name) in input.names.types() {
            let link = format!("[`{name}`](crate::{name})");
            for part in input.parts_of(*id) {
                let is_own = input.named(part) == Some(*id);
                if !is_own {
                    uses.add(input, part, |users| &mut users.types, link.clone());
                }
            }
        }
        uses
    }

    fn add(
        &mut self,
        input: Input<'_>,
        ty: Use,
        list: impl FnOnce(&mut Users) -> &mut Vec<String>,
        user: String,
    ) {
        if let Some(id) = input.named(ty) {
            let list = list(self.0.entry(id).or_default());
            if !list.contains(&user) {
                list.push(user);
            }
        }
    }

    /// `Request of `create_run`. Reply of `get_run` and `cancel_run`.`; nothing for a type that
    /// nobody uses.
    pub(super) fn sentence(&self, id: SchemaId) -> Option<String> {
        let users = self.0.get(&id)?;
        let direct = [
            ("Request of", &users.requests),
            ("Reply of", &users.replies),
            ("Parameter of", &users.parameters),
            ("Payload of the webhook", &users.webhooks),
        ];
        let mut sentences: Vec<String> = direct
            .into_iter()
            .filter(|(_, users)| !users.is_empty())
            .map(|(what, users)| format!("{what} {}.", listed(users)))
            .collect();
        if sentences.is_empty() {
            sentences.push(format!("Part of {}.", listed(&users.types)));
        }
        Some(sentences.join(" "))
    }
}

impl Input<'_> {
    /// The type that a use names, itself or as the items of a list or the values of a map.
    fn named(&self, ty: Use) -> Option<SchemaId> {
        let id = self.names.canonical(ty.schema);
        if self.names.ty(id).is_some() {
            return Some(id);
        }
        match &self.api.schema(id).kind {
            Kind::Array(inner) | Kind::Map(inner) => self.named(*inner),
            _ => None,
        }
    }

    /// What a type is made of.
    fn parts_of(&self, id: SchemaId) -> Vec<Use> {
        match &self.api.schema(id).kind {
            Kind::Array(inner) | Kind::Map(inner) => vec![*inner],
            Kind::Object(object) => {
                let fields = object.fields.iter().map(|field| field.ty);
                let extra = match object.additional {
                    Additional::Typed(values) => Some(values),
                    Additional::Refused | Additional::Tolerated => None,
                };
                fields.chain(extra).collect()
            }
            Kind::Union(union) => match self.api.events.get(&id) {
                Some(events) => events.variants.iter().map(|event| event.payload).collect(),
                None => union.variants.iter().map(|variant| variant.ty).collect(),
            },
            Kind::Any
            | Kind::Null
            | Kind::Boolean
            | Kind::Integer { .. }
            | Kind::Number
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Constant(_) => Vec::new(),
        }
    }
}

/// `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
fn listed(users: &[String]) -> String {
    let more = users.len().saturating_sub(NAMED);
    match users {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if more == 0 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {more} more", users[..NAMED].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_a_sentence() {
        let list = |count: usize| {
            let users: Vec<String> = ["a", "b", "c", "d", "e"][..count]
                .iter()
                .map(|user| (*user).to_owned())
                .collect();
            listed(&users)
        };
        assert_eq!(list(1), "a");
        assert_eq!(list(2), "a and b");
        assert_eq!(list(3), "a, b and c");
        assert_eq!(list(5), "a, b, c and 2 more");
    }
}
