//! A page for each tag: everything there is to say of each of its operations.

use crate::api::Location;
use crate::plan::reference::{Body, Entry, Group, ReplyRow, Row};

use super::markdown::{cell, code, code_cell, in_cell, paragraphs, rust, table, words};

/// Where the pages of types are, seen from here.
const TYPES: &str = "../types/";

/// The page of a tag.
pub(super) fn group(group: &Group) -> String {
    let mut text = format!("# {}\n\n", group.title);
    if !group.docs.is_empty() {
        text.push_str(&format!("{}\n\n", paragraphs(&group.docs)));
    }
    for section in &group.sections {
        text.push_str(&format!("## {}\n\n", section.title));
        for operation in &section.operations {
            text.push_str(&entry(operation));
        }
    }
    text
}

fn entry(entry: &Entry) -> String {
    let mut parts = vec![format!("### {}", entry.heading)];
    parts.push(format!("**{}** {}", entry.verb, code(&entry.path)));
    if entry.deprecated {
        parts.push("**Deprecated.**".to_owned());
    }
    parts.push(paragraphs(&entry.docs));
    if !entry.parameters.is_empty() {
        parts.push(format!(
            "**Parameters**\n\n{}",
            parameters(&entry.parameters)
        ));
    }
    parts.extend(entry.body.iter().map(body));
    parts.push(format!("**Replies**\n\n{}", replies(&entry.replies)));
    if !entry.reply_headers.is_empty() {
        let headers = reply_headers(&entry.reply_headers);
        parts.push(format!("**Headers of replies**\n\n{headers}"));
    }
    parts.push(surroundings(entry));
    if !entry.calls.is_empty() {
        let calls: Vec<String> = entry.calls.iter().map(|call| rust(call)).collect();
        parts.push(format!("**Client**\n\n{}", calls.join("\n")));
    }
    if let Some(method) = &entry.method {
        parts.push(format!("**Server**\n\n{}", rust(method)));
    }
    if let Some(command) = &entry.command {
        parts.push(format!("**Command line**\n\n```sh\n{command}\n```"));
    }
    parts.push(format!("**curl**\n\n```sh\n{}\n```", entry.curl));
    let parts = parts.iter().map(|part| part.trim_end());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    format!("{}\n\n", parts.join("\n\n"))
}

fn parameters(rows: &[Row]) -> String {
    let titles = [
        "Name", "In", "Type", "In Rust", "Required", "Default", "Meaning",
    ];
    let rows = rows.iter().map(|row| {
        let mut cells = common(row, TYPES);
        cells.insert(1, row.location.map(location).unwrap_or_default().to_owned());
        cells
    });
    table(&titles, rows)
}

/// The properties of an object.
pub(super) fn properties(rows: &[Row], types: &str) -> String {
    let titles = ["Name", "Type", "In Rust", "Required", "Default", "Meaning"];
    table(&titles, rows.iter().map(|row| common(row, types)))
}

fn common(row: &Row, types: &str) -> Vec<String> {
    let meaning = match row.deprecated {
        true => format!("**Deprecated.** {}", cell(&row.docs)),
        false => cell(&row.docs),
    };
    let limits = match row.limits.is_empty() {
        true => String::new(),
        false => format!("<br>{}", in_cell(&row.limits)),
    };
    let rust = match row.ident.is_empty() {
        true => String::new(),
        false => code_cell(&format!("{}: {}", row.ident, row.rust)),
    };
    vec![
        code_cell(&row.wire),
        format!("{}{limits}", words(&row.words, types)),
        rust,
        if row.required { "yes" } else { "no" }.to_owned(),
        row.default.as_deref().map(code_cell).unwrap_or_default(),
        meaning,
    ]
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn body(body: &Body) -> String {
    let types: Vec<String> = body.media_types.iter().map(|name| code(name)).collect();
    let need = if body.required {
        "required"
    } else {
        "optional"
    };
    let mut text = format!(
        "**Body**: {} as {}, {need}",
        words(&body.words, TYPES),
        types.join(" or ")
    );
    match body.docs.is_empty() {
        true => text.push('.'),
        false => text.push_str(&format!(". {}", cell(&body.docs))),
    }
    if !body.rows.is_empty() {
        text.push_str(&format!("\n\n{}", properties(&body.rows, TYPES)));
    }
    text
}

fn replies(rows: &[ReplyRow]) -> String {
    let titles = ["Status", "Media type", "Type", "On the server", "Meaning"];
    let rows = rows.iter().map(|row| {
        vec![
            row.status.clone(),
            code_cell(&row.media_type),
            words(&row.words, TYPES),
            code_cell(&row.variant),
            cell(&row.docs),
        ]
    });
    table(&titles, rows)
}

fn reply_headers(rows: &[(String, Row)]) -> String {
    let titles = [
        "Status", "Name", "Type", "In Rust", "Required", "Default", "Meaning",
    ];
    let rows = rows.iter().map(|(status, row)| {
        let mut cells = common(row, TYPES);
        cells.insert(0, status.clone());
        cells
    });
    table(&titles, rows)
}

/// Authorization and headers.
fn surroundings(entry: &Entry) -> String {
    let mut lines = Vec::new();
    match &entry.authorization {
        Some(scheme) => lines.push(format!("**Authorization**: {scheme}.")),
        None => lines.push("**Authorization**: none is needed.".to_owned()),
    }
    if !entry.headers.is_empty() {
        let headers = entry.headers.iter();
        let headers: Vec<String> = headers
            .map(|(name, value)| code(&format!("{name}: {value}")))
            .collect();
        lines.push(format!("**Headers**: {}.", headers.join(", ")));
    }
    lines.join("\n\n")
}
