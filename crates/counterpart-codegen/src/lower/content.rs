//! Representations: which kind a media type is, and how the properties of a form are written.

use std::collections::BTreeSet;

use crate::api::{
    Content, Encoding, Framing, Kind, Media, Origin, SchemaId, StringFormat, Style, Use,
};

use super::Ctx;
use super::read::At;

impl Ctx<'_> {
    /// The representations that `content` lists.
    pub(super) fn contents(&mut self, id: &str, part: &str, at: &At<'_>) -> Vec<Content> {
        let mut contents = Vec::new();
        let mut inline: Option<serde_json::Value> = None;
        for (media_type, at) in self.members(at, "content") {
            let Some(at) = self.resolve_object(&at) else {
                continue;
            };
            // A second schema that is written here has a name of its own.
            let schema = at
                .get("schema")
                .filter(|schema| schema.get("$ref").is_none());
            let schema = schema.map(|schema| schema.node.to_json());
            let differs = inline.is_some() && schema.is_some() && inline != schema;
            let part = match word(&media_type) {
                Some(word) if differs => format!("{word} {part}"),
                _ => part.to_owned(),
            };
            inline = inline.or(schema);
            contents.push(self.content(id, &part, media_type, &at));
        }
        contents
    }

    fn content(&mut self, id: &str, part: &str, media_type: String, at: &At<'_>) -> Content {
        let origin = Origin::Operation(id.to_owned(), part.to_owned());
        let is_request = part.ends_with("request");
        let framing = framing(&media_type);
        let item = at.get("itemSchema").filter(|_| framing.is_some());
        let ty = match (&item, at.get("schema")) {
            (Some(item), _) => Some(self.item(item, framing, origin)),
            (None, Some(schema)) => Some(self.schema(&schema, origin)),
            (None, None) => None,
        };
        // A schema of all of a sequence is that of a list (OpenAPI 3.2, sequential media types).
        let is_list = item.is_none() && framing.is_some_and(|it| it != Framing::Events);
        let ty = ty.map(|ty| match self.api.schema(ty.schema).kind {
            Kind::Array(item) if is_list => item,
            _ => ty,
        });
        let encodings = self.encodings(at);
        let kind = ty.map(|ty| &self.api.schema(ty.schema).kind);
        // A union is not classified yet, and is no text in any case.
        let is_union = ty.is_some_and(|ty| self.unions.contains_key(&ty.schema));
        let media = match is_union {
            true => media(&media_type, Some(&Kind::Null)),
            false => media(&media_type, kind),
        };
        // Forms are for requests; nobody takes one apart that comes back.
        let media = match media {
            Media::Form if !is_request => Media::Text,
            Media::Multipart if !is_request => Media::Binary,
            media => media,
        };
        let is_text = matches!(kind, None | Some(Kind::String(_) | Kind::Any));
        // Without an item, a stream is the text or the bytes that it is.
        let is_stream = item.is_some() || is_union || !is_text;
        let framing = framing.filter(|_| is_stream && media != Media::Events || item.is_some());
        let media = match framing {
            Some(_) => Media::Events,
            None => media,
        };
        Content {
            place: at.place(),
            is_object: is_union || !is_text,
            switch: self.text(at, "x-switch"),
            text: self.text_paths(at),
            media_type,
            media,
            ty,
            framing,
            encodings,
        }
    }

    /// `x-text`: for names of events, JSONPaths that lead to text.
    fn text_paths(&mut self, content: &At<'_>) -> Vec<(String, String)> {
        let mut paths = Vec::new();
        for (event, at) in self.members(content, "x-text") {
            let Some(path) = self.as_text(&at) else {
                continue;
            };
            if let Some(problem) = crate::load::json_path_problem(&path) {
                self.diags
                    .error(at.place(), format!("`{path}` is no JSONPath: {problem}"))
                    .help("write a path into the event's data, such as `$.delta.text` (RFC 9535)");
            }
            paths.push((event, path));
        }
        paths
    }

    /// `encoding`: of which only the properties that it says something of are kept.
    fn encodings(&mut self, at: &At<'_>) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (name, at) in self.members(at, "encoding") {
            let style = self.text(&at, "style");
            let explode = self.optional_flag(&at, "explode");
            let style = match style.as_deref() {
                Some("spaceDelimited") => Some(Style::SpaceDelimited),
                Some("pipeDelimited") => Some(Style::PipeDelimited),
                Some("deepObject") => Some(Style::DeepObject),
                Some(_) => Some(Style::Form),
                None => explode.map(|_| Style::Form),
            };
            let style = style.map(|style| (style, explode.unwrap_or(style == Style::Form)));
            let media_type = self.text(&at, "contentType");
            if style.is_some() || media_type.is_some() {
                encodings.push(Encoding {
                    name,
                    style,
                    media_type,
                });
            }
        }
        encodings
    }

    /// Finds the files among the properties of multipart forms.
    pub(super) fn find_files(&mut self) {
        let mut files = BTreeSet::new();
        let mut untyped = BTreeSet::new();
        for operation in &self.api.operations {
            let contents = operation.body.iter().flat_map(|body| &body.contents);
            let forms = contents.filter(|content| content.media == Media::Multipart);
            for (form, ty) in forms.filter_map(|form| Some((form, form.ty?))) {
                self.files_of(ty, form, &mut files, &mut untyped);
            }
        }
        for id in &untyped {
            self.api.schemas[id.index()].kind = Kind::String(StringFormat::Binary);
        }
        files.extend(untyped);
        self.api.files = files;
    }

    fn files_of(
        &self,
        ty: Use,
        form: &Content,
        files: &mut BTreeSet<SchemaId>,
        untyped: &mut BTreeSet<SchemaId>,
    ) {
        let api = &self.api;
        match &api.schema(ty.schema).kind {
            Kind::Object(object) => {
                for field in &object.fields {
                    let item = match api.schema(field.ty.schema).kind {
                        Kind::Array(item) => item,
                        _ => field.ty,
                    };
                    let encoding = form.encodings.iter().find(|known| known.name == field.name);
                    let media_type = encoding.and_then(|encoding| encoding.media_type.as_deref());
                    match api.schema(item.schema).kind {
                        Kind::String(StringFormat::Binary) => drop(files.insert(item.schema)),
                        // 3.1 says what a file is by its encoding alone.
                        Kind::Any if media_type.is_some_and(is_file) => {
                            untyped.insert(item.schema);
                        }
                        _ => {}
                    }
                }
            }
            Kind::Map(values)
                if api.schema(values.schema).kind == Kind::String(StringFormat::Binary) =>
            {
                files.insert(values.schema);
            }
            Kind::Union(union) => {
                for variant in &union.variants {
                    if variant.ty.schema != ty.schema {
                        self.files_of(variant.ty, form, files, untyped);
                    }
                }
            }
            _ => {}
        }
    }
}

/// How the items of a stream with this media type follow each other.
fn framing(media_type: &str) -> Option<Framing> {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let (_, name) = essence.split_once('/')?;
    match name.strip_prefix("x-").unwrap_or(name) {
        "event-stream" => Some(Framing::Events),
        "jsonl" | "ndjson" | "nd-json" | "jsonlines" | "json-lines" | "json-stream"
        | "stream+json" => Some(Framing::Lines),
        "json-seq" => Some(Framing::Records),
        name if name.ends_with("+json-seq") => Some(Framing::Records),
        _ => None,
    }
}

/// What a media type is called in the name of a type.
fn word(media_type: &str) -> Option<&'static str> {
    match media(media_type, None) {
        Media::Json => Some("json"),
        Media::Form => Some("form"),
        Media::Multipart => Some("multipart"),
        Media::Text | Media::Binary | Media::Events => None,
    }
}

/// Whether what has this media type is bytes.
pub(super) fn is_file(media_type: &str) -> bool {
    media(media_type, None) == Media::Binary
}

/// The kind of a media type. `*/*`, and what is said to be text or a form, depends on the schema.
fn media(media_type: &str, kind: Option<&Kind>) -> Media {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let is_bytes = kind == Some(&Kind::String(StringFormat::Binary));
    let is_text = matches!(kind, Some(Kind::String(_)));
    let (family, name) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (family, name) {
        ("application" | "text", "json") => Media::Json,
        (_, name) if name.ends_with("+json") => Media::Json,
        ("*", _) if kind.is_none() || is_text => Media::Binary,
        ("*", _) => Media::Json,
        ("application", "x-www-form-urlencoded") if is_text => Media::Text,
        ("application", "x-www-form-urlencoded") => Media::Form,
        ("multipart", "form-data") if !is_text => Media::Multipart,
        ("text", "event-stream") => Media::Events,
        _ if is_bytes => Media::Binary,
        ("text", _) => Media::Text,
        (_, name) if name.ends_with("+xml") || name.ends_with("+yaml") => match family {
            "image" => Media::Binary,
            _ => Media::Text,
        },
        ("application", "xml" | "yaml" | "x-yaml" | "javascript" | "graphql" | "sql" | "jwt") => {
            Media::Text
        }
        _ => Media::Binary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_says_how_a_body_is_written() {
        let text = Kind::String(StringFormat::Plain);
        let bytes = Kind::String(StringFormat::Binary);
        for (media_type, kind, expected) in [
            ("application/json; charset=utf-8", None, Media::Json),
            ("Application/Problem+JSON", None, Media::Json),
            ("*/*", None, Media::Binary),
            ("*/*", Some(&text), Media::Binary),
            ("*/*", Some(&Kind::Boolean), Media::Json),
            ("application/x-www-form-urlencoded", None, Media::Form),
            ("multipart/form-data", None, Media::Multipart),
            ("multipart/mixed", None, Media::Binary),
            ("text/csv", Some(&text), Media::Text),
            ("text/csv", Some(&bytes), Media::Binary),
            ("application/soap+xml", None, Media::Text),
            ("image/svg+xml", None, Media::Binary),
            ("application/xml", None, Media::Text),
            ("application/pdf", Some(&text), Media::Binary),
            ("nonsense", None, Media::Binary),
        ] {
            assert_eq!(media(media_type, kind), expected, "{media_type} {kind:?}");
        }
    }
}
