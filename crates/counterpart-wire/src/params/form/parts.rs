//! A value as the fields of a form, files among them.

use serde::Serialize;
use serde_json::Value;

use super::{Encoding, How, flat, is_json, items, object, text, unwritable};
use crate::EncodeError;
use crate::binary::{Binary, FilePart, files};
use crate::params::Pairs;

/// A field of a multipart form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) content: Binary,
}

impl Part {
    fn text(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            content: Binary::new(text),
        }
    }

    fn typed(name: &str, media_type: &str, text: String) -> Self {
        let content = Binary::new(text).with_media_type(media_type);
        Self {
            name: name.to_owned(),
            content,
        }
    }

    /// A file has a name, or many services take it for a text.
    fn file(name: &str, file: FilePart, media_type: Option<&'static str>) -> Self {
        let mut content = file.into_binary();
        if content.file_name().is_none() {
            content = content.with_file_name(name);
        }
        if content.media_type().is_none() {
            content = content.with_media_type(media_type.unwrap_or("application/octet-stream"));
        }
        Self {
            name: name.to_owned(),
            content,
        }
    }
}

/// The parts of a value.
pub(super) fn parts<T>(value: &T, encodings: &[Encoding]) -> Result<Vec<Part>, EncodeError>
where
    T: Serialize + ?Sized,
{
    let mut key = String::new();
    let (json, files) = files::with(Vec::new(), |own| {
        own.clone_into(&mut key);
        flat::json(value)
    });
    let writer = Writer { key, files };
    let mut parts = Vec::new();
    for (name, value) in object(json.map_err(unwritable)?)? {
        let how = Encoding::of(encodings, &name);
        let written = writer.property(&name, value, how, &mut parts);
        written.map_err(|message| EncodeError::new(format!("`{name}` {message}")))?;
    }
    Ok(parts)
}

struct Writer {
    key: String,
    files: Vec<FilePart>,
}

impl Writer {
    fn property(
        &self,
        name: &str,
        value: Value,
        how: Option<How>,
        parts: &mut Vec<Part>,
    ) -> Result<(), String> {
        let media_type = how.and_then(How::media_type);
        if let Some(param) = how.and_then(How::param) {
            let mut pairs = Pairs::new();
            let written = crate::params::write::query(param, name, &value, &mut pairs);
            written.map_err(|reason| reason.to_string())?;
            parts.extend(
                pairs
                    .iter()
                    .map(|(name, text)| Part::text(name, text.into_owned())),
            );
            return Ok(());
        }
        if let Some(media_type) = media_type.filter(|media_type| is_json(media_type))
            && self.file(&value).is_none()
            && !self.holds_file(&value)
        {
            parts.push(Part::typed(name, media_type, value.to_string()));
            return Ok(());
        }
        for item in items(value) {
            parts.push(self.part(name, item, media_type)?);
        }
        Ok(())
    }

    fn part(
        &self,
        name: &str,
        value: Value,
        media_type: Option<&'static str>,
    ) -> Result<Part, String> {
        if let Some(file) = self.file(&value) {
            // A list of types is what may be sent, no type of its own.
            let media_type = media_type.filter(|text| !text.contains([',', '*']));
            return Ok(Part::file(name, file, media_type));
        }
        if self.holds_file(&value) {
            return Err("has a file inside an object, where none can be sent".to_owned());
        }
        Ok(match (value, media_type) {
            (value @ (Value::Object(_) | Value::Array(_)), media_type) => {
                let media_type = media_type.filter(|text| is_json(text));
                Part::typed(
                    name,
                    media_type.unwrap_or("application/json"),
                    value.to_string(),
                )
            }
            (value, Some(media_type)) if !media_type.contains([',', '*']) => {
                Part::typed(name, media_type, text(value))
            }
            (value, _) => Part::text(name, text(value)),
        })
    }

    /// The file that a ticket stands for.
    fn file(&self, value: &Value) -> Option<FilePart> {
        let ticket = value.as_object().filter(|ticket| ticket.len() == 1)?;
        let index = ticket.get(&self.key)?.as_u64()?;
        self.files.get(usize::try_from(index).ok()?).cloned()
    }

    fn holds_file(&self, value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().any(|item| match item {
                Value::Array(_) => self.holds_file(item),
                Value::Object(map) if self.file(item).is_none() => map
                    .values()
                    .any(|value| self.file(value).is_some() || self.holds_file(value)),
                _ => false,
            }),
            Value::Object(map) => map
                .values()
                .any(|value| self.file(value).is_some() || self.holds_file(value)),
            _ => false,
        }
    }
}
