//! The document of a fixture, with its overlay, as the generator understands it.

use counterpart_codegen::Output;
use counterpart_codegen::api::{Api, Use};
use counterpart_codegen::diag::{self, Diagnostics};
use counterpart_codegen::load::{self, tree::Sources};
use counterpart_codegen::{config, emit, from_document};
use std::path::Path;

/// A document, and what became of it.
pub(crate) struct Fixture {
    /// What it is called.
    pub(crate) name: &'static str,
    output: Output,
}

impl Fixture {
    /// The fixture of a golden.
    pub(crate) fn of(name: &'static str) -> Self {
        let part = |ending: &str| std::fs::read_to_string(folder().join(format!("{name}{ending}")));
        let document = part(".yaml").expect("a golden has a fixture");
        let overlay = part(".overlay.yaml").ok();
        let overlays: Vec<_> = overlay
            .iter()
            .map(|text| ("overlay", text.as_str()))
            .collect();

        let beside = beside(name);
        let beside: Vec<_> = beside
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();

        let (sources, diags) = (&mut Sources::default(), &mut Diagnostics::default());
        let config = configuration(&part(".toml").unwrap_or_default());
        let config = config::text(
            "counterpart.toml",
            &config,
            Path::new(""),
            &emit::packages(),
            sources,
            diags,
        );
        let config = config.expect("the configuration is right");
        // Files that refer back to the document call it by the name of its file.
        let file = format!("{name}.yaml");
        let document =
            load::document_from_texts(&file, &document, &overlays, &beside, sources, diags);
        let told = || diag::render(diags, sources, false);
        let document = document.unwrap_or_else(|| panic!("{}", told()));
        let output = from_document(document, &config.apis[0], diags);
        let output = output.expect("the document is right");
        Self { name, output }
    }

    /// What the service is.
    pub(crate) fn api(&self) -> &Api {
        &self.output.api
    }

    /// The types that are generated, by name.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let types = self.output.names.types().iter();
        types.map(|(_, name)| name.as_str())
    }

    /// The schema of a type.
    pub(crate) fn schema_of(&self, name: &str) -> Use {
        let mut types = self.output.names.types().iter();
        let found = types.find(|(_, known)| known == name);
        let (schema, _) = found.unwrap_or_else(|| panic!("{} has no type {name}", self.name));
        let (schema, nullable) = (*schema, false);
        Use { schema, nullable }
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../counterpart-codegen/tests/fixtures")
}

/// A configuration with these lines for the API.
fn configuration(lines: &str) -> String {
    let table = "[[api]]\nname = \"demo\"\ndocument = \"spec/demo.yaml\"\n";
    format!("{table}output = \"generated\"\nruntime = \"crates\"\n{lines}")
}

/// The files that a fixture may refer to, which are in the folder of its name.
fn beside(name: &str) -> Vec<(String, String)> {
    let mut folders = vec![name.to_owned()];
    let mut found = Vec::new();
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(folder().join(&at)).into_iter().flatten() {
            let entry = entry.expect("the folder can be read");
            let path = format!("{at}/{}", entry.file_name().to_string_lossy());
            match std::fs::read_to_string(entry.path()) {
                Ok(text) => found.push((path, text)),
                Err(_) => folders.push(path),
            }
        }
    }
    found
}
