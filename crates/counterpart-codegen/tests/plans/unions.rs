//! Unions: how a value finds its variant.

use super::{head, lines, only, schemas, types};

/// Two objects with a property `kind`, which each says in its own way.
fn tagged(union: &str, first: &str, second: &str) -> Vec<String> {
    let plan = schemas(&format!(
        "U: {union}\n\
         First: {{type: object, {first}}}\n\
         Second: {{type: object, {second}}}"
    ));
    let mut found = vec![head(&plan, "U")];
    found.extend(lines(&plan, "U"));
    found
}

const UNION: &str =
    "{oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]}";

fn kind(value: &str) -> String {
    format!("required: [kind], properties: {{kind: {value}}}")
}

#[test]
fn a_required_constant_that_differs_is_a_tag() {
    let found = tagged(UNION, &kind("{enum: [a]}"), &kind("{const: b}"));
    assert_eq!(
        found,
        [
            r#"union U by tag "kind""#,
            r#"A(First) for "a""#,
            r#"B(Second) for "b""#
        ]
    );
}

#[test]
fn an_enum_is_a_tag_with_several_values() {
    let found = tagged(UNION, &kind("{enum: [a, b]}"), &kind("{enum: [c]}"));
    assert_eq!(found[1], r#"First(First) for "a" or "b""#);
}

#[test]
fn what_does_not_differ_or_need_not_be_there_is_no_tag() {
    let order = "union U in order";
    let same = tagged(UNION, &kind("{enum: [a]}"), &kind("{enum: [a, b]}"));
    assert_eq!(same[0], order);
    let open = tagged(UNION, &kind("{enum: [a]}"), &kind("{type: string}"));
    assert_eq!(open[0], order);
    let optional = "properties: {kind: {enum: [b]}}";
    assert_eq!(tagged(UNION, &kind("{enum: [a]}"), optional)[0], order);
}

#[test]
fn a_declared_tag_falls_back_to_the_name_of_the_schema() {
    let union = UNION.replace("]}", "], discriminator: {propertyName: kind}}");
    let found = tagged(&union, &kind("{type: string}"), &kind("{enum: [b]}"));
    assert_eq!(
        found,
        [
            r#"union U by tag "kind""#,
            r#"First(First) for "First""#,
            r#"B(Second) for "b""#
        ]
    );
}

#[test]
fn a_mapping_may_give_one_variant_several_tags() {
    let mapping = "mapping: {a: First, b: '#/components/schemas/First', c: Second}";
    let union = UNION.replace(
        "]}",
        &format!("], discriminator: {{propertyName: kind, {mapping}}}}}"),
    );
    let found = tagged(
        &union,
        "properties: {z: {}}",
        "properties: {kind: {type: string}}",
    );
    assert_eq!(
        found,
        [
            r#"union U by tag "kind""#,
            r#"First(First) for "a" or "b", written by the union"#,
            r#"C(Second) for "c", written by the union"#
        ]
    );
}

#[test]
fn the_first_property_that_tells_apart_is_the_tag() {
    let both = |a: &str, b: &str| {
        format!("required: [x, y], properties: {{x: {{const: {a}}}, y: {{const: {b}}}}}")
    };
    assert_eq!(
        tagged(UNION, &both("s", "a"), &both("s", "b"))[0],
        r#"union U by tag "y""#
    );
    assert_eq!(
        tagged(UNION, &both("s", "a"), &both("t", "b"))[0],
        r#"union U by tag "x""#
    );
}

/// How a union of these schemas is told apart.
fn how(members: &str) -> String {
    let plan = schemas(&format!(
        "U: {{anyOf: [{members}]}}\n\
         A: {{type: object, properties: {{a: {{type: string}}}}}}\n\
         B: {{type: object, properties: {{b: {{type: string}}}}}}"
    ));
    let head = head(&plan, "U");
    head.strip_prefix("union U ").unwrap_or(&head).to_owned()
}

#[test]
fn variants_of_different_json_types_need_no_tag() {
    let object = "{$ref: '#/components/schemas/A'}";
    assert_eq!(how(&format!("{{type: string}}, {object}")), "by JSON type");
    assert_eq!(
        how("{type: boolean}, {type: integer}, {type: string}"),
        "by JSON type"
    );
    assert_eq!(
        how("{type: array, items: {}}, {type: object}"),
        "by JSON type"
    );
    assert_eq!(how("{enum: [auto]}, {type: number}"), "by JSON type");
}

#[test]
fn variants_of_one_json_type_are_tried() {
    let objects = "{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}";
    assert_eq!(how(objects), "in order");
    assert_eq!(how(&format!("{objects}, {{type: string}}")), "in order");
    assert_eq!(how("{type: integer}, {type: number}"), "in order");
    assert_eq!(
        how("{type: string, format: date}, {type: string}"),
        "in order"
    );
    assert_eq!(
        how("{type: array, items: {type: string}}, {type: array, items: {}}"),
        "in order"
    );
    assert_eq!(how("{type: string}, {}"), "in order");
}

#[test]
fn a_union_of_one_is_no_union() {
    assert_eq!(how("{type: string}"), "alias U = String");
    assert_eq!(how("{type: string}, {type: 'null'}"), "alias U = String");
}

#[test]
fn a_string_or_some_strings_is_the_open_enum() {
    let plan = schemas("M: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}");
    assert_eq!(lines(&plan, "M"), ["A = \"a\"", "B = \"b\""]);
    // With one value listed it is an enum no less.
    let plan = schemas(
        "S: {type: object, properties: {m: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}}}",
    );
    assert_eq!(only(&plan, "S"), "m: Option<SM>");
}

#[test]
fn unions_of_unions_are_one() {
    let plan = schemas(
        "U: {oneOf: [{$ref: '#/components/schemas/V'}, {type: boolean}, {oneOf: [{type: number}, {type: string}]}]}\n\
         V: {oneOf: [{type: string}, {type: object}]}",
    );
    assert_eq!(types(&plan), ["U"]);
    // Two alternatives are a string, which no value could tell.
    let variants = [
        "Text(String)",
        "ValueMap(Map<String, Value>)",
        "Boolean(bool)",
        "Number(f64)",
    ];
    assert_eq!(lines(&plan, "U"), variants);
}

#[test]
fn one_that_is_used_by_itself_stays_a_type() {
    let plan = schemas(
        "U: {oneOf: [{$ref: '#/components/schemas/V'}, {type: boolean}]}\n\
         V: {oneOf: [{type: string}, {type: object}]}\n\
         S: {type: object, properties: {v: {$ref: '#/components/schemas/V'}}}",
    );
    assert_eq!(types(&plan), ["U", "V", "S"]);
}

#[test]
fn the_same_variant_twice_counts_once() {
    let twice = UNION.replace("Second", "First");
    let plan = schemas(&format!(
        "U: {twice}\nFirst: {{type: object, properties: {{a: {{}}}}}}"
    ));
    assert_eq!(lines(&plan, "U"), ["First(First)"]);
}

#[test]
fn a_nullable_variant_makes_the_union_nullable() {
    let plan = schemas(
        "S: {type: object, required: [u], properties: {u: {anyOf: [{$ref: '#/components/schemas/U'}, {type: boolean}]}}}\n\
         U: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}\n\
         A: {type: object, nullable: true, properties: {a: {type: string}}}",
    );
    assert_eq!(only(&plan, "S"), "u: Option<SU>");
    assert_eq!(
        lines(&plan, "SU"),
        ["A(A)", "Text(String)", "Boolean(bool)"]
    );
}

#[test]
fn mere_requirements_make_no_union() {
    let plan = schemas(
        "S: {type: object, properties: {a: {type: string}, b: {type: string}}, \
         oneOf: [{required: [a]}, {required: [b]}]}",
    );
    assert_eq!(
        lines(&plan, "S"),
        ["a: Option<String>", "b: Option<String>"]
    );
}

#[test]
fn anything_in_one_way_or_another_is_anything() {
    let plan = schemas(
        "A: {type: object, properties: {a: {oneOf: [{description: This.}, {description: That.}]}}}",
    );
    assert_eq!(lines(&plan, "A"), ["a: Option<Value>"]);
}
