//! Keywords that came with 3.1, of which a part is not checked: the types say what is left.

use super::{lines, loosely, only, types};

#[test]
fn properties_on_a_condition_are_optional() {
    let plan = loosely(
        "Payment:\n  type: object\n  required: [kind]\n  \
         properties: {kind: {type: string}, note: {type: string}}\n  \
         if: {properties: {kind: {const: card}}}\n  \
         then: {required: [number], properties: {number: {type: string}, note: {maxLength: 20}}}\n  \
         else: {properties: {iban: {type: string}, number: {type: integer}}}\n  \
         dependentSchemas: {note: {properties: {language: {type: string}}}}",
    );
    assert_eq!(
        lines(&plan, "Payment"),
        [
            "kind: String",
            "note: Option<String>",
            "number: Option<PaymentNumber>",
            "iban: Option<String>",
            "language: Option<String>"
        ]
    );
}

#[test]
fn what_only_forbids_makes_no_type() {
    let plan = loosely(
        "S: {type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/Base'}, {not: {required: [z]}}]}}}\n\
         Base: {type: object, properties: {b: {type: string}}}",
    );
    assert_eq!(types(&plan), ["S", "Base"]);
}

#[test]
fn the_items_of_places_are_what_any_of_them_is() {
    let plan = loosely(
        "S: {type: object, properties: {a: {type: array, prefixItems: [{type: string}, {type: integer}, {type: string}]}, \
         b: {prefixItems: [{type: integer}], items: {type: boolean}}}}",
    );
    assert_eq!(
        lines(&plan, "S"),
        ["a: Option<Vec<SAItem>>", "b: Option<Vec<SBItem>>"]
    );
    assert_eq!(lines(&plan, "SAItem"), ["Text(String)", "Integer(i64)"]);
    assert_eq!(lines(&plan, "SBItem"), ["Integer(i64)", "Boolean(bool)"]);
}

#[test]
fn patterns_of_keys_make_a_map() {
    let plan = loosely(
        "S: {type: object, properties: {id: {type: string}}, patternProperties: {^x-: {type: integer}}}\n\
         T: {type: object, properties: {a: {patternProperties: {^x-: {type: integer}, ^y-: {type: integer}}, additionalProperties: false}, \
         b: {patternProperties: {^x-: {type: integer}}, additionalProperties: {type: string}}}}",
    );
    assert_eq!(
        lines(&plan, "S"),
        [
            "id: Option<String>",
            "others in extra: IndexMap<String, i64>"
        ]
    );
    assert_eq!(
        lines(&plan, "T"),
        [
            "a: Option<IndexMap<String, i64>>",
            "b: Option<IndexMap<String, TBValue>>"
        ]
    );
}

#[test]
fn definitions_of_a_schema_around_are_found() {
    let plan = loosely(
        "S:\n  type: object\n  properties: {a: {$ref: '#/$defs/A'}}\n  $defs: {A: {type: object, properties: {b: {type: string}}}}",
    );
    assert_eq!(only(&plan, "S"), "a: Option<SA>");
}
