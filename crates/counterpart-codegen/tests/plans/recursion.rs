//! Types that hold themselves: boxed where a cycle closes, and nowhere else.

use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::tree::Sources;

use super::{head, lines, only, schemas};
use crate::support::Case;

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
    assert_eq!(lines(&plan, "U"), ["Text(String)", "Not(Box<Not>)"]);
    assert_eq!(only(&plan, "Not"), "not: U");
}

/// Whoever refers to the types of a cycle, and in what order they are written.
#[test]
fn which_edge_is_boxed_depends_on_nothing_outside_of_the_cycle() {
    let b = "B: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}\n";
    let c = "C: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}\n";
    let a = "A: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}\n";
    for text in [[b, c, ""], [c, b, ""], [a, b, c], [c, a, b]] {
        let plan = schemas(&text.concat());
        assert_eq!(only(&plan, "B"), "c: Option<C>");
        assert_eq!(only(&plan, "C"), "b: Option<Box<B>>");
    }
}

#[test]
fn an_alias_of_a_list_ends_a_cycle() {
    let plan = schemas(
        "N: {type: object, required: [all], properties: {all: {$ref: '#/components/schemas/Ns'}}}\n\
         Ns: {type: array, items: {$ref: '#/components/schemas/N'}}",
    );
    assert_eq!(only(&plan, "N"), "all: Ns");
}

/// `type Tree = Vec<Tree>` is no type in Rust: what is innermost is any JSON, and a warning says so.
#[test]
fn a_list_of_nothing_but_itself_ends_somewhere() {
    let case = Case::read("reject", "alias_of_itself");
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let plan = case
        .run(&mut sources, &mut diags)
        .expect("a warning stops nothing")
        .plan;
    assert_eq!((diags.errors(), diags.warnings()), (0, 2));
    assert_eq!(head(&plan, "Tree"), "alias Tree = Vec<Value>");
    assert_eq!(
        head(&plan, "Forest"),
        "alias Forest = IndexMap<String, Vec<Value>>"
    );
}

/// Each union has the next twice: followed every time, there is no end to it.
#[test]
fn unions_that_double_are_flat_in_no_time() {
    let mut text = String::new();
    for level in 0..60 {
        let next = format!("{{$ref: '#/components/schemas/U{}'}}", level + 1);
        text.push_str(&format!(
            "U{level}: {{oneOf: [{next}, {next}, {{type: string}}]}}\n"
        ));
    }
    text.push_str("U60: {type: object, properties: {a: {type: string}}}");
    assert_eq!(lines(&schemas(&text), "U0"), ["U60(U60)", "Text(String)"]);
}

#[test]
fn another_name_for_a_type_may_stand_in_the_type() {
    let plan = schemas(
        "A: {$ref: '#/components/schemas/B'}\n\
         B: {allOf: [{$ref: '#/components/schemas/C'}], nullable: true}\n\
         C: {type: object, properties: {back: {$ref: '#/components/schemas/A'}}}\n\
         D: {description: D., allOf: [{type: object, properties: {d: {$ref: '#/components/schemas/D'}}}]}\n\
         E: {oneOf: [{type: object, properties: {e: {$ref: '#/components/schemas/E'}}}, {type: 'null'}]}",
    );
    // `B` may be null, and so may whatever is only another name for it.
    assert_eq!(only(&plan, "C"), "back: Nullable<Box<C>>");
    assert_eq!(only(&plan, "D"), "d: Option<Box<D>>");
    assert_eq!(only(&plan, "E"), "e: Nullable<Box<E>>");
}

/// The compiler gives up on types that are very deep, unless it is told how deep.
#[test]
fn crates_of_very_deep_types_say_so() {
    let limit = |levels: usize| {
        let open = "{type: object, properties: {in: ".repeat(levels);
        let text = format!("Nest: {open}{{type: string}}{}", "}}".repeat(levels));
        schemas(&text).recursion_limit
    };
    assert_eq!(limit(20), None);
    assert_eq!(limit(80), Some(256));
}
