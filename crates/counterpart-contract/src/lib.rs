//! A generated client against a generated server, in process: what the test of each operation needs.
//!
//! In: a document. Out: an [`Exchange`] for every reply that it lists for an operation, with values made from the
//! schemas. The service answers with what the exchange holds, the router's bodies come byte by byte, and what the client
//! makes of them is compared with what the types make of the same values.
//!
//! ```
//! use counterpart_contract::exchanges;
//!
//! let document = r#"{"paths": {"/pets": {"get": {"operationId": "listPets", "responses": {
//!     "200": {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}}},
//!     "404": {}
//! }}}}}"#;
//! let replies: Vec<_> = exchanges(document, "listPets").iter().map(|it| it.reply().0.to_owned()).collect();
//! assert_eq!(replies, ["200", "200", "404", "404"]);
//! ```

#![deny(missing_docs)]

mod bytewise;
mod check;
mod exchange;

pub use bytewise::bytewise;
pub use exchange::{Exchange, exchanges};
