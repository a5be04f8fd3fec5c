//! The document's words in terms of the command line: operations are commands, and properties are flags.
//!
//! In: "`listMessages` has them, unless `stream: true` is set". Out: "`list-messages` has them, unless `--stream` is
//! set".

use std::collections::BTreeMap;

use super::CommandPlan;

/// Rewrites what is said of a command and its flags; `commands` has the command of each operation.
pub(super) fn translate(command: &mut CommandPlan, commands: &BTreeMap<&str, String>) {
    let mut flags: BTreeMap<String, String> = BTreeMap::new();
    for flag in &command.flags {
        flags.insert(flag.wire.clone(), format!("--{}", flag.name));
    }
    let events = command.events.as_ref();
    if let Some(switch) = events.and_then(|events| events.switch.as_ref()) {
        flags.insert(switch.clone(), "--stream".to_owned());
        flags.insert(format!("{switch}: true"), "--stream".to_owned());
    }
    let word = |code: &str| commands.get(code).or_else(|| flags.get(code)).cloned();
    command.about = rewritten(&command.about, word);
    command.details = rewritten(&command.details, word);
    for flag in &mut command.flags {
        flag.help = rewritten(&flag.help, word);
    }
}

/// The text with other words between its backticks. A line may end between them.
fn rewritten(text: &str, word: impl Fn(&str) -> Option<String>) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(position, part)| match position % 2 {
        1 => word(part).unwrap_or_else(|| part.to_owned()),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_rewritten() {
        let word = |code: &str| (code == "getRun").then(|| "get-run".to_owned());
        assert_eq!(
            rewritten("See `getRun`, not getRun or `x`.", word),
            "See `get-run`, not getRun or `x`."
        );
    }
}
