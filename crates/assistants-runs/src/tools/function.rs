//! One function: its definition, and how it is called with the text that a model wrote.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use assistants_client::types::FunctionDefinition;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::output::{IntoOutput, ToolError};
use super::schema::Shape;

/// A function with its definition.
#[derive(Clone)]
pub(super) struct Function {
    pub(super) definition: FunctionDefinition,
    call: Arc<Callable>,
}

type Callable = dyn Fn(&str) -> Result<Calling, String> + Send + Sync;

/// A call under way.
type Calling = Pin<Box<dyn Future<Output = Result<String, ToolError>> + Send>>;

impl Function {
    pub(super) fn typed<A, R, F>(
        definition: FunctionDefinition,
        shape: Shape,
        function: impl Fn(A) -> F + Send + Sync + 'static,
    ) -> Self
    where
        A: DeserializeOwned,
        F: Future<Output = R> + Send + 'static,
        R: IntoOutput,
    {
        let call = move |arguments: &str| {
            let output = function(read(arguments, shape)?);
            Ok(Box::pin(async move { output.await.into_output() }) as Calling)
        };
        Self {
            definition,
            call: Arc::new(call),
        }
    }

    /// Begins a call. The error says to the model what is wrong with the arguments.
    pub(super) fn begin(&self, arguments: &str) -> Result<Calling, String> {
        (self.call)(arguments)
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Function").field(&self.definition).finish()
    }
}

/// The arguments as a value, or what is wrong with them.
fn read<A: DeserializeOwned>(arguments: &str, shape: Shape) -> Result<A, String> {
    // Models leave the text empty where there is nothing to say.
    let text = match arguments.trim() {
        "" => "{}",
        text => text,
    };
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("the arguments are not valid JSON: {error}"))?;
    let value = shape.unwrapped(value)?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let (path, reason) = (error.path().to_string(), error.inner());
        match path.as_str() {
            "." => format!("the arguments do not fit the function: {reason}"),
            path => format!("the argument `{path}` does not fit the function: {reason}"),
        }
    })
}
