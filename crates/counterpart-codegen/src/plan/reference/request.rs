//! The same request as a shell would make it.

use crate::api::{Credential, Location, Operation};

use super::super::client::CallPlan;
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
        let Some(body) = &operation.body else {
            return Vec::new();
        };
        let Some(content) = body.contents.iter().find(|content| content.is_json()) else {
            return Vec::new();
        };
        if !body.required {
            return Vec::new();
        }
        let sample = content
            .ty
            .map(|ty| self.input.sample(ty))
            .unwrap_or_default();
        vec![
            format!(
                "-H {}",
                quoted(&format!("Content-Type: {}", content.media_type))
            ),
            format!("-d {}", quoted(&sample.to_string())),
        ]
    }
}

/// A variable of the shell: `$THREAD_ID`.
fn variable(ident: &str) -> String {
    format!("${}", ident.trim_end_matches('_').to_uppercase())
}

/// A word in single quotes, in which a shell changes nothing.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
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
    fn a_shell_changes_nothing() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(variable("type_"), "$TYPE");
        assert_eq!(encoded("include[]"), "include%5B%5D");
    }
}
