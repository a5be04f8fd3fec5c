//! The same request as a shell would make it.

use serde_json::Value;

use crate::api::{Content, Credential, Kind, Location, Media, Operation};

use super::super::body::sent;
use super::super::client::CallPlan;
use super::super::shell::{escaped, quoted};
use super::Scope;

impl Scope<'_> {
    /// A call of `curl`, one option on each line.
    pub(super) fn curl(&self, operation: &Operation, call: &CallPlan) -> String {
        let base = self.client.base_url.as_deref().unwrap_or("$BASE_URL");
        let mut url = format!("{}{}", base.trim_end_matches('/'), operation.path);
        for argument in &call.arguments {
            if argument.location == Location::Path {
                let hole = format!("{{{}}}", argument.wire);
                url = url.replace(&hole, &variable(&argument.ident));
            }
        }
        let mut query: Vec<String> = call
            .arguments
            .iter()
            .filter(|argument| argument.location == Location::Query)
            .map(|argument| format!("{}={}", encoded(&argument.wire), variable(&argument.ident)))
            .collect();
        let mut lines = Vec::new();
        let data = self.data(operation);
        // With a body, `curl` posts by itself.
        let implied = match data.is_empty() {
            true => "GET",
            false => "POST",
        };
        if operation.method.verb() != implied {
            lines.push(format!("-X {}", operation.method.verb()));
        }
        if !operation.anonymous {
            self.credential(&mut lines, &mut query);
        }
        for (location, name, value) in &call.constants {
            match location {
                Location::Header => {
                    lines.push(format!("-H {}", quoted(&format!("{name}: {value}"))))
                }
                Location::Query => query.push(format!("{}={}", encoded(name), encoded(value))),
                Location::Path | Location::Cookie => {}
            }
        }
        for argument in &call.arguments {
            if argument.location == Location::Header {
                lines.push(format!(
                    "-H \"{}: {}\"",
                    argument.wire,
                    variable(&argument.ident)
                ));
            }
        }
        lines.extend(data);
        if !query.is_empty() {
            url = format!("{url}?{}", query.join("&"));
        }
        let first = format!("curl \"{url}\"");
        let all: Vec<String> = std::iter::once(first).chain(lines).collect();
        all.join(" \\\n  ")
    }

    fn credential(&self, lines: &mut Vec<String>, query: &mut Vec<String>) {
        let Some(scheme) = &self.client.security else {
            return;
        };
        let key = format!(
            "${}",
            self.client.hints.api_key.as_deref().unwrap_or("API_KEY")
        );
        match &scheme.credential {
            Credential::Bearer => lines.push(format!("-H \"Authorization: Bearer {key}\"")),
            Credential::Basic => lines.push("-u \"$USERNAME:$PASSWORD\"".to_owned()),
            Credential::Header(name) => lines.push(format!("-H \"{name}: {key}\"")),
            Credential::Query(name) => query.push(format!("{}={key}", encoded(name))),
            Credential::Cookie(name) => lines.push(format!("-b \"{name}={key}\"")),
        }
    }

    /// The body with what it requires, as `curl` takes it.
    fn data(&self, operation: &Operation) -> Vec<String> {
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let Some(content) = sent(operation).filter(|_| is_required) else {
            return Vec::new();
        };
        let sample = content
            .ty
            .map(|ty| self.input.sample(ty))
            .unwrap_or_default();
        let media_type = format!(
            "-H {}",
            quoted(&format!("Content-Type: {}", content.media_type))
        );
        match content.media {
            Media::Json => vec![media_type, format!("-d {}", quoted(&sample.to_string()))],
            Media::Form | Media::Multipart => self.fields(content, &sample),
            Media::Text | Media::Binary | Media::Events => {
                vec![media_type, "--data-binary \"@$FILE\"".to_owned()]
            }
        }
    }

    /// What a form requires, an option for each field.
    fn fields(&self, form: &Content, sample: &Value) -> Vec<String> {
        let Some(object) = form.ty.map(|ty| &self.input.api.schema(ty.schema).kind) else {
            return Vec::new();
        };
        let Kind::Object(object) = object else {
            return Vec::new();
        };
        let required = object.fields.iter().filter(|field| field.required);
        let options = required.map(|field| {
            let name = &field.name;
            let value = match sample.get(name) {
                Some(Value::String(text)) => text.clone(),
                Some(value) => value.to_string(),
                None => String::new(),
            };
            let is_file = self.input.api.files.contains(&field.ty.schema);
            match form.media {
                Media::Multipart if is_file => {
                    format!("-F \"{}=@{}\"", escaped(name), variable(name))
                }
                Media::Multipart => format!("-F {}", quoted(&format!("{name}={value}"))),
                _ => format!("--data-urlencode {}", quoted(&format!("{name}={value}"))),
            }
        });
        options.collect()
    }
}

/// A variable of the shell: `$THREAD_ID`.
fn variable(ident: &str) -> String {
    format!("${}", ident.trim_end_matches('_').to_uppercase())
}

/// A name as it stands in a query.
fn encoded(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let bytes = name.bytes().map(|byte| match plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_names_are_spelled_for_a_shell() {
        assert_eq!(variable("type_"), "$TYPE");
        assert_eq!(encoded("include[]"), "include%5B%5D");
    }
}
