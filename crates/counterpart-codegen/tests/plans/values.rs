//! Fields: presence, numbers, formats, enums, constants, maps.

use super::{head, lines, only, schemas, types};

/// The field `a` of a struct, with its schema and whether it is required.
fn field(schema: &str, required: bool) -> String {
    let required = if required { "[a]" } else { "[]" };
    let text =
        format!("S:\n  type: object\n  required: {required}\n  properties:\n    a: {schema}");
    only(&schemas(&text), "S")
}

#[test]
fn presence_and_null_are_kept_apart() {
    assert_eq!(field("{type: string}", true), "a: String");
    assert_eq!(field("{type: string}", false), "a: Option<String>");
    assert_eq!(
        field("{type: string, nullable: true}", true),
        "a: Option<String>"
    );
    assert_eq!(
        field("{type: string, nullable: true}", false),
        "a: Nullable<String>"
    );
}

#[test]
fn null_may_be_said_in_other_ways() {
    for schema in [
        "{type: [string, 'null']}",
        "{oneOf: [{type: string}, {type: 'null'}]}",
        "{anyOf: [{type: string}, {enum: [null]}]}",
        "{allOf: [{type: string}], nullable: true}",
        "{allOf: [{type: string}, {nullable: true}]}",
    ] {
        assert_eq!(field(schema, true), "a: Option<String>", "{schema}");
        assert_eq!(field(schema, false), "a: Nullable<String>", "{schema}");
    }
    assert_eq!(field("{enum: [x, y, null]}", false), "a: Nullable<SA>");
}

#[test]
fn whole_numbers_have_the_size_and_sign_of_the_document() {
    let cases = [
        ("{type: integer}", "i64"),
        ("{type: integer, format: int64}", "i64"),
        ("{type: integer, format: int32}", "i32"),
        ("{type: integer, format: int16}", "i32"),
        ("{type: integer, minimum: 0}", "u64"),
        ("{type: integer, minimum: -1}", "i64"),
        ("{type: integer, exclusiveMinimum: -1}", "u64"),
        ("{type: integer, exclusiveMinimum: -2}", "i64"),
        ("{type: integer, format: int32, minimum: 1}", "u32"),
        ("{type: integer, format: uint32}", "u32"),
        ("{type: integer, format: uint64}", "u64"),
        ("{type: number}", "f64"),
        ("{type: number, minimum: 0}", "f64"),
    ];
    for (schema, ty) in cases {
        assert_eq!(field(schema, true), format!("a: {ty}"), "{schema}");
    }
}

#[test]
fn formats_have_types_of_libraries() {
    let cases = [
        ("date-time", "chrono::DateTime"),
        ("date", "chrono::NaiveDate"),
        ("uuid", "uuid::Uuid"),
        ("uri", "url::Url"),
        ("byte", "Base64"),
        ("binary", "String"),
        ("email", "String"),
        ("no-such-format", "String"),
    ];
    for (format, ty) in cases {
        let schema = format!("{{type: string, format: {format}}}");
        assert_eq!(field(&schema, true), format!("a: {ty}"));
    }
}

#[test]
fn a_value_that_leaves_no_choice_is_a_constant() {
    assert_eq!(
        field("{type: string, enum: [x]}", true),
        r#"const A "a" = "x""#
    );
    assert_eq!(field("{const: x}", true), r#"const A "a" = "x""#);
    assert_eq!(field("{enum: [7]}", true), r#"const A "a" = 7"#);
    assert_eq!(field("{enum: [1.5]}", true), r#"const A "a" = 1.5"#);
    assert_eq!(field("{enum: [false]}", true), r#"const A "a" = false"#);
    // To be there or not, and null or not, is a choice.
    assert_eq!(field("{enum: [x]}", false), "a: Option<SA>");
    assert_eq!(field("{enum: [x, null]}", true), "a: Option<SA>");
    assert_eq!(
        field("{type: array, items: {enum: [x]}}", true),
        "a: Vec<SAItem>"
    );
}

#[test]
fn an_enum_of_several_types_is_as_wide_as_needed() {
    assert_eq!(field("{enum: [1, 2]}", true), "a: SA");
    assert_eq!(field("{enum: [1, 2.5]}", true), "a: f64");
    assert_eq!(field("{enum: [true, false]}", true), "a: bool");
    assert_eq!(field("{enum: [x, 1]}", true), "a: Value");
}

#[test]
fn an_enum_keeps_order_and_drops_what_is_said_twice() {
    let plan = schemas("E: {type: string, enum: [b, a, b, null]}");
    assert_eq!(lines(&plan, "E"), ["B = \"b\"", "A = \"a\""]);
}

#[test]
fn what_an_object_says_of_other_keys_is_kept() {
    let properties = "properties: {a: {type: string}}";
    let plan = schemas(&format!(
        "Silent: {{type: object, {properties}}}\n\
         Open: {{type: object, {properties}, additionalProperties: true}}\n\
         Typed: {{type: object, {properties}, additionalProperties: {{type: integer}}}}\n\
         Closed: {{type: object, {properties}, additionalProperties: false}}\n\
         Map: {{type: object, additionalProperties: {{type: integer}}}}\n\
         Free: {{type: object}}\n\
         Nothing: {{type: object, additionalProperties: false}}"
    ));
    let a = "a: Option<String>";
    assert_eq!(lines(&plan, "Silent"), [a]);
    assert_eq!(
        lines(&plan, "Open"),
        [a, "others in extra: IndexMap<String, Value>"]
    );
    assert_eq!(
        lines(&plan, "Typed"),
        [a, "others in extra: IndexMap<String, i64>"]
    );
    assert_eq!(lines(&plan, "Closed"), [a, "nothing else"]);
    assert_eq!(head(&plan, "Map"), "alias Map = IndexMap<String, i64>");
    assert_eq!(head(&plan, "Free"), "alias Free = Map<String, Value>");
    assert_eq!(head(&plan, "Nothing"), "struct Nothing new()");
}

#[test]
fn null_is_a_value_where_anything_is() {
    let plan = schemas("S: {type: object, properties: {any: {}, text: {type: string}}}");
    let item = &plan.types.modules[0].items[0];
    let counterpart_codegen::plan::types::Item::Struct(item) = item else {
        panic!("{item:?} is no struct");
    };
    let holds: Vec<bool> = item.fields().map(|field| field.holds_null).collect();
    assert_eq!(holds, [true, false]);
}

#[test]
fn new_takes_at_most_three() {
    let text = "S: {type: object, required: [a, b, c], properties: \
                {a: {type: string}, b: {type: string}, c: {type: string, nullable: true}, \
                d: {type: string}, e: {enum: [x]}}}";
    // A field that may be null and a constant need not be given.
    assert_eq!(head(&schemas(text), "S"), "struct S new(a, b)");
    let four = text
        .replace("[a, b, c]", "[a, b, d, e]")
        .replace("{enum: [x]}", "{}");
    assert_eq!(head(&schemas(&four), "S"), "struct S");
}

#[test]
fn a_required_name_without_a_property_changes_nothing() {
    let plan = schemas("S: {type: object, required: [b], properties: {a: {type: string}}}");
    assert_eq!(lines(&plan, "S"), ["a: Option<String>"]);
    assert_eq!(types(&plan), ["S"]);
}
