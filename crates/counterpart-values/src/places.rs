//! Where in a value something can be broken, and how, so that the document does not allow it any more.
//!
//! In: a schema and a value of it. Out: a [`Break`] for each member whose schema says something about it.

use counterpart_codegen::api::{
    Additional, Api, Dispatch, EnumValues, Kind, Object, SchemaId, Union, Use,
};
use counterpart_wire::Value;
use proptest::sample::Index;

/// One thing to do to a value.
#[derive(Debug, Clone)]
pub struct Break {
    /// The JSON pointer of the object or list to change.
    pub within: String,
    /// The member or item there.
    pub key: String,
    /// What to put there; nothing to take it away.
    pub with: Option<Value>,
    /// The path of an error about it.
    pub path: String,
    /// Whether the document says nothing against it, so that only strict reading does.
    pub is_valid: bool,
}

impl Break {
    /// The value with this done to it.
    pub fn done_to(&self, value: &Value) -> Value {
        let mut value = value.clone();
        let within = value.pointer_mut(&self.within).expect("the place is there");
        match (within, &self.with) {
            (Value::Object(members), None) => drop(members.shift_remove(&self.key)),
            (Value::Object(members), Some(with)) => {
                drop(members.insert(self.key.clone(), with.clone()))
            }
            (Value::Array(items), Some(with)) => {
                items[self.key.parse::<usize>().expect("an index")] = with.clone();
            }
            (other, with) => unreachable!("{with:?} in {other}"),
        }
        value
    }
}

/// Everything that can be broken in a value of this schema.
pub fn breaks(api: &Api, ty: Use, value: &Value) -> Vec<Break> {
    let found = Vec::new();
    let mut walk = Walk { api, found };
    walk.value(ty, value, &Place::default());
    walk.found
}

/// The way to a value, as a JSON pointer and as a path.
#[derive(Debug, Clone, Default)]
struct Place {
    pointer: String,
    path: String,
}

impl Place {
    fn member(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            pointer: format!("{}/{key}", self.pointer),
            path: format!("{}{dot}{key}", self.path),
        }
    }

    fn item(&self, index: usize) -> Self {
        Self {
            pointer: format!("{}/{index}", self.pointer),
            path: format!("{}[{index}]", self.path),
        }
    }
}

struct Walk<'a> {
    api: &'a Api,
    found: Vec<Break>,
}

impl Walk<'_> {
    fn value(&mut self, ty: Use, value: &Value, place: &Place) {
        if value.is_null() {
            return;
        }
        match (&self.api.schema(ty.schema).kind, value) {
            (Kind::Array(items), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.part(*items, value, place, &index.to_string(), &place.item(index));
                }
            }
            (Kind::Map(inner), Value::Object(members)) => {
                for (key, value) in members.iter().filter(|(key, _)| is_plain(key)) {
                    self.part(*inner, value, place, key, &place.member(key));
                }
            }
            (Kind::Object(object), Value::Object(_)) => self.object(object, None, value, place),
            (Kind::Union(union), _) if !self.api.events.contains_key(&ty.schema) => {
                self.union(union, value, place)
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Object, tag: Option<&str>, value: &Value, place: &Place) {
        // What the tag of a union says decides what everything else is.
        let fields = object
            .fields
            .iter()
            .filter(|field| Some(field.name.as_str()) != tag && is_plain(&field.name));
        for field in fields {
            let Some(member) = value.get(&field.name) else {
                continue;
            };
            let inner = place.member(&field.name);
            if field.required && !field.ty.nullable {
                self.add(place, &field.name, None, &inner);
            }
            self.part(field.ty, member, place, &field.name, &inner);
        }
        if let Additional::Refused | Additional::Tolerated = object.additional {
            let with = Some(Value::Null);
            self.add(place, "unlisted", with, &place.member("unlisted"));
            let last = self.found.last_mut().expect("it was just added");
            last.is_valid = object.additional == Additional::Tolerated;
        }
    }

    fn union(&mut self, union: &Union, value: &Value, place: &Place) {
        let tag = match &union.dispatch {
            Dispatch::Tag(tag) => Some(tag),
            Dispatch::Type { tag } => tag.as_ref(),
            // An error is about the union as a whole.
            Dispatch::Order => return,
        };
        let told = tag.and_then(|tag| value.get(tag)?.as_str());
        let variant = union.variants.iter().find(|variant| {
            is_of(self.api, variant.ty.schema, value)
                && (variant.tags.is_empty()
                    || variant.tags.iter().any(|tag| Some(tag.as_str()) == told))
        });
        let variant = variant.expect("the value is of a variant").ty;
        if let (Some(tag), Value::Object(_), Kind::Object(object)) =
            (tag, value, &self.api.schema(variant.schema).kind)
        {
            if told.is_some() {
                let inner = place.member(tag);
                self.add(place, tag, Some("~".into()), &inner);
                self.add(place, tag, Some(7.into()), &inner);
                self.add(place, tag, None, &inner);
            }
            return self.object(object, Some(tag), value, place);
        }
        self.value(variant, value, place);
    }

    /// A member or item, and what is in it.
    fn part(&mut self, ty: Use, value: &Value, within: &Place, key: &str, place: &Place) {
        for wrong in wrongs(self.api, ty.schema) {
            self.add(within, key, Some(wrong), place);
        }
        let takes_null = ty.nullable || takes_null(self.api, ty.schema);
        if !takes_null {
            self.add(within, key, Some(Value::Null), place);
        }
        self.value(ty, value, place);
    }

    fn add(&mut self, within: &Place, key: &str, with: Option<Value>, place: &Place) {
        self.found.push(Break {
            within: within.pointer.clone(),
            key: key.to_owned(),
            with,
            path: place.path.clone(),
            is_valid: false,
        });
    }
}

/// Whether a type takes `null`, be it allowed or not.
fn takes_null(api: &Api, id: SchemaId) -> bool {
    matches!(api.schema(id).kind, Kind::Any | Kind::Null)
}

/// Values that are none of this schema.
fn wrongs(api: &Api, id: SchemaId) -> Vec<Value> {
    let schema = api.schema(id);
    match &schema.kind {
        Kind::Any | Kind::Null => vec![],
        Kind::Boolean | Kind::Array(_) | Kind::Map(_) | Kind::Object(_) => {
            vec![7.into(), "~".into()]
        }
        Kind::Integer { .. } => vec!["~".into(), Value::from(0.5)],
        Kind::Number => vec!["~".into(), true.into()],
        Kind::String(_) => vec![7.into(), true.into()],
        Kind::Enum(EnumValues::Strings(_)) if schema.any_other => vec![7.into()],
        Kind::Enum(_) => vec!["~".into(), Value::from(0.5)],
        Kind::Constant(value) => {
            let others = ["~".into(), Value::from(0.5)];
            others.into_iter().filter(|other| other != value).collect()
        }
        Kind::Union(_) => {
            let scalars: [Value; 3] = [true.into(), 7.into(), "~".into()];
            let none = |value: &Value| !is_of(api, id, value);
            scalars.into_iter().filter(none).collect()
        }
    }
}

/// Whether a value is of the JSON type of this schema.
fn is_of(api: &Api, id: SchemaId, value: &Value) -> bool {
    match &api.schema(id).kind {
        Kind::Any => true,
        Kind::Null => value.is_null(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer { .. } | Kind::Number | Kind::Enum(EnumValues::Integers(_)) => {
            value.is_number()
        }
        Kind::String(_) | Kind::Enum(EnumValues::Strings(_)) => value.is_string(),
        Kind::Constant(constant) => constant == value,
        Kind::Array(_) => value.is_array(),
        Kind::Map(_) | Kind::Object(_) => value.is_object(),
        Kind::Union(union) => union
            .variants
            .iter()
            .any(|variant| is_of(api, variant.ty.schema, value)),
    }
}

/// Whether a key stands in a path and in a pointer as it is.
fn is_plain(key: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '_';
    !key.is_empty() && key.chars().all(is_plain)
}

/// Somewhere in a value, the value itself included.
pub fn anywhere(value: &mut Value, place: Index) -> &mut Value {
    let mut pointers = vec![String::new()];
    collect(value, "", &mut pointers);
    let pointer = &pointers[place.index(pointers.len())];
    value.pointer_mut(pointer).expect("the place is there")
}

fn collect(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => (0..).map(|at: usize| at.to_string()).zip(items).collect(),
        _ => return,
    };
    for (step, value) in parts {
        let pointer = format!("{pointer}/{step}");
        collect(value, &pointer, pointers);
        pointers.push(pointer);
    }
}
