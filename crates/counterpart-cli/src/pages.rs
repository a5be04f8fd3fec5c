//! Every page of a list, one after the other; no more than one is held.

use std::io::IsTerminal;

use counterpart_client::Http;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::call::{self, Answer};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::Output;
use crate::program::{Command, Flag, Pages};

/// Fetches page after page and prints the items.
pub(crate) async fn all(
    http: &Http,
    command: &'static Command,
    pages: Pages,
    mut input: Input,
    output: &mut Output,
) -> Result<(), Failure> {
    let cursor = command.flags.iter().find(|flag| flag.wire == pages.cursor);
    let bar = bar();
    output.begin()?;
    loop {
        let Answer::Json(page) = call::send(http, command, &input).await? else {
            break;
        };
        let items = page.get(pages.items).and_then(Value::as_array);
        let items = items.map(Vec::as_slice).unwrap_or_default();
        output.page(&page, items)?;
        bar.inc(items.len() as u64);
        // The official clients stop at an empty page or an item without a cursor, too.
        let more = pages
            .more
            .is_none_or(|more| page.get(more) == Some(&Value::Bool(true)));
        let next = items
            .last()
            .and_then(|item| item.get(pages.id))
            .filter(|id| id.is_string());
        match (more, next, cursor) {
            (true, Some(next), Some(cursor)) => follow(&mut input, cursor, next.clone()),
            _ => break,
        }
    }
    bar.finish_and_clear();
    output.end()
}

fn follow(input: &mut Input, cursor: &'static Flag, next: Value) {
    input
        .parameters
        .retain(|(flag, _)| flag.wire != cursor.wire);
    input.parameters.push((cursor, next));
}

/// A count of the items while they come, where they do not go to the terminal themselves.
fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} items, {elapsed}") {
        bar.set_style(style);
    }
    bar
}
