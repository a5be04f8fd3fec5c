//! What 3.1 has words for: definitions, generics, narrowed references, places of lists.

use counterpart_goldens::{
    definitions, encoded_texts, generic_schemas, listed_constants, lists_of_places,
    recursion_through_all_of, reference_siblings, unevaluated_properties,
};
use counterpart_wire::Validate;

use crate::{lenient, refused, same};

#[test]
fn definitions_are_types_wherever_they_are() {
    use definitions::types::{PaintColor, Size, Wall};
    let wall: Wall = same(
        r#"{"color": "red", "paint": {"color": "green", "size": "small"}, "behind": {"color": "red"}}"#,
    );
    assert_eq!(wall.color, Some(PaintColor::Red));
    assert_eq!(wall.paint.unwrap().size, Some(Size::Small));
}

#[test]
fn a_narrowed_reference_asks_for_what_both_do() {
    use reference_siblings::types::Holder;
    let holder: Holder =
        same(r#"{"told": {"id": "a"}, "typed": {"id": "b"}, "more": {"id": "c", "label": "d"}}"#);
    assert_eq!(holder.more.unwrap().label, "d");
    assert!(refused::<Holder>(r#"{"more": {"id": "c"}}"#).contains("label"));
    let long: Holder = same(r#"{"short": "much too long"}"#);
    assert!(long.validate().is_err());
}

#[test]
fn a_generic_schema_holds_what_it_is_asked_to() {
    use generic_schemas::types::{LocalCategory, Users};
    let users: Users = same(r#"{"items": [{"name": "a"}]}"#);
    assert_eq!(users.items[0].name, "a");
    assert!(refused::<Users>(r#"{"items": [1]}"#).contains("items"));
    let category: LocalCategory =
        same(r#"{"id": "a", "children": [{"id": "b", "locale": "de"}], "locale": "en"}"#);
    let children = category.children.unwrap();
    assert_eq!(children[0].locale.as_deref(), Some("de"));
}

#[test]
fn places_of_one_kind_are_a_list_that_ends() {
    use lists_of_places::types::Shape;
    let shape: Shape = same(r#"{"point": [1.5, 2.0], "path": ["a", "b", "c"], "nothing": []}"#);
    assert!(shape.validate().is_ok());
    assert!(
        same::<Shape>(r#"{"point": [1.5, 2.0, 3.5]}"#)
            .validate()
            .is_err()
    );
    assert!(
        same::<Shape>(r#"{"point": [], "nothing": [1]}"#)
            .validate()
            .is_err()
    );
}

#[test]
fn what_is_not_evaluated_is_refused() {
    use unevaluated_properties::types::Sealed;
    same::<Sealed>(r#"{"a": "1", "b": "2"}"#);
    assert!(refused::<Sealed>(r#"{"a": "1", "c": "2"}"#).contains('c'));
    assert_eq!(lenient::<Sealed>(r#"{"a": "1", "c": "2"}"#).a, "1");
}

#[test]
fn listed_constants_are_open_enums() {
    use listed_constants::types::{Level, Mode, Setting, SettingMode};
    assert_eq!(same::<Mode>(r#""careful""#), Mode::Careful);
    assert_eq!(same::<Level>("2"), Level::from(2));
    let setting: Setting = same(r#"{"mode": null, "nothing": null}"#);
    assert!(setting.mode.is_null());
    let setting: Setting = same(r#"{"mode": "off", "nothing": null}"#);
    assert_eq!(setting.mode, SettingMode::Off.into());
}

#[test]
fn base64_stands_for_bytes_by_either_name() {
    use encoded_texts::types::Picture;
    assert_eq!(&*same::<Picture>(r#"{"data": "aGk="}"#).data, b"hi");
    assert!(refused::<Picture>(r#"{"data": "!"}"#).contains("data"));
    // The variant for URLs is another alphabet, and stays a text.
    let picture: Picture = same(r#"{"data": "", "data_url": "_-8", "meta": "{}"}"#);
    assert_eq!(picture.data_url.as_deref(), Some("_-8"));
}

#[test]
fn what_narrows_itself_holds_itself() {
    use recursion_through_all_of::types::Node;
    let node: Node =
        same(r#"{"id": "a", "parent": {"id": "b", "parent": {"id": "c", "parent": {"id": "d"}}}}"#);
    let deep = node.parent.unwrap().parent.unwrap().parent.unwrap();
    assert_eq!(deep.id, "d");
    assert!(refused::<Node>(r#"{"id": "a", "parent": {"parent": {}}}"#).contains("id"));
}
