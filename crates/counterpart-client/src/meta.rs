//! What is known of an answer beside its body.

use std::fmt;
use std::time::Duration;

use counterpart_wire::params::{Param, ParamError};
use http::{HeaderMap, StatusCode, Version};
use serde::de::DeserializeOwned;

use crate::retry::Attempt;

/// An answer's status and headers, and how it was come by.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) elapsed: Duration,
    /// The header that holds the request id.
    pub(crate) request_id: &'static str,
}

impl Meta {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get(self.request_id)?.to_str().ok()
    }

    /// Several lines of one header are one list.
    pub(crate) fn header<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ParamError> {
        let lines = self.headers.get_all(name).iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        match &lines[..] {
            [] => Ok(None),
            lines => Param::SIMPLE.read_header(name, &lines.join(",")).map(Some),
        }
    }

    /// The media type, in lower case and without parameters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let text = self
            .headers
            .get(http::header::CONTENT_TYPE)?
            .to_str()
            .ok()?;
        let essence = text.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase())
    }

    /// ` (request id req_1; 3 attempts)`, for the end of an error message.
    pub(crate) fn tail(&self) -> String {
        let id = self.request_id().map(|id| format!("request id {id}"));
        let attempts = match self.attempts.len() {
            0 | 1 => None,
            count => Some(format!("{count} attempts")),
        };
        let parts: Vec<_> = id.into_iter().chain(attempts).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join("; "))
        }
    }
}

/// Header values stay out: any of them may be a secret.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

/// The accessors of everything that has a `meta: Meta`.
macro_rules! meta_accessors {
    () => {
        /// The operation's id in the document.
        pub fn operation(&self) -> &'static str {
            self.meta.operation
        }

        /// The answer's status.
        pub fn status(&self) -> http::StatusCode {
            self.meta.status
        }

        /// The answer's version of HTTP.
        pub fn version(&self) -> http::Version {
            self.meta.version
        }

        /// The answer's headers.
        pub fn headers(&self) -> &http::HeaderMap {
            &self.meta.headers
        }

        /// The value of one of the answer's headers; `None` if it is absent.
        ///
        /// # Errors
        ///
        /// If the header is no such value.
        pub fn header<H>(&self, name: &str) -> Result<Option<H>, $crate::wire::params::ParamError>
        where
            H: serde::de::DeserializeOwned,
        {
            self.meta.header(name)
        }

        /// What identifies the request to the service's support.
        pub fn request_id(&self) -> Option<&str> {
            self.meta.request_id()
        }

        /// Every attempt, the one that led to this answer last.
        pub fn attempts(&self) -> &[$crate::Attempt] {
            &self.meta.attempts
        }

        /// The time from the first attempt to the answer, waits included.
        pub fn elapsed(&self) -> std::time::Duration {
            self.meta.elapsed
        }
    };
}

pub(crate) use meta_accessors;
