//! Types that require themselves, and values that are deep: making up for what is missing comes to an end.

use crate::types::{Group, Part, Run, Shape};
use counterpart_wire::{
    ByType, Deserialize, Deserializer, Drift, DriftKind, IndexMap, JsonType, MapAccess, Mode,
    Object, Reader, Tagged, Value, Writer, by_type_union, json, object, tagged_union,
};
use serde_json::json;

/// A link that must have a next one, which no finite value has.
#[derive(Debug, PartialEq)]
struct Link {
    next: Box<Link>,
}

/// Links where they can be done without.
#[derive(Debug, PartialEq)]
struct Links {
    first: Option<Link>,
    all: Vec<Link>,
    name: String,
}

/// A value that must have two others.
#[derive(Debug, PartialEq)]
struct Two<T>(Box<T>, Box<T>);

macro_rules! reads {
    ($reader:ident, $($index:literal $name:ident $read:ident,)+) => {
        $(let mut $name = None;)+
        while let Some(field) = $reader.next(Self::FIELDS) {
            match field {
                $($index => $reader.$read(&mut $name),)+
                _ => $reader.skip(),
            }
        }
    };
}

impl Object for Link {
    const NAME: &'static str = "Link";
    const FIELDS: &'static [&'static str] = &["next"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        reads!(reader, 0 next value,);
        Some(Self {
            next: reader.required("next", next)?,
        })
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

impl Object for Links {
    const NAME: &'static str = "Links";
    const FIELDS: &'static [&'static str] = &["first", "all", "name"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        reads!(reader, 0 first optional, 1 all value, 2 name value,);
        Some(Self {
            first,
            all: reader.required("all", all)?,
            name: reader.required("name", name)?,
        })
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

impl<T: for<'de> Deserialize<'de>> Object for Two<T> {
    const NAME: &'static str = "Two";
    const FIELDS: &'static [&'static str] = &["one", "other"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        reads!(reader, 0 one value, 1 other value,);
        Some(Self(
            reader.required("one", one)?,
            reader.required("other", other)?,
        ))
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

object!(Link, Links);

impl<'de, T: for<'a> Deserialize<'a>> Deserialize<'de> for Two<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        counterpart_wire::object::deserialize(value)
    }
}

type Four<T> = Two<Two<T>>;
type Sixteen<T> = Four<Four<T>>;
/// As deep as is made up, but far too many.
type Many<T> = Sixteen<Sixteen<Sixteen<Two<Two<Two<T>>>>>>;

fn paths(drifts: &[Drift]) -> Vec<&str> {
    drifts.iter().map(|drift| drift.path.as_str()).collect()
}

#[test]
fn a_type_that_requires_itself_is_an_error() {
    for (json, path) in [
        ("{}", "next"),
        (r#"{"next": null}"#, "next"),
        (r#"{"next": {"next": {"next": {}}}}"#, "next.next.next.next"),
    ] {
        let lenient = json::decode::<Link>(json.as_bytes(), Mode::Lenient).unwrap_err();
        let tolerant = json::decode::<Link>(json.as_bytes(), Mode::Tolerant).unwrap_err();
        assert_eq!(lenient, tolerant, "the error is the original one");
        assert_eq!(lenient.path, path);
    }
}

#[test]
fn what_requires_itself_is_left_out_where_it_can_be() {
    let json = br#"{"first": {"next": {}}, "all": [{}, {"next": null}, 7], "name": null}"#;
    let (links, drifts) = json::decode_noting::<Links>(json, Mode::Lenient).unwrap();
    let expected = Links {
        first: None,
        all: Vec::new(),
        name: String::new(),
    };
    assert_eq!(links, expected);
    assert_eq!(
        paths(&drifts),
        ["first", "all[0]", "all[1]", "all[2]", "name"]
    );
}

/// Links of which there are several kinds.
#[derive(Debug, PartialEq)]
enum Any {
    Chain(Chain),
    Many(Vec<Run>),
    Unknown(Value),
}

/// Links with something in them that can be repaired, though they cannot.
#[derive(Debug, PartialEq)]
struct Chain {
    names: IndexMap<String, String>,
    runs: Vec<Run>,
    next: Box<Chain>,
}

impl Object for Chain {
    const NAME: &'static str = "Chain";
    const FIELDS: &'static [&'static str] = &["names", "runs", "next"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        reads!(reader, 0 names value, 1 runs value, 2 next value,);
        Some(Self {
            names: reader.required("names", names)?,
            runs: reader.required("runs", runs)?,
            next: reader.required("next", next)?,
        })
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

impl Tagged for Any {
    const TAG: &'static str = "kind";
    const TAGS: &'static [&'static str] = &["chain"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "chain" => reader.object().map(Self::Chain),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

/// The same, told apart by type.
#[derive(Debug, PartialEq)]
struct Either(Any);

impl ByType for Either {
    const TYPES: &'static [JsonType] = &[JsonType::Array, JsonType::Object];

    fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error> {
        let read = match kind {
            JsonType::Array => Deserialize::deserialize(value).map(Any::Many),
            JsonType::Object => Deserialize::deserialize(value).map(Any::Chain),
            _ => Self::unknown(value).map(Any::Unknown),
        };
        read.map(Self)
    }
}

object!(Chain);
tagged_union!(Any);
by_type_union!(Either);

#[test]
fn what_is_beyond_repair_is_kept_as_it_came_where_it_can_be() {
    let chain = json!({
        "kind": "chain", "new": null,
        "names": {"a": null, "b": "c"}, "runs": [null, {"id": "d"}, 7], "next": {"next": null},
    });
    let json = json!([chain, 3]).to_string();
    let reason = "[0]: no variant of ";
    let (all, drifts) = json::decode_noting::<Vec<Any>>(json.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(all, [Any::Unknown(chain.clone()), Any::Unknown(3.into())]);
    assert_eq!(
        paths(&drifts),
        ["[0]", "[1]"],
        "nothing is noted of what was not used"
    );
    assert!(drifts[0].to_string().starts_with(reason), "{}", drifts[0]);

    let (all, drifts) = json::decode_noting::<Vec<Either>>(json.as_bytes(), Mode::Lenient).unwrap();
    let kept = |value| Either(Any::Unknown(value));
    assert_eq!(all, [kept(chain), kept(3.into())]);
    assert_eq!(paths(&drifts), ["[0]", "[1]"]);
    assert!(drifts[0].to_string().starts_with(reason), "{}", drifts[0]);
}

#[test]
fn a_union_is_not_kept_as_it_came_for_one_bad_item() {
    // The map is read again because of its last entry, after the list in the first one was.
    let json = br#"{"a": [[null, {"id": "a"}, "x", {"id": "b"}]], "b": 7}"#;
    let (map, drifts) =
        json::decode_noting::<IndexMap<String, Vec<Either>>>(json, Mode::Lenient).unwrap();
    let Any::Many(runs) = &map["a"][0].0 else {
        panic!("no runs")
    };
    let ids: Vec<&str> = runs.iter().map(|run| run.id.as_str()).collect();
    assert_eq!((ids, map.len()), (vec!["a", "b"], 1));
    let left_out = drifts
        .iter()
        .filter(|drift| drift.kind == DriftKind::LeftOut);
    let left_out: Vec<&str> = left_out.map(|drift| drift.path.as_str()).collect();
    assert_eq!(left_out, ["a[0][0]", "a[0][2]", "b"]);
}

#[test]
fn a_made_up_value_has_its_bounds() {
    let few = json::decode::<Sixteen<u8>>(b"{}", Mode::Lenient).unwrap();
    assert_eq!(*few.0.0.0.0, 0);

    assert!(json::decode::<Many<u8>>(b"{}", Mode::Lenient).is_err());
}

#[test]
fn a_deep_value_that_is_repaired_fits_the_stack() {
    for (open, close) in [
        (r#"{"type":"image","below":["#, "]}"),
        (r#"{"below":["#, r#"],"type":"image"}"#),
        (r#"{"type":"image","url":null,"below":[3,"#, "]}"),
    ] {
        let json = open.repeat(63) + "null" + &close.repeat(63);
        let (part, drifts) = json::decode_noting::<Part>(json.as_bytes(), Mode::Lenient).unwrap();
        assert!(matches!(part, Part::Image(image) if image.url.is_empty()));
        assert!(drifts.len() > 63);
    }
    let json = r#"{"id":null,"parent":"#.repeat(126) + "{}" + &"}".repeat(126);
    assert!(json::decode::<Run>(json.as_bytes(), Mode::Lenient).is_ok());
    let json = format!(
        r#"{{"shapes":{}{{"kind":7}}{}}}"#,
        r#"[{"shapes":"#.repeat(60),
        "}]".repeat(60)
    );
    assert!(json::decode::<Shape>(json.as_bytes(), Mode::Lenient).is_ok());
    let group = json::decode::<Group>(json.as_bytes(), Mode::Lenient);
    assert!(group.is_ok_and(|group| group.shapes.len() <= 1));
}
