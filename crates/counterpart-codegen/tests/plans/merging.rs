//! `allOf`: several schemas become one.

use super::{head, lines, only, schemas, types};

#[test]
fn properties_come_in_the_order_of_the_members() {
    let plan = schemas(
        "S:\n  allOf:\n  - $ref: '#/components/schemas/Base'\n  - {properties: {b: {type: string}}}\n  \
         properties: {c: {type: string}}\n  required: [c]\n\
         Base: {type: object, required: [a], properties: {a: {type: string}}}",
    );
    assert_eq!(
        lines(&plan, "S"),
        ["a: String", "b: Option<String>", "c: String"]
    );
}

#[test]
fn required_may_be_said_apart_from_the_property() {
    let plan = schemas(
        "S: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [a]}]}\n\
         Base: {type: object, properties: {a: {type: string}}}",
    );
    assert_eq!(only(&plan, "S"), "a: String");
    assert_eq!(only(&plan, "Base"), "a: Option<String>");
}

#[test]
fn one_reference_with_annotations_is_that_type() {
    let plan = schemas(
        "S: {type: object, required: [a], properties: {a: \
         {description: Mine., default: {}, allOf: [{$ref: '#/components/schemas/Base'}, {nullable: true}]}}}\n\
         Base: {type: object, properties: {b: {type: string}}}",
    );
    assert_eq!(only(&plan, "S"), "a: Option<Base>");
    assert_eq!(types(&plan), ["S", "Base"]);
}

#[test]
fn a_property_of_both_is_what_both_say() {
    let plan = schemas(
        "S:\n  allOf:\n  - {type: object, properties: {k: {type: string}, o: {type: object, properties: {a: {type: string}}}}}\n  \
         - {type: object, required: [k], properties: {k: {enum: [x]}, o: {properties: {b: {type: string}}}}}",
    );
    assert_eq!(lines(&plan, "S"), [r#"const K "k" = "x""#, "o: Option<SO>"]);
    assert_eq!(
        lines(&plan, "SO"),
        ["a: Option<String>", "b: Option<String>"]
    );
}

#[test]
fn values_that_only_one_member_lists_are_no_values_of_the_whole() {
    let plan = schemas("E: {allOf: [{type: string, enum: [a, b, c]}, {enum: [c, d, a]}]}");
    assert_eq!(lines(&plan, "E"), ["A = \"a\"", "C = \"c\""]);
}

#[test]
fn the_tighter_limit_holds() {
    let plan = schemas(
        "S: {type: object, properties: {n: {allOf: [{type: integer, minimum: -5}, {minimum: 0}, {minimum: -9}]}}}",
    );
    assert_eq!(only(&plan, "S"), "n: Option<u64>");
}

#[test]
fn a_base_that_comes_in_twice_counts_once() {
    let plan = schemas(
        "S: {allOf: [{$ref: '#/components/schemas/L'}, {$ref: '#/components/schemas/R'}]}\n\
         L: {allOf: [{$ref: '#/components/schemas/Top'}, {type: object, properties: {l: {type: string}}}]}\n\
         R: {allOf: [{$ref: '#/components/schemas/Top'}, {type: object, properties: {r: {type: string}}}]}\n\
         Top: {type: object, properties: {t: {type: string}}}",
    );
    assert_eq!(
        lines(&plan, "S"),
        [
            "t: Option<String>",
            "l: Option<String>",
            "r: Option<String>"
        ]
    );
}

#[test]
fn a_closed_member_closes_the_whole() {
    let plan = schemas(
        "S: {allOf: [{type: object, additionalProperties: false, properties: {a: {type: string}}}, \
         {additionalProperties: true}]}",
    );
    assert_eq!(lines(&plan, "S"), ["a: Option<String>", "nothing else"]);
}

#[test]
fn a_union_among_the_members_is_one_of_the_whole() {
    let plan = schemas(
        "S:\n  allOf:\n  - {type: object, required: [id], properties: {id: {type: string}}}\n  - oneOf:\n    \
         - {title: A, required: [k], properties: {k: {enum: [a]}}}\n    - {title: B, required: [k], properties: {k: {enum: [b]}}}",
    );
    assert_eq!(head(&plan, "S"), r#"union S by tag "k""#);
    assert_eq!(lines(&plan, "SA"), ["id: String", r#"const K "k" = "a""#]);
}
