//! Who uses a type: the operations that take or give it, the types that hold it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::client::Client;
use super::super::server::{ReplyPayload, Server};
use super::super::ty::Type;
use super::super::types::{EventPayload, Item, Payload, Types};
use super::{Group, Link};

/// The users of each type, by its name.
#[derive(Debug, Default)]
pub(super) struct Uses {
    operations: BTreeMap<String, Vec<Link>>,
    holders: BTreeMap<String, BTreeSet<String>>,
    sent: BTreeSet<String>,
}

impl Uses {
    pub(super) fn of(groups: &[Group], types: &Types, client: &Client, server: &Server) -> Self {
        let mut uses = Self::default();
        let links: BTreeMap<(String, String), Link> = links(groups).collect();
        let plans = client.operations.iter().zip(&server.operations);
        for (call, answer) in plans {
            let Some(link) = links.get(&(call.verb.text(), call.path.clone())) else {
                continue;
            };
            let body = call.body.iter().flat_map(|body| body.types());
            let given = call.arguments.iter().chain(&call.setters);
            let asked: Vec<&Type> = body.chain(given.map(|argument| &argument.ty)).collect();
            asked.iter().for_each(|ty| uses.send(ty));
            asked.into_iter().for_each(|ty| uses.operation(ty, link));
            for reply in &answer.replies {
                match &reply.payload {
                    ReplyPayload::Json(ty) => uses.operation(ty, link),
                    ReplyPayload::Events(event) => uses.operation(event, link),
                    ReplyPayload::Empty | ReplyPayload::Text | ReplyPayload::Binary => {}
                }
            }
        }
        for item in types.modules.iter().flat_map(|module| &module.items) {
            each(item, &mut |ty| {
                if let Type::Named(name) = ty {
                    let holders = uses.holders.entry(name.clone()).or_default();
                    holders.insert(item.ident().to_owned());
                }
            });
        }
        uses.spread();
        uses
    }

    /// The operations that take or give a type.
    pub(super) fn operations(&self, ident: &str) -> Vec<Link> {
        self.operations.get(ident).cloned().unwrap_or_default()
    }

    /// The types that hold it.
    pub(super) fn holders(&self, ident: &str) -> Vec<String> {
        let holders = self.holders.get(ident).into_iter().flatten();
        holders.filter(|holder| *holder != ident).cloned().collect()
    }

    /// Whether it is part of what a client sends.
    pub(super) fn is_sent(&self, ident: &str) -> bool {
        self.sent.contains(ident)
    }

    fn operation(&mut self, ty: &Type, link: &Link) {
        ty.walk(&mut |ty| {
            if let Type::Named(name) = ty {
                let links = self.operations.entry(name.clone()).or_default();
                if !links.contains(link) {
                    links.push(link.clone());
                }
            }
        });
    }

    fn send(&mut self, ty: &Type) {
        ty.walk(&mut |ty| {
            if let Type::Named(name) = ty {
                self.sent.insert(name.clone());
            }
        });
    }

    /// What is held by something that is sent, is sent.
    fn spread(&mut self) {
        loop {
            let held = self.holders.iter().filter(|(name, holders)| {
                !self.sent.contains(*name)
                    && holders.iter().any(|holder| self.sent.contains(holder))
            });
            let held: Vec<String> = held.map(|(name, _)| name.clone()).collect();
            if held.is_empty() {
                return;
            }
            self.sent.extend(held);
        }
    }
}

/// The link to each operation, by its method and path.
fn links(groups: &[Group]) -> impl Iterator<Item = ((String, String), Link)> {
    groups.iter().flat_map(|group| {
        let entries = group
            .sections
            .iter()
            .flat_map(|section| &section.operations);
        entries.map(|entry| {
            let link = Link {
                words: entry.heading.clone(),
                page: group.page.clone(),
                anchor: entry.anchor.clone(),
            };
            ((entry.verb.clone(), entry.path.clone()), link)
        })
    })
}

/// Calls `visit` with every type that a type names.
fn each(item: &Item, visit: &mut impl FnMut(&Type)) {
    match item {
        Item::Struct(item) => {
            item.fields().for_each(|field| field.ty.walk(visit));
            item.extra.iter().for_each(|extra| extra.ty.walk(visit));
        }
        Item::Union(item) => item.variants.iter().for_each(|variant| {
            if let Payload::Value(ty) = &variant.payload {
                ty.walk(visit);
            }
        }),
        Item::Events(item) => item.variants.iter().for_each(|event| {
            if let EventPayload::Json(ty) = &event.payload {
                ty.walk(visit);
            }
        }),
        Item::Alias(item) => item.ty.walk(visit),
        Item::Enum(_) | Item::IntegerEnum(_) => {}
    }
}
