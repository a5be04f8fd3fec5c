//! How operations are grouped: by tag, and below that by the resource that they are about.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::api::Operation;

use super::super::docs::Docs;
use super::{Entry, Scope};

/// The operations of a tag: one page.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name of the page.
    pub page: String,
    /// The tag.
    pub title: String,
    /// Its words.
    pub docs: Docs,
    /// Its operations, by resource.
    pub sections: Vec<Section>,
}

/// The operations on one kind of thing.
#[derive(Debug, Clone)]
pub struct Section {
    /// What they are about: `Messages`.
    pub title: String,
    /// The operations, in the document's order.
    pub operations: Vec<Entry>,
}

impl Scope<'_> {
    pub(super) fn groups(&self, operations: &[usize]) -> Vec<Group> {
        let api = self.input.api;
        let resources = Resources::of(&api.operations);
        let headings = self.headings(operations);
        let mut groups: IndexMap<String, (String, IndexMap<String, Vec<Entry>>)> = IndexMap::new();
        for (position, index) in operations.iter().enumerate() {
            let operation = &api.operations[*index];
            let tag = operation.tags.first().map_or("Operations", String::as_str);
            let (_, sections) = groups
                .entry(slug(tag))
                .or_insert_with(|| (tag.to_owned(), IndexMap::new()));
            let title = title(resources.of_path(&operation.path));
            let entry = self.entry(position, *index, headings[position].clone());
            sections.entry(title).or_default().push(entry);
        }
        let groups = groups.into_iter().map(|(page, (title, sections))| Group {
            docs: Docs::of(api.tags.get(&title).and_then(Option::as_deref)),
            sections: sections
                .into_iter()
                .map(|(title, operations)| Section { title, operations })
                .collect(),
            page,
            title,
        });
        groups.collect()
    }

    /// The heading of each operation: its id, unless the links to two would be the same.
    fn headings(&self, operations: &[usize]) -> Vec<String> {
        let ids = operations
            .iter()
            .map(|index| &self.input.api.operations[*index].id);
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        ids.clone()
            .for_each(|id| *times.entry(slug(id)).or_default() += 1);
        let named = ids.zip(&self.client.operations);
        named
            .map(|(id, call)| match times[&slug(id)] {
                1 => id.clone(),
                _ => call.method.clone(),
            })
            .collect()
    }
}

/// Which parts of paths are kinds of things.
pub(in super::super) struct Resources<'a> {
    collections: BTreeSet<&'a str>,
}

impl<'a> Resources<'a> {
    pub(in super::super) fn of(operations: &'a [Operation]) -> Self {
        let mut collections = BTreeSet::new();
        for operation in operations {
            let steps: Vec<&str> = operation.path.split('/').collect();
            for pair in steps.windows(2) {
                if !pair[0].is_empty() && !pair[0].contains('{') && pair[1].starts_with('{') {
                    collections.insert(pair[0]);
                }
            }
        }
        Self { collections }
    }

    /// The last part of a path that has items: `runs` for `/threads/{thread_id}/runs`. Where
    /// none has, the first part.
    pub(in super::super) fn of_path<'p>(&self, path: &'p str) -> &'p str {
        let steps = || {
            path.split('/')
                .filter(|step| !step.is_empty() && !step.contains('{'))
        };
        let collection = steps().rfind(|step| self.collections.contains(step));
        collection
            .or_else(|| steps().next())
            .unwrap_or("operations")
    }
}

/// `run_steps` as a heading: `Run steps`.
pub(in super::super) fn title(resource: &str) -> String {
    let words = resource.replace(['_', '-'], " ");
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A heading as the end of a link, as renderers of Markdown make it.
pub(super) fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() || matches!(letter, '-' | '_') => Some(letter),
        _ => None,
    });
    let slug: String = kept.flat_map(char::to_lowercase).collect();
    match slug.is_empty() {
        true => "operations".to_owned(),
        false => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_the_last_part_that_has_items() {
        let collections = BTreeSet::from(["threads", "runs", "steps"]);
        let resources = Resources { collections };
        for (path, resource) in [
            ("/threads", "threads"),
            ("/threads/{id}", "threads"),
            ("/threads/{id}/runs", "runs"),
            ("/threads/runs", "runs"),
            ("/threads/{id}/runs/{run}/cancel", "runs"),
            ("/status/now", "status"),
            ("/{anything}", "operations"),
        ] {
            assert_eq!(resources.of_path(path), resource, "{path}");
        }
        assert_eq!(title("run_steps"), "Run steps");
    }

    #[test]
    fn links_are_those_of_renderers() {
        assert_eq!(slug("createRun"), "createrun");
        assert_eq!(slug("Vector stores (beta)"), "vector-stores-beta");
        assert_eq!(slug("***"), "operations");
    }
}
