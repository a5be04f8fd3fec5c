//! What the service keeps: assistants, and threads with everything that happens in them.

use std::time::{SystemTime, UNIX_EPOCH};

use assistants_server::types::{Assistant, Message, Run, RunStep, Thread};

use crate::table::Table;

/// Everything.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) ids: Ids,
    pub(crate) assistants: Table<Assistant>,
    pub(crate) threads: Table<Conversation>,
}

/// A thread with its messages and runs, which go when it goes.
#[derive(Debug)]
pub(crate) struct Conversation {
    pub(crate) thread: Thread,
    pub(crate) messages: Table<Message>,
    pub(crate) runs: Table<Execution>,
}

/// A run with its steps.
#[derive(Debug)]
pub(crate) struct Execution {
    pub(crate) run: Run,
    pub(crate) steps: Table<RunStep>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            ids: Ids(0),
            assistants: Table::new("assistant"),
            threads: Table::new("thread"),
        }
    }
}

impl Conversation {
    pub(crate) fn new(thread: Thread) -> Self {
        Self {
            thread,
            messages: Table::new("message"),
            runs: Table::new("run"),
        }
    }
}

/// Gives out ids such as `asst_00000001`. Those of one kind sort in the order in which they were given out.
#[derive(Debug)]
pub(crate) struct Ids(u64);

impl Ids {
    pub(crate) fn next(&mut self, kind: &str) -> String {
        self.0 += 1;
        format!("{kind}_{:08}", self.0)
    }
}

/// The time in Unix seconds.
pub(crate) fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs().cast_signed())
}
