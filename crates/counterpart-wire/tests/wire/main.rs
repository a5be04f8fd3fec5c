//! Types written by hand exactly as the generator prints them, through every way of reading and writing.

mod by_type;
mod formats;
mod hostile;
mod in_order;
mod objects;
mod paths;
mod properties;
mod repair;
mod tagged;
mod types;
