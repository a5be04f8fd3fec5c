//! Absent, `null` and a value: kept apart where the document keeps them apart.

use counterpart_goldens::{
    free_form, nullable_ref, optional, optional_nullable, required, required_nullable, type_list,
    union_nullable,
};
use counterpart_wire::{Nullable, Value};

use crate::{kept, lenient, refused, same};

#[test]
fn a_required_field_must_be_there() {
    use required::types::Point;
    let point: Point = same(r#"{"x": 1.5, "y": 2.0, "label": "here"}"#);
    assert_eq!(point, Point::new(1.5, 2.0, "here"));
    let told = refused::<Point>(r#"{"x": 1, "y": 2}"#);
    assert!(told.contains("label"), "{told}");
    let told = refused::<Point>(r#"{"x": 1, "y": null, "label": ""}"#);
    assert!(told.contains('y'), "{told}");
}

#[test]
fn an_optional_field_is_not_written_when_it_is_absent() {
    use optional::types::Settings;
    assert_eq!(same::<Settings>("{}"), Settings::new());
    let inner = Settings::new().ratio(0.5).tags(vec!["a".to_owned()]);
    let settings = Settings::new().verbose(true).name("x").parent(inner);
    let text = r#"{"verbose": true, "name": "x", "parent": {"ratio": 0.5, "tags": ["a"]}}"#;
    assert_eq!(same::<Settings>(text), settings);
    let told = refused::<Settings>(r#"{"name": null}"#);
    assert!(told.contains("name"), "{told}");
    assert_eq!(lenient::<Settings>(r#"{"name": null}"#), Settings::new());
}

#[test]
fn a_required_field_that_may_be_null_is_written_as_null() {
    use required_nullable::types::{Run, RunError};
    let nothing: Run = same(r#"{"id": "run_1", "expires_at": null, "error": null}"#);
    assert_eq!(nothing, Run::new("run_1"));
    let run: Run = same(r#"{"id": "run_1", "expires_at": 7, "error": {"code": "late"}}"#);
    assert_eq!(
        run,
        Run::new("run_1").expires_at(7).error(RunError::new("late"))
    );
    // Absent is accepted, as many services leave such fields out.
    assert_eq!(lenient::<Run>(r#"{"id": "run_1"}"#), nothing);
}

#[test]
fn an_optional_field_that_may_be_null_has_three_states() {
    use optional_nullable::types::Patch;
    let [absent, null, value] = ["{}", r#"{"name": null}"#, r#"{"name": "x"}"#].map(same::<Patch>);
    assert_eq!(absent.name, Nullable::Absent);
    assert_eq!(null.name, Nullable::Null);
    assert_eq!(value, Patch::new().name("x"));
    assert_eq!(Option::<String>::from(value.name), Some("x".to_owned()));
}

#[test]
fn null_reaches_a_reference_in_every_way_a_document_can_say_it() {
    use nullable_ref::types::{Address, Owner};
    let text = r#"{"wrapped": null, "annotated": null, "by_target": null, "by_union": null}"#;
    assert_eq!(same::<Owner>(text), Owner::new());
    let city = r#"{"city": "Rome"}"#;
    let text = format!(
        r#"{{"wrapped": {city}, "annotated": {city}, "by_target": {city}, "by_union": {city}, "optional": {city}}}"#
    );
    let owner: Owner = same(&text);
    assert_eq!(owner.optional, Nullable::Value(Address::new("Rome")));
    assert_eq!(owner.wrapped, Some(Address::new("Rome")));
}

#[test]
fn null_is_a_value_of_anything() {
    use free_form::types::Call;
    let absent: Call = same(r#"{"arguments": {}, "payload": 1}"#);
    let null: Call = same(r#"{"arguments": {"a": [1]}, "payload": null, "raw": null}"#);
    assert_eq!((absent.raw, null.raw), (None, Some(Value::Null)));
}

#[test]
fn a_union_that_may_be_null_is_null_once() {
    use union_nullable::types::{Holder, HolderThird};
    let holder: Holder = same(r#"{"first": null, "third": null, "second": null}"#);
    assert_eq!((holder.first, holder.third), (None, None));
    assert_eq!(holder.second, Nullable::Null);
    let holder: Holder = same(r#"{"first": 7, "third": {"text": "x"}, "fourth": null}"#);
    assert!(matches!(holder.third, Some(HolderThird::Note(_))));
}

#[test]
fn a_list_of_types_may_have_null_in_it() {
    use type_list::types::{Record, RecordId};
    let record: Record = same(r#"{"kind": "record", "name": null, "id": 7, "note": null}"#);
    assert_eq!(record.name, None);
    assert_eq!(record.id, RecordId::Integer(7));
    let record: Record = same(r#"{"kind": "record", "name": "x", "id": "7", "value": 1.5}"#);
    assert_eq!(record.id, RecordId::from("7"));
    kept::<Record>(r#"{"kind": "record", "name": "x", "id": [true]}"#);
}
