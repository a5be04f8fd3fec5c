//! Structs, maps, recursion, numbers and formats.

use counterpart_goldens::{
    all_of_merge, closed_object, empty_object, formats, formats_switched_off, free_form, keywords,
    lists, mangled_names, map, map_beside_properties, mutual_recursion, numbers, path_ref,
    recursion, recursion_through_list, shared_rust_name, symbols_in_names,
};
use counterpart_wire::{IndexMap, json};

use crate::{lenient, refused, same, strict};

#[test]
fn members_of_all_of_are_one_object() {
    use all_of_merge::types::Created;
    let created: Created = same(r#"{"id": "a", "name": "b", "size": 3, "note": "c"}"#);
    assert_eq!(created.size, 3);
    assert!(refused::<Created>(r#"{"id": "a", "size": 3, "note": "c"}"#).contains("name"));
}

#[test]
fn a_map_keeps_its_order() {
    use map::types::Holder;
    let text = r#"{"metadata": {"z": "1", "a": "2"}, "scores": {"x": null, "b": 1.5}, "entries": {"e": {"weight": 1.0}}}"#;
    let holder: Holder = same(text);
    let keys: Vec<&String> = holder.metadata.keys().collect();
    assert_eq!(keys, ["z", "a"]);
    assert_eq!(holder.scores.unwrap()["x"], None);
}

#[test]
fn keys_that_are_not_listed_are_kept_where_the_document_says_so() {
    use map_beside_properties::types::{Anything, Filter};
    let filter: Filter = same(r#"{"name": "a", "b": 1, "c": 2}"#);
    assert_eq!(
        filter.extra,
        IndexMap::from([("b".to_owned(), 1), ("c".to_owned(), 2)])
    );
    assert!(strict::<Filter>(r#"{"name": "a", "b": "no number"}"#).is_err());
    let anything: Anything = same(r#"{"extra": "e", "x": [null], "additional_properties": 1}"#);
    assert_eq!(anything.additional_properties.len(), 2);
}

#[test]
fn a_closed_object_refuses_what_is_not_listed() {
    use closed_object::types::Strict;
    use empty_object::types::{Holder, Nothing, Tool};
    assert_eq!(same::<Strict>(r#"{"name": "a"}"#), Strict::new("a"));
    let told = refused::<Strict>(r#"{"name": "a", "colour": 1}"#);
    assert!(told.contains("colour"), "{told}");
    assert_eq!(
        lenient::<Strict>(r#"{"name": "a", "colour": 1}"#),
        Strict::new("a")
    );
    assert_eq!(same::<Tool>(r#"{"type": "search"}"#), Tool::new());
    assert_eq!(
        same::<Holder>(r#"{"nothing": {}}"#),
        Holder::new(Nothing::new())
    );
    assert!(refused::<Nothing>(r#"{"a": 1}"#).contains('a'));
}

#[test]
fn what_is_free_form_is_any_object() {
    use free_form::types::Context;
    let context: Context = same(r#"{"b": {"deep": [1, null]}, "a": ""}"#);
    assert_eq!(context.keys().collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn numbers_have_limits() {
    use numbers::types::Numbers;
    let text = r#"{"plain": -9007199254740993, "short": -2147483648, "count": 18446744073709551615, "index": 7}"#;
    let numbers: Numbers = same(text);
    assert_eq!(
        (numbers.plain, numbers.count),
        (-9_007_199_254_740_993, u64::MAX)
    );
    assert!(strict::<Numbers>(&text.replace("-2147483648", "2147483648")).is_err());
    assert!(strict::<Numbers>(&text.replace("18446744073709551615", "-1")).is_err());
    assert!(strict::<Numbers>(&text.replace(": 7", ": 7.5")).is_err());
}

#[test]
fn formats_are_read_and_written_as_the_document_has_them() {
    use formats::types::Record;
    let text = r#"{"id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "at": "2024-02-29T23:59:59+02:00", "day": "2024-02-29", "link": null, "body": "/w==", "days": ["2024-03-01"]}"#;
    let record: Record = same(text);
    assert_eq!(record.at.to_rfc3339(), "2024-02-29T23:59:59+02:00");
    assert_eq!(record.body.as_deref(), Some(&[255][..]));
    let told = refused::<Record>(&text.replace("/w==", "/w"));
    assert!(told.contains("base64"), "{told}");
    assert!(strict::<Record>(&text.replace("2024-02-29\"", "2023-02-29\"")).is_err());
    assert!(strict::<Record>(&text.replace("67e5", "xxxx")).is_err());
    use formats_switched_off::types::Record as Plain;
    let plain: Plain = same(r#"{"id": "anything", "at": "yesterday", "body": "?"}"#);
    assert_eq!(plain, Plain::new("anything", "yesterday").body("?"));
}

/// The same value, but not the same text.
#[test]
fn a_value_is_written_in_the_spelling_of_its_library() {
    use formats::types::Record;
    let text =
        |id: &str, at: &str, link: &str| format!(r#"{{"id":"{id}","at":"{at}","link":"{link}"}}"#);
    let (id, at) = (
        "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "2024-02-29T23:59:59Z",
    );
    let spelled = text(id, at, "http://example.com/");
    for (id, at, link) in [
        (id, "2024-02-29T23:59:59.000Z", "http://example.com"),
        (id, "2024-02-29T23:59:59+00:00", "HTTP://example.com:80"),
        (&id.to_uppercase(), at, "http://EXAMPLE.com/"),
    ] {
        let record: Record = strict(&text(id, at, link)).unwrap();
        assert_eq!(json::encode(&record).unwrap(), spelled);
        assert_eq!(strict::<Record>(&spelled), Ok(record));
    }
}

#[test]
fn lists_may_have_holes_and_lists_in_them() {
    use lists::types::Lists;
    let text = r#"{"names": [], "holes": ["a", null], "nested": [[1.0], []], "anything": [null, {"a": 1}], "things": null}"#;
    let lists: Lists = same(text);
    assert_eq!(lists.holes, Some(vec![Some("a".to_owned()), None]));
}

#[test]
fn types_may_hold_themselves() {
    use mutual_recursion::types::{Company, Person};
    use recursion::types::Node;
    use recursion_through_list::types::Folder;
    let node: Node = same(r#"{"value": "a", "next": {"value": "b", "other": null}}"#);
    assert_eq!(node, Node::new("a").set_next(node.next.clone().unwrap()));
    let company = Company::new(Person::new("Ada"));
    let text = r#"{"name": "Bob", "employer": {"owner": {"name": "Ada"}, "seat": {"mayor": {"name": "Eve"}}}}"#;
    let person: Person = same(text);
    assert_eq!(person.employer.unwrap().owner, company.owner);
    let folder: Folder =
        same(r#"{"children": [{"children": []}], "by_name": {"a": {"children": []}}}"#);
    assert_eq!(folder.children.len(), 1);
}

#[test]
fn names_on_the_wire_are_the_documents() {
    use keywords::types::Type;
    use mangled_names::types::Search as Mangled;
    use symbols_in_names::types::Search;
    let text = r#"{"include[]": "a", "$filter": "b", "user.name": "c", "@type": "d", "+1": 1, "-1": 2, "2fa": true, "größe": 1.5, "*": "e"}"#;
    let search: Search = same(text);
    assert_eq!((search.plus_1, search.minus_1), (Some(1), Some(2)));
    let mangled = Mangled::new().include("a").filter("b");
    let text = r#"{"includeLeft_Square_BracketRight_Square_Bracket": "a", "Dollarfilter": "b"}"#;
    assert_eq!(same::<Mangled>(text), mangled);
    let text = r#"{"type": "a", "match": "b", "self": "c", "Self": "d", "yield": "Unknown"}"#;
    assert_eq!(same::<Type>(text).self_pascal.as_deref(), Some("d"));
}

#[test]
fn one_type_serves_several_places() {
    use path_ref::types::{Run, RunUsage, Summary};
    use shared_rust_name::types::{Answer, Part, Question, Role};
    let question: Question = same(r#"{"role": "user"}"#);
    let answer = Answer::new(question.role, vec![Part::new("Hello")]);
    assert_eq!(answer.role, Role::User);
    let run: Run = same(r#"{"usage": {"tokens": 7}}"#);
    let summary = Summary::new().usage(run.usage.unwrap());
    assert_eq!(summary.usage, Some(RunUsage::new(7)));
}
