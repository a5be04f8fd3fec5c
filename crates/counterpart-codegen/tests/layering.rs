//! The rules of the architecture, looked for in the sources: which stage may know what.

use std::path::{Path, PathBuf};

use crate::support;

/// A source file of the generator.
struct Source {
    /// Its path below `src`.
    path: PathBuf,
    /// Its whole text.
    text: String,
}

impl Source {
    /// The lines that are code, with their numbers: neither comments nor tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        let lines = lines.take_while(|(_, line)| *line != "#[cfg(test)]" || !self.ends_in_tests());
        let numbered = lines.map(|(index, line)| (index + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether `#[cfg(test)]` begins a module of tests at the end, not a `mod tests;`.
    fn ends_in_tests(&self) -> bool {
        self.text.contains("#[cfg(test)]\nmod tests {")
    }

    fn is_below(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// Every source of the generator that is no test.
fn sources() -> Vec<Source> {
    let is_test =
        |path: &Path| path.ends_with("tests.rs") || path.iter().any(|step| step == "tests");
    support::files_below("src", ".rs")
        .into_iter()
        .map(|path| Source {
            text: support::text(&path).unwrap(),
            path: path.strip_prefix("src").unwrap().to_owned(),
        })
        .filter(|source| !is_test(&source.path))
        .collect()
}

/// Whether a line names a crate, a module or a type by this word.
fn names(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Reports each line outside of `allowed`, files or folders below `src`, for which `found` is
/// true.
fn only_in(allowed: &[&str], rule: &str, found: impl Fn(&str) -> bool) {
    let mut seen = 0;
    let mut wrong = String::new();
    for source in sources() {
        let is_allowed = allowed.iter().any(|folder| source.is_below(folder));
        for (number, line) in source.code().filter(|(_, line)| found(line)) {
            seen += 1;
            if !is_allowed {
                wrong.push_str(&format!("src/{}:{number}: {line}\n", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{rule}:\n{wrong}");
    assert!(
        seen > 0,
        "{rule}: nothing of the kind is anywhere, so this rule looks for the wrong thing"
    );
}

#[test]
fn yaml_and_json_path_are_known_to_load_alone() {
    let rule = "only `load` reads YAML and evaluates JSONPath";
    only_in(&["load"], rule, |line| names(line, "saphyr_parser"));
    only_in(&["load"], rule, |line| names(line, "serde_json_path"));
}

#[test]
fn toml_is_known_to_the_configuration_alone() {
    only_in(&["config"], "only `config` reads TOML", |line| {
        line.contains("toml::") || line.contains("use toml")
    });
}

#[test]
fn casing_is_done_in_name_alone() {
    only_in(&["name"], "an identifier is born in `name`", |line| {
        names(line, "heck")
    });
}

#[test]
fn tokens_are_made_in_emit_and_printed_in_print() {
    let rule = "tokens are the business of `emit` and `print`";
    only_in(&["emit"], rule, |line| {
        line.contains("quote!") || line.contains("quote::")
    });
    // `name` asks what the compiler would take for an identifier, and makes none.
    let name = "name";
    only_in(&["emit", "print", name], rule, |line| {
        names(line, "proc_macro2")
    });
    only_in(&["print", name], rule, |line| names(line, "syn"));
    only_in(&["print"], rule, |line| names(line, "prettyplease"));
}

#[test]
fn the_disk_is_touched_in_two_places() {
    let rule = "only `write` and `load/file.rs` touch the disk";
    only_in(&["write", "load/file.rs"], rule, |line| {
        line.contains("std::fs") || line.contains("fs::") || line.contains("File::open")
    });
}

#[test]
fn stages_know_only_what_comes_before_them() {
    let after: [(&str, &[&str]); 7] = [
        (
            "api",
            &["lower", "name", "plan", "emit", "print", "write", "config"],
        ),
        (
            "load",
            &[
                "api", "lower", "name", "plan", "emit", "print", "write", "config",
            ],
        ),
        (
            "lower",
            &["name", "plan", "emit", "print", "write", "config"],
        ),
        (
            "name",
            &["lower", "plan", "emit", "print", "write", "config"],
        ),
        ("plan", &["lower", "emit", "print", "write"]),
        ("emit", &["api::Api", "lower", "name", "print", "write"]),
        ("print", &["api", "lower", "name", "plan", "write"]),
    ];
    for (stage, later) in after {
        for source in sources().iter().filter(|source| source.is_below(stage)) {
            // The word that marks what is generated is written where it is looked for.
            let code = source
                .code()
                .filter(|(_, line)| !line.contains("crate::write::MARKER"));
            for (number, line) in code {
                let later = later
                    .iter()
                    .find(|later| line.contains(&format!("crate::{later}")));
                assert!(
                    later.is_none(),
                    "src/{}:{number}: {line}",
                    source.path.display()
                );
            }
        }
    }
}

#[test]
fn emitters_do_not_know_each_other() {
    let packages = counterpart_codegen::emit::packages();
    let words: Vec<&str> = packages.iter().map(|package| package.word()).collect();
    for source in sources().iter().filter(|source| source.is_below("emit")) {
        let own = source
            .path
            .iter()
            .nth(1)
            .and_then(|step| step.to_str())
            .unwrap_or_default();
        for other in words.iter().filter(|other| **other != own) {
            for (number, line) in source.code() {
                let paths = [format!("emit::{other}"), format!("super::{other}::")];
                let import = paths.iter().any(|path| line.contains(path.as_str()));
                assert!(!import, "src/{}:{number}: {line}", source.path.display());
            }
        }
    }
}

/// What iterates over a `HashMap` comes in another order each time.
#[test]
fn hash_maps_are_looked_up_and_never_walked() {
    let sources = sources();
    let mut maps = Vec::new();
    for source in &sources {
        for (number, line) in source.code().filter(|(_, line)| names(line, "HashMap")) {
            let place = format!("src/{}:{number}: {line}", source.path.display());
            assert!(
                source.is_below("lower") || source.is_below("name"),
                "{place}"
            );
            if let Some((name, _)) = line.trim().split_once(": HashMap<") {
                maps.push((source, name.trim_start_matches("let mut ").to_owned(), name));
            }
        }
    }
    assert!(
        !maps.is_empty(),
        "nothing is a `HashMap`, so this rule looks for the wrong thing"
    );
    for (holder, name, declared) in maps {
        let is_local = declared.starts_with("let ");
        let reach = sources.iter().filter(|source| match is_local {
            true => source.path == holder.path,
            // A field is in reach of its whole module.
            false => source.path.parent() == holder.path.parent(),
        });
        let of = if is_local { "" } else { "self." };
        for source in reach {
            for walk in [
                "iter",
                "keys",
                "values",
                "into_iter",
                "drain",
                "retain",
                "values_mut",
            ] {
                let walked = format!("{of}{name}.{walk}(");
                let found = source.code().find(|(_, line)| line.contains(&walked));
                assert_eq!(found, None, "src/{}", source.path.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for source in sources() {
        let first = source.text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! "),
            "src/{}: {first}",
            source.path.display()
        );
    }
}

#[test]
fn no_file_is_too_long() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(
            lines <= 600,
            "src/{} has {lines} lines: split it",
            source.path.display()
        );
    }
}

#[test]
fn input_never_panics_and_nothing_is_left_undone() {
    for source in sources() {
        for (number, line) in source.code() {
            let place = format!("src/{}:{number}: {line}", source.path.display());
            for bad in [".unwrap()", "todo!", "unimplemented!", "dbg!", "unsafe "] {
                assert!(!line.contains(bad), "{place}");
            }
            // The examples that a client crate and the reference show print something.
            let shows = source.is_below("emit") || source.is_below("plan/reference");
            assert!(shows || !line.contains("println!"), "{place}");
            // Only our own mistakes may end the program, and they say so.
            for panic in [".expect(\"", "panic!(\"", "unreachable!(\""] {
                let said = line
                    .split(panic)
                    .skip(1)
                    .all(|message| message.starts_with("bug: "));
                assert!(said, "{place}");
            }
        }
    }
}

#[test]
fn no_path_of_a_machine_is_in_the_sources() {
    for folder in ["src", "tests", "benches"] {
        for path in support::files_below(folder, "") {
            let Some(text) = support::text(&path) else {
                continue;
            };
            for root in ["/work", "/root", "/home", "/tmp"] {
                let root = format!("{root}/");
                assert!(!text.contains(&root), "{} has `{root}`", path.display());
            }
        }
    }
}
