//! The definitions of functions, as the model gets them.

use std::collections::HashMap;

use assistants_client::types::Tool;
use assistants_runs::Tools;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

/// A query.
#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "what counts is its schema")]
struct Query {
    /// What to look for.
    text: String,
    limit: Option<u8>,
    #[serde(default)]
    order: SortOrder,
    filter: Vec<Filter>,
}

#[derive(Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
enum SortOrder {
    #[default]
    Up,
    Down,
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "what counts is its schema")]
enum Filter {
    Newer { than: String },
    All,
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "what counts is its schema")]
struct Free {
    labels: HashMap<String, String>,
}

fn definition(tool: &Tool) -> Value {
    let value = serde_json::to_value(tool).unwrap();
    value["function"].clone()
}

#[test]
fn schemas_fit_the_strict_mode() {
    let tools = Tools::new().function("search", "Searches.", |_: Query| async {});

    let expected = json!({
        "description": "Searches.",
        "name": "search",
        "parameters": {
            "description": "A query.",
            "type": "object",
            "properties": {
                "text": {"description": "What to look for.", "type": "string"},
                "limit": {"type": ["integer", "null"], "minimum": 0, "maximum": 255},
                "order": {"type": "string", "enum": ["up", "down"]},
                "filter": {"type": "array", "items": {"anyOf": [
                    {
                        "type": "object",
                        "properties": {
                            "type": {"type": "string", "const": "Newer"},
                            "than": {"type": "string"},
                        },
                        "required": ["type", "than"],
                        "additionalProperties": false,
                    },
                    {
                        "type": "object",
                        "properties": {"type": {"type": "string", "const": "All"}},
                        "required": ["type"],
                        "additionalProperties": false,
                    },
                ]}},
            },
            "required": ["text", "limit", "order", "filter"],
            "additionalProperties": false,
        },
        "strict": true,
    });
    assert_eq!(definition(&tools.definitions()[0]), expected);
}

#[test]
fn what_strict_mode_cannot_say_is_not_strict() {
    let tools = Tools::new().function("label", "", |_: Free| async {});
    let tools = tools.function("any", "", |_: Value| async {});

    for tool in tools.definitions() {
        let definition = definition(&tool);
        assert_eq!(definition.get("strict"), None, "{definition}");
        assert_eq!(definition["parameters"]["type"], "object", "{definition}");
    }
    let labels = &definition(&tools.definitions()[0])["parameters"]["properties"]["labels"];
    assert_eq!(labels["additionalProperties"], json!({"type": "string"}));
}

#[test]
fn arguments_that_are_no_object_are_asked_for_in_one() {
    let tools = Tools::new()
        .function("now", "", |(): ()| async {})
        .function("add", "", |_: Vec<i64>| async {});

    let [now, add] = [0, 1].map(|at| definition(&tools.definitions()[at])["parameters"].clone());
    let nothing = json!({
        "type": "object", "properties": {}, "required": [], "additionalProperties": false,
    });
    assert_eq!(now, nothing);
    let list = json!({"type": "array", "items": {"type": "integer"}});
    let wrapped = json!({
        "type": "object",
        "properties": {"value": list},
        "required": ["value"],
        "additionalProperties": false,
    });
    assert_eq!(add, wrapped);
}

#[test]
fn a_function_of_the_same_name_takes_the_place_of_the_first() {
    let tools = Tools::new().function("a", "One.", |(): ()| async {});
    let tools = tools.function("a", "Two.", |(): ()| async {});
    assert_eq!(tools.definitions().len(), 1);
    assert_eq!(definition(&tools.definitions()[0])["description"], "Two.");
}
