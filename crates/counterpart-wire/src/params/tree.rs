//! Names with brackets, as `deepObject` has them, to the tree that they spell.
//!
//! `filter[at][gt]=1&filter[ids][]=a&filter[ids][]=b` is `{"at": {"gt": "1"}, "ids": ["a", "b"]}`.

use std::borrow::Cow;

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::node::{Node, excerpt};
use super::{Pairs, Reason, escape};

/// How many brackets may follow a name. A request decides how deep a tree becomes, and a tree is walked recursively.
pub(super) const MAX_DEPTH: usize = 16;

/// What all pairs named `name`, `name[…]` spell; `None` if there is no such pair.
pub(super) fn tree<'de>(name: &str, pairs: &'de Pairs) -> Result<Option<Node<'de>>, Reason> {
    let mut root = None;
    for (found, raw) in pairs.raw() {
        let Some(keys) = keys(name, found) else {
            continue;
        };
        if keys.len() > MAX_DEPTH {
            return Err(Reason::Nested);
        }
        let value = escape::decode(raw)?;
        match &mut root {
            None => root = Some(branch(&keys, value)),
            Some(root) => add(root, &keys, value).map_err(|Clash| {
                Reason::Invalid(format!(
                    "`{}` is given both as a value and as an object",
                    excerpt(found)
                ))
            })?,
        }
    }
    Ok(root)
}

/// The keys in brackets that follow `name`: none for the name itself, `a` and `b` for `name[a][b]`.
pub(super) fn keys<'p>(name: &str, found: &'p str) -> Option<Vec<&'p str>> {
    let mut rest = found.strip_prefix(name)?;
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        keys.push(key);
        rest = after;
    }
    Some(keys)
}

/// One place in the tree would be a value and an object at once.
struct Clash;

/// The tree of one pair. A name that ends in `[]` makes a list.
fn branch<'de>(keys: &[&'de str], value: Cow<'de, str>) -> Node<'de> {
    match keys {
        [] => Node::Text(value),
        [""] => Node::List(vec![Node::Text(value)]),
        [key, rest @ ..] => {
            Node::Object(IndexMap::from([(Cow::Borrowed(*key), branch(rest, value))]))
        }
    }
}

fn add<'de>(node: &mut Node<'de>, keys: &[&'de str], value: Cow<'de, str>) -> Result<(), Clash> {
    match (node, keys) {
        (Node::Object(_), [] | [""]) => Err(Clash),
        (Node::Object(entries), [key, rest @ ..]) => match entries.entry(Cow::Borrowed(*key)) {
            Entry::Occupied(mut entry) => add(entry.get_mut(), rest, value),
            Entry::Vacant(entry) => {
                entry.insert(branch(rest, value));
                Ok(())
            }
        },
        (node, [] | [""]) => {
            node.push(value);
            Ok(())
        }
        (Node::Text(_) | Node::List(_) | Node::Field(_) | Node::Json(_), _) => Err(Clash),
    }
}
