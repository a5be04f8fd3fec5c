//! YAML: values, places, anchors, and what is said about mistakes.

use super::{read, yaml};
use crate::load::build::MAX_DEPTH;

#[test]
fn values() {
    let text = "
a: 1
b: [x, 'y', \"z\\n\"]
c:
  - true
  - ~
  -
d: |
  two
  lines
e: >-
  folded
  text
f: {g: {h: 1.5}}
i: yes
j: 2020-01-01
k: 0123
";
    let expected = r#"{"a":1,"b":["x","y","z\n"],"c":[true,null,null],"d":"two\nlines\n","e":"folded text","f":{"g":{"h":1.5}},"i":"yes","j":"2020-01-01","k":"0123"}"#;
    assert_eq!(yaml(text).json(), expected);
}

#[test]
fn keys_are_the_text_that_is_written() {
    let text = "200: a\ntrue: b\n2020-01-01: c\n1.0: d\n\"null\": e\n'': f\n0x1f: g\n~x: h";
    let expected = r#"{"200":"a","true":"b","2020-01-01":"c","1.0":"d","null":"e","":"f","0x1f":"g","~x":"h"}"#;
    assert_eq!(yaml(text).json(), expected);
}

#[test]
fn what_cannot_be_a_key() {
    let cases = [
        ("~: a", "1:1 a key is null here"),
        ("a:\n  null: b", "2:3 a key is null here"),
        (": a", "1:1 a key is null here"),
        (
            "{a: b}: c",
            "1:1 a mapping is used as a key here, and keys must be text",
        ),
        (
            "a:\n  {{ x }}: c",
            "2:3 a mapping is used as a key here, and keys must be text",
        ),
        (
            "? [a]\n: c",
            "1:3 a sequence is used as a key here, and keys must be text",
        ),
        (
            "a: &x [1]\n*x : 2",
            "2:1 an array is used as a key here, and keys must be text",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(yaml(text).told(), [expected], "{text}");
    }
    assert_eq!(
        yaml("null: a").help(),
        "if the name is meant, quote it: `\"null\":`"
    );
}

#[test]
fn places() {
    let node = yaml("é: ü\nb:\n  - c: 1\n    d: |\n      x\n  - &e {f: [2]}\n")
        .node
        .unwrap();
    let at = |place: crate::load::tree::Location| (place.line, place.column);
    let members = node.as_object().unwrap();
    assert_eq!(at(members["é"].key_at), (1, 1));
    assert_eq!(at(members["é"].node.at), (1, 4));
    assert_eq!(at(members["b"].node.at), (3, 3));
    let items = members["b"].node.as_array().unwrap();
    assert_eq!(at(items[0].at), (3, 5));
    assert_eq!(at(items[0].as_object().unwrap()["d"].key_at), (4, 5));
    // A block of text is where its first line is.
    assert_eq!(at(items[0].get("d").unwrap().at), (5, 7));
    assert_eq!(at(items[1].pointer("/f/0").unwrap().at), (6, 13));
}

#[test]
fn other_line_ends_and_a_byte_order_mark() {
    let outcome = yaml("\u{feff}a: 1\r\nb:\r\n- 2\r\n");
    assert_eq!(
        outcome
            .node
            .as_ref()
            .unwrap()
            .pointer("/b/0")
            .unwrap()
            .at
            .line,
        3
    );
    assert_eq!(outcome.json(), r#"{"a":1,"b":[2]}"#);
}

#[test]
fn duplicate_keys_are_told_with_pointer_and_both_places() {
    let outcome = yaml("paths:\n  /x:\n    get: 1\n  /x:\n    put: 2\n");
    assert_eq!(outcome.told(), ["4:3 `/x` is written twice in one object"]);
    let error = &outcome.diags.items()[0];
    assert_eq!(error.place.as_ref().unwrap().pointer, "#/paths/~1x");
    assert_eq!(error.related.as_ref().unwrap().0.at.line, 2);
    // The first one is kept.
    assert_eq!(outcome.value(), r#"{"paths":{"/x":{"get":1}}}"#);
}

#[test]
fn anchors_and_aliases() {
    let text = "a: &a {x: [1, &b 2]}\nc: *a\nd: *b\n&k e: f\ng: *k\n*k : h";
    let outcome = yaml(text);
    assert_eq!(outcome.told(), ["6:1 `e` is written twice in one object"]);
    assert_eq!(
        outcome.value(),
        r#"{"a":{"x":[1,2]},"c":{"x":[1,2]},"d":2,"e":"f","g":"e"}"#
    );
    // A copy keeps the place of what it is a copy of.
    let node = outcome.node.unwrap();
    assert_eq!(node.pointer("/c/x/0").unwrap().at.line, 1);
}

#[test]
fn an_anchor_may_be_given_again() {
    assert_eq!(
        yaml("a: &x 1\nb: *x\nc: &x 2\nd: *x").json(),
        r#"{"a":1,"b":1,"c":2,"d":2}"#
    );
}

#[test]
fn merge_keys() {
    let text = "
base: &base {a: 1, b: 2}
more: &more {b: 3, c: 4}
one: {<<: *base, b: 9}
two: {z: 0, <<: [*base, *more]}
quoted: {'<<': 1}
";
    let outcome = yaml(text);
    let node = outcome.node.as_ref().unwrap();
    let of = |key: &str| node.get(key).unwrap().to_json().to_string();
    assert!(outcome.told().is_empty(), "{:?}", outcome.told());
    // What is written wins over what is merged, and the first merged over the second.
    assert_eq!(of("one"), r#"{"a":1,"b":9}"#);
    assert_eq!(of("two"), r#"{"z":0,"a":1,"b":2,"c":4}"#);
    assert_eq!(of("quoted"), r#"{"<<":1}"#);
    assert_eq!(
        yaml("a: {<<: 1}").told(),
        ["1:5 `<<` merges mappings, and this is a number"]
    );
}

#[test]
fn what_contains_itself_is_refused() {
    let outcome = yaml("a: &a [*a]");
    assert_eq!(
        outcome.told(),
        ["1:8 this alias stands inside of what it stands for"]
    );
    assert!(outcome.help().contains("$ref"));
}

#[test]
fn aliases_that_multiply_are_bounded() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let outcome = yaml(&text);
    assert!(
        outcome.told()[0].contains("has over 2000000 values"),
        "{:?}",
        outcome.told()
    );
    assert!(outcome.node.is_none());
}

#[test]
fn anchors_around_anchors_are_bounded() {
    let mut text = String::from("x: ");
    for level in 0..200 {
        text.push_str(&format!("&a{level} ["));
    }
    text.push_str(&"1, ".repeat(20_000));
    text.push_str(&"]".repeat(200));
    assert!(yaml(&text).told()[0].contains("has over 2000000 values"));
}

#[test]
fn an_alias_counts_towards_the_depth() {
    let half = MAX_DEPTH / 2;
    let nested = |inner: &str| format!("{}{inner}{}", "[".repeat(half), "]".repeat(half));
    let text = format!("a: &a {}\nb: {}", nested("1"), nested("*a"));
    assert_eq!(
        yaml(&text).told(),
        ["2:132 values nest deeper than 256 levels here"]
    );
}

#[test]
fn tags() {
    let text =
        "a: !!str 1\nb: !!int '2'\nc: ! 3\nd: !!float 4\ne: !!str\nf: !!int 007\ng: !!bool 'true'";
    let expected = r#"{"a":"1","b":2,"c":"3","d":4,"e":"","f":7,"g":true}"#;
    assert_eq!(yaml(text).json(), expected);

    let outcome = yaml("a: !include other.yaml\nb: !Ref [1]\nc: !!python/object {}");
    assert_eq!(
        outcome.told(),
        [
            "1:4 (warning) the tag `!include` is ignored",
            "2:4 (warning) the tag `!Ref` is ignored",
            "3:4 (warning) the tag `!!python/object` is ignored",
        ]
    );
    assert_eq!(outcome.value(), r#"{"a":"other.yaml","b":[1],"c":{}}"#);
    assert_eq!(
        yaml("a: !!int x").told(),
        ["1:4 the tag `!!int` does not fit this value"]
    );
}

#[test]
fn what_json_has_no_word_for_is_told() {
    let outcome = yaml("a: .inf\nb: 1e999");
    assert_eq!(
        outcome.told(),
        [
            "1:4 (warning) `.inf` has no counterpart in JSON and is read as text",
            "2:4 (warning) this number is out of range: the largest 64-bit float stands for it",
        ]
    );
}

#[test]
fn one_document_in_one_file() {
    assert_eq!(yaml("---\na: 1\n...\n").json(), r#"{"a":1}"#);
    assert_eq!(yaml("%YAML 1.2\n---\na: 1\n").json(), r#"{"a":1}"#);
    assert_eq!(
        yaml("a: 1\n---\nb: 2\n").told(),
        ["2:1 a second YAML document starts here, and one file must hold one"]
    );
}

#[test]
fn nothing_at_all_is_no_document() {
    for text in ["", "  \n", "# only words\n", "---\n"] {
        assert_eq!(
            yaml(text).told(),
            ["1:1 `a.yaml` has no content but comments"],
            "{text:?}"
        );
    }
    assert_eq!(yaml("null").json(), "null");
}

#[test]
fn mistakes_have_a_place_and_are_put_in_words() {
    let cases = [
        ("a: b: c", "1:5 not valid YAML: a `:` cannot stand here"),
        (
            "a:\n\tb: 1",
            "2:2 not valid YAML: a tab stands where YAML takes only spaces",
        ),
        (
            "a: \"x\n",
            "1:4 not valid YAML: this text has no closing quote",
        ),
        (
            "a: 'x\nb: 1",
            "1:4 not valid YAML: this text has no closing quote, or its later lines are not indented",
        ),
        (
            "a: *x",
            "1:4 not valid YAML: nothing has the name of this alias",
        ),
        (
            "a: @x",
            "1:4 not valid YAML: an unquoted text cannot start like this",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "3:2 not valid YAML: this line does not fit the keys around it",
        ),
        (
            "- a\nb: 1",
            "2:1 not valid YAML: this line is no entry of the list above it",
        ),
        (
            "{a: 1\n",
            "1:5 not valid YAML: a `,` or `}` is missing before this",
        ),
        (
            "a: [1\n",
            "1:5 not valid YAML: a `,` or `]` is missing before this",
        ),
        (
            "[a]\nb: 1",
            "2:1 not valid YAML: the document is complete, and this follows it",
        ),
        (
            "a: \"\\q\"",
            "1:4 not valid YAML: a backslash in this text starts no escape that YAML knows",
        ),
        (
            "a: 'x' y",
            "1:8 not valid YAML: a quoted text has ended, and this follows it",
        ),
        (
            "a: - b",
            "1:4 not valid YAML: a list cannot start on the line of its key",
        ),
        (
            "a: b]}\n}",
            "2:1 not valid YAML: this bracket closes nothing",
        ),
        ("a: ]", "1:4 not valid YAML: this bracket closes nothing"),
        (
            "a: |x\n  b",
            "1:4 not valid YAML: nothing may follow `|` or `>` on its line",
        ),
    ];
    for (text, expected) in cases {
        let outcome = yaml(text);
        assert_eq!(outcome.told(), [expected], "{text}");
        assert!(!outcome.help().is_empty(), "{text}");
    }
}

#[test]
fn a_missing_bracket_shows_where_it_was_opened() {
    let outcome = read("a.yaml", "x: [1,\n  2\n");
    let error = &outcome.diags.items()[0];
    let (place, label) = error.related.as_ref().unwrap();
    assert_eq!((place.at.line, place.at.column), (1, 4));
    assert_eq!(label, "it was opened here");
}

#[test]
fn hostile_texts_end_soon_with_an_error() {
    let deep = "values nest deeper than 256 levels here";
    let cases = [
        ("{".repeat(200_000), deep),
        ("[".repeat(200_000), deep),
        ("- ".repeat(100_000), deep),
        ("? ".repeat(100_000), "used as a key"),
        ("a: [".repeat(100_000), deep),
        (
            (0..2_000)
                .map(|i| format!("{}a:\n", " ".repeat(i)))
                .collect(),
            deep,
        ),
        (
            format!("a: [{}]", "1,".repeat(1_100_000)),
            "over 1000000 commas and brackets",
        ),
    ];
    for (text, expected) in cases {
        let told = yaml(&text).told();
        assert!(told[0].contains(expected), "{told:?}");
    }
}
