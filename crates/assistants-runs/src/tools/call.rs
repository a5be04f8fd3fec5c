//! The calls that a run asks for at once, and their outputs.

use std::fmt;

use assistants_client::types::{RunToolCall, ToolOutput};
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::timeout;

use super::output::ToolError;
use super::{Reaction, Tools};

/// A call of a function that ends the run.
#[derive(Debug)]
pub struct CallFailure {
    /// The call's id.
    pub call_id: String,
    /// The name by which the function was called.
    pub function: String,
    /// Why it failed.
    pub error: ToolError,
}

impl Tools {
    /// Answers the calls that a run asks for, several at a time, with their outputs in the order of the calls.
    ///
    /// The first that is to end the run is the error, and the others are dropped where they stand. This is for those
    /// who drive a run by hand; [`RunDriver`](crate::RunDriver) does it by itself.
    pub async fn answer(&self, calls: &[RunToolCall]) -> Result<Vec<ToolOutput>, CallFailure> {
        let answers: Vec<_> = calls
            .iter()
            .enumerate()
            .map(|call| self.one(call))
            .collect();
        // Not in order, so that what ends the run ends it at once.
        let mut answers: Vec<_> = stream::iter(answers)
            .buffer_unordered(self.at_once)
            .try_collect()
            .await?;
        answers.sort_unstable_by_key(|(index, _)| *index);
        Ok(answers.into_iter().map(|(_, output)| output).collect())
    }

    async fn one(&self, call: (usize, &RunToolCall)) -> Result<(usize, ToolOutput), CallFailure> {
        let (index, call) = call;
        let output = self.output(call).await?;
        let output = ToolOutput::new().tool_call_id(&call.id).output(output);
        Ok((index, output))
    }

    async fn output(&self, call: &RunToolCall) -> Result<String, CallFailure> {
        let name = call.function.name.as_str();
        let (error, reaction) = match self.begin(name, &call.function.arguments) {
            Err(reason) => (ToolError::new(reason), self.on_bad_call),
            Ok(calling) => match self.in_time(calling).await {
                Ok(output) => return Ok(output),
                Err(error) => (error, self.on_failure),
            },
        };
        tracing::debug!(function = name, call = call.id, "a tool call failed");
        if reaction == Reaction::TellModel && !error.ends_run() {
            return Ok(format!("Error: {error}"));
        }
        Err(CallFailure {
            call_id: call.id.clone(),
            function: name.to_owned(),
            error,
        })
    }

    async fn in_time(
        &self,
        calling: impl Future<Output = Result<String, ToolError>>,
    ) -> Result<String, ToolError> {
        match self.time_limit {
            None => calling.await,
            Some(limit) => timeout(limit, calling)
                .await
                .unwrap_or_else(|_| Err(ToolError::new(format!("no result within {limit:?}")))),
        }
    }

    fn begin(
        &self,
        name: &str,
        arguments: &str,
    ) -> Result<impl Future<Output = Result<String, ToolError>> + use<>, String> {
        let mut functions = self.functions.iter();
        match functions.find(|function| function.definition.name == name) {
            Some(function) => function.begin(arguments),
            None => Err(format!("there is no function `{name}`{}", self.known())),
        }
    }

    /// `; the functions are a, b`
    fn known(&self) -> String {
        let names = self
            .functions
            .iter()
            .map(|function| function.definition.name.as_str());
        let names: Vec<_> = names.collect();
        match names.as_slice() {
            [] => String::new(),
            names => format!("; the functions are {}", names.join(", ")),
        }
    }
}

impl fmt::Display for CallFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the function `{}` failed: {}", self.function, self.error)
    }
}

impl std::error::Error for CallFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.error.source())
    }
}
