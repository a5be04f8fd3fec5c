//! Names: of types, of what they hold, and what happens when two would be the same.

use super::{lines, paths, schemas, types};

#[test]
fn what_is_written_inside_is_named_by_where_it_is() {
    let plan = schemas(
        "Run: {type: object, properties: {\n  \
         action: {type: object, properties: {kind: {enum: [a, b]}}},\n  \
         tool_calls: {type: array, items: {type: object, properties: {id: {type: string}}}},\n  \
         status: {type: array, items: {enum: [a, b]}},\n  \
         entries: {type: object, additionalProperties: {enum: [a, b]}}}}",
    );
    assert_eq!(
        types(&plan),
        [
            "Run",
            "RunAction",
            "RunActionKind",
            "RunToolCall",
            "RunStatusItem",
            "RunEntry"
        ]
    );
}

#[test]
fn a_schema_that_is_added_takes_the_name_of_nothing_inside_another() {
    let plan = schemas(
        "Run: {type: object, properties: {status: {enum: [a, b]}}}\n\
         RunStatus: {type: object, properties: {since: {type: string}}}",
    );
    assert_eq!(types(&plan), ["Run", "RunStatus", "RunStatusSchema"]);
}

#[test]
fn a_better_name_of_the_document_is_used_as_it_is() {
    let plan = schemas(
        "run_object: {x-rust-name: Run, type: object, properties: {\n  \
         st: {x-rust-name: State, enum: [a, b]},\n  \
         n: {x-rust-name: count, type: integer}}}",
    );
    assert_eq!(types(&plan), ["Run", "State"]);
    assert_eq!(
        lines(&plan, "Run"),
        ["st: Option<State>", "count: Option<i64> for \"n\""]
    );
}

#[test]
fn one_name_for_equal_schemas_is_one_type() {
    let role = "{x-rust-name: Role, enum: [user, assistant]}";
    let plan = schemas(&format!(
        "Q: {{type: object, properties: {{role: {role}}}}}\n\
         A: {{type: object, properties: {{role: {role}}}}}"
    ));
    assert_eq!(types(&plan), ["Q", "Role", "A"]);
    // In a module of its own, as it is part of neither.
    let modules: Vec<&str> = plan
        .types
        .modules
        .iter()
        .map(|module| module.name.as_str())
        .collect();
    assert_eq!(modules, ["q", "role", "a"]);
}

#[test]
fn symbols_are_left_out_spelled_or_kept_as_words() {
    let names = [
        "include[]",
        "$filter",
        "user.name",
        "@type",
        "+1",
        "-1",
        "2fa",
        "*",
        "x-y",
        "größe",
    ];
    let fields = names
        .map(|name| format!("'{name}': {{type: string}}"))
        .join(", ");
    let plan = schemas(&format!(
        "Search: {{type: object, properties: {{{fields}}}}}"
    ));
    let idents: Vec<String> = lines(&plan, "Search")
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        idents,
        [
            "include",
            "filter",
            "user_name",
            "type_",
            "plus_1",
            "minus_1",
            "search_2fa",
            "star",
            "x_y",
            "größe"
        ]
    );
}

#[test]
fn what_another_tool_mangled_is_unmangled() {
    let plan = schemas(
        "S: {type: object, properties: {includeLeft_Square_BracketRight_Square_Bracket: {}, Dollarfilter: {}, Dollars: {}}}",
    );
    let found = lines(&plan, "S");
    assert!(found[0].starts_with("include: "), "{found:?}");
    assert!(found[1].starts_with("filter: "), "{found:?}");
    assert!(found[2].starts_with("dollars: "), "{found:?}");
}

#[test]
fn names_that_fall_together_say_how_they_are_written() {
    let plan = schemas(
        "S: {type: object, properties: {fooBar: {}, foo_bar: {}, foo-bar: {}, self: {}, Self: {}}}\n\
         E: {type: string, enum: [+name, -name, asc, ASC]}",
    );
    let found = lines(&plan, "S");
    let idents: Vec<&str> = found
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        idents,
        [
            "foo_bar_camel",
            "foo_bar",
            "foo_bar_kebab",
            "self_lower",
            "self_pascal"
        ]
    );
    assert_eq!(
        lines(&plan, "E"),
        [
            "NamePlus = \"+name\"",
            "NameMinus = \"-name\"",
            "AscLower = \"asc\"",
            "AscUpper = \"ASC\""
        ]
    );
}

#[test]
fn values_that_cannot_stand_alone_have_the_name_of_their_enum() {
    let plan = schemas("ImageSize: {type: string, enum: [256x256, Unknown, self, Err, '', '*']}");
    let found = lines(&plan, "ImageSize");
    let idents: Vec<&str> = found
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        idents,
        [
            "Size256x256",
            "SizeUnknown",
            "SizeSelf",
            "SizeErr",
            "Empty",
            "Star"
        ]
    );
}

#[test]
fn names_of_the_prelude_and_the_runtime_are_qualified() {
    let plan = schemas(
        "String: {type: object, properties: {a: {}}}\n\
         Result: {type: string, enum: [Ok, None]}\n\
         Nullable: {type: object, properties: {a: {}}}\n\
         3d: {type: object, properties: {a: {}}}",
    );
    assert_eq!(
        types(&plan),
        ["DemoString", "DemoResult", "DemoNullable", "Demo3d"]
    );
}

#[test]
fn variants_are_called_by_tag_type_title_or_kind() {
    let plan = schemas(
        "U: {oneOf: [{type: string}, {$ref: '#/components/schemas/USomething'}, {type: array, items: {type: string}}, \
         {type: number, title: Amount}, {enum: [true]}]}\n\
         USomething: {type: object, properties: {a: {}}}",
    );
    assert_eq!(
        lines(&plan, "U"),
        [
            "Text(String)",
            "Something(USomething)",
            "TextList(Vec<String>)",
            "Amount(f64)",
            "Name = true"
        ]
    );
}

#[test]
fn operations_keep_clear_of_what_a_client_and_a_server_have() {
    let plan = paths(
        "/a:\n  get: {operationId: new, responses: {204: {description: x}}}\n  \
         put: {operationId: result, responses: {204: {description: x}}}\n  \
         post: {operationId: match, responses: {204: {description: x}}}\n  \
         delete: {operationId: 2fa, responses: {204: {description: x}}}\n  \
         patch: {operationId: demoApi, responses: {204: {description: x}}}\n\
         /: {get: {responses: {204: {description: x}}}}",
    );
    let names: Vec<(&str, &str)> = plan
        .client
        .operations
        .iter()
        .map(|call| (call.method.as_str(), call.ty.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("get_new", "GetNew"),
            ("result", "PutResult"),
            ("match_", "Match"),
            ("delete_2fa", "Delete2fa"),
            ("demo_api", "PatchDemoApi"),
            ("get_root", "GetRoot"),
        ]
    );
}

#[test]
fn parameters_of_one_name_say_where_they_travel() {
    let plan = paths(
        "/a/{id}:\n  get:\n    operationId: getIt\n    parameters:\n    \
         - {name: id, in: path, required: true, schema: {type: string}}\n    \
         - {name: id, in: query, schema: {type: string}}\n    \
         - {name: body, in: query, schema: {type: string}}\n    \
         requestBody: {content: {application/json: {schema: {type: string}}}}\n    \
         responses: {204: {description: x}}",
    );
    let call = &plan.client.operations[0];
    let setters: Vec<&str> = call
        .setters
        .iter()
        .map(|setter| setter.ident.as_str())
        .collect();
    assert_eq!(call.arguments[0].ident, "id");
    assert_eq!(setters, ["id_query", "body"]);
    assert_eq!(
        call.body.as_ref().map(|body| body.ident.as_str()),
        Some("request_body")
    );
}
