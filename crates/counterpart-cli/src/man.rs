//! The man page: the program and every command.

use crate::help;
use crate::program::{Command, Program};

/// The page, in the language of `man`.
pub(crate) fn page(program: &Program) -> String {
    let name = plain(program.name);
    let version = plain(program.version);
    let mut page = format!(".TH {name} 1 \"\" \"{name} {version}\"\n");
    page.push_str(&format!(".SH NAME\n{name} \\- {}\n", plain(program.about)));
    let usage = help::root_usage(program);
    page.push_str(&format!(".SH SYNOPSIS\n{}\n.SH OPTIONS\n", plain(&usage)));
    for (call, about) in help::COMMON {
        page.push_str(&entry(call, about));
    }
    page.push_str(".SH COMMANDS\n");
    for command in program.commands {
        page.push_str(&section(program, command));
    }
    let own = help::OWN.iter();
    for (own, call, about) in own.filter(|(own, ..)| help::is_free(program, own)) {
        page.push_str(&format!(".SS {own}\n{}.\n", plain(about)));
        page.push_str(&format!(".PP\n{name} {}\n", plain(call)));
    }
    let variables = program.config.variables();
    if !variables.is_empty() {
        page.push_str(&format!(".SH ENVIRONMENT\n{}\n", variables.join(", ")));
    }
    page.push_str(&format!(".SH EXIT STATUS\n{}\n", plain(help::CODES)));
    page
}

/// What is said of a command.
fn section(program: &Program, command: &Command) -> String {
    let mut text = format!(".SS {}\n{}.\n", plain(command.name), plain(command.about));
    for paragraph in command.details.lines().filter(|line| !line.is_empty()) {
        text.push_str(&format!(".PP\n{}\n", plain(paragraph)));
    }
    let usage = help::command_usage(program, command);
    text.push_str(&format!(".PP\n{}\n", plain(&usage)));
    for (call, about) in help::options(command) {
        text.push_str(&entry(&call, &about));
    }
    text
}

fn entry(call: &str, about: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}\n", plain(call), plain(about))
}

/// Text without what `man` takes for its own: strokes, hyphens, and a dot or a quote that begins a line.
fn plain(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.starts_with(['.', '\'']) {
        true => format!("\\&{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_request() {
        assert_eq!(plain(".TH a-b"), "\\&.TH a\\-b");
        assert_eq!(plain("a\\b"), "a\\eb");
    }
}
