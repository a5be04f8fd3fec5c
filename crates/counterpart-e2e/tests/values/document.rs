//! The document that the types were generated from, with its overlay, as the generator understands it.

use counterpart_codegen::Output;
use counterpart_codegen::api::{Api, SchemaId, Use};
use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::{config, emit, generate};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static OUTPUT: LazyLock<Output> = LazyLock::new(|| {
    let (sources, diags) = (&mut Sources::default(), &mut Diagnostics::default());
    let config = config::load(
        &root().join("spec/counterpart.toml"),
        &emit::packages(),
        sources,
        diags,
    )
    .expect("the configuration is right");
    generate(&config.apis[0], sources, diags).expect("the document is right")
});

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the service is.
pub(crate) fn api() -> &'static Api {
    &OUTPUT.api
}

/// The types that are generated, by name.
pub(crate) fn types() -> impl Iterator<Item = &'static str> {
    OUTPUT.names.types().iter().map(|(_, name)| name.as_str())
}

/// The schema of a type.
pub(crate) fn schema_of(name: &str) -> Use {
    let found = OUTPUT.names.types().iter().find(|(_, known)| known == name);
    let (schema, _) = found.unwrap_or_else(|| panic!("the document has no type {name}"));
    let (schema, nullable) = (*schema, false);
    Use { schema, nullable }
}

/// Whether this schema is a union of events.
pub(crate) fn is_events(id: SchemaId) -> bool {
    api().events.contains_key(&id)
}
