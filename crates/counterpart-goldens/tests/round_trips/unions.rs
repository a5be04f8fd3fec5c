//! Unions: by a tag, by the JSON type, in order; what is not listed is kept.

use counterpart_goldens::{
    discriminator_without_property, files_of_variants, recursion_through_union,
    tagged_union_declared, tagged_union_inferred, tagged_union_mapping, union_by_type,
    union_by_type_and_tag, union_in_order, union_of_enum_tags, union_of_inline_objects,
    union_of_lists, union_of_unions, union_with_constant, union_with_shared_properties,
};

use crate::{kept, refused, same};

#[test]
fn a_tag_selects_the_variant_wherever_it_stands() {
    use tagged_union_inferred::types::{Circle, Drawing, Shape, Square};
    let first: Shape = same(r#"{"kind": "circle", "radius": 1.5}"#);
    assert_eq!(first, Shape::from(Circle::new(1.5)));
    // The order of keys is that of the document when it is written.
    let last: Shape = crate::lenient(r#"{"radius": 1.5, "kind": "circle"}"#);
    assert_eq!(last, first);
    let drawing: Drawing = same(
        r#"{"main": {"kind": "square", "side": 2.0}, "others": [{"kind": "circle", "radius": 1.0}], "named": {"a": {"kind": "square", "side": 3.0}}}"#,
    );
    assert_eq!(drawing.main, Square::new(2.0).into());
}

#[test]
fn an_unknown_variant_is_kept_with_all_its_keys() {
    use tagged_union_inferred::types::{Drawing, Shape};
    let unknown: Shape = kept(r#"{"kind": "star", "points": [5, null], "z": {"b": 1, "a": 2}}"#);
    assert!(matches!(unknown, Shape::Unknown(_)));
    kept::<Shape>(r#"{"points": 5, "kind": "star"}"#);
    kept::<Drawing>(r#"{"main": {"kind": "star"}, "others": [{"kind": "star"}]}"#);
    let told = refused::<Shape>(r#"{"kind": "star"}"#);
    assert!(told.contains("star") && told.contains("circle"), "{told}");
}

#[test]
fn a_tag_that_the_schema_leaves_open_is_written_by_the_variant() {
    use tagged_union_declared::types::{Cat, Pet};
    let pet: Pet = same(r#"{"pet_type": "Cat", "indoor": true}"#);
    assert_eq!(pet, Pet::Cat(Cat::new().indoor(true)));
}

#[test]
fn every_tag_of_a_mapping_selects_its_variant() {
    use tagged_union_mapping::types::Pet;
    for (text, is_cat) in [("cat", true), ("kitten", true), ("dog", false)] {
        let pet: Pet = same(&format!(r#"{{"type": "{text}"}}"#));
        assert_eq!(matches!(pet, Pet::Cat(_)), is_cat, "{text}");
    }
}

#[test]
fn the_union_writes_a_tag_that_the_variant_does_not_have() {
    use discriminator_without_property::types::{Cat, Dog, Pet};
    let pet: Pet = same(r#"{"kind": "cat", "indoor": true}"#);
    assert_eq!(pet, Pet::Cat(Cat::new().indoor(true)));
    let dog = serde_json::to_string(&Pet::Dog(Dog::new().bark("wuff"))).unwrap();
    assert_eq!(dog, r#"{"kind":"dog","bark":"wuff"}"#);
}

#[test]
fn a_tag_with_several_values_is_a_field() {
    use union_of_enum_tags::types::{Round, RoundKind, Shape};
    let shape: Shape = same(r#"{"kind": "ellipse"}"#);
    assert_eq!(shape, Shape::Round(Round::new(RoundKind::Ellipse)));
}

#[test]
fn the_json_type_selects_the_variant() {
    use union_by_type::types::{Input, Prompt};
    assert_eq!(same::<Input>(r#""text""#), Input::from("text"));
    assert_eq!(
        same::<Input>(r#"["a", "b"]"#),
        Input::TextList(vec!["a".into(), "b".into()])
    );
    assert_eq!(
        same::<Input>(r#"{"id": "p"}"#),
        Input::Prompt(Prompt::new("p"))
    );
    assert_eq!(same::<Input>("1.5"), Input::Number(1.5));
    assert_eq!(same::<Input>("true"), Input::from(true));
    let told = refused::<Input>("null");
    assert!(told.contains("null"), "{told}");
}

#[test]
fn one_string_may_be_a_variant_of_its_own() {
    use union_with_constant::types::Format;
    assert_eq!(same::<Format>(r#""auto""#), Format::Auto);
    assert!(matches!(same(r#"{"name": "x"}"#), Format::Schema(_)));
    assert!(matches!(kept(r#""other""#), Format::Unknown(_)));
    assert!(matches!(kept("7"), Format::Unknown(_)));
}

#[test]
fn objects_of_a_union_by_type_have_a_tag() {
    use union_by_type_and_tag::types::{Choice, ChoiceMode, Function};
    assert_eq!(same::<Choice>(r#""auto""#), Choice::Mode(ChoiceMode::Auto));
    let function: Choice = same(r#"{"type": "function", "name": "f"}"#);
    assert_eq!(function, Choice::Function(Function::new("f")));
    assert!(matches!(
        kept(r#"{"type": "mcp", "x": 1}"#),
        Choice::Unknown(_)
    ));
}

#[test]
fn what_has_neither_is_tried_in_order() {
    use union_in_order::types::{Point, Size, When};
    assert!(matches!(
        same(r#"{"angle": 1.0, "distance": 2.0}"#),
        Point::Polar(_)
    ));
    assert!(matches!(same(r#"{"x": 1.0, "y": 2.0}"#), Point::Plane(_)));
    let told = refused::<Point>(r#"{"x": 1.0}"#);
    assert!(told.contains("Polar") && told.contains("angle"), "{told}");
    assert!(told.contains("Plane") && told.contains('y'), "{told}");
    assert_eq!(same::<Size>("7"), Size::Integer(7));
    assert_eq!(same::<Size>("7.5"), Size::Number(7.5));
    assert_eq!(same::<Size>(r#""max""#), Size::Max);
    assert!(matches!(kept(r#""min""#), Size::Unknown(_)));
    assert!(matches!(same(r#""2024-02-29""#), When::Date(_)));
    assert!(matches!(
        same(r#""2024-02-29T00:00:00Z""#),
        When::DateTime(_)
    ));
    assert_eq!(same::<When>(r#""yesterday""#), When::from("yesterday"));
}

#[test]
fn lists_of_different_things_are_told_apart_by_them() {
    use union_of_lists::types::Input;
    assert_eq!(
        same::<Input>(r#"["a"]"#),
        Input::TextList(vec!["a".to_owned()])
    );
    assert_eq!(same::<Input>("[1, 2]"), Input::IntegerList(vec![1, 2]));
    assert_eq!(
        same::<Input>("[[1], []]"),
        Input::IntegerListList(vec![vec![1], vec![]])
    );
}

#[test]
fn unions_of_unions_are_flat() {
    use union_of_unions::types::{Content, Text};
    let text: Content = same(r#"{"type": "text", "text": "a"}"#);
    assert_eq!(text, Content::Text(Text::new().text("a")));
    assert!(matches!(
        same(r#"{"type": "picture"}"#),
        Content::Picture(_)
    ));
}

#[test]
fn a_union_may_hold_itself() {
    use recursion_through_union::types::{Equals, Filter, Not};
    let filter: Filter = same(
        r#"{"type": "not", "filter": {"type": "all", "filters": [{"type": "equals", "value": "a"}]}}"#,
    );
    assert!(matches!(&filter, Filter::Not(not) if matches!(*not.filter, Filter::All(_))));
    let built = Filter::from(Not::new(Filter::from(Equals::new("a"))));
    let text = r#"{"type": "not", "filter": {"type": "equals", "value": "a"}}"#;
    assert_eq!(same::<Filter>(text), built);
}

#[test]
fn inline_objects_and_shared_properties_are_types_as_well() {
    use union_of_inline_objects::types::{Step, StepAction, StepActionOpen};
    use union_with_shared_properties::types::{Job, JobTest};
    let step: Step = same(r#"{"action": {"type": "open", "url": "a"}, "target": {"id": "b"}}"#);
    assert_eq!(step.action, StepAction::Open(StepActionOpen::new("a")));
    let job: Job = same(r#"{"id": "j", "kind": "test", "filter": "f"}"#);
    assert_eq!(job, Job::Test(JobTest::new("j").filter("f")));
}

#[test]
fn a_variant_from_another_file_keeps_the_tag_that_it_has_there() {
    use files_of_variants::types::{Implied, Mapped};
    let implied: Implied = same(r#"{"kind": "Fish", "depth": 3}"#);
    assert!(matches!(implied, Implied::Fish(_)));
    let mapped: Mapped = same(r#"{"kind": "finned", "depth": 3}"#);
    assert!(matches!(mapped, Mapped::Finned(_)));
    assert!(matches!(
        kept::<Implied>(r#"{"kind": "pond.Fish", "depth": 3}"#),
        Implied::Unknown(_)
    ));
}
