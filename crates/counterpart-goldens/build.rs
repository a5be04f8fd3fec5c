//! Accepted goldens in, one module for each out.
//!
//! A golden is a snapshot: a header between two lines `---`, then files, each under a line such as
//! `// ---- types/src/run.rs`. They are written to `OUT_DIR/<golden>/types/run.rs` and so on, and
//! `OUT_DIR/goldens.rs` declares the modules. `OUT_DIR/values.rs` lists all of their types, for a test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The line above a file.
const MARK: &str = "// ---- ";

fn main() {
    let goldens = Path::new("../counterpart-codegen/tests/goldens");
    println!("cargo::rerun-if-changed={}", goldens.display());
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));

    let (mut root, mut values) = (String::new(), String::new());
    for (name, text) in accepted(goldens) {
        println!("cargo::rerun-if-changed={}/{name}.snap", goldens.display());
        let mut crates = BTreeMap::new();
        let mut types = Types::default();
        for (path, text) in files(&text) {
            // `types/src/run.rs`: the crate, and the file in it.
            let Some((krate, file)) = path.split_once("/src/") else {
                continue;
            };
            if krate == "types" {
                types.add(&text);
            }
            let file = if file == "lib.rs" { "mod.rs" } else { file };
            let text = rehoused(&text, &name, krate);
            write(&out.join(&name).join(krate).join(file), &text);
            crates.insert(krate.to_owned(), ());
        }
        // What a server crate serves is no code, and not part of its golden.
        write(&out.join(&name).join("openapi.json"), "{}");
        root.push_str(&module(&name, crates.keys()));
        values.push_str(&types.listed(&name));
    }
    write(&out.join("goldens.rs"), &root);
    write(&out.join("values.rs"), &format!("[\n{values}]\n"));
}

/// The snapshots by name, without their headers.
fn accepted(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("the goldens are there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths
        .filter_map(|path| {
            let name = path
                .file_name()?
                .to_str()?
                .strip_suffix(".snap")?
                .to_owned();
            let text = fs::read_to_string(&path).expect("a golden can be read");
            let (_, text) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
            Some((name, text.to_owned()))
        })
        .collect()
}

/// The files of a golden: the path and the text of each.
fn files(golden: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in golden.lines() {
        match (line.strip_prefix(MARK), files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    files
}

/// The text of a file of a generated crate, as it must be to live in a module of this one.
///
/// A generated crate names its own root `crate` and its neighbours `demo_types` and so on. All of
/// these become absolute paths here, such as `counterpart_goldens::open_enum::types`, which hold
/// in code, in links and in the examples of docs alike. A macro, which lives at the root of its
/// crate, is named after its golden. Nothing else is changed.
fn rehoused(text: &str, golden: &str, krate: &str) -> String {
    let home = |krate: &str| format!("counterpart_goldens::{golden}::{krate}");
    let text = replaced(text, "crate::", &format!("{}::", home(krate)));
    let text = replaced(
        &text,
        "macro_rules! unanswered",
        &format!("macro_rules! unanswered_{golden}"),
    );
    // A crate knows the one with the types, and itself in its examples.
    ["types", krate].iter().fold(text, |text, krate| {
        replaced(&text, &format!("demo_{krate}"), &home(krate))
    })
}

/// `text` with `path` replaced wherever it is not the end of a longer name.
fn replaced(text: &str, path: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(path) {
        let before = part.strip_suffix(path);
        // `$crate` in a macro is right wherever the macro lives.
        let in_name = |before: &str| {
            before.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '$')
        };
        match before {
            Some(before) if !in_name(before) => {
                out.push_str(before);
                out.push_str(by);
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// The types of a crate of types.
#[derive(Default)]
struct Types {
    exported: Vec<String>,
    /// Those that are events of a stream.
    events: Vec<String>,
}

impl Types {
    /// Takes note of what a file exports, and of which of it are events.
    fn add(&mut self, text: &str) {
        let statements = text.split("\npub use ").skip(1);
        let paths = statements.filter_map(|rest| rest.split_once(';')?.0.split_once("::"));
        let own = paths.filter(|(module, _)| *module != "counterpart_wire");
        let names = own.flat_map(|(_, names)| names.split(['{', '}', ',']));
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        self.exported.extend(names.map(str::to_owned));

        let events = text.split("\nimpl Event for ").skip(1);
        let names = events.filter_map(|rest| rest.split_once(' '));
        self.events.extend(names.map(|(name, _)| name.to_owned()));
    }

    /// `("open_enum", vec![Type::of::<counterpart_goldens::open_enum::types::Status>("Status")]),`
    fn listed(&self, golden: &str) -> String {
        let types = self.exported.iter().map(|name| {
            let of = if self.events.contains(name) {
                "of_events"
            } else {
                "of"
            };
            format!("Type::{of}::<counterpart_goldens::{golden}::types::{name}>({name:?})")
        });
        let types: Vec<String> = types.collect();
        format!("    ({golden:?}, vec![{}]),\n", types.join(", "))
    }
}

fn module<'k>(name: &str, crates: impl Iterator<Item = &'k String>) -> String {
    let crates: String = crates
        .map(|krate| format!("    pub mod {krate};\n"))
        .collect();
    format!("/// What is generated from `{name}.yaml`.\npub mod {name} {{\n{crates}}}\n\n")
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("it is below OUT_DIR");
    fs::create_dir_all(folder).expect("OUT_DIR can be written");
    fs::write(path, text).expect("OUT_DIR can be written");
}
