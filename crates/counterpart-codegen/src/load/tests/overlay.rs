//! Overlays: what they change, and what is said about those that do not fit.

use super::{line, overlaid};

const API: &str = "
openapi: 3.0.3
info: {title: a, x-null: }
tags: [one, two]
paths:
  /threads:
    post:
      operationId: createThread
      parameters:
        - {name: limit, in: query}
        - {name: order, in: query}
  /assistants:
    post: {operationId: createAssistant}
    get: {operationId: listAssistants}
";

fn with(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}")
}

/// The node at `pointer` after these actions, which nothing is said about.
fn after(actions: &str, pointer: &str) -> String {
    let (document, diags, _) = overlaid(API, &[&with(actions)]);
    let told: Vec<String> = diags.items().iter().map(line).collect();
    assert_eq!(told, Vec::<String>::new());
    let root = document.unwrap().root;
    let node = root.pointer(pointer).map(|node| node.to_json().to_string());
    node.unwrap_or_else(|| "nothing".to_owned())
}

/// What is said about these actions: message and help.
fn told(actions: &str) -> Vec<(String, String)> {
    let (document, diags, _) = overlaid(API, &[&with(actions)]);
    assert!(document.is_none());
    let items = diags.items().iter();
    items
        .map(|item| (line(item), item.help.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn objects_are_merged_arrays_concatenated_scalars_replaced() {
    let actions = "
- target: $
  update:
    info: {title: b, version: 1.0.0}
    tags: [three]
    paths: {/threads: {post: {x-retry: safe}}}
";
    assert_eq!(
        after(actions, "/info"),
        r#"{"title":"b","x-null":null,"version":"1.0.0"}"#
    );
    assert_eq!(after(actions, "/tags"), r#"["one","two","three"]"#);
    assert_eq!(after(actions, "/paths/~1threads/post/x-retry"), r#""safe""#);
    assert_eq!(
        after(actions, "/paths/~1threads/post/operationId"),
        r#""createThread""#
    );
}

#[test]
fn a_single_value_is_appended_to_a_selected_array() {
    let actions = "- {target: $.tags, update: three}\n- {target: '$.tags', update: {a: 1}}";
    assert_eq!(after(actions, "/tags"), r#"["one","two","three",{"a":1}]"#);
}

#[test]
fn a_selected_scalar_is_replaced_and_null_gives_way() {
    let actions =
        "- {target: $.info.title, update: b}\n- {target: \"$.info['x-null']\", update: {c: 1}}";
    assert_eq!(after(actions, "/info"), r#"{"title":"b","x-null":{"c":1}}"#);
}

#[test]
fn wildcards_and_filters_select_many() {
    let actions = "- {target: '$.paths.*.post', update: {x-a: 1}}
- {target: \"$.paths.*.*.parameters[?@.name=='limit']\", update: {x-b: 2}}
- {target: \"$..[?@['x-a']==1]\", update: {x-c: 3}}";
    let threads = after(actions, "/paths/~1threads/post");
    assert!(
        threads.contains(r#"{"name":"limit","in":"query","x-b":2}"#),
        "{threads}"
    );
    assert!(
        threads.contains(r#"{"name":"order","in":"query"}"#),
        "{threads}"
    );
    // The third sees what the first has done.
    assert!(threads.ends_with(r#""x-a":1,"x-c":3}"#), "{threads}");
    assert!(after(actions, "/paths/~1assistants/post").ends_with(r#""x-a":1,"x-c":3}"#));
    assert!(!after(actions, "/paths/~1assistants/get").contains("x-a"));
}

#[test]
fn remove_takes_members_and_items() {
    let actions = "- {target: '$.tags[?@ != \"zero\"]', remove: true}
- {target: \"$.paths['/threads'].post.parameters[0]\", remove: true}
- {target: '$.paths[\"/assistants\"][\"post\",\"get\"]', remove: true}";
    assert_eq!(after(actions, "/tags"), "[]");
    let parameters = after(actions, "/paths/~1threads/post/parameters");
    assert_eq!(parameters, r#"[{"name":"order","in":"query"}]"#);
    assert_eq!(after(actions, "/paths/~1assistants"), "{}");
}

#[test]
fn what_lies_within_another_removed_node_goes_too() {
    let actions = "- {target: '$.paths..*', remove: true}";
    assert_eq!(after(actions, "/paths"), "{}");
}

#[test]
fn order_of_members_is_kept_by_remove() {
    let actions = "- {target: $.info, remove: true}";
    let (document, ..) = overlaid(API, &[&with(actions)]);
    let root = document.unwrap().root;
    let keys: Vec<&String> = root.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["openapi", "tags", "paths"]);
}

#[test]
fn copy_merges_another_node_of_the_document() {
    let actions = "- {target: $.paths, update: {/new: {}}}
- {target: \"$.paths['/new']\", copy: \"$.paths['/assistants']\"}
- {target: \"$.paths['/assistants']\", remove: true}";
    assert!(after(actions, "/paths/~1new/get").contains("listAssistants"));
    assert_eq!(after(actions, "/paths/~1assistants"), "nothing");
}

#[test]
fn overlays_are_applied_in_order() {
    let first = with("- {target: $.info, update: {title: b}}");
    let second = with("- {target: \"$.info[?@=='b']\", update: c}");
    let (document, ..) = overlaid(API, &[&first, &second]);
    let root = document.unwrap().root;
    assert_eq!(root.pointer("/info/title").unwrap().as_str(), Some("c"));
}

#[test]
fn version_1_0_is_read_too() {
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nextends: ./api.yaml\n\
                   actions: [{target: $.info, description: d, update: {a: 1}, x-why: w}]";
    let (document, diags, _) = overlaid(API, &[overlay]);
    assert_eq!(diags.items(), []);
    assert!(document.unwrap().root.pointer("/info/a").is_some());
}

#[test]
fn a_target_that_selects_nothing_says_where_it_stops() {
    let cases = [
        (
            "$.paths['/thread'].post",
            "`$.paths` is there, but it has no `/thread`; did you mean `$.paths['/threads']`?",
        ),
        (
            "$.Info.title",
            "`$` is there, but it has no `Info`; did you mean `$.info`?",
        ),
        (
            "$.paths['/threads'].put",
            "`$.paths['/threads']` is there, but it has no `put`; it has `post`",
        ),
        (
            "$.tags[7]",
            "`$.tags` is there, but it has 2 items, counted from 0",
        ),
        (
            "$.info.title.x",
            "`$.info.title` is a string, which has no parts",
        ),
        (
            "$.paths.*.post.parameters[?@.name=='after'].schema",
            "`$.paths.*.post.parameters` is there, but `[?@.name=='after']` selects nothing in it",
        ),
        (
            "$.paths.*.pots",
            "`$.paths.*` is there, but it has no `pots`; did you mean `$.paths.*.post`?",
        ),
        (
            "$..parameter",
            "`$` is there, but `..parameter` selects nothing in it",
        ),
    ];
    for (target, help) in cases {
        let target_yaml = target.replace('\'', "''");
        let said = told(&format!("- target: '{target_yaml}'\n  remove: true"));
        let message = format!("4:11 `{target}` selects nothing in the document");
        assert_eq!(said, [(message, help.to_owned())]);
    }
}

#[test]
fn an_optional_action_may_select_nothing() {
    let actions = "- {target: $.nothing, remove: true, x-optional: true}";
    assert_eq!(after(actions, "/info/title"), r#""a""#);
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let said = told(
        "- {target: $.info, updaet: {a: 1}}
- {target: $.info, description: d}
- {target: $.info, update: {a: 1}, remove: true}
- {update: {a: 1}}
- {target: 7, update: {a: 1}}
- {target: $.info, remove: yes}
- {target: '$.x-foo', remove: true}
- {target: 'info', remove: true}
- {target: $, remove: true}
- 7
- {target: $.none, remove: true}",
    );
    let messages: Vec<&str> = said.iter().map(|(message, _)| message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "4:20 `updaet` means nothing here",
            "5:3 this action does nothing",
            "6:3 this action says two things at once",
            "7:3 this action has no `target`",
            "8:12 `target` must be a JSONPath in a string, and this is a number",
            "9:28 `remove` must be a boolean, and this is a string",
            "10:12 `$.x-foo` is no JSONPath: something is wrong at character 3",
            "11:12 `info` is no JSONPath: something is wrong at character 1",
            "13:3 an action is an object, and this is a number",
            "12:12 the document itself cannot be removed",
            "14:12 `$.none` selects nothing in the document",
        ]
    );
    assert_eq!(said[0].1, "did you mean `update`?");
    assert!(said[6].1.contains("stands in brackets and quotes"));
    assert_eq!(said[7].1, "a JSONPath starts with `$`");
}

#[test]
fn what_does_not_fit_together_is_told_with_both_places() {
    let actions = "- target: $\n  update:\n    info:\n      title: {a: 1}\n";
    let (document, diags, sources) = overlaid(API, &[&with(actions)]);
    assert!(document.is_none());
    let error = &diags.items()[0];
    assert_eq!(
        line(error),
        "7:14 this is an object, and the document has a string there"
    );
    let place = error.place.as_ref().unwrap();
    assert_eq!(place.pointer, "#/actions/0/update/info/title");
    assert_eq!(sources.get(place.at.source).name, "0.overlay.yaml");
    let (there, _) = error.related.as_ref().unwrap();
    assert_eq!(sources.get(there.at.source).name, "api.yaml");
    assert_eq!(there.at.line, 3);
}

#[test]
fn nodes_of_different_shapes_are_refused() {
    let said = told("- {target: '$.*', update: {a: 1}}");
    assert_eq!(said[0].0, "4:12 `$.*` selects both scalars and objects");
}

#[test]
fn a_copy_must_select_one_node() {
    let said = told("- {target: $.info, copy: $.tags.*}\n- {target: $.info, copy: $.tag}");
    assert_eq!(said[0].0, "4:26 `$.tags.*` selects 2 nodes to copy");
    assert_eq!(said[1].0, "5:26 `$.tag` selects nothing in the document");
}

#[test]
fn what_is_no_overlay_is_refused() {
    let cases = [
        ("- 1", "1:1 an overlay is an object, and this is an array"),
        ("actions: []", "1:1 this is no overlay: it has no `overlay`"),
        (
            "overlay: 1.1",
            "1:10 `overlay` must be a string, and this is a number",
        ),
        (
            "overlay: 2.0.0",
            "1:10 Overlay `2.0.0` is not known; 1.0 and 1.1 are",
        ),
        (
            "overlay: 1.1.0\ninfo: {}",
            "1:1 this overlay has no `actions`",
        ),
        (
            "overlay: 1.1.0\ninfo: {}\nactions: {}",
            "3:10 `actions` must be an array, and this is an object",
        ),
        (
            "overlay: 1.1.0\ninfo: {}\nactions: []\nextend: x",
            "4:1 `extend` means nothing here",
        ),
    ];
    for (overlay, expected) in cases {
        let (document, diags, _) = overlaid(API, &[overlay]);
        assert!(document.is_none(), "{overlay}");
        assert_eq!(line(&diags.items()[0]), expected);
    }
}

#[test]
fn an_overlay_cannot_blow_the_document_up() {
    let copies = "- {target: $.info, update: {a: [x]}}\n".to_owned()
        + &"- {target: $.info.a, copy: $.info.a}\n".repeat(40);
    let said = told(&copies);
    assert_eq!(
        said[0].0.split_once(' ').unwrap().1,
        "the document would have over 2000000 values"
    );

    let nested = format!("{}1{}", "{a: ".repeat(200), "}".repeat(200));
    let deeper = format!(
        "- {{target: $.info, update: {nested}}}\n- {{target: $.info{}, update: {nested}}}",
        ".a".repeat(100)
    );
    let said = told(&deeper);
    assert!(
        said[0]
            .0
            .ends_with("values would nest deeper than 256 levels"),
        "{said:?}"
    );
}

#[test]
fn a_path_that_is_too_involved_is_refused() {
    let nested = format!(
        "- target: '$[?{}@.a{}]'\n  remove: true",
        "(".repeat(9000),
        ")".repeat(9000)
    );
    assert!(told(&nested)[0].0.contains("too involved"));
    assert!(
        told("- {target: '$..a..b..c..d', remove: true}")[0]
            .0
            .contains("too involved")
    );
}
