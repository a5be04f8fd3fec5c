//! References that lead from schema to schema to schema, further than anybody writes by hand.

use super::{head, schemas};

const LENGTH: usize = 2_000;

/// `A0` to `A1999`, each made of the name of the next one, and a text at the end.
fn chain(link: impl Fn(&str) -> String) -> String {
    let links =
        (0..LENGTH).map(|index| format!("A{index}: {}\n", link(&format!("A{}", index + 1))));
    links.collect::<String>() + &format!("A{LENGTH}: {{type: string}}\n")
}

fn to(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}

#[test]
fn names_for_names_come_to_an_end() {
    let plan = schemas(&format!(
        "{}Last: {{type: object, properties: {{it: {}}}}}\n",
        chain(to),
        to("A0")
    ));
    assert_eq!(head(&plan, "Last"), "struct Last new()");
}

#[test]
fn objects_in_objects_come_to_an_end() {
    let plan = schemas(&chain(|next| {
        format!("{{type: object, properties: {{next: {}}}}}", to(next))
    }));
    // The text at the end has a name of its own.
    assert_eq!(plan.types.modules.len(), LENGTH + 1);
}

#[test]
fn lists_in_lists_come_to_an_end() {
    let plan = schemas(&chain(|next| {
        format!("{{type: array, items: {}}}", to(next))
    }));
    assert_eq!(plan.types.modules.len(), LENGTH + 1);
}
