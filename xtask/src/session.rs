//! What a command reads, and how it says what it has to say.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use counterpart_codegen::config::Config;
use counterpart_codegen::diag::{self, Diagnostics};
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::run::{self, Generated};

use super::flags::MessageFormat;

/// What a command reads and what there is to say about it.
pub struct Session {
    /// The texts that were read.
    pub sources: Sources,
    /// What is wrong with them.
    pub diags: Diagnostics,
    /// How that is said.
    pub format: MessageFormat,
}

impl Session {
    /// A session in which nothing was read.
    pub fn new(format: MessageFormat) -> Self {
        Self {
            sources: Sources::default(),
            diags: Diagnostics::default(),
            format,
        }
    }

    /// What is generated for a configuration.
    pub fn generated(&mut self, config: Option<Config>) -> Option<Vec<Generated>> {
        run::generate_all(config?, &mut self.sources, &mut self.diags)
    }

    /// Prints what is wrong, if anything is.
    pub fn print_diagnostics(&self) {
        if self.diags.items().is_empty() {
            return;
        }
        match self.format {
            MessageFormat::Text => {
                let color =
                    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
                let text = diag::render(&self.diags, &self.sources, color);
                eprintln!("{}", text.trim_end());
            }
            MessageFormat::Json => say(diag::render_json(&self.diags, &self.sources).trim_end()),
        }
    }

    /// Says what is wrong, and that this is the end.
    pub fn failed(&self) -> ExitCode {
        self.print_diagnostics();
        ExitCode::FAILURE
    }
}

/// `1 file`, `2 files`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Prints a line; whoever stopped listening (`| head`) is no error.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
