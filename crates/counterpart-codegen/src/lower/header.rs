//! Headers of responses, which are parameters that travel back.

use crate::api::{Location, Origin, Parameter, Style};

use super::Ctx;
use super::read::At;
use super::schema::names_type;

impl Ctx<'_> {
    /// The headers of a response. `Content-Type` follows from its representations, and says
    /// nothing here (OpenAPI 3.0.3, Response Object, `headers`).
    pub(super) fn headers(&mut self, id: &str, part: &str, response: &At<'_>) -> Vec<Parameter> {
        let mut headers: Vec<Parameter> = Vec::new();
        for (name, at) in self.members(response, "headers") {
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let place = at.place();
            let same = |known: &&Parameter| known.name.eq_ignore_ascii_case(&name);
            if !is_token(&name) {
                self.diags
                    .warning(
                        place,
                        format!("no header can be called `{name}`; it is left out"),
                    )
                    .help("use letters, digits and `-`");
            } else if let Some(first) = headers.iter().find(same) {
                let first = first.place.clone();
                self.diags
                    .warning(
                        place,
                        format!("the header `{name}` is listed twice; the first one counts"),
                    )
                    .related(first, "the first time")
                    .help("remove one of the two: case makes no difference to headers");
            } else if let Some(header) = self.header(id, part, name, &at) {
                headers.push(header);
            }
        }
        headers
    }

    fn header(&mut self, id: &str, part: &str, name: String, at: &At<'_>) -> Option<Parameter> {
        let at = self.resolve_object(at)?;
        let origin = Origin::Operation(id.to_owned(), format!("{part} {name}"));
        let content = self.members(&at, "content");
        let content = content.first();
        let in_content = content.and_then(|(_, content)| content.get("schema"));
        let schema = at.get("schema").or(in_content);
        let ty = match &schema {
            Some(schema) => self.schema(schema, origin),
            None => self.text_schema(&at, origin),
        };
        let rust_name = self.text(&at, "x-rust-name");
        Some(Parameter {
            place: at.place(),
            name,
            location: Location::Header,
            docs: self.text(&at, "description"),
            rust_name: rust_name.filter(|name| !names_type(name)),
            required: self.flag(&at, "required"),
            deprecated: self.flag(&at, "deprecated"),
            style: Style::Simple,
            explode: self.flag(&at, "explode"),
            json: content.is_some_and(|(media_type, _)| media_type.contains("json")),
            allow_reserved: false,
            ty,
            default: None,
        })
    }
}

/// Whether HTTP allows a name such as this (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let symbol = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || symbol(byte))
}
