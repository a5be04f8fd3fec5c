//! What `counterpart.toml` may say, and what is said about what it may not.

use std::path::{Path, PathBuf};

use super::*;

const WHOLE: &str = r#"
[[api]]
name = "assistants"
document = "assistants.yaml"
overlays = ["assistants.overlay.yaml", "more/other.yaml"]
output = "../generated"
crates = ["server", "types"]
runtime = "../crates"
formats = { uri = "string", date = "string" }
skip = [{ operation = "uploadFile", reason = "multipart" }]

[[api]]
name = "files-v2"
document = "files.json"
output = "out"
"#;

const KNOWN: [Package; 5] = [
    Package::TYPES,
    Package::CLIENT,
    Package::SERVER,
    Package::CLI,
    Package::DOCS,
];

fn read(content: &str) -> (Option<Config>, Vec<String>, Vec<String>) {
    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    let config = text(
        "counterpart.toml",
        content,
        Path::new("spec"),
        &KNOWN,
        &mut sources,
        &mut diags,
    );
    let lines = diags.items().iter().map(|item| match &item.place {
        Some(place) => format!("{}:{} {}", place.at.line, place.at.column, item.message),
        None => item.message.clone(),
    });
    let help = diags
        .items()
        .iter()
        .map(|item| item.help.clone().unwrap_or_default());
    (config, lines.collect(), help.collect())
}

/// What is said about an API with these lines in it.
fn told(lines: &str) -> Vec<String> {
    let (config, told, _) = read(&format!(
        "[[api]]\nname = \"a\"\ndocument = \"a.yaml\"\noutput = \"out\"\n{lines}\n"
    ));
    assert!(config.is_none(), "{lines}");
    told
}

#[test]
fn everything_that_can_be_said() {
    let (config, told, _) = read(WHOLE);
    assert_eq!(told, Vec::<String>::new());
    let config = config.unwrap();
    let api = &config.apis[0];
    assert_eq!(api.name, "assistants");
    let place = api.place.as_ref().unwrap();
    assert_eq!((place.at.line, place.at.column), (3, 8));
    assert_eq!(api.document.path, Path::new("spec/assistants.yaml"));
    assert_eq!(api.document.asked.as_ref().unwrap().at.line, 4);
    assert_eq!(api.document_name, "spec/assistants.yaml");
    assert_eq!(api.overlays[1].path, Path::new("spec/more/other.yaml"));
    assert_eq!(api.overlays[1].asked.as_ref().unwrap().at.column, 40);
    assert_eq!(api.output, Path::new("generated"));
    assert_eq!(api.crates, [Package::SERVER, Package::TYPES]);
    assert_eq!(api.runtime.as_deref(), Some(Path::new("crates")));
    assert_eq!(api.formats.len(), 2);
    assert_eq!(api.formats[1].name, "uri");
    assert_eq!(api.formats[1].place.at.line, 9);
    assert_eq!(api.skip[0].operation, "uploadFile");
    let place = api.skip[0].place.as_ref().unwrap();
    assert_eq!((place.at.line, place.at.column), (10, 23));
    assert_eq!(api.crate_name(Package::CLIENT), "assistants-client");

    let other = &config.apis[1];
    assert_eq!(other.crates, Package::DEFAULT);
    assert_eq!(other.runtime, None);
    assert_eq!(other.runtime_crate("counterpart-wire"), None);
}

#[test]
fn the_way_to_the_runtime_crates() {
    let config = read(WHOLE).0.unwrap();
    assert_eq!(
        config.apis[0].runtime_crate("counterpart-wire"),
        Some(PathBuf::from("../../crates/counterpart-wire"))
    );
    let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
    assert_eq!(way("a/b/c", "a/d"), Some(PathBuf::from("../../d")));
    assert_eq!(way("../a/b", "../c"), Some(PathBuf::from("../../c")));
    assert_eq!(way("../a/b", "c"), None);
    assert_eq!(way("/x/a", "/y"), Some(PathBuf::from("../../y")));
    assert_eq!(way("a", "/y"), Some(PathBuf::from("/y")));
    assert_eq!(way("/y", "a"), None);
}

#[test]
fn toml_mistakes_have_a_place() {
    let (config, told, help) = read("[[api]]\nname = \"a\"\ndocumnt = \"a.yaml\"\n");
    assert!(config.is_none());
    assert!(
        told[0].starts_with("3:1 in the configuration: unknown field `documnt`"),
        "{told:?}"
    );
    assert_eq!(help, ["did you mean `document`?"]);

    let (_, told, help) = read("[[api]]\nname = \"a\"\noutput = \"b\"\n");
    assert!(
        told[0].starts_with("1:1 in the configuration: missing field `document`"),
        "{told:?}"
    );
    assert_eq!(help, ["add a line `document = …` to this table"]);

    let (_, told, _) = read("[[api]]\nname = a\n");
    assert!(
        told[0].starts_with("2:8 in the configuration: "),
        "{told:?}"
    );
    let (_, told, _) = read("[[api]]\nname = 7\n");
    assert!(
        told[0].starts_with("2:8 in the configuration: invalid type"),
        "{told:?}"
    );
    let (_, told, _) = read("[api]\nname = \"a\"\n");
    assert!(
        told[0].starts_with("1:1 in the configuration: invalid type"),
        "{told:?}"
    );
}

#[test]
fn a_configuration_names_an_api() {
    let (config, told, help) = read("# nothing\n");
    assert!(config.is_none());
    assert_eq!(told, ["1:1 `counterpart.toml` names no API"]);
    assert!(help[0].contains("[[api]]"));
}

#[test]
fn names_must_make_crate_names() {
    let cases = [
        ("My API", "my-api"),
        ("assistants_v2", "assistants-v2"),
        ("2nd", "nd"),
        ("a--b", "a-b"),
        ("-a-", "a"),
        ("", "api"),
        ("é", "api"),
        ("../up", "up"),
    ];
    for (name, suggestion) in cases {
        let api = format!("[[api]]\nname = '{name}'\ndocument = 'a'\noutput = 'o'");
        let (config, told, help) = read(&api);
        assert!(config.is_none());
        assert_eq!(
            told,
            [format!("2:8 `{name}` cannot start the name of a crate")]
        );
        assert!(
            help[0].ends_with(&format!("such as `{suggestion}`")),
            "{help:?}"
        );
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let lines = r#"crates = ["clients", "server"]
formats = { date = "text" }
skip = [{ operation = "x", reason = " " }, { operation = "x", reason = "y" }]
runtime = """#;
    assert_eq!(
        told(lines),
        [
            "5:11 there is no crate `clients` to generate",
            "5:10 `crates` must have `types`: `server` needs it",
            "8:11 `runtime` is empty",
            "6:20 a format cannot become `text`",
            "7:23 `x` is skipped without a reason",
            "7:58 `x` is skipped twice",
        ]
    );
}

#[test]
fn one_name_one_api() {
    let api = "[[api]]\nname = \"a\"\ndocument = \"a\"\noutput = \"o\"\n";
    let (config, told, _) = read(&format!("{api}{api}"));
    assert!(config.is_none());
    assert_eq!(told, ["6:8 a second API is named `a`"]);
}

#[test]
fn one_folder_one_reference() {
    let api = |name: &str| {
        format!(
            "[[api]]\nname = \"{name}\"\ndocument = \"a\"\noutput = \"o\"\ncrates = [\"docs\"]\n"
        )
    };
    let (config, told, _) = read(&format!("{}{}", api("a"), api("b")));
    assert!(config.is_none());
    assert_eq!(told, ["7:8 the docs of `b` go where those of `a` are"]);
}

#[test]
fn a_file_is_read_with_paths_relative_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("counterpart.toml");
    std::fs::write(&path, WHOLE).unwrap();
    let mut diags = Diagnostics::default();
    let config = load(&path, &KNOWN, &mut Sources::default(), &mut diags).unwrap();
    assert_eq!(
        config.apis[0].document.path,
        folder.path().join("assistants.yaml")
    );

    let absent = folder.path().join("absent.toml");
    assert!(load(&absent, &KNOWN, &mut Sources::default(), &mut diags).is_none());
    assert!(diags.items()[0].message.ends_with("there is no such file"));
}

#[test]
fn references_go_no_further_than_a_folder_with_the_document() {
    let (config, told, _) = read(WHOLE);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(config.unwrap().apis[0].root, Path::new("spec"));
    let api = "[[api]]\nname = \"a\"\ndocument = \"b/a.yaml\"\noutput = \"out\"\n";
    for (written, root) in [(".", "spec"), ("..", "."), ("b", "spec/b")] {
        let (config, ..) = read(&format!("{api}root = \"{written}\"\n"));
        assert_eq!(config.unwrap().apis[0].root, Path::new(root));
    }
    let (_, told, _) = read(&format!("{api}root = \"c\"\n"));
    assert_eq!(told, ["5:8 the document is not below the folder `spec/c`"]);
}
