//! What the tests share: a fixture's name in, what the generator made of it out.

pub mod summary;

use std::fs;
use std::path::{Path, PathBuf};

use counterpart_codegen::config::{self, Config};
use counterpart_codegen::diag::{self, Diagnostics};
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::load::{self, Document};
use counterpart_codegen::{Output, emit, from_document};

/// The folder of this crate.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of this crate, if it is there.
pub fn text(path: impl AsRef<Path>) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}

/// The names of the files with this ending in a folder of this crate, sorted, without it.
pub fn stems(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let stems = names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned));
    let mut stems: Vec<String> = stems.filter(|stem| !stem.contains('.')).collect();
    stems.sort();
    stems
}

/// Every file below a folder of this crate with this ending, by its path in the crate.
pub fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root().join(&path).is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A document of a test: the texts that it is made of.
pub struct Case {
    /// What it is called, in messages too.
    pub name: String,
    /// The document.
    pub document: String,
    /// An overlay for it.
    pub overlay: Option<String>,
    /// Lines for its table in the configuration.
    pub config: String,
    /// The files that it may refer to: the path of each and its text.
    pub beside: Vec<(String, String)>,
}

impl Case {
    /// A case without overlay.
    pub fn of(name: &str, document: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            document: document.into(),
            overlay: None,
            config: String::new(),
            beside: Vec::new(),
        }
    }

    /// `tests/<folder>/<name>.yaml`, with `.overlay.yaml` and `.toml` beside it if there
    /// are any, and the files of the folder `<name>` for it to refer to.
    pub fn read(folder: &str, name: &str) -> Self {
        let part = |ending: &str| text(format!("tests/{folder}/{name}{ending}"));
        Self {
            name: name.to_owned(),
            document: part(".yaml").unwrap_or_else(|| panic!("there is no {folder}/{name}.yaml")),
            overlay: part(".overlay.yaml"),
            config: part(".toml").unwrap_or_default(),
            beside: beside(folder, name),
        }
    }

    /// The document of the repository, with its overlay.
    pub fn assistants() -> Self {
        let spec = |name: &str| text(format!("../../spec/{name}")).expect("the document");
        Self {
            name: "assistants".to_owned(),
            document: spec("assistants.yaml"),
            overlay: Some(spec("assistants.overlay.yaml")),
            config: "formats = { uri = \"string\" }".to_owned(),
            beside: Vec::new(),
        }
    }

    /// Runs the pipeline; `None` when it stops, and `diags` says why.
    pub fn run(&self, sources: &mut Sources, diags: &mut Diagnostics) -> Option<Output> {
        let config = self.configuration(sources, diags)?;
        let document = self.load(sources, diags)?;
        from_document(document, &config.apis[0], diags)
    }

    /// Only the document, loaded.
    pub fn load(&self, sources: &mut Sources, diags: &mut Diagnostics) -> Option<Document> {
        let name = |ending: &str| format!("{}{ending}", self.name);
        let overlay_name = name(".overlay.yaml");
        let overlay = self.overlay.as_deref();
        let overlays: Vec<_> = overlay
            .iter()
            .map(|text| (overlay_name.as_str(), *text))
            .collect();
        let beside = self.beside.iter();
        let beside: Vec<_> = beside
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let (name, text) = (name(".yaml"), &self.document);
        load::document_from_texts(&name, text, &overlays, &beside, sources, diags)
    }

    /// Only the configuration.
    pub fn configuration(&self, sources: &mut Sources, diags: &mut Diagnostics) -> Option<Config> {
        // A document without operations makes no client and no server.
        let is_bare = self.document.contains("\npaths: {}") && !self.config.contains("crates");
        let crates = match is_bare {
            true => "crates = [\"types\"]\n",
            false => "",
        };
        let text = format!(
            "[[api]]\nname = \"demo\"\ndocument = \"spec/{}.yaml\"\n\
             output = \"generated\"\nruntime = \"crates\"\n{crates}{}",
            self.name, self.config
        );
        config::text(
            "counterpart.toml",
            &text,
            Path::new(""),
            &emit::packages(),
            sources,
            diags,
        )
    }

    /// What the generator makes of it, which must go without a word.
    pub fn output(&self) -> Output {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let output = self.run(&mut sources, &mut diags);
        let told = diag::render(&diags, &sources, false);
        assert!(told.is_empty(), "{}:\n{told}", self.name);
        output.unwrap_or_else(|| panic!("{}: nothing was made, and nothing said", self.name))
    }

    /// What the generator makes of it, whatever it warns of.
    pub fn output_despite_warnings(&self) -> Output {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let output = self.run(&mut sources, &mut diags);
        output.unwrap_or_else(|| panic!("{}", diag::render(&diags, &sources, false)))
    }

    /// What the generator says of it.
    pub fn told(&self) -> String {
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        self.run(&mut sources, &mut diags);
        diag::render(&diags, &sources, false)
    }
}

/// The files of `tests/<folder>/<name>/`, by their paths from `tests/<folder>`.
fn beside(folder: &str, name: &str) -> Vec<(String, String)> {
    let folder = PathBuf::from("tests").join(folder);
    if !root().join(&folder).join(name).is_dir() {
        return Vec::new();
    }
    let paths = files_below(&folder.join(name).to_string_lossy(), "").into_iter();
    let files = paths.map(|path| {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy();
        (name.into_owned(), text(&path).unwrap())
    });
    files.collect()
}

/// What the generator makes of a fixture.
pub fn fixture(name: &str) -> Output {
    Case::read("fixtures", name).output()
}

/// What is to be said where the accepted text at `path` is another than this one; nothing where it is not, or where
/// accepted texts are to be rewritten.
pub fn unlike_accepted(path: &str, told: &str) -> String {
    let accepted = text(path).unwrap_or_default();
    if accepted == told {
        return String::new();
    }
    if updates() {
        fs::write(root().join(path), told).expect("a text is written");
        return String::new();
    }
    format!("== {path}\n-- accepted\n{accepted}-- now\n{told}\n")
}

/// Whether accepted texts are to be rewritten: the switch that `insta` has.
pub fn updates() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always")
}
