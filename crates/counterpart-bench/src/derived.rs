//! The types that one would write by hand: serde's derives, internally tagged enums where the API has tags, untagged
//! ones where it has none, `Option` for what may be missing or `null`. They keep what ours keep and no more: maps keep
//! their order, and what is always the same takes no room.

#![allow(
    missing_docs,
    reason = "the types are those of the API, which documents them"
)]

mod message;
mod run;
mod step;
mod thread;

pub use message::*;
pub use run::*;
pub use step::*;
pub use thread::*;

use serde::{Deserialize, Serialize};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub object: PageObject,
    pub data: Vec<T>,
    pub first_id: Option<String>,
    pub last_id: Option<String>,
    pub has_more: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PageObject {
    #[serde(rename = "list")]
    List,
}
