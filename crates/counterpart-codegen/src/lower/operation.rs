//! Path items and operations: what can be asked, and what is answered.

use std::collections::HashSet;

use crate::api::{
    Body, Location, Method, Operation, Pagination, Parameter, Poll, Response, Status,
};

use crate::diag::closest;
use crate::load::Version;
use crate::load::tree::{Node, Value};

use super::Ctx;
use super::read::At;

impl Ctx<'_> {
    /// Adds the operations of one path, in the order in which they are written.
    pub(super) fn path_item(&mut self, path: &str, at: &At<'_>, operations: &mut Vec<Operation>) {
        if !path.starts_with('/') {
            self.diags
                .error(
                    at.place(),
                    format!("the path `{path}` does not begin with `/`"),
                )
                .help(format!("write `/{path}`"));
            return;
        }
        if let Some((problem, help)) = template_problem(path) {
            self.diags
                .error(at.place(), format!("the path `{path}` {problem}"))
                .help(help);
            return;
        }
        if let Some((bare, rest)) = split_path(path) {
            self.diags
                .warning(
                    at.place(),
                    format!("the path `{path}` goes on with `{rest}`, which is no part of a path"),
                )
                .help(format!(
                    "a server answers it at `{bare}`, where of several operations with one method only the first is \
                     reached; what tells them apart belongs in a parameter"
                ));
        }
        self.with_path_item(at, |ctx, item| ctx.operations_of(path, item, operations));
    }

    /// Hands on a path item, together with what it refers to: from 3.1 on either may add to the
    /// other.
    pub(super) fn with_path_item<T>(
        &mut self,
        at: &At<'_>,
        then: impl FnOnce(&mut Self, &At<'_>) -> T,
    ) -> Option<T> {
        let target = self.resolve_object(at)?;
        let Some(members) = target.node.as_object() else {
            self.wrong_type(at, "an object");
            return None;
        };
        let own = at.node.as_object()?;
        if !own.contains_key("$ref") || own.len() == 1 {
            return Some(then(self, &target));
        }
        let mut both = members.clone();
        let own = own.iter().filter(|(key, _)| *key != "$ref");
        both.extend(own.map(|(key, member)| (key.clone(), member.clone())));
        let node = Node {
            value: Value::Object(both),
            at: at.node.at,
        };
        let both = At {
            node: &node,
            pointer: at.pointer.clone(),
        };
        Some(then(self, &both))
    }

    fn operations_of(&mut self, path: &str, item: &At<'_>, operations: &mut Vec<Operation>) {
        for (key, member) in item.node.as_object().into_iter().flatten() {
            let at = item.child(key, &member.node);
            let known = Method::ALL.iter().find(|(name, _)| name == key);
            match known {
                Some((_, method)) => {
                    self.add_operation(path, method.clone(), item, &at, operations)
                }
                None if key == "additionalOperations" => {
                    self.additional_operations(path, item, operations);
                }
                None => self.no_method(key, &at),
            }
        }
    }

    /// `additionalOperations` of 3.2, by methods that a path item has no key for.
    fn additional_operations(
        &mut self,
        path: &str,
        item: &At<'_>,
        operations: &mut Vec<Operation>,
    ) {
        for (name, at) in self.members(item, "additionalOperations") {
            if name.starts_with("x-") {
                continue;
            }
            let is_known = |(key, _): &&(&str, Method)| key.eq_ignore_ascii_case(&name);
            if let Some((key, method)) = Method::ALL.iter().find(is_known) {
                self.diags
                    .warning(at.place(), format!("`{name}` is no additional method"))
                    .help(format!("put it into the path item itself, as `{key}`"));
                self.add_operation(path, method.clone(), item, &at, operations);
            } else if is_token(&name) {
                self.add_operation(path, Method::Other(name), item, &at, operations);
            } else {
                self.diags
                    .error(at.place(), format!("`{name}` cannot be an HTTP method"))
                    .help("use letters, digits and `-`, such as `COPY` (RFC 9110, section 5.6.2)");
            }
        }
    }

    fn add_operation(
        &mut self,
        path: &str,
        method: Method,
        item: &At<'_>,
        at: &At<'_>,
        operations: &mut Vec<Operation>,
    ) {
        let id = self.unique_id(path, &method, at);
        if let Some(operation) = self.operation(id, path, method, item, at) {
            operations.push(operation);
        }
    }

    /// Warns of what looks like an operation, but is none.
    fn no_method(&mut self, key: &str, at: &At<'_>) {
        let known = ["$ref", "summary", "description", "servers", "parameters"];
        if known.contains(&key) || key.starts_with("x-") {
            return;
        }
        let methods = Method::ALL.iter().map(|(name, _)| *name);
        let near = closest(key, methods.chain(known));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it; 3.2 has `additionalOperations` for other methods".to_owned(),
        };
        self.diags
            .warning(
                at.place(),
                format!("a path item has no `{key}`, so it is left out"),
            )
            .help(help);
    }

    fn operation(
        &mut self,
        id: String,
        path: &str,
        method: Method,
        item: &At<'_>,
        at: &At<'_>,
    ) -> Option<Operation> {
        if at.node.as_object().is_none() {
            self.wrong_type(at, "an object (an operation)");
            return None;
        }
        let mut parameters = self.parameters(&id, item, at);
        self.path_parameters(path, at, &mut parameters);
        let body = at.get("requestBody").and_then(|body| self.body(&id, &body));
        let responses = self.members(at, "responses");
        if responses.is_empty() && self.needs_responses(at) {
            self.diags
                .warning(at.place(), "this operation lists no response")
                .help("add `responses: {'200': {description: …}}`, or what it answers");
        }
        let successes = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'));
        let alone = successes.count() == 1;
        let responses = responses
            .iter()
            .filter_map(|(status, response)| self.response(&id, status, response, alone))
            .collect();
        let root = At::root(&self.document.root);
        let operation = Operation {
            place: at.place(),
            rust_name: self.text(at, "x-rust-name"),
            method,
            path: path.to_owned(),
            summary: self.text(at, "summary"),
            docs: self.text(at, "description"),
            tags: self.texts(at, "tags"),
            deprecated: self.flag(at, "deprecated"),
            pagination: self.pagination(at),
            poll: self.poll(at),
            idempotent: self.idempotent(at),
            anonymous: self.is_anonymous(&root, at),
            security: self.operation_requirements(at),
            id,
            parameters,
            body,
            responses,
        };
        Some(operation)
    }

    /// Whether OpenAPI wants this operation to list responses: before 3.1 each must.
    /// One that is misspelt is spoken of already.
    fn needs_responses(&self, at: &At<'_>) -> bool {
        let keys = at.node.as_object().into_iter().flatten();
        let mut keys = keys.map(|(key, _)| key.as_str());
        match at.get("responses") {
            Some(responses) => responses.node.as_object().is_some(),
            None if self.document.version != Version::V3_0 => false,
            None => !keys.any(|key| closest(key, ["responses"]).is_some()),
        }
    }

    /// The id of an operation, which no other has: of two with one `operationId`, the second
    /// is called after its path.
    fn unique_id(&mut self, path: &str, method: &Method, at: &At<'_>) -> String {
        let id = self.free_id(path, method, at);
        self.ids.entry(id.clone()).or_insert_with(|| at.place());
        id
    }

    fn free_id(&mut self, path: &str, method: &Method, at: &At<'_>) -> String {
        let id = self.operation_id(path, method, at);
        let Some(first) = self.ids.get(&id).cloned() else {
            return id;
        };
        let ways = [id_of_path(path, method.key()), exact_id(path, method.key())];
        let mut free = ways.into_iter().filter(|id| !self.ids.contains_key(id));
        let Some(free) = free.next() else {
            return id;
        };
        if at.get("operationId").is_some() {
            self.diags
                .warning(
                    at.place(),
                    format!(
                        "two operations have the `operationId` `{id}`; this one is called `{free}`"
                    ),
                )
                .related(first, "the other one")
                .help("give one of them another `operationId`");
        }
        free
    }

    /// The `operationId`; where there is none, `GET /users/{id}` is `get /users/id`.
    fn operation_id(&mut self, path: &str, method: &Method, at: &At<'_>) -> String {
        if let Some(id) = self.text(at, "operationId") {
            if id.trim().is_empty() {
                let written = at.get("operationId").unwrap_or_else(|| at.clone());
                self.diags
                    .error(written.place(), "this `operationId` is empty")
                    .help("give the operation a name, or remove `operationId`");
            }
            return id;
        }
        let id = id_of_path(path, method.key());
        match self.shared_ids.contains(&id) && !is_exact(path) {
            true => exact_id(path, method.key()),
            false => id,
        }
    }

    /// The ids that several paths would give to operations without an `operationId`.
    pub(super) fn shared_ids(root: &At<'_>) -> HashSet<String> {
        let paths = root.get("paths");
        let paths = paths.iter().filter_map(|paths| paths.node.as_object());
        let mut seen = HashSet::new();
        let mut shared = HashSet::new();
        for (path, item) in paths.flatten() {
            for (method, operation) in item.node.as_object().into_iter().flatten() {
                let id = id_of_path(path, method);
                if operation.node.get("operationId").is_none() && !seen.insert(id.clone()) {
                    shared.insert(id);
                }
            }
        }
        shared
    }

    /// Every `{name}` in the path must be a parameter, and the other way round. What is not
    /// said of a parameter that the path names is made up for: it is a text.
    fn path_parameters(&mut self, path: &str, at: &At<'_>, parameters: &mut Vec<Parameter>) {
        let parts = path.split('{').skip(1);
        let named: Vec<&str> = parts
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        for (index, name) in named.iter().enumerate() {
            if named[..index].contains(name) {
                self.diags
                    .error(
                        at.place(),
                        format!("the path `{path}` has `{{{name}}}` twice"),
                    )
                    .help("give each part of the path a name of its own");
            }
        }
        parameters.retain(|parameter| {
            let unused =
                parameter.location == Location::Path && !named.contains(&parameter.name.as_str());
            if unused {
                let name = &parameter.name;
                let help = match closest(name, named.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "put it into the path, or remove the parameter".to_owned(),
                };
                self.diags
                    .warning(
                        parameter.place.clone(),
                        format!(
                            "the path `{path}` has no `{{{name}}}`, so the parameter is left out"
                        ),
                    )
                    .help(help);
            }
            !unused
        });
        for name in named {
            let is_it = |known: &Parameter| known.location == Location::Path && known.name == name;
            if !parameters.iter().any(is_it) {
                self.diags
                    .warning(
                        at.place(),
                        format!("`{name}` in the path is not among the parameters; it is taken for a text"),
                    )
                    .help(format!(
                        "add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"
                    ));
                let parameter = self.undeclared(name, at);
                parameters.push(parameter);
            }
        }
    }

    fn body(&mut self, id: &str, at: &At<'_>) -> Option<Body> {
        let reference = at;
        let at = self.resolve_object(at)?;
        Some(Body {
            place: at.place(),
            docs: self.words(reference, &at),
            required: self.flag(&at, "required"),
            contents: self.contents(id, "request", &at),
        })
    }

    fn response(
        &mut self,
        id: &str,
        status: &str,
        at: &At<'_>,
        is_only_success: bool,
    ) -> Option<Response> {
        if status.starts_with("x-") {
            return None;
        }
        let known = match status.as_bytes() {
            b"default" => Some(Status::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(digit - b'0')),
            _ => status
                .parse()
                .ok()
                .filter(|code| (100..600).contains(code))
                .map(Status::Code),
        };
        let Some(status) = known else {
            self.diags
                .error(at.place(), format!("`{status}` is not an HTTP status"))
                .help("use a code such as 200, a range such as 4XX, or `default`");
            return None;
        };
        let reference = at;
        let at = self.resolve_object(at)?;
        let part = match status {
            Status::Code(200) | Status::Range(2) => "response".to_owned(),
            Status::Code(201..=299) if is_only_success => "response".to_owned(),
            Status::Default => "error".to_owned(),
            Status::Code(_) | Status::Range(_) => status.name(),
        };
        Some(Response {
            place: at.place(),
            status,
            docs: self.words(reference, &at),
            headers: self.headers(id, &part, &at),
            contents: self.contents(id, &part, &at),
        })
    }

    fn pagination(&mut self, at: &At<'_>) -> Option<Pagination> {
        let at = at.get("x-pagination")?;
        Some(Pagination {
            cursor: self.required_text(&at, "cursor"),
            items: self.required_text(&at, "items"),
            more: self.text(&at, "more"),
            id: self.text(&at, "id").unwrap_or_else(|| "id".to_owned()),
            backward: self.text(&at, "backward"),
        })
    }

    fn idempotent(&mut self, at: &At<'_>) -> Option<bool> {
        let retry = self.text(at, "x-retry")?;
        match retry.as_str() {
            "safe" => Some(true),
            "never" => Some(false),
            other => {
                let at = at.get("x-retry")?;
                self.diags
                    .error(at.place(), format!("`x-retry` cannot be `{other}`"))
                    .help(
                        "write `x-retry: safe` where sending twice does no harm, `x-retry: never` where it does much, \
                         or leave it out",
                    );
                None
            }
        }
    }

    fn poll(&mut self, at: &At<'_>) -> Option<Poll> {
        let at = at.get("x-poll")?;
        Some(Poll {
            operation: self.required_text(&at, "operation"),
            status: self.required_text(&at, "status"),
            finals: self.texts(&at, "final"),
            interval_header: self.text(&at, "interval-header"),
        })
    }
}

/// Whether this may be the name of a method.
fn is_token(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(fits)
}

/// `GET /users/{id}` is `get /users/id`.
pub fn id_of_path(path: &str, method: &str) -> String {
    let path = path.replace(['{', '}'], "");
    let path = match path.trim_matches('/') {
        "" => "root",
        path => path,
    };
    format!("{method} {path}")
}

/// The id that tells a path from others that differ in what is a parameter and in a slash at
/// the end: `GET /users/{id}/` is `get users/by id/slash`.
fn exact_id(path: &str, method: &str) -> String {
    let id = id_of_path(&path.replace('{', "by "), method);
    match path.len() > 1 && path.ends_with('/') {
        true => format!("{id}/slash"),
        false => id,
    }
}

/// Whether a path is what its plain id says, with no parameter and no slash at the end.
fn is_exact(path: &str) -> bool {
    !path.contains('{') && (path.len() < 2 || !path.ends_with('/'))
}

/// What is wrong with the braces of a path, and what to do about it.
fn template_problem(path: &str) -> Option<(&'static str, &'static str)> {
    let mut open = false;
    let mut before = ' ';
    for letter in path.chars() {
        match (letter, open) {
            ('{', true) => return Some(("has a `{` inside of braces", PAIR)),
            ('}', false) => return Some(("has a `}` without a `{`", PAIR)),
            ('}', true) if before == '{' => {
                return Some(("has `{}`, which names no parameter", "write a name into it"));
            }
            ('{', false) => open = true,
            ('}', true) => open = false,
            _ => {}
        }
        before = letter;
    }
    open.then_some(("has a `{` without a `}`", PAIR))
}

const PAIR: &str = "put each parameter between one `{` and one `}`";

/// A path without the query or the fragment that stands behind it, and that.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let at = path.find(['?', '#'])?;
    Some(path.split_at(at))
}
