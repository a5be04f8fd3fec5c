//! Types that hold themselves: boxed where a cycle closes, and nowhere else.

use super::{lines, only, schemas};

#[test]
fn a_field_of_its_own_type_is_boxed() {
    let plan = schemas("N: {type: object, properties: {next: {$ref: '#/components/schemas/N'}}}");
    assert_eq!(only(&plan, "N"), "next: Option<Box<N>>, set by set_next()");
}

#[test]
fn a_list_or_a_map_holds_it_already() {
    let plan = schemas(
        "N: {type: object, required: [l], properties: \
         {l: {type: array, items: {$ref: '#/components/schemas/N'}}, \
         m: {type: object, additionalProperties: {$ref: '#/components/schemas/N'}}}}",
    );
    assert_eq!(
        lines(&plan, "N"),
        ["l: Vec<N>", "m: Option<IndexMap<String, N>>"]
    );
}

#[test]
fn only_the_edge_that_closes_the_cycle_is_boxed() {
    let plan = schemas(
        "A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}\n\
         B: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}\n\
         C: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}\n\
         D: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
    );
    assert_eq!(only(&plan, "A"), "b: Option<B>");
    assert_eq!(only(&plan, "B"), "c: Option<C>");
    assert_eq!(
        lines(&plan, "C"),
        ["a: Option<Box<A>>", "b: Option<Box<B>>"]
    );
    assert_eq!(only(&plan, "D"), "a: Option<A>");
}

#[test]
fn a_union_that_holds_itself_is_boxed_in_its_variant_or_the_field() {
    let plan = schemas(
        "U: {oneOf: [{type: string}, {$ref: '#/components/schemas/Not'}]}\n\
         Not: {type: object, required: [not], properties: {not: {$ref: '#/components/schemas/U'}}}",
    );
    assert_eq!(lines(&plan, "U"), ["Text(String)", "Not(Not)"]);
    assert_eq!(only(&plan, "Not"), "not: Box<U>");
}

#[test]
fn an_alias_of_a_list_ends_a_cycle() {
    let plan = schemas(
        "N: {type: object, required: [all], properties: {all: {$ref: '#/components/schemas/Ns'}}}\n\
         Ns: {type: array, items: {$ref: '#/components/schemas/N'}}",
    );
    assert_eq!(only(&plan, "N"), "all: Ns");
}
