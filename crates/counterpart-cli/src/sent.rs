//! The body of a request as it is sent, and as `curl` would be told of it.

use counterpart_client::{Content, Encoded};
use counterpart_wire::{Binary, EncodeError, FilePart};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::program::{Body, BodyFormat, Command, Flag, Kind, Place};

/// What a body is made of.
#[derive(Debug, Clone)]
pub(crate) enum Payload {
    /// A value: of a form with files, the paths of these.
    Value(Value),
    /// Bytes as they are.
    Bytes(Bytes),
}

/// Bytes, and where they are.
#[derive(Debug, Clone)]
pub(crate) struct Bytes {
    pub(crate) content: Binary,
    /// How `curl` is told where they are.
    pub(crate) source: String,
}

/// A body, or none.
#[derive(Debug, Clone)]
pub(crate) struct Sent(Option<(&'static Command, Body, Payload)>);

impl Sent {
    pub(crate) fn new(command: &'static Command, payload: Option<&Payload>) -> Self {
        let body = command.body.zip(payload.cloned());
        Self(body.map(|(body, payload)| (command, body, payload)))
    }
}

impl Content for Sent {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        let Some((command, body, payload)) = &self.0 else {
            return Ok(None);
        };
        let encoded = match (payload, body.format) {
            (Payload::Value(value), BodyFormat::Json(media_type)) => {
                Encoded::json(media_type, value)?
            }
            (Payload::Value(value), BodyFormat::Form(encodings)) => {
                Encoded::form(value, encodings)?
            }
            (Payload::Value(value), BodyFormat::Multipart(encodings)) => {
                Encoded::multipart(&Parts(command, value), encodings)?
            }
            (Payload::Bytes(bytes), BodyFormat::Bytes(media_type)) => {
                Encoded::binary(media_type, &bytes.content)
            }
            (Payload::Value(_), BodyFormat::Bytes(_)) | (Payload::Bytes(_), _) => {
                return Err(EncodeError::new("this is no body of the operation"));
            }
        };
        Ok(Some(encoded))
    }
}

/// The fields of a form with files, which are given by their paths.
struct Parts<'a>(&'static Command, &'a Value);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(fields) = self.1 else {
            return self.1.serialize(serializer);
        };
        let mut map = serializer.serialize_map(Some(fields.len()))?;
        for (name, value) in fields {
            match (is_file(self.0, name), value) {
                (true, Value::String(path)) => map.serialize_entry(name, &FilePart::path(path))?,
                (true, Value::Array(paths)) => {
                    let paths = paths.iter().filter_map(Value::as_str);
                    let files: Vec<FilePart> = paths.map(FilePart::path).collect();
                    map.serialize_entry(name, &files)?;
                }
                (_, value) => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

/// Whether a property of the body is a file, or several.
fn is_file(command: &Command, wire: &str) -> bool {
    let is_it = |flag: &&Flag| flag.place == Place::Body && flag.wire == wire;
    let flag = command.flags.iter().find(is_it);
    flag.is_some_and(|flag| matches!(flag.kind, Kind::File | Kind::List(Kind::File)))
}

/// What `curl` is told instead of the bytes of a body: files are files to it as well. `None` where the bytes are text
/// that can be written down.
pub(crate) fn curl_data(command: &Command, payload: Option<&Payload>) -> Option<Vec<Part>> {
    match (payload?, command.body?.format) {
        (Payload::Bytes(bytes), _) => Some(vec![Part::Data(bytes.source.clone())]),
        (Payload::Value(Value::Object(fields)), BodyFormat::Multipart(_)) => {
            Some(parts(command, fields))
        }
        (Payload::Value(_), _) => None,
    }
}

/// An option of `curl` for a part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// `--data-binary`.
    Data(String),
    /// `--form-string`: a text as it is.
    Text(String),
    /// `--form`: a file, or JSON.
    Field(String),
}

fn parts(command: &Command, fields: &Map<String, Value>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, value) in fields {
        let values = match value {
            Value::Array(items) => items.iter().collect(),
            value => vec![value],
        };
        parts.extend(values.into_iter().map(|value| match value {
            Value::String(path) if is_file(command, name) => Part::Field(format!("{name}=@{path}")),
            Value::String(text) => Part::Text(format!("{name}={text}")),
            Value::Object(_) | Value::Array(_) => {
                Part::Field(format!("{name}={value};type=application/json"))
            }
            value => Part::Text(format!("{name}={value}")),
        }));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterpart_wire::form::Encoding;
    use serde_json::json;

    const FORM: Command = Command::post("upload", "upload", "/files")
        .flags(&[
            Flag::body("file", "file").kind(Kind::File),
            Flag::body("pages", "pages").kind(Kind::List(&Kind::File)),
            Flag::body("note", "note"),
        ])
        .body(Body::optional(|_| Ok(())).multipart(&[Encoding::typed("note", "text/markdown")]));
    const LINES: Command =
        Command::post("import", "import", "/").body(Body::required_bytes("application/jsonl"));

    fn text(command: &'static Command, payload: Payload) -> (String, String) {
        let encoded = Sent::new(command, Some(&payload))
            .encode()
            .unwrap()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let bytes = runtime.block_on(encoded.body.bytes()).unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        (encoded.media_type.into_owned(), text)
    }

    #[test]
    fn files_of_a_form_are_sent_by_their_paths() {
        let path = std::env::temp_dir().join(format!("counterpart-sent-{}.md", std::process::id()));
        std::fs::write(&path, "# Title").unwrap();
        let name = path.display().to_string();
        let value = json!({"file": name, "pages": [name, name], "note": "hi", "size": 3});
        let (media_type, text) = text(&FORM, Payload::Value(value.clone()));
        std::fs::remove_file(&path).unwrap();
        assert!(
            media_type.starts_with("multipart/form-data; boundary="),
            "{media_type}"
        );
        assert_eq!(text.matches("# Title").count(), 3, "{text}");
        assert_eq!(text.matches("filename=").count(), 3, "{text}");
        assert!(text.contains("text/markdown\r\n\r\nhi\r\n"), "{text}");

        let parts = curl_data(&FORM, Some(&Payload::Value(value))).unwrap();
        assert_eq!(parts[0], Part::Field(format!("file=@{name}")));
        assert_eq!(parts[2], Part::Field(format!("pages=@{name}")));
        assert_eq!(parts[3], Part::Text("note=hi".to_owned()));
        assert_eq!(parts[4], Part::Text("size=3".to_owned()));
    }

    #[test]
    fn bytes_are_sent_as_they_are() {
        let bytes = Bytes {
            content: Binary::new("{}\n[]\n"),
            source: "@lines".to_owned(),
        };
        let payload = Payload::Bytes(bytes);
        let parts = curl_data(&LINES, Some(&payload)).unwrap();
        assert_eq!(parts, [Part::Data("@lines".to_owned())]);
        let (media_type, text) = text(&LINES, payload);
        assert_eq!(
            (media_type.as_str(), text.as_str()),
            ("application/jsonl", "{}\n[]\n")
        );
    }

    #[test]
    fn what_fits_no_body_is_an_error() {
        let sent = Sent::new(&LINES, Some(&Payload::Value(json!({}))));
        assert!(sent.encode().is_err());
        assert!(Sent::new(&LINES, None).encode().unwrap().is_none());
    }
}
