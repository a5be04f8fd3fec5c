//! Unions tried in order.

use crate::types::{Circle, Group, Labels, Shape, Square};
use counterpart_wire::{
    Attempt, DecodeError, DriftKind, InOrder, MapAccess, Mode, Object, Reader, Serialize,
    Serializer, Value, Writer, in_order_union, json, object,
};

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

/// A union of objects that may all have any other keys, of which the first fits whatever the others do.
#[derive(Debug, PartialEq)]
enum Patch {
    Rename(Rename),
    Move(Move),
    Unknown(Value),
}

#[derive(Debug, PartialEq)]
struct Rename {
    name: Option<String>,
}

#[derive(Debug, PartialEq)]
struct Move {
    name: Option<String>,
    to: Option<String>,
}

impl Object for Rename {
    const NAME: &'static str = "Rename";
    const FIELDS: &'static [&'static str] = &["name"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut name = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.optional(&mut name),
                _ => reader.skip(),
            }
        }
        Some(Self { name })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.optional("name", &self.name);
    }
}

impl Object for Move {
    const NAME: &'static str = "Move";
    const FIELDS: &'static [&'static str] = &["name", "to"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let (mut name, mut to) = (None, None);
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.optional(&mut name),
                1 => reader.optional(&mut to),
                _ => reader.skip(),
            }
        }
        Some(Self { name, to })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.optional("name", &self.name);
        writer.optional("to", &self.to);
    }
}

impl InOrder for Patch {
    fn read(value: &mut Attempt) -> Option<Self> {
        value
            .fits("Rename")
            .map(Self::Rename)
            .or_else(|| value.fits("Move").map(Self::Move))
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl Serialize for Patch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Rename(value) => value.serialize(serializer),
            Self::Move(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

object!(Rename, Move);
in_order_union!(Patch);

#[test]
fn a_variant_that_passes_over_nothing_comes_before_one_that_does() {
    for (json, is_move) in [
        (r#"{"name":"a"}"#, false),
        (r#"{"to":"b"}"#, true),
        (r#"{"name":"a","to":"b"}"#, true),
    ] {
        for mode in [Mode::Lenient, Mode::Tolerant, Mode::Valid, Mode::Strict] {
            let (patch, drifts) = json::decode_noting::<Patch>(json.as_bytes(), mode).unwrap();
            assert_eq!(matches!(patch, Patch::Move(_)), is_move, "{json}");
            assert_eq!(drifts, []);
            assert_eq!(json::encode(&patch).unwrap(), json);
        }
        let patch: Patch = serde_json::from_str(json).unwrap();
        assert_eq!(matches!(patch, Patch::Move(_)), is_move, "{json}");
    }
}

#[test]
fn where_every_variant_passes_over_something_the_first_is_taken() {
    let json = br#"{"to": "b", "by": "c"}"#;
    for mode in [Mode::Lenient, Mode::Tolerant, Mode::Valid] {
        let (patch, drifts) = json::decode_noting::<Patch>(json, mode).unwrap();
        assert_eq!(patch, Patch::Rename(Rename { name: None }));
        assert_eq!(drifts.len(), 2);
    }
    let error = json::decode::<Patch>(json, Mode::Strict).unwrap_err();
    let reasons = [
        "(Rename: to: unknown field `to`, expected `name`; ",
        "Move: by: unknown field `by`, expected `name` or `to`)",
    ];
    assert!(
        error.message.ends_with(&reasons.concat()),
        "{}",
        error.message
    );
}
