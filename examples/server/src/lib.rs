//! A service that answers the whole Assistants API from memory: the example to copy from.
//!
//! [`Service`] implements `AssistantsApi`, the trait that is generated from the document; `main.rs` puts it on a
//! socket. Its assistant is an echo, so that it needs no model: a run is over as soon as it is created. An assistant
//! with a function first asks for a call of it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `api.rs` | the trait: a method for each operation, each a line or two |
//! | `assistants.rs`, `threads.rs`, `messages.rs`, `runs.rs`, `steps.rs` | what the operations on each resource do |
//! | `runner.rs` | how a run comes from its start to its end, and the events on the way |
//! | `state.rs`, `table.rs`, `page.rs`, `change.rs` | what is kept, how it is found, listed and changed |

#![deny(missing_docs)]

mod api;
mod assistants;
mod change;
mod messages;
mod page;
mod runner;
mod runs;
mod state;
mod steps;
mod table;
mod threads;

use std::sync::{Mutex, MutexGuard, PoisonError};

use state::State;

/// An Assistants API that forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct Service {
    state: Mutex<State>,
}

impl Service {
    /// A service that holds nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is kept. No method waits for anything while it holds this.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
