//! Document in, [`Api`] out: references resolved, `allOf` merged, unions classified.
//!
//! Every problem is reported where it stands and lowering goes on with the nearest
//! thing that makes sense, so that one run shows all of them.

mod alias;
mod alike;
mod anchor;
mod classify;
mod content;
mod delta;
mod event;
mod header;
mod keys;
mod merge;
mod operation;
mod parameter;
mod read;
mod reference;
mod reword;
mod schema;
mod security;
mod several;
mod sibling;
mod tag;
mod union;
mod webhook;
mod whole;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::api::{Api, ClientHints, Operation, SchemaId};
use crate::diag::{Diagnostics, Place};
use crate::load::{Document, Version};

pub use operation::id_of_path;
use read::At;
use schema::has_any;

/// Lowers a document. The result is meaningful only when `diags` holds no error.
pub fn api(document: &Document, diags: &mut Diagnostics) -> Api {
    let mut ctx = Ctx {
        document,
        diags,
        api: Api::default(),
        anchors: anchor::Anchors::of(&document.root),
        merges: whole::Merges::default(),
        targets: HashMap::new(),
        unions: BTreeMap::new(),
        ids: HashMap::new(),
        shared_ids: Ctx::shared_ids(&At::root(&document.root)),
    };
    let root = At::root(&document.root);
    ctx.api.document = document.root.to_json();
    ctx.unknown_keys(&root);
    ctx.info(&root);
    ctx.tags(&root);
    ctx.components(&root);
    ctx.api.security = ctx.security(&root);
    ctx.api.requirements = ctx.requirements(&root);
    ctx.api.operations = ctx.operations(&root);
    ctx.api.webhooks = ctx.webhooks(&root);
    ctx.classify_unions();
    ctx.fix_tags();
    ctx.compare_variants();
    ctx.classify_events();
    ctx.find_items();
    ctx.find_files();
    ctx.break_aliases();
    ctx.deltas(&root);
    ctx.api
}

/// What lowering knows so far.
struct Ctx<'d> {
    document: &'d Document,
    diags: &'d mut Diagnostics,
    api: Api,
    /// The names of schemas that references may use in place of pointers.
    anchors: anchor::Anchors,
    /// The schemas with `allOf` that are being lowered.
    merges: whole::Merges,
    /// What each `$ref` target became, by its pointer.
    targets: HashMap<String, reference::Target>,
    /// Unions as written, until every schema is known and they can be classified.
    unions: BTreeMap<SchemaId, union::Raw>,
    /// The ids of the operations so far, and where each is.
    ids: HashMap<String, Place>,
    /// The ids that several paths would give to operations that have none.
    shared_ids: HashSet<String>,
}

impl Ctx<'_> {
    /// `info`, `servers` and `x-client`.
    fn info(&mut self, root: &At<'_>) {
        let Some(info) = self.required_object(root, "info") else {
            return;
        };
        self.api.title = self.required_text(&info, "title");
        self.api.version = self.required_text(&info, "version");
        self.api.docs = self.text(&info, "description");
        let servers = self.items(root, "servers");
        self.api.server = servers
            .first()
            .and_then(|server| self.text(server, "url"))
            .filter(|url| !url.contains('{'));
        if let Some(hints) = root.get("x-client").or_else(|| info.get("x-client")) {
            self.api.client = self.client_hints(&hints);
        }
    }

    /// `tags`, where the document describes them.
    fn tags(&mut self, root: &At<'_>) {
        for tag in self.items(root, "tags") {
            if let Some(name) = self.text(&tag, "name") {
                let docs = self.text(&tag, "description");
                self.api.tags.insert(name, docs);
            }
        }
    }

    fn client_hints(&mut self, at: &At<'_>) -> ClientHints {
        let headers = self
            .members(at, "headers")
            .into_iter()
            .filter_map(|(variable, value)| Some((variable, self.as_text(&value)?)))
            .collect();
        ClientHints {
            api_key: self.text(at, "api-key"),
            base_url: self.text(at, "base-url"),
            headers,
        }
    }

    /// Every schema under `components`, whether or not an operation uses it.
    fn components(&mut self, root: &At<'_>) {
        let Some(components) = root.get("components") else {
            return;
        };
        if components.node.as_object().is_none() {
            self.wrong_type(&components, "an object");
        }
        for (name, at) in self.members(&components, "schemas") {
            let ty = self.target(&at);
            self.api.components.insert(name, ty);
        }
    }

    fn operations(&mut self, root: &At<'_>) -> Vec<Operation> {
        if root.get("paths").is_none() && self.document.version == Version::V3_0 {
            self.diags
                .error(root.place(), "the document has no `paths`")
                .help("add `paths: {}` if it really describes no operation");
        }
        let parts = ["paths", "components", "webhooks"];
        if self.document.version != Version::V3_0 && !has_any(root, &parts) {
            self.diags
                .error(
                    root.place(),
                    "the document has no `paths`, `components` or `webhooks`",
                )
                .help("add what it describes: OpenAPI requires one of them");
        }
        let mut operations = Vec::new();
        for (path, item) in self.members(root, "paths") {
            if path.starts_with("x-") {
                continue;
            }
            self.path_item(&path, &item, &mut operations);
        }
        self.unique_ids(&operations);
        operations
    }

    fn unique_ids(&mut self, operations: &[Operation]) {
        let mut seen: HashMap<&str, &Operation> = HashMap::new();
        for operation in operations {
            if let Some(first) = seen.insert(&operation.id, operation) {
                self.diags
                    .error(
                        operation.place.clone(),
                        format!("two operations have the `operationId` `{}`", operation.id),
                    )
                    .related(first.place.clone(), "the other one")
                    .help("give one of them another `operationId`");
            }
        }
    }
}
