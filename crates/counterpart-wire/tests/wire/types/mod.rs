//! Types in the shape that the generator prints.

#![expect(
    unreachable_pub,
    reason = "generated types are public, and these stand as they are generated"
)]

mod enums;
mod run;
mod unions;
mod variants;

pub use enums::{ErrorCode, RunStatus};
pub use run::{Labels, Page, Run, RunLastError};
pub use unions::{MessageContent, Part, Pet, ResponseFormat, Shape, Tool};
pub use variants::{Cat, Circle, CodeInterpreterTool, Dog, FunctionTool, FunctionToolFunction};
pub use variants::{Group, ImagePart, JsonObjectFormat, Square, TextPart};

use counterpart_wire::IndexMap;

/// A map that is an alias.
pub type Metadata = IndexMap<String, String>;
