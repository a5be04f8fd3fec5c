//! Lists as tables: a row for each item, a column for each property that is a plain value.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

/// How many columns a table has at most.
const COLUMNS: usize = 8;

/// A table of these items.
pub(crate) fn table(items: &[Value]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for item in items {
        let members = item.as_object().into_iter().flatten();
        for (name, value) in members {
            if columns.len() < COLUMNS && is_plain(value) && !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
    }
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    if columns.is_empty() {
        items.iter().for_each(|item| {
            table.add_row([plain(item)]);
        });
    } else {
        table.set_header(columns.iter().map(|name| name.to_uppercase()));
        for item in items {
            table.add_row(
                columns
                    .iter()
                    .map(|name| item.get(*name).map(plain).unwrap_or_default()),
            );
        }
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() && !value.is_array() && !value.is_null()
}

/// A value in a cell: a line, and not too long a one.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    match text.chars().count() > 60 {
        true => format!("{}…", text.chars().take(59).collect::<String>()),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_properties_are_columns() {
        let items = [
            json!({"id": "a", "tools": [], "name": "One\ntwo"}),
            json!({"id": "b", "name": null, "created_at": 7}),
        ];
        let table = table(&items);
        let lines: Vec<&str> = table.lines().map(str::trim).collect();
        assert_eq!(
            lines[0].split_whitespace().collect::<Vec<_>>(),
            ["ID", "NAME", "CREATED_AT"]
        );
        assert_eq!(
            lines[1].split_whitespace().collect::<Vec<_>>(),
            ["a", "One", "two"]
        );
        assert_eq!(lines[2].split_whitespace().collect::<Vec<_>>(), ["b", "7"]);
    }
}
