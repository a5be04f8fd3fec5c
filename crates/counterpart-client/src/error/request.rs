//! Arguments that no request can be made of.

use std::sync::Arc;

use counterpart_wire::EncodeError;
use counterpart_wire::params::ParamError;

use crate::ConfigError;

/// An argument is not valid, and nothing was sent.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{operation}: {problem}; nothing was sent")]
pub struct RequestError {
    operation: &'static str,
    problem: RequestProblem,
}

/// What is wrong with an argument.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum RequestProblem {
    /// A parameter cannot be written.
    #[error("{0}")]
    Param(ParamError),
    /// A header's name, or its value, has a character that headers cannot carry.
    #[error("the header `{name}` has a character that a header cannot carry")]
    Header {
        /// The header's name.
        name: String,
    },
    /// The body cannot be encoded.
    #[error("the body cannot be encoded: {0}")]
    Body(Arc<EncodeError>),
    /// A field that is added to the body cannot be encoded.
    #[error("the field `{name}` cannot be encoded: {reason}")]
    Field {
        /// The field's name.
        name: String,
        /// What is wrong with its value.
        reason: String,
    },
    /// Fields were added to a body that is no JSON object.
    #[error("fields can be added only to a body that is a JSON object")]
    NoObject,
    /// The client that the call was to be sent by cannot be built.
    #[error("{0}")]
    Config(Arc<ConfigError>),
    /// The path does not make a URL.
    #[error("`{path}` makes no URL with its arguments (65,534 bytes are the limit)")]
    Url {
        /// The template of the path.
        path: &'static str,
    },
}

impl RequestError {
    pub(crate) fn new(operation: &'static str, problem: RequestProblem) -> Self {
        Self { operation, problem }
    }

    /// The operation's id in the document.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong.
    pub fn problem(&self) -> &RequestProblem {
        &self.problem
    }
}
