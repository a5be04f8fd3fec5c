//! Unions tried in order.

use crate::types::{Circle, Group, Labels, Shape, Square};
use counterpart_wire::{DecodeError, DriftKind, Mode, json};

fn strict(json: &str) -> Result<Shape, DecodeError> {
    json::decode(json.as_bytes(), Mode::Strict)
}

#[test]
fn the_first_that_fits_is_taken() {
    let circle = || Shape::Circle(Circle { size: 1.0 });
    let square = || Shape::Square(Square { size: 2.0 });
    let group = Shape::Group(Group {
        shapes: vec![
            square(),
            Shape::Group(Group {
                shapes: vec![circle()],
            }),
        ],
    });
    let json = concat!(
        r#"{"shapes":[{"kind":"square","size":2.0},"#,
        r#"{"shapes":[{"kind":"circle","size":1.0}]}]}"#
    );
    for mode in [Mode::Lenient, Mode::Strict] {
        assert_eq!(json::decode(json.as_bytes(), mode), Ok(group.clone()));
    }
    assert_eq!(json::encode(&group).unwrap(), json);
    assert_eq!(
        serde_json::from_reader::<_, Shape>(json.as_bytes()).unwrap(),
        group
    );
}

#[test]
fn a_constant_tells_variants_apart_even_leniently() {
    // `Circle` comes first and would tolerate everything here but the constant.
    let json = br#"{"kind": "square", "size": 2, "colour": "red"}"#;
    let (shape, drifts) = json::decode_noting::<Shape>(json, Mode::Lenient).unwrap();
    assert_eq!(shape, Shape::Square(Square { size: 2.0 }));
    // Only the variant that fitted has something to say.
    assert_eq!(drifts.len(), 1);
    assert_eq!(
        (drifts[0].kind, drifts[0].of),
        (DriftKind::UnknownField, "Square")
    );
}

#[test]
fn a_variant_that_fits_leniently_is_taken_where_reading_is_lenient() {
    // `Group` refuses other properties, which only strict reading minds; and its first shape fits nothing.
    let json = r#"{"shapes": [{"kind": "star"}], "colour": "red"}"#;
    let Shape::Group(group) = serde_json::from_str(json).unwrap() else {
        panic!("no group")
    };
    assert!(matches!(&group.shapes[..], [Shape::Unknown(value)] if value["kind"] == "star"));
    assert!(strict(json).is_err());
}

#[test]
fn what_fits_nothing_is_kept_or_refused_with_all_reasons() {
    let json = r#"{"kind":"circle","size":"big"}"#;
    let shape: Shape = serde_json::from_str(json).unwrap();
    assert!(matches!(shape, Shape::Unknown(_)));
    assert_eq!(json::encode(&shape).unwrap(), json);
    assert_eq!(
        strict(json).unwrap_err().message,
        concat!(
            r#"no variant of Shape fits (Circle: size: invalid type: string "big", expected f64; "#,
            r#"Square: kind: invalid value: string "circle", expected "square"; "#,
            "Group: kind: unknown field `kind`, expected `shapes`)",
        )
    );
}

#[test]
fn the_error_is_at_the_value() {
    let json = r#"{"shapes": [{"kind": "square", "size": 1}, {"kind": "star"} ] }"#;
    let error = strict(json).unwrap_err();
    // The union is the whole value; the way inside is in the reason.
    assert_eq!((error.path.as_str(), error.column), ("", 63));
    assert!(
        error
            .message
            .contains("Group: shapes[1]: no variant of Shape fits"),
        "{error}"
    );

    let json = br#"{"a": [1], "b": {"kind": "star"}}"#;
    let error = json::decode::<counterpart_wire::IndexMap<String, Shape>>(json, Mode::Strict);
    assert_eq!(error.unwrap_err().path, "a");
}

#[test]
fn a_variant_may_be_anything() {
    assert!(matches!(serde_json::from_str("[1]"), Ok(Shape::Unknown(_))));
    // Beside the union, constants are as lenient as ever.
    let labels: Labels = serde_json::from_str(r#"{"name": "n", "x": {"kind": "star"}}"#).unwrap();
    assert_eq!(labels.extra.len(), 1);
}
