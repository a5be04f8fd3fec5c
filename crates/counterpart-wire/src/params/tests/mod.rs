//! Tests of parameters: the table of the specification, what is refused, and that all text comes back as it went.

mod json;
mod refusals;
mod round_trips;
mod table;
mod types;
