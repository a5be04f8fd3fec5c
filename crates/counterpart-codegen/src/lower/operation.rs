//! Path items and operations: what can be asked, and what is answered.

use crate::api::{
    Body, Location, Method, Operation, Pagination, Parameter, Poll, Response, Status,
};

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
        let Some(item) = self.resolve_object(at) else {
            return;
        };
        let Some(members) = item.node.as_object() else {
            self.wrong_type(at, "an object");
            return;
        };
        for (key, member) in members {
            if let Some((_, method)) = Method::ALL.iter().find(|(name, _)| name == key) {
                let at = item.child(key, &member.node);
                let id = self.unique_id(path, *method, &at);
                if let Some(operation) = self.operation(id, path, *method, &item, &at) {
                    operations.push(operation);
                }
            }
        }
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
            retry_safe: self.retry_safe(at),
            anonymous: self.is_anonymous(&root, at),
            security: self.operation_requirements(at),
            id,
            parameters,
            body,
            responses,
        };
        Some(operation)
    }

    /// The id of an operation, which no other has: of two with one `operationId`, the second
    /// is called after its path.
    fn unique_id(&mut self, path: &str, method: Method, at: &At<'_>) -> String {
        let id = self.free_id(path, method, at);
        self.ids.entry(id.clone()).or_insert_with(|| at.place());
        id
    }

    fn free_id(&mut self, path: &str, method: Method, at: &At<'_>) -> String {
        let id = self.operation_id(path, method, at);
        let Some(first) = self.ids.get(&id).cloned() else {
            return id;
        };
        let other = id_of_path(path, method.key());
        let slash = format!("{other} slash");
        let mut free = [other, slash]
            .into_iter()
            .filter(|id| !self.ids.contains_key(id));
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
    fn operation_id(&mut self, path: &str, method: Method, at: &At<'_>) -> String {
        if let Some(id) = self.text(at, "operationId") {
            if id.trim().is_empty() {
                let written = at.get("operationId").unwrap_or_else(|| at.clone());
                self.diags
                    .error(written.place(), "this `operationId` is empty")
                    .help("give the operation a name, or remove `operationId`");
            }
            return id;
        }
        id_of_path(path, method.key())
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
                self.diags
                    .warning(
                        parameter.place.clone(),
                        format!(
                            "the path `{path}` has no `{{{name}}}`, so the parameter is left out"
                        ),
                    )
                    .help("put it into the path, or remove the parameter");
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
        let at = self.resolve_object(at)?;
        Some(Body {
            place: at.place(),
            docs: self.text(&at, "description"),
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
            docs: self.text(&at, "description"),
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

    fn retry_safe(&mut self, at: &At<'_>) -> bool {
        let retry = self.text(at, "x-retry");
        if let (Some(other), Some(at)) = (&retry, at.get("x-retry"))
            && other != "safe"
        {
            self.diags
                .error(at.place(), format!("`x-retry` cannot be `{other}`"))
                .help("write `x-retry: safe` where sending twice does no harm, or leave it out");
        }
        retry.is_some()
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

/// `GET /users/{id}` is `get /users/id`.
pub fn id_of_path(path: &str, method: &str) -> String {
    let path = path.replace(['{', '}'], "");
    let path = match path.trim_matches('/') {
        "" => "root",
        path => path,
    };
    format!("{method} {path}")
}
