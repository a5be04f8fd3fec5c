//! `cargo xtask show`

use std::process::ExitCode;

use counterpart_codegen::run::Generated;
use counterpart_codegen::show;
use counterpart_codegen::{config, emit};

use super::flags::{MessageFormat, Show};
use super::session::{Session, say};

/// Prints what each stage makes of one thing.
pub fn run(flags: &Show) -> ExitCode {
    let mut session = Session::new(MessageFormat::Text);
    let path = flags.config.path();
    let config = config::load(
        &path,
        &emit::packages(),
        &mut session.sources,
        &mut session.diags,
    );
    let Some(generated) = session.generated(config) else {
        return session.failed();
    };
    let mut near = None;
    for Generated { output, .. } in &generated {
        match show::show(output, &session.sources, &flags.name) {
            Ok(text) => {
                say(text.trim_end());
                return ExitCode::SUCCESS;
            }
            Err(name) => near = near.or(name),
        }
    }
    eprintln!(
        "error: no operation and no schema is called `{}`",
        flags.name
    );
    match near {
        Some(near) => eprintln!("help: did you mean `{near}`?"),
        None => eprintln!("help: name an `operationId`, a schema, a type, a method or a pointer"),
    }
    ExitCode::FAILURE
}
