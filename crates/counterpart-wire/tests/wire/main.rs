//! Types written by hand exactly as the generator prints them, through every way of reading and writing.

mod by_type;
mod endless;
mod formats;
mod hostile;
mod in_order;
#[path = "../support/mutate.rs"]
mod mutate;
mod mutations;
mod objects;
mod paths;
mod properties;
mod repair;
mod tagged;
mod types;
