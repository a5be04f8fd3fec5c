//! `Cargo.toml` of the generated crates, and the file that keeps rustfmt out of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::config::Package;
use crate::plan::Plan;
use crate::plan::ty::External;
use crate::write::MARKER;

use super::{Content, Draft};

/// A dependency: its name and what stands after `=`.
pub(super) struct Dependency {
    name: String,
    spec: String,
}

impl Dependency {
    /// A library by version, perhaps with features.
    pub(super) fn library(name: &str, version: &str, features: &[&str]) -> Self {
        let spec = match features {
            [] => format!("\"{version}\""),
            features => format!(
                "{{ version = \"{version}\", default-features = false, features = [{}] }}",
                quoted(features)
            ),
        };
        Self {
            name: name.to_owned(),
            spec,
        }
    }

    /// The libraries that types for formats come from.
    pub(super) fn externals(externals: &BTreeSet<External>) -> Vec<Self> {
        let mut dependencies: Vec<Self> = externals
            .iter()
            .map(|external| match external {
                External::DateTime | External::Date => {
                    Self::library("chrono", "0.4", &["alloc", "serde"])
                }
                External::Uuid => Self::library("uuid", "1", &["serde"]),
                External::Url => Self::library("url", "2", &["serde", "std"]),
            })
            .collect();
        dependencies.dedup_by(|a, b| a.name == b.name);
        dependencies
    }

    /// A runtime crate, beside the output or from the registry.
    pub(super) fn runtime(plan: &Plan, name: &str) -> Self {
        let spec = match plan.runtime.get(name) {
            Some(path) => format!("{{ path = \"{path}\" }}"),
            None => format!("\"{}\"", env!("CARGO_PKG_VERSION")),
        };
        Self {
            name: name.to_owned(),
            spec,
        }
    }

    /// Another generated crate of the same API.
    pub(super) fn sibling(plan: &Plan, package: Package) -> Self {
        let name = plan.crate_name(package);
        Self {
            spec: format!("{{ path = \"../{name}\" }}"),
            name,
        }
    }

    /// Only there if a feature asks for it.
    pub(super) fn optional(mut self) -> Self {
        self.spec = match self.spec.strip_suffix(" }") {
            Some(rest) => format!("{rest}, optional = true }}"),
            None => format!("{{ version = {}, optional = true }}", self.spec),
        };
        self
    }

    /// Without the default features of a local crate.
    pub(super) fn without_defaults(mut self) -> Self {
        self.spec = match self.spec.strip_prefix("{ ") {
            Some(rest) => format!("{{ default-features = false, {rest}"),
            None => format!("{{ version = {}, default-features = false }}", self.spec),
        };
        self
    }
}

/// The feature of a client or a server that gives its types their builders.
pub(super) fn builders_feature(plan: &Plan) -> String {
    format!(
        "# `builder()` on the types that require more than `new` could tell apart.\n\
         builders = [\"{}/builders\"]\n",
        plan.crate_name(Package::TYPES)
    )
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}

/// What a crate is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// A library.
    Library,
    /// A program that is called as the API is.
    Binary,
}

/// The `Cargo.toml` of one of the crates.
pub(super) fn cargo_toml(
    plan: &Plan,
    package: Package,
    target: Target,
    what: &str,
    features: &str,
    mut dependencies: Vec<Dependency>,
    mut dev: Vec<Dependency>,
) -> Draft<'static> {
    dependencies.sort_by(|a, b| a.name.cmp(&b.name));
    dev.sort_by(|a, b| a.name.cmp(&b.name));
    let name = plan.crate_name(package);
    let root = match target {
        Target::Library => "[lib]\npath = \"src/lib.rs\"\n".to_owned(),
        Target::Binary => format!(
            "[[bin]]\nname = \"{}\"\npath = \"src/main.rs\"\n",
            plan.name
        ),
    };
    let mut text = format!(
        "# {MARKER} from {}\n\
         \n\
         [package]\n\
         name = \"{name}\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.88\"\n\
         description = \"{what}\"\n\
         publish = false\n\
         \n\
         # The path is spelled out so that a workspace still loads when `src` is gone, and\n\
         # the generator in it can bring `src` back.\n\
         {root}",
        plan.source
    );
    text.push_str(features);
    text.push_str("\n[dependencies]\n");
    text.push_str(&lines(&dependencies));
    if !dev.is_empty() {
        text.push_str("\n[dev-dependencies]\n");
        text.push_str(&lines(&dev));
    }
    Draft {
        path: PathBuf::from(name).join("Cargo.toml"),
        emitter: package.word(),
        content: Content::text(|| text),
    }
}

fn lines(dependencies: &[Dependency]) -> String {
    let lines = dependencies.iter();
    lines
        .map(|dependency| format!("{} = {}\n", dependency.name, dependency.spec))
        .collect()
}

/// Generated code is laid out by the printer; rustfmt would argue with it.
pub(super) fn formatting() -> Draft<'static> {
    Draft {
        path: PathBuf::from("rustfmt.toml"),
        emitter: "manifest.rs",
        content: Content::text(|| format!("# {MARKER}\n\ndisable_all_formatting = true\n")),
    }
}
