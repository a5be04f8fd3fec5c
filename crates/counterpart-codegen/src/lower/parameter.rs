//! Parameters: where they travel and how they are written.

use crate::api::{Location, Origin, Parameter, Style};

use super::Ctx;
use super::read::At;
use super::schema::names_type;

/// Whether a parameter says nothing that the document does not say elsewhere: these headers
/// follow from the bodies and the security (OpenAPI 3.0.3, Parameter Object, `name`).
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["accept", "content-type", "authorization"];
    parameter.location == Location::Header
        && names
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

impl Ctx<'_> {
    /// The parameters of an operation: the path item's, overridden by its own.
    pub(super) fn parameters(
        &mut self,
        id: &str,
        item: &At<'_>,
        operation: &At<'_>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item, operation] {
            let start = parameters.len();
            for at in self.items(list, "parameters") {
                let Some(parameter) = self.parameter(id, &at) else {
                    continue;
                };
                if is_ignored(&parameter) {
                    continue;
                }
                let same = |known: &Parameter| {
                    known.name == parameter.name && known.location == parameter.location
                };
                match parameters.iter().position(same) {
                    Some(index) if index < start => parameters[index] = parameter,
                    Some(index) => {
                        let first = parameters[index].place.clone();
                        self.diags
                            .warning(
                                at.place(),
                                format!(
                                    "the parameter `{}` is listed twice; the first one counts",
                                    parameter.name
                                ),
                            )
                            .related(first, "the first time")
                            .help("remove one of the two");
                    }
                    None => parameters.push(parameter),
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, id: &str, at: &At<'_>) -> Option<Parameter> {
        let reference = at;
        let at = self.resolve_object(at)?;
        let name = self.required_text(&at, "name");
        let location = self.location(&at)?;
        let rust_name = self.text(&at, "x-rust-name");
        let origin = Origin::Operation(id.to_owned(), name.clone());
        let content = self.members(&at, "content");
        let json = content
            .first()
            .is_some_and(|(media_type, _)| media_type.contains("json"));
        let in_content = || {
            content
                .first()
                .and_then(|(_, content)| content.get("schema"))
        };
        let Some(schema) = at.get("schema").or_else(in_content) else {
            let help = match at.get("type").and_then(|ty| ty.node.as_str()) {
                Some(ty) => format!("write `schema: {{type: {ty}}}`, with all that limits it"),
                None => "add `schema: {type: string}`, or what it is".to_owned(),
            };
            self.diags
                .error(
                    at.place(),
                    format!("the parameter `{name}` has no `schema`"),
                )
                .help(help);
            return None;
        };
        let ty = self.schema(&schema, origin);
        let style = self.style(&at, location);
        let required = self.flag(&at, "required");
        if location == Location::Path && !required {
            self.diags
                .warning(
                    at.place(),
                    format!("the path parameter `{name}` must be required"),
                )
                .help("add `required: true`");
        }
        Some(Parameter {
            place: at.place(),
            docs: self.words(reference, &at),
            rust_name: rust_name.filter(|name| !names_type(name)),
            required: required || location == Location::Path,
            deprecated: self.flag(&at, "deprecated"),
            explode: self
                .optional_flag(&at, "explode")
                .unwrap_or(style == Style::Form),
            style,
            json,
            allow_reserved: self.flag(&at, "allowReserved"),
            ty,
            default: schema.get("default").map(|value| value.node.to_json()),
            name,
            location,
        })
    }

    /// A parameter that only the path speaks of.
    pub(super) fn undeclared(&mut self, name: &str, operation: &At<'_>) -> Parameter {
        let origin = Origin::Pointer(operation.pointer.clone());
        let ty = self.text_schema(operation, origin);
        Parameter {
            place: operation.place(),
            name: name.to_owned(),
            location: Location::Path,
            docs: None,
            rust_name: None,
            required: true,
            deprecated: false,
            style: Style::Simple,
            explode: false,
            json: false,
            allow_reserved: false,
            ty,
            default: None,
        }
    }

    fn location(&mut self, at: &At<'_>) -> Option<Location> {
        match self.required_text(at, "in").as_str() {
            "path" => Some(Location::Path),
            "query" => Some(Location::Query),
            "header" => Some(Location::Header),
            // A form that is the whole query is an object whose properties stand for themselves.
            "querystring" if self.is_form(at) => Some(Location::Query),
            "querystring" => {
                let place = at.get("in").expect("bug: it was just read").place();
                self.diags
                    .error(place, "only a form can be a whole query")
                    .help("give `content` the media type `application/x-www-form-urlencoded`");
                None
            }
            "cookie" => Some(Location::Cookie),
            "" => None,
            other => {
                let place = at.get("in").expect("bug: it was just read").place();
                self.diags
                    .error(place, format!("a parameter cannot be in `{other}`"))
                    .help("use path, query, header or cookie; a body is `requestBody`");
                None
            }
        }
    }

    fn is_form(&mut self, at: &At<'_>) -> bool {
        let content = self.members(at, "content");
        let mut media_types = content.iter().map(|(media_type, _)| media_type);
        media_types.all(|media_type| media_type.starts_with("application/x-www-form-urlencoded"))
    }

    fn style(&mut self, at: &At<'_>, location: Location) -> Style {
        let (usual, place, possible) = match location {
            Location::Path => (Style::Simple, "path", "simple, label or matrix"),
            Location::Query => (
                Style::Form,
                "query",
                "form, spaceDelimited, pipeDelimited or deepObject",
            ),
            Location::Header => (Style::Simple, "header", "simple"),
            Location::Cookie => (Style::Form, "cookie", "form"),
        };
        let Some(name) = self.text(at, "style") else {
            return usual;
        };
        let (style, fits) = match name.as_str() {
            "matrix" => (Style::Matrix, location == Location::Path),
            "label" => (Style::Label, location == Location::Path),
            "form" => (
                Style::Form,
                matches!(location, Location::Query | Location::Cookie),
            ),
            "simple" => (
                Style::Simple,
                matches!(location, Location::Path | Location::Header),
            ),
            "spaceDelimited" => (Style::SpaceDelimited, location == Location::Query),
            "pipeDelimited" => (Style::PipeDelimited, location == Location::Query),
            "deepObject" => (Style::DeepObject, location == Location::Query),
            _ => (usual, false),
        };
        if !fits {
            let at = at.get("style").expect("bug: it was just read");
            self.diags
                .error(
                    at.place(),
                    format!("no parameter in `{place}` has the style `{name}`"),
                )
                .help(format!(
                    "use {possible}, or leave `style` out for the usual one"
                ));
        }
        style
    }
}
