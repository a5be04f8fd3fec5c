//! Files beside a document: which are read, and what becomes of what they say.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::diag::{self, Diagnostics};
use crate::load::tree::Sources;
use crate::load::{Input, document, document_from_texts};

/// A document with these components.
fn whole(components: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: a, version: '1'}}\npaths: {{}}\n\
         components:\n  {components}\n"
    )
}

/// What a document in memory with these components becomes, and what is said of it.
fn taken_in(components: &str, beside: &[(&str, &str)]) -> (Option<Value>, String) {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let text = whole(components);
    let read = document_from_texts("api.yaml", &text, &[], beside, &mut sources, &mut diags);
    let told = diag::render(&diags, &sources, false);
    (read.map(|document| document.root.to_json()), told)
}

/// As [`taken_in()`], of what must go without a word: the components.
fn components(components: &str, beside: &[(&str, &str)]) -> Value {
    let (document, told) = taken_in(components, beside);
    assert_eq!(told, "");
    document.unwrap()["components"].take()
}

/// What is said of the document `spec/api.yaml` in `folder` that refers to this.
fn refused(folder: &Path, reference: &str, root: &Path) -> String {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let path = folder.join("spec/api.yaml");
    fs::create_dir_all(folder.join("spec")).unwrap();
    fs::write(
        &path,
        whole(&format!("schemas: {{A: {{$ref: '{reference}'}}}}")),
    )
    .unwrap();
    document(&Input::new(path), &[], root, &mut sources, &mut diags);
    let told = diag::render(&diags, &sources, false);
    told.replace(&format!("{}/", folder.display()), "")
        .replace(&folder.display().to_string(), ".")
}

#[test]
fn a_file_is_a_component_of_its_name_and_read_once() {
    let beside = [
        (
            "a/pet.yaml",
            "properties: {toy: {$ref: '../toys.json#/Toy'}}",
        ),
        (
            "toys.json",
            r##"{"Toy": {"properties": {"of": {"$ref": "a/./pet.yaml#"}}}}"##,
        ),
    ];
    let got = components(
        "schemas: {A: {items: {$ref: './a/pet.yaml'}}, B: {items: {$ref: 'x/../a/pet.yaml'}}}",
        &beside,
    );
    let pet = json!({"$ref": "#/components/schemas/pet"});
    let toy = json!({"$ref": "#/components/schemas/Toy"});
    assert_eq!(
        got["schemas"],
        json!({
            "A": {"items": pet},
            "B": {"items": pet},
            "pet": {"properties": {"toy": toy}},
            "Toy": {"properties": {"of": pet}},
        })
    );
}

#[test]
fn the_document_itself_is_not_taken_in_again() {
    let beside = [(
        "a/b.yaml",
        "items: {$ref: '../api.yaml#/components/schemas/A'}",
    )];
    let got = components("schemas: {A: {items: {$ref: 'a/b.yaml'}}}", &beside);
    assert_eq!(
        got["schemas"],
        json!({
            "A": {"items": {"$ref": "#/components/schemas/b"}},
            "b": {"items": {"$ref": "#/components/schemas/A"}},
        })
    );
}

#[test]
fn what_is_no_reference_is_not_followed() {
    let schemas = "schemas:
    A:
      example: {$ref: 'none.yaml'}
      examples: [{$ref: 'none.yaml'}]
      default: {$ref: 'none.yaml'}
      enum: [{$ref: 'none.yaml'}]
      const: {$ref: 'none.yaml'}
      x-a: {$ref: 'none.yaml'}
      properties: {$ref: {type: string}, externalValue: {type: string}}
      required: [$ref]
  examples:
    E: {value: {$ref: 'none.yaml'}, externalValue: 'https://example.com/none.yaml'}
  links:
    L: {operationRef: 'https://example.com/none.yaml'}
  x-b: {$ref: 'none.yaml'}";
    let got = components(schemas, &[]);
    assert_eq!(got["schemas"]["A"]["const"], json!({"$ref": "none.yaml"}));
}

#[test]
fn parts_of_every_kind_have_their_section() {
    let kinds = "
  parameters: {A: {content: {application/json: {examples: {e: {$ref: 'f.yaml#/ex'}}}}}}
  responses:
    A:
      headers: {h: {$ref: 'f.yaml#/he'}}
      links: {l: {$ref: 'f.yaml#/li'}}
    B: {$ref: 'f.yaml#/re'}
  callbacks: {A: {'{$url}': {$ref: 'f.yaml#/pa'}}}
  securitySchemes: {A: {$ref: 'f.yaml#/se'}}";
    let file = "{ex: {value: 1}, he: {schema: {$ref: '#/sc'}}, li: {}, re: {content: {}}, \
                pa: {get: {requestBody: {$ref: '#/bo'}}}, bo: {}, se: {type: http}, sc: {}}";
    let got = components(kinds.trim_start(), &[("f.yaml", file)]);
    let sections = got.as_object().unwrap().iter();
    let names = sections.map(|(section, members)| {
        let members = members.as_object().unwrap().keys().cloned();
        format!("{section}: {}", members.collect::<Vec<_>>().join(" "))
    });
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            "parameters: A",
            "responses: A B",
            "callbacks: A",
            "securitySchemes: A",
            "examples: ex",
            "headers: he",
            "links: li",
            "pathItems: pa",
            "schemas: sc",
            "requestBodies: bo",
        ]
    );
    assert_eq!(got["securitySchemes"]["A"], json!({"type": "http"}));
    assert!(!got.to_string().contains("f.yaml"));
}

#[test]
fn what_lies_inside_of_another_stays_there() {
    let refs = "schemas: {A: {$ref: 'p.yaml#/properties/n'}, B: {items: {$ref: 'p.yaml'}}, \
                C: {items: {$ref: 'p.yaml#/$defs/D'}}}";
    let file = "{properties: {n: {type: string}, d: {$ref: '#/$defs/D'}}, $defs: {D: {}}}";
    let got = components(refs, &[("p.yaml", file)]);
    let inside = json!({"$ref": "#/components/schemas/p/properties/n"});
    let definition = json!({"$ref": "#/components/schemas/D"});
    assert_eq!(got["schemas"]["A"], inside);
    assert_eq!(got["schemas"]["C"]["items"], definition);
    assert_eq!(got["schemas"]["p"]["properties"]["d"], definition);
    assert_eq!(got["schemas"]["p"]["$defs"]["D"], definition);
    assert_eq!(got["schemas"]["D"], json!({}));
}

#[test]
fn places_that_only_the_author_knows_are_gone_through_where_something_leads_there() {
    let refs =
        "schemas: {A: {$ref: '#/components/x-mine/B'}}\n  x-mine: {B: {items: {$ref: 'p.yaml'}}}";
    let got = components(refs, &[("p.yaml", "{type: object}")]);
    let pet = json!({"items": {"$ref": "#/components/schemas/p"}});
    assert_eq!(got["x-mine"]["B"], pet);
}

#[test]
fn files_that_grow_together_have_a_limit() {
    let many = vec!["0"; 70_000].join(",");
    let texts: Vec<(String, String)> = (0..40)
        .map(|index| (format!("{index}.json"), format!("{{\"enum\": [{many}]}}")))
        .collect();
    let beside: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let refs = (0..40).map(|index| format!("A{index}: {{$ref: '{index}.json'}}"));
    let refs: Vec<String> = refs.collect();
    let (document, told) = taken_in(&format!("schemas: {{{}}}", refs.join(", ")), &beside);
    assert!(document.is_none());
    assert!(told.contains("have over 2000000 values together"), "{told}");
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, spec) = (folder.path(), folder.path().join("spec"));
    fs::write(folder.join("secret.yaml"), "password: hunter2\n").unwrap();
    for reference in [
        "../secret.yaml",
        "%2e%2e/secret.yaml",
        "a/../../secret.yaml",
    ] {
        let told = refused(folder, reference, &spec);
        assert!(
            told.contains("`secret.yaml` is outside of `spec`"),
            "{told}"
        );
        assert!(told.contains("root = \"..\""), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
        assert_eq!(refused(folder, reference, folder), "");
    }
    // Whether there is such a file is not told.
    let told = refused(folder, "../none.yaml", &spec);
    assert!(told.contains("`none.yaml` is outside of `spec`"), "{told}");
    let told = refused(folder, "../../../../../../../../../etc/passwd", &spec);
    assert!(told.contains("is outside of `spec`"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_lead_no_further_than_paths() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let (folder, spec) = (folder.path(), folder.path().join("spec"));
    fs::create_dir(&spec).unwrap();
    fs::write(folder.join("secret.yaml"), "password: hunter2\n").unwrap();
    fs::write(spec.join("pet.yaml"), "type: object\n").unwrap();
    symlink("../secret.yaml", spec.join("file.yaml")).unwrap();
    symlink("..", spec.join("up")).unwrap();
    symlink("pet.yaml", spec.join("same.yaml")).unwrap();
    symlink("/dev/zero", spec.join("zero.yaml")).unwrap();
    symlink("loop.yaml", spec.join("loop.yaml")).unwrap();
    for reference in ["file.yaml", "up/secret.yaml", "zero.yaml"] {
        let told = refused(folder, reference, &spec);
        assert!(
            told.contains("a link on the way leads outside of `spec`"),
            "{told}"
        );
        assert!(!told.contains("hunter2"), "{told}");
    }
    assert!(refused(folder, "loop.yaml", &spec).contains("cannot read `spec/loop.yaml`"));
    assert_eq!(refused(folder, "same.yaml", &spec), "");
    // Even where everything may be read, a device may not.
    let told = refused(folder, "zero.yaml", Path::new("/"));
    assert!(told.contains("it is a device or a pipe"), "{told}");
}

#[test]
fn what_cannot_be_read_is_told_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, spec) = (folder.path(), folder.path().join("spec"));
    fs::create_dir_all(spec.join("schemas")).unwrap();
    fs::write(spec.join("schemas/pet.yaml"), "type: object\n").unwrap();
    fs::write(spec.join("schemas/zip.yaml"), b"PK\x03\x04\xff").unwrap();
    let cases = [
        (
            "schemas",
            "cannot read `spec/schemas`: it is a folder",
            "name a file",
        ),
        ("./", "cannot read `spec`: it is a folder", "name a file"),
        (
            "schemas/pets.yaml",
            "cannot read `spec/schemas/pets.yaml`: there is no such file",
            "did you mean `pet.yaml`?",
        ),
        (
            "schemas\\pet.yaml",
            "cannot read `spec/schemas\\pet.yaml`: there is no such file",
            "write `/` between",
        ),
        ("schemas/zip.yaml", "it is a zip archive", "unpack it"),
        (
            "a%00b.yaml",
            "cannot read `spec/a",
            "in: #/components/schemas/A/$ref",
        ),
    ];
    for (reference, message, help) in cases {
        let told = refused(folder, reference, &spec);
        assert!(told.contains(message), "{told}");
        assert!(told.contains(help), "{told}");
        assert!(told.contains("spec/api.yaml:5:"), "{told}");
    }
}

#[test]
fn operations_responses_and_paths_may_be_in_files_of_their_own() {
    let text = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {$ref: paths.yaml}\n";
    let beside = [
        (
            "paths.yaml",
            "/a: {get: {$ref: ops/get_a.yaml}, put: {$ref: 'ops/all.yaml#/put', deprecated: true}}",
        ),
        (
            "ops/get_a.yaml",
            "{operationId: getA, responses: {$ref: 'all.yaml#/fine'}}",
        ),
        (
            "ops/all.yaml",
            "{put: {$ref: get_a.yaml}, fine: {'200': {$ref: '#/ok'}}, ok: {description: fine}}",
        ),
    ];
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let read = document_from_texts("api.yaml", text, &[], &beside, &mut sources, &mut diags);
    assert_eq!(diag::render(&diags, &sources, false), "");
    let operation =
        json!({"operationId": "getA", "responses": {"200": {"$ref": "#/components/responses/ok"}}});
    let mut other = operation.clone();
    other["deprecated"] = json!(true);
    let document = read.unwrap().root.to_json();
    assert_eq!(
        document["paths"],
        json!({"/a": {"get": operation, "put": other}})
    );
    assert_eq!(
        document["components"],
        json!({"responses": {"ok": {"description": "fine"}}})
    );
}

#[test]
fn properties_may_be_in_a_file_of_their_own() {
    let beside = [(
        "p.yaml",
        "{all: {a: {$ref: '#/b'}, $ref: {type: string}}, b: {type: integer}}",
    )];
    let got = components(
        "schemas: {A: {properties: {$ref: 'p.yaml#/all'}}, C: {properties: {'0': {$ref: 'p.yaml#/b'}}}}",
        &beside,
    );
    let b = json!({"$ref": "#/components/schemas/b"});
    assert_eq!(
        got,
        json!({"schemas": {
            "A": {"properties": {"a": b, "$ref": {"type": "string"}}},
            "C": {"properties": {"0": b}},
            "b": {"type": "integer"},
        }})
    );
}

#[test]
fn properties_that_hold_themselves_are_put_in_place_so_often_and_no_more() {
    let beside = [(
        "p.yaml",
        "all: {a: {type: object, properties: {$ref: '#/all'}}}",
    )];
    let (document, told) = taken_in("schemas: {A: {properties: {$ref: 'p.yaml#/all'}}}", &beside);
    assert_eq!(told, "");
    let components = document.unwrap()["components"].take();
    assert!(
        components
            .to_string()
            .contains("#/components/x-properties/")
    );
}

#[test]
fn an_operation_that_calls_itself_back_is_put_in_place_so_often_and_no_more() {
    let text =
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {post: {$ref: a.yaml}}}\n";
    let beside = [(
        "a.yaml",
        "{responses: {}, callbacks: {again: {'{$url}': {post: {$ref: 'a.yaml'}}}}}",
    )];
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let read = document_from_texts("api.yaml", text, &[], &beside, &mut sources, &mut diags);
    assert_eq!(diag::render(&diags, &sources, false), "");
    let document = read.unwrap().root.to_json();
    let paths = document["paths"].to_string();
    assert_eq!(paths.matches("again").count(), 5);
    let left = "#/components/x-operations/a";
    assert!(paths.contains(left) && document.pointer(&left[1..]).is_some());
}
