//! The functions that a run may ask for: typed async functions, with the schemas that the model is shown.
//!
//! Arguments are types that derive `serde::Deserialize` and `schemars::JsonSchema`.
//!
//! ```
//! use assistants_runs::{Json, ToolError, Tools};
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, JsonSchema)]
//! struct Place {
//!     /// The city and its country, such as "Bergen, Norway".
//!     city: String,
//! }
//!
//! #[derive(Serialize)]
//! struct Weather {
//!     celsius: f64,
//! }
//!
//! async fn weather(place: Place) -> Result<Json<Weather>, ToolError> {
//!     let celsius: f64 = if place.city.ends_with("Norway") { "9.5".parse()? } else { 21.0 };
//!     Ok(Json(Weather { celsius }))
//! }
//!
//! let tools = Tools::new()
//!     .function("get_weather", "The weather in a city right now.", weather)
//!     .function("get_time", "The time, in Unix seconds.", |(): ()| async { 1_700_000_000_i64 });
//! assert_eq!(tools.definitions().len(), 2);
//! ```

mod call;
mod function;
mod output;
mod schema;

use std::time::Duration;

use assistants_client::types::{FunctionDefinition, FunctionTool, Tool};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use call::CallFailure;
pub use output::{IntoOutput, Json, ToolError};

use function::Function;

/// Functions by their names. Cloning them is cheap.
#[derive(Debug, Clone)]
pub struct Tools {
    functions: Vec<Function>,
    at_once: usize,
    time_limit: Option<Duration>,
    on_failure: Reaction,
    on_bad_call: Reaction,
}

/// What happens when a call of a function does not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// The model gets the error's text in place of an output, and may do better. What the text says, the model may tell
    /// its user.
    TellModel,
    /// The run is cancelled, and driving it is an error.
    EndRun,
}

impl Default for Tools {
    fn default() -> Self {
        Self {
            functions: Vec::new(),
            at_once: 8,
            time_limit: None,
            on_failure: Reaction::TellModel,
            on_bad_call: Reaction::TellModel,
        }
    }
}

impl Tools {
    /// No functions yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function, in place of one of the same name.
    ///
    /// The schema of its arguments is derived from their type, whose doc comments the model gets to read. It is made
    /// to fit the strict mode: every property is required, an `Option` may be `null`, and no others are allowed. Where
    /// a type cannot fit, as with maps and free JSON, the definition is not strict.
    ///
    /// An object of arguments should be a struct. Anything else, such as a `String`, is asked for as the property
    /// `value` of an object, and `()` as an object without properties.
    ///
    /// The output is text, or [`Json`] of anything that serializes, or a `Result` of them; see [`IntoOutput`].
    pub fn function<A, R, F>(
        mut self,
        name: impl Into<String>,
        description: impl Into<String>,
        function: impl Fn(A) -> F + Send + Sync + 'static,
    ) -> Self
    where
        A: DeserializeOwned + JsonSchema + Send + 'static,
        F: Future<Output = R> + Send + 'static,
        R: IntoOutput,
    {
        let parameters = schema::parameters::<A>();
        let mut definition = FunctionDefinition::new(name)
            .description(description)
            .parameters(parameters.schema);
        if parameters.is_strict {
            definition = definition.strict(true);
        }
        self.add(Function::typed(definition, parameters.shape, function));
        self
    }

    /// Adds a function that is defined by hand and gets its arguments as JSON.
    pub fn defined<R, F>(
        mut self,
        definition: FunctionDefinition,
        function: impl Fn(Value) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: IntoOutput,
    {
        let shape = schema::Shape::Object;
        self.add(Function::typed(definition, shape, function));
        self
    }

    /// How many of the calls that a run asks for at once are under way at the same time; 8 unless told, at least 1.
    pub fn at_once(mut self, calls: usize) -> Self {
        self.at_once = calls.max(1);
        self
    }

    /// How long each call may take; no limit unless told. One that takes longer is dropped, and has failed.
    ///
    /// A run itself waits for its outputs for some minutes only, until its `expires_at`.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// What happens when a function fails; the model is told unless told otherwise.
    pub fn on_failure(mut self, reaction: Reaction) -> Self {
        self.on_failure = reaction;
        self
    }

    /// What happens when the model calls a function that there is not, or with arguments that are no JSON or do not
    /// fit; the model is told unless told otherwise.
    pub fn on_bad_call(mut self, reaction: Reaction) -> Self {
        self.on_bad_call = reaction;
        self
    }

    /// The functions as a request declares them, in the order in which they were added:
    /// `CreateAssistantRequest::new("gpt-4o").tools(tools.definitions())`.
    pub fn definitions(&self) -> Vec<Tool> {
        let definitions = self.functions.iter().map(|function| &function.definition);
        definitions
            .map(|definition| FunctionTool::new(definition.clone()).into())
            .collect()
    }

    fn add(&mut self, function: Function) {
        let name = &function.definition.name;
        self.functions
            .retain(|other| other.definition.name != *name);
        self.functions.push(function);
    }
}
