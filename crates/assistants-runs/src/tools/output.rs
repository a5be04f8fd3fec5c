//! What functions give back: outputs as text, and errors.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A value that a function may return: the text that the model gets.
///
/// Text goes as it is, numbers and booleans as JSON writes them, `()` as `done`, and [`Json`] as JSON. A `Result` of
/// these is one as well; its error may be any that converts into a [`ToolError`].
pub trait IntoOutput {
    /// The text, or why there is none.
    fn into_output(self) -> Result<String, ToolError>;
}

/// A value that goes to the model as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

/// Why a function failed. Made by `?` from any error, or from a text.
///
/// Like other types that any error converts into, it is not an error of its own; [`ToolError::source`] is.
pub struct ToolError {
    source: Box<dyn Error + Send + Sync>,
    ends_run: bool,
}

impl ToolError {
    /// With a reason: an error or a text.
    pub fn new(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: reason.into(),
            ends_run: false,
        }
    }

    /// Ends the run, even where the model would otherwise be told of errors.
    pub fn end_run(mut self) -> Self {
        self.ends_run = true;
        self
    }

    /// Whether the run is to end, however other errors are handled.
    pub fn ends_run(&self) -> bool {
        self.ends_run
    }

    /// The reason.
    pub fn source(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.source
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for ToolError {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl fmt::Debug for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToolError")
            .field("source", &self.source)
            .field("ends_run", &self.ends_run)
            .finish()
    }
}

impl<T: IntoOutput, E: Into<ToolError>> IntoOutput for Result<T, E> {
    fn into_output(self) -> Result<String, ToolError> {
        self.map_err(Into::into)?.into_output()
    }
}

impl<T: Serialize> IntoOutput for Json<T> {
    fn into_output(self) -> Result<String, ToolError> {
        Ok(serde_json::to_string(&self.0)?)
    }
}

impl IntoOutput for () {
    fn into_output(self) -> Result<String, ToolError> {
        Ok("done".to_owned())
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {
        $(impl IntoOutput for $type {
            fn into_output(self) -> Result<String, ToolError> {
                Ok(self.to_string())
            }
        })*
    };
}

displayed!(
    &str,
    Cow<'_, str>,
    bool,
    i32,
    i64,
    u32,
    u64,
    usize,
    f32,
    f64,
    Value
);

impl IntoOutput for String {
    fn into_output(self) -> Result<String, ToolError> {
        Ok(self)
    }
}
