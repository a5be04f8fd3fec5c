//! Operations: arguments, bodies, replies, streams, pages.

use counterpart_codegen::plan::Plan;

use super::{head, lines, paths, plan};
use crate::support::Case;

/// An operation with these lines, which it answers with nothing.
fn operation(rest: &str) -> Vec<String> {
    let rest: String = rest.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "/a/{{x}}/{{y}}:\n  get:\n    operationId: getIt\n    responses: {{204: {{description: n}}}}\n{rest}"
    );
    lines(&paths(&text), "get_it")
}

const PATH: &str = "- {name: x, in: path, required: true, schema: {type: string}}\n\
                    - {name: y, in: path, required: true, schema: {enum: [only]}}\n";

#[test]
fn arguments_of_the_path_come_first_and_constants_not_at_all() {
    let found = operation(&format!(
        "parameters:\n\
         - {{name: q, in: query, required: true, schema: {{type: string}}}}\n\
         - {{name: v, in: header, required: true, schema: {{enum: [two]}}}}\n\
         - {{name: n, in: query, schema: {{type: integer}}}}\n{PATH}"
    ));
    assert_eq!(
        found,
        [
            "path x: String",
            "query q: String",
            "header \"v\" is \"two\"",
            "path \"y\" is \"only\"",
            "query n?: i64",
            "replies NoContent"
        ]
    );
}

#[test]
fn defaults_of_the_query_are_filled_in_by_the_server() {
    let found = operation(&format!(
        "parameters:\n\
         - {{name: n, in: query, schema: {{type: integer, default: 20}}}}\n\
         - {{name: o, in: query, schema: {{type: string, enum: [asc, desc], default: desc}}}}\n\
         - {{name: w, in: query, schema: {{type: integer, format: int32, default: 5000000000}}}}\n\
         - {{name: k, in: query, schema: {{type: string, enum: [asc], default: other}}}}\n{PATH}"
    ));
    let server: Vec<&String> = found
        .iter()
        .filter(|line| line.starts_with("server"))
        .collect();
    assert_eq!(
        server,
        [
            "server: n is Literal(Integer(20)) if absent",
            // A default that the type cannot hold is none.
            "server: o is Variant(\"GetItO\", \"Desc\") if absent",
        ]
    );
}

/// What a client gets from an operation with these responses, and what the server's replies are.
fn answers(responses: &str) -> [String; 2] {
    let text = format!("/a:\n  get:\n    operationId: getIt\n    responses: {{{responses}}}");
    let plan = paths(&text);
    let (_, gives) = head(&plan, "get_it")
        .split_once(" -> ")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    [gives, lines(&plan, "get_it").pop().unwrap_or_default()]
}

fn json(schema: &str) -> String {
    format!("{{description: d, content: {{application/json: {{schema: {schema}}}}}}}")
}

#[test]
fn the_first_success_is_what_a_client_gets() {
    let (text, number) = (json("{type: string}"), json("{type: integer}"));
    assert_eq!(
        answers(&format!("200: {text}")),
        ["String or Value", "replies Ok(String)"]
    );
    assert_eq!(
        answers("204: {description: d}"),
        ["() or Value", "replies NoContent"]
    );
    assert_eq!(
        answers(&format!("404: {text}, 201: {number}")),
        ["i64 or String", "replies NotFound(String) | Created(i64)"]
    );
}

#[test]
fn errors_that_differ_are_any_value_to_the_client() {
    let (text, number) = (json("{type: string}"), json("{type: integer}"));
    let [gives, _] = answers(&format!(
        "204: {{description: d}}, 4XX: {text}, default: {text}"
    ));
    assert_eq!(gives, "() or String");
    let [gives, replies] = answers(&format!(
        "204: {{description: d}}, 4XX: {text}, 5XX: {number}"
    ));
    assert_eq!(gives, "() or Value");
    assert_eq!(
        replies,
        "replies NoContent | ClientError(String) | ServerError(i64)"
    );
}

#[test]
fn json_is_found_among_other_media_types() {
    let mixed = "200: {description: d, content: {text/plain: {}, 'application/problem+json; v=1': {schema: {type: string}}}}";
    assert_eq!(answers(mixed)[0], "String or Value");
}

/// A document with a stream of events that `tail` describes further.
fn stream(content: &str) -> Plan {
    plan(&format!(
        "paths:\n  /a:\n    post:\n      operationId: run\n      \
         requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/NewRun'}}}}}}}}\n      \
         responses:\n        200: {{description: d, content: {{{content}}}}}\n\
         components:\n  schemas:\n    \
         NewRun: {{type: object, required: [stream], properties: {{stream: {{type: boolean}}}}}}\n    \
         Events:\n      oneOf:\n      \
         - {{type: object, required: [event, data], properties: {{event: {{enum: [tick]}}, data: {{type: integer}}}}}}\n      \
         - {{type: object, required: [event, data], properties: {{event: {{enum: [done]}}, data: {{enum: ['[DONE]']}}}}}}\n"
    ))
}

#[test]
fn a_union_of_envelopes_is_a_union_of_events() {
    let plan = stream(
        "text/event-stream: {x-switch: stream, schema: {$ref: '#/components/schemas/Events'}}, application/json: {schema: {type: string}}",
    );
    assert_eq!(
        lines(&plan, "Events"),
        [
            "Tick(i64) for \"tick\"",
            "Done for \"done\", ends with \"[DONE]\""
        ]
    );
    assert_eq!(
        lines(&plan, "run"),
        [
            "body: NewRun",
            "streams Events, switched on by stream",
            "replies Events(events of Events) | Ok(String)"
        ]
    );
}

#[test]
fn the_same_union_is_no_stream_in_json() {
    let plan = stream("application/json: {schema: {$ref: '#/components/schemas/Events'}}");
    assert_eq!(head(&plan, "Events"), "union Events by tag \"event\"");
}

/// What is said of the pages of a list with these properties; nothing when it has them.
fn told_of_pages(page: &str, item: &str) -> String {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Demo, version: 1.0.0}}\npaths:\n  /a:\n    get:\n      \
         operationId: list\n      \
         x-pagination: {{cursor: after, items: data, more: has_more}}\n      \
         parameters: [{{name: after, in: query, schema: {{type: string}}}}]\n      \
         responses: {{200: {}}}\n\
         components:\n  schemas:\n    Item: {{type: object, {item}}}\n",
        json(&format!("{{type: object, {page}}}"))
    );
    Case::of("pages", &text).told()
}

#[test]
fn a_list_has_pages_only_if_all_that_needs_is_certain() {
    let data = "data: {type: array, items: {$ref: '#/components/schemas/Item'}}";
    let more = "has_more: {type: boolean}";
    let item = "required: [id], properties: {id: {type: string}}";
    let page = |required: &str, properties: &str| {
        format!("required: [{required}], properties: {{{properties}}}")
    };
    let both = format!("{data}, {more}");
    let whole = page("data, has_more", &both);
    assert_eq!(told_of_pages(&whole, item), "");
    let number = item.replace("string", "integer");
    for (page, item) in [
        (&page("data", &both), item),
        (&page("data", data), item),
        (&whole, "properties: {id: {type: string}}"),
        (&whole, &number),
    ] {
        let told = told_of_pages(page, item);
        assert!(told.contains("does not fit what `list` answers"), "{told}");
    }
}

#[test]
fn what_is_not_supported_and_listed_is_left_out() {
    let mut case = Case::of(
        "skip",
        "openapi: 3.2.0\ninfo: {title: Demo, version: 1.0.0}\npaths:\n  /a:\n    \
         get: {operationId: keep, responses: {204: {description: n}}}\n    \
         additionalOperations:\n      CONNECT:\n        operationId: upload\n        \
         responses: {204: {description: n}}\n",
    );
    case.config = "skip = [{ operation = \"upload\", reason = \"not yet\" }]".to_owned();
    let plan = case.output().plan;
    let methods = plan
        .client
        .operations
        .iter()
        .map(|call| call.method.as_str());
    assert_eq!(methods.collect::<Vec<_>>(), ["keep"]);
    assert_eq!(plan.server.operations.len(), 1);
}
