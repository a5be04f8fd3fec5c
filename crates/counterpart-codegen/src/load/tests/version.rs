//! Which documents are taken, and what is said about the others.

use super::{line, overlaid};
use crate::load::Version;

fn version(text: &str) -> (Option<Version>, Vec<String>) {
    let (document, diags, _) = overlaid(text, &[]);
    let told = diags.items().iter().map(line).collect();
    (document.map(|document| document.version), told)
}

#[test]
fn the_editions_that_are_read() {
    let cases = [
        ("3.0.0", Version::V3_0),
        ("3.0.99", Version::V3_0),
        ("3.1.0", Version::V3_1),
        ("3.1.1", Version::V3_1),
        ("3.2.0", Version::V3_2),
    ];
    for (text, expected) in cases {
        let told = version(&format!("openapi: {text}"));
        assert_eq!(told, (Some(expected), vec![]), "{text}");
    }
}

#[test]
fn what_is_nearly_an_edition_is_read_with_a_warning() {
    for text in ["' 3.0.3 '", "3.0.0-rc1", "'3.0'"] {
        let (version, told) = version(&format!("openapi: {text}"));
        assert_eq!(version, Some(Version::V3_0), "{text}");
        assert!(told[0].contains("(warning)"), "{told:?}");
    }
}

#[test]
fn what_is_not_read() {
    let cases = [
        (
            "openapi: 4.0.0",
            "1:10 OpenAPI `4.0.0` is not known; 3.0, 3.1 and 3.2 are",
        ),
        (
            "openapi: '1.2'",
            "1:10 OpenAPI `1.2` is not known; 3.0, 3.1 and 3.2 are",
        ),
        (
            "openapi: ''",
            "1:10 OpenAPI `` is not known; 3.0, 3.1 and 3.2 are",
        ),
        (
            "openapi: 3.01.0",
            "1:10 OpenAPI `3.01.0` is not known; 3.0, 3.1 and 3.2 are",
        ),
        (
            "openapi: 3.10.0",
            "1:10 OpenAPI `3.10.0` is not known; 3.0, 3.1 and 3.2 are",
        ),
        (
            "openapi: 3.1",
            "1:10 `openapi` must be a string, and this is a number",
        ),
        (
            "openapi:\n  x: 1",
            "2:3 `openapi` must be a string, and this is an object",
        ),
        (
            "a: 1\nswagger: '2.0'",
            "2:10 this is a Swagger 2.0 document, and OpenAPI 3 is needed",
        ),
        (
            "swagger: 2.0",
            "1:10 this is a Swagger 2.0 document, and OpenAPI 3 is needed",
        ),
        (
            "asyncapi: 2.6.0",
            "1:11 this is an AsyncAPI document, not an OpenAPI document",
        ),
        (
            "overlay: 1.1.0",
            "1:10 this is an Overlay document, not an OpenAPI document",
        ),
        ("info: {}", "1:1 there is no `openapi` here"),
        (
            "- 1",
            "1:1 an OpenAPI document is an object, and this is an array",
        ),
        (
            "just words",
            "1:1 an OpenAPI document is an object, and this is a string",
        ),
        (
            "42",
            "1:1 an OpenAPI document is an object, and this is a number",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(version(text), (None, vec![expected.to_owned()]), "{text}");
    }
}

#[test]
fn help_says_what_to_type() {
    let help = |text: &str| {
        let (_, diags, _) = overlaid(text, &[]);
        diags.items()[0].help.clone().unwrap()
    };
    assert_eq!(help("openapi: 3.1"), "write `openapi: \"3.1.0\"`");
    assert_eq!(
        help("openAPI: 3.1.0"),
        "`openAPI` must be spelled `openapi`"
    );
    assert!(help("swagger: '2.0'").contains("swagger2openapi"));
}

#[test]
fn swagger_beside_openapi_is_a_warning() {
    let (version, told) = version("swagger: '2.0'\nopenapi: 3.0.3");
    assert_eq!(version, Some(Version::V3_0));
    assert_eq!(
        told,
        ["1:1 (warning) this says `swagger` beside `openapi` and is read as OpenAPI"]
    );
}
