//! The operations of a document: where they are, what they take, how they answer.

use counterpart_wire::params::Param;
use serde_json::{Map, Value};

use super::schema::Schemas;

/// A document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Document<'d>(pub(super) &'d Value);

/// An operation of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation<'d> {
    pub(super) id: &'d str,
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    pub(super) document: Document<'d>,
    node: &'d Value,
    item: &'d Value,
}

/// A parameter of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter<'d> {
    pub(super) name: &'d str,
    pub(super) place: &'d str,
    pub(super) required: bool,
    pub(super) schema: &'d Value,
    pub(super) param: Param,
}

/// A reply that an operation may give: a status, or several, in one representation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Response<'d> {
    /// The key of the status: `200`, `4XX`, `default`.
    pub(super) status: &'d str,
    /// The media type and the schema; `None` where there is no body.
    pub(super) content: Option<(&'d str, &'d Value)>,
    node: &'d Value,
}

impl<'d> Response<'d> {
    /// Its headers: the name, whether it must be there, and the schema.
    pub(super) fn headers(self, operation: Operation<'d>) -> Vec<(&'d str, bool, &'d Value)> {
        let headers = self.node["headers"].as_object().into_iter().flatten();
        let headers = headers.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let headers = headers.map(|(name, header)| {
            let header = operation.schemas().resolved(header);
            let parameter = parameter(header);
            (name.as_str(), parameter.required, parameter.schema)
        });
        headers.collect()
    }
}

impl<'d> Document<'d> {
    pub(super) fn schemas(self) -> Schemas<'d> {
        Schemas(self.0)
    }

    pub(super) fn operations(self) -> impl Iterator<Item = Operation<'d>> {
        const METHODS: [&str; 8] = [
            "get", "put", "post", "delete", "options", "patch", "trace", "query",
        ];
        let paths = self.0["paths"].as_object().into_iter().flatten();
        paths.flat_map(move |(path, item)| {
            let item = self.schemas().resolved(item);
            let known = METHODS
                .into_iter()
                .filter_map(|method| Some((method, item.get(method)?)));
            let others = item["additionalOperations"].as_object();
            let others = others.into_iter().flatten();
            let known = known.chain(others.map(|(method, node)| (method.as_str(), node)));
            known.map(move |(method, node)| Operation {
                id: node["operationId"].as_str().unwrap_or(path),
                method,
                path,
                document: self,
                node,
                item,
            })
        })
    }
}

impl<'d> Operation<'d> {
    pub(super) fn schemas(self) -> Schemas<'d> {
        self.document.schemas()
    }

    /// Whether this is its id: its own, or that of its method and path, which one without its own has.
    pub(super) fn is_called(self, id: &str) -> bool {
        let path = self.path.replace(['{', '}'], "");
        let path = match path.trim_matches('/') {
            "" => "root",
            path => path,
        };
        self.id == id || format!("{} {path}", self.method) == id
    }

    /// The parameters of the operation, and those of its path that it does not have itself.
    pub(super) fn parameters(self) -> Vec<Parameter<'d>> {
        let lists = [&self.node["parameters"], &self.item["parameters"]];
        let all = lists.into_iter().filter_map(Value::as_array).flatten();
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for parameter in all.map(|node| parameter(self.schemas().resolved(node))) {
            let same = |known: &Parameter<'_>| {
                (known.name, known.place) == (parameter.name, parameter.place)
            };
            if !parameters.iter().any(same) {
                parameters.push(parameter);
            }
        }
        parameters
    }

    pub(super) fn has_body(self) -> bool {
        self.node["requestBody"].is_object()
    }

    /// The schema of a body of JSON, if it takes one.
    pub(super) fn body(self) -> Option<&'d Value> {
        let body = self.schemas().resolved(&self.node["requestBody"]);
        body["content"].get("application/json")?.get("schema")
    }

    /// The schema of a body that is a form, and whether it is one with files. A form that says how its fields are written
    /// is none that could be written here.
    pub(super) fn form(self) -> Option<(bool, &'d Value)> {
        let (media_type, schema) = self.sent()?;
        let body = self.schemas().resolved(&self.node["requestBody"]);
        if body["content"][media_type]["encoding"].is_object() {
            return None;
        }
        match preference(media_type) {
            1 => Some((true, schema)),
            2 => Some((false, schema)),
            _ => None,
        }
    }

    /// The body that a client sends where it has a choice: the media type and the schema. JSON, else a form, else what
    /// comes first.
    pub(super) fn sent(self) -> Option<(&'d str, &'d Value)> {
        let body = self.schemas().resolved(&self.node["requestBody"]);
        let contents = body["content"].as_object()?.iter();
        let (media_type, content) =
            contents.min_by_key(|(media_type, _)| preference(media_type))?;
        Some((media_type, &content["schema"]))
    }

    /// Whether it answers nobody without credentials.
    pub(super) fn is_secured(self) -> bool {
        let security = self.node.get("security");
        let security = security.unwrap_or(&self.document.0["security"]).as_array();
        let nothing = |one: &Value| one.as_object().is_some_and(Map::is_empty);
        security.is_some_and(|all| !all.is_empty() && !all.iter().any(nothing))
    }

    /// Every reply that it may give.
    pub(super) fn responses(self) -> Vec<Response<'d>> {
        let responses = self.node["responses"].as_object().into_iter().flatten();
        let responses = responses.filter(|(status, _)| !status.starts_with("x-"));
        let all = responses.flat_map(|(status, response)| {
            let node = self.schemas().resolved(response);
            let contents = node["content"].as_object();
            let contents = contents.into_iter().flatten();
            let contents: Vec<_> = contents
                .map(|(media_type, content)| Some((media_type.as_str(), &content["schema"])))
                .collect();
            let contents = if contents.is_empty() {
                vec![None]
            } else {
                contents
            };
            contents.into_iter().map(move |content| Response {
                status,
                content,
                node,
            })
        });
        all.collect()
    }

    /// The replies of this status: those that list it, else those of its range, else the others.
    pub(super) fn responses_of(self, status: u16) -> Vec<Response<'d>> {
        let range = format!("{}XX", status / 100);
        let keys = [status.to_string(), range, "default".to_owned()];
        let all = self.responses();
        let of = |key: &String| -> Vec<Response<'d>> {
            let of = all
                .iter()
                .filter(|one| one.status.eq_ignore_ascii_case(key));
            of.copied().collect()
        };
        let mut found = keys.iter().map(of).filter(|found| !found.is_empty());
        found.next().unwrap_or_default()
    }

    /// How a success is asked for as a stream, where it may be one: by a property of the body, or by what is accepted.
    pub(super) fn switch(self) -> Option<Switch<'d>> {
        let responses = self.node["responses"].as_object().into_iter().flatten();
        let mut successes = responses.filter(|(status, _)| status.starts_with('2'));
        successes.find_map(|(_, response)| {
            let contents = &self.schemas().resolved(response)["content"];
            let events = contents.get("text/event-stream")?;
            let several = contents.as_object().is_some_and(|all| all.len() > 1);
            Some(match events["x-switch"].as_str() {
                Some(property) => Switch::Property(property),
                None if several => Switch::Accept,
                None => Switch::Always,
            })
        })
    }
}

/// How gladly a body of this media type is sent: with what has properties first.
fn preference(media_type: &str) -> usize {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        json if json.ends_with("/json") || json.ends_with("+json") => 0,
        "multipart/form-data" => 1,
        "application/x-www-form-urlencoded" => 2,
        _ => 3,
    }
}

/// Whether a body of this media type is made by its schema, rather than any text.
pub(super) fn has_properties(media_type: &str) -> bool {
    preference(media_type) < preference("")
}

/// How a stream is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch<'d> {
    /// This property of the body is true.
    Property(&'d str),
    /// It is what the caller accepts.
    Accept,
    /// There is nothing else.
    Always,
}

fn parameter(node: &Value) -> Parameter<'_> {
    let place = node["in"].as_str().unwrap_or_default();
    let in_content = node["content"]
        .as_object()
        .and_then(|all| all.values().next());
    let style = match (node["style"].as_str(), place) {
        _ if in_content.is_some() => Param::JSON,
        (Some("label"), _) => Param::LABEL,
        (Some("matrix"), _) => Param::MATRIX,
        (Some("spaceDelimited"), _) => Param::SPACE_DELIMITED,
        (Some("pipeDelimited"), _) => Param::PIPE_DELIMITED,
        (Some("deepObject"), _) => Param::DEEP_OBJECT,
        (_, "query" | "cookie") => Param::FORM,
        _ => Param::SIMPLE,
    };
    Parameter {
        name: node["name"].as_str().unwrap_or_default(),
        place,
        required: node["required"] == true,
        schema: in_content.map_or(&node["schema"], |content| &content["schema"]),
        param: match node["explode"].as_bool() {
            Some(true) => style.exploded(),
            Some(false) => style.joined(),
            None => style,
        },
    }
}
