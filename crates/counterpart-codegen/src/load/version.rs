//! Which edition of OpenAPI a document follows, and whether it is OpenAPI at all.

use super::tree::{Node, Value};
use crate::diag::{Diagnostics, Place};

/// An edition of the specification that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 3.0.x: schemas are an extended subset of an old JSON Schema.
    V3_0,
    /// 3.1.x: schemas are JSON Schema 2020-12.
    V3_1,
    /// 3.2.x: 3.1 with item schemas and more methods.
    V3_2,
}

/// The version of the document. `None` for what cannot be read; `diags` says why.
pub(super) fn check(root: &Node, diags: &mut Diagnostics) -> Option<Version> {
    let Some(members) = root.as_object() else {
        let message = format!(
            "an OpenAPI document is an object, and this is {}",
            root.kind()
        );
        diags
            .error(place(root, "#"), message)
            .help("it starts with a line such as `openapi: 3.0.3`");
        return None;
    };
    let swagger = members.get("swagger");
    let Some(openapi) = members.get("openapi") else {
        if let Some(swagger) = swagger {
            old(&swagger.node, diags);
        } else {
            missing(root, diags);
        }
        return None;
    };
    if let Some(swagger) = swagger {
        let place = Place {
            at: swagger.key_at,
            pointer: "#/swagger".to_owned(),
        };
        diags
            .warning(
                place,
                "this says `swagger` beside `openapi` and is read as OpenAPI",
            )
            .help("remove the `swagger` line");
    }
    edition(&openapi.node, diags)
}

fn place(node: &Node, pointer: &str) -> Place {
    Place {
        at: node.at,
        pointer: pointer.to_owned(),
    }
}

fn old(swagger: &Node, diags: &mut Diagnostics) {
    let version = match &swagger.value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => "2.0".to_owned(),
    };
    let message = format!("this is a Swagger {version} document, and OpenAPI 3 is needed");
    diags.error(place(swagger, "#/swagger"), message).help(
        "convert it, for example with `npx swagger2openapi FILE -o openapi.yaml` or at \
         https://converter.swagger.io",
    );
}

/// No `openapi` and no `swagger`: says what it looks like instead.
fn missing(root: &Node, diags: &mut Diagnostics) {
    let others = [
        ("asyncapi", "an AsyncAPI document"),
        ("overlay", "an Overlay document"),
        ("arazzo", "an Arazzo document"),
        ("swaggerVersion", "a Swagger 1 document"),
        ("$schema", "a JSON Schema"),
        ("raml", "a RAML document"),
    ];
    for (key, what) in others {
        let Some(node) = root.get(key) else { continue };
        let error = diags.error(
            place(node, &format!("#/{key}")),
            format!("this is {what}, not an OpenAPI document"),
        );
        if key == "overlay" {
            error.help("name it under `overlays`, and under `document` what it applies to");
        }
        return;
    }
    let error = diags.error(place(root, "#"), "there is no `openapi` here");
    let keys = root
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys());
    match crate::diag::closest("openapi", keys.map(String::as_str)) {
        Some(close) => error.help(format!("`{close}` must be spelled `openapi`")),
        None => error.help("an OpenAPI document starts with a line such as `openapi: 3.0.3`"),
    };
}

fn edition(openapi: &Node, diags: &mut Diagnostics) -> Option<Version> {
    let place = place(openapi, "#/openapi");
    let Some(text) = openapi.as_str() else {
        let message = format!("`openapi` must be a string, and this is {}", openapi.kind());
        let error = diags.error(place, message);
        match &openapi.value {
            Value::Number(number) => error.help(format!("write `openapi: \"{number}.0\"`")),
            _ => error.help("write `openapi: \"3.0.3\"`"),
        };
        return None;
    };
    let version = match known(text.trim()) {
        Some(version) => version,
        None => {
            let message = format!("OpenAPI `{text}` is not known; 3.0, 3.1 and 3.2 are");
            diags
                .error(place, message)
                .help("write the version that the document follows, such as `openapi: 3.1.0`");
            return None;
        }
    };
    if !is_exact(text) {
        let release = text.trim().get(..3).unwrap_or(text);
        diags
            .warning(
                place,
                format!("`{text}` is no version of OpenAPI and is read as {release}"),
            )
            .help(format!("write `openapi: {release}.0`"));
    }
    Some(version)
}

/// The edition that `text` starts with: `3.1`, `3.1.0` and `3.1.0-rc1` are all 3.1.
fn known(text: &str) -> Option<Version> {
    let editions = [
        ("3.0", Version::V3_0),
        ("3.1", Version::V3_1),
        ("3.2", Version::V3_2),
    ];
    editions.into_iter().find_map(|(prefix, version)| {
        let rest = text.strip_prefix(prefix)?;
        (rest.is_empty() || rest.starts_with(['.', '-'])).then_some(version)
    })
}

/// Whether it is three numbers with points between them.
fn is_exact(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.into_iter().all(number)
}
