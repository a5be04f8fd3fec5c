//! Configuration from environment variables, whose names the document's overlay gives.

use std::env::{self, VarError};

use crate::{Builder, Config, ConfigError, Secret};

impl<C> Builder<C> {
    /// For a service, configured by the environment variables that its [`Config`] names.
    ///
    /// A variable that is set to nothing counts as not set. One of those for credentials has to be set, if there are
    /// any.
    pub fn from_env(config: Config) -> Result<Self, ConfigError> {
        Self::from_vars(config, |name| match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(ConfigError::NotUnicode { variable: name }),
        })
    }

    /// As [`from_env`](Self::from_env), with variables that are looked up some other way.
    pub fn from_vars(
        config: Config,
        lookup: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let look = |name| lookup(name).map(|value| value.and_then(trimmed));
        let mut builder = Self::new(config);
        if let Some(name) = config.base_url_env
            && let Some(url) = look(name)?
        {
            builder = builder.base_url(url);
        }
        for (variable, header) in config.env_headers {
            if let Some(value) = look(variable)? {
                builder = builder.default_header(header, value);
            }
        }
        if let Some(name) = config.headers_env
            && let Some(lines) = look(name)?
        {
            builder = headers(builder, &lines)?;
        }
        credentials(builder, look)
    }
}

/// One `Name: value` a line.
fn headers<C>(mut builder: Builder<C>, lines: &str) -> Result<Builder<C>, ConfigError> {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // A line without a colon is not repeated, as it may be a secret.
        let missing = || ConfigError::HeaderName {
            name: "(a line without a colon)".to_owned(),
        };
        let (name, value) = line.split_once(':').ok_or_else(missing)?;
        builder = builder.default_header(name.trim(), value.trim());
    }
    Ok(builder)
}

fn credentials<C>(
    mut builder: Builder<C>,
    look: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
) -> Result<Builder<C>, ConfigError> {
    let mut variables = Vec::new();
    let mut found = false;
    for security in builder.config().security {
        let Some(variable) = security.env else {
            continue;
        };
        variables.push(variable);
        if let Some(secret) = look(variable)? {
            builder = builder.credentials_for(security.name, Secret::new(secret));
            found = true;
        }
    }
    if found || variables.is_empty() {
        Ok(builder)
    } else {
        Err(ConfigError::NoCredentials { variables })
    }
}

fn trimmed(value: String) -> Option<String> {
    let value = value.trim();
    if value.is_empty() {
        None
    } else {
        Some(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Http, Security};

    const CONFIG: Config = Config::new("https://api.example.com/v1")
        .base_url_env("BASE_URL")
        .security(&[
            Security::bearer("ApiKey").env("API_KEY"),
            Security::header("AdminKey", "X-Admin").env("ADMIN_KEY"),
        ])
        .env_headers(&[("ORG_ID", "Example-Organization")])
        .headers_env("HEADERS");

    fn build(variables: &'static [(&'static str, &'static str)]) -> Result<Http, ConfigError> {
        let lookup = |name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            Ok(found.map(|(_, value)| (*value).to_owned()))
        };
        let service = tower::service_fn(|_| async {
            Ok::<_, ConfigError>(http::Response::new(crate::Body::default()))
        });
        Builder::from_vars(CONFIG, lookup)?.service(service).build()
    }

    #[test]
    fn every_variable_has_its_effect() {
        let http = build(&[
            ("API_KEY", " sk-1\n"),
            ("BASE_URL", "http://localhost:1234/"),
            ("ORG_ID", "org-1"),
            ("HEADERS", "X-One: 1\n\n x-two:2\n"),
        ])
        .unwrap();

        let shared = http.shared();
        assert_eq!(format!("{:?}", shared.base), "http://localhost:1234");
        assert_eq!(shared.headers["example-organization"], "org-1");
        assert_eq!(shared.headers["x-one"], "1");
        assert_eq!(shared.headers["x-two"], "2");
        assert_eq!(shared.credentials.len(), 1);
    }

    #[test]
    fn any_credentials_will_do_and_all_are_kept() {
        assert_eq!(
            build(&[("ADMIN_KEY", "a")])
                .unwrap()
                .shared()
                .credentials
                .len(),
            1
        );
        let both = build(&[("ADMIN_KEY", "a"), ("API_KEY", "b")]).unwrap();
        assert_eq!(both.shared().credentials.len(), 2);
    }

    #[test]
    fn without_credentials_the_message_names_the_variables() {
        let error = build(&[("API_KEY", "  ")]).unwrap_err();

        let message = "no credentials: set the environment variable API_KEY or ADMIN_KEY";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn a_secret_that_is_no_header_is_refused_without_showing_it() {
        let error = build(&[("API_KEY", "sk-1\nsk-2")]).unwrap_err();

        assert!(matches!(error, ConfigError::Secret));
        assert!(!format!("{error} {error:?}").contains("sk-"), "{error}");
        let error = build(&[("API_KEY", "sk-1"), ("HEADERS", "hunter2")]).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
