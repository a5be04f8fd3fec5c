//! How a value finds its variant: decided when all schemas are known.
//!
//! Unions among the alternatives are flattened first; then a tag is looked for, then the
//! JSON types are compared, and what is left is tried in order.

use std::collections::BTreeSet;

use crate::api::{
    Bounds, Dispatch, EnumValues, Kind, Object, Origin, SchemaId, StringFormat, Union, Use, Variant,
};

use super::Ctx;

/// A variant on its way out of nested unions.
#[derive(Clone)]
struct Flat {
    ty: Use,
    mapped: Vec<String>,
    name: Option<String>,
}

/// How many variants may be compared with another, for all unions together. Large published
/// documents come to a hundredth of this; whoever has more multiplies on purpose.
const MOST: usize = 10_000_000;

/// The unions on the way to a variant, and those that were gone through.
#[derive(Default)]
struct Walk {
    open: BTreeSet<SchemaId>,
    done: BTreeSet<SchemaId>,
    /// How many variants were compared.
    spent: usize,
}

/// Why a union has no list of variants.
enum Endless {
    /// It is one of its own alternatives.
    Circle,
    /// There are too many.
    Many,
}

impl Ctx<'_> {
    /// Gives every union its variants and its dispatch, now that all schemas are known.
    pub(super) fn classify_unions(&mut self) {
        let ids: Vec<SchemaId> = self.unions.keys().copied().collect();
        let mut spent = 0;
        for id in ids {
            let members = self.unions[&id].members.iter().map(|member| member.schema);
            let inner = members.filter(|member| self.unions.contains_key(member));
            self.api.absorbed.extend(inner);
            let mut walk = Walk {
                spent,
                ..Walk::default()
            };
            let flat = self.flattened(id, &mut walk);
            spent = walk.spent;
            let place = || self.api.schema(id).place.clone();
            let flat = match flat {
                Ok(flat) => flat,
                Err(Endless::Circle) => {
                    self.diags
                        .error(place(), "this union is one of its own alternatives")
                        .help("remove the reference that closes the circle");
                    continue;
                }
                Err(Endless::Many) => {
                    self.diags
                        .error(
                            place(),
                            "the unions of this document multiply beyond measure",
                        )
                        .help("let the unions that stand in others be properties of objects");
                    return;
                }
            };
            if let [only] = &flat[..]
                && self.holds_any(only.ty)
            {
                // What may be anything in one way or another may be anything.
                self.unions.remove(&id);
                continue;
            }
            let flat = self.with_open_enum(flat);
            let union = self.classified(id, flat);
            self.api.schemas[id.index()].kind = Kind::Union(union);
        }
    }

    /// The variants of a union and of the unions among them.
    fn flattened(&self, id: SchemaId, walk: &mut Walk) -> Result<Vec<Flat>, Endless> {
        // What is met again has nothing to add; following it again and again may never end.
        if walk.done.contains(&id) {
            return Ok(Vec::new());
        }
        if !walk.open.insert(id) {
            return Err(Endless::Circle);
        }
        let raw = &self.unions[&id];
        let mut flat: Vec<Flat> = Vec::new();
        for (index, member) in raw.members.iter().enumerate() {
            let mapped = raw.discriminator.iter().flat_map(|discriminator| {
                let mapping = discriminator.mapping.iter();
                mapping.filter(|(_, schema)| *schema == member.schema)
            });
            let mapped: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
            let inner = match self.unions.contains_key(&member.schema) {
                true => self.flattened(member.schema, walk)?,
                false => vec![Flat {
                    ty: *member,
                    mapped,
                    name: raw.names.get(index).cloned(),
                }],
            };
            for variant in inner {
                walk.spent += flat.len() + 1;
                if walk.spent > MOST {
                    return Err(Endless::Many);
                }
                if !flat.iter().any(|known| self.is_alike(known.ty, variant.ty)) {
                    flat.push(variant);
                }
            }
        }
        walk.open.remove(&id);
        walk.done.insert(id);
        Ok(flat)
    }

    /// The variants without the text of which nothing is said, where an enum of texts is among
    /// them: that is open, and any other text is one of its values.
    fn with_open_enum(&mut self, mut flat: Vec<Flat>) -> Vec<Flat> {
        let of = |test: fn(&Kind) -> bool| {
            let found = flat.iter().enumerate();
            let found = found.filter(|(_, variant)| test(&self.api.schema(variant.ty.schema).kind));
            found.map(|(index, _)| index).collect::<Vec<usize>>()
        };
        let enums = of(|kind| matches!(kind, Kind::Enum(EnumValues::Strings(_))));
        let texts = of(|kind| *kind == Kind::String(StringFormat::Plain));
        let ([listed], [text]) = (&enums[..], &texts[..]) else {
            return flat;
        };
        if self.api.schema(flat[*text].ty.schema).bounds == Bounds::default() {
            let listed = flat[*listed].ty.schema;
            self.api.schemas[listed.index()].any_other = true;
            flat.remove(*text);
        }
        flat
    }

    /// Whether two alternatives are one schema, or plain values of which none can be told
    /// from the other: words and limits make no difference. Neither do the keys of maps whose
    /// values may be anything. Lists are alike where their items are.
    fn is_alike(&self, mut a: Use, mut b: Use) -> bool {
        // Lists that nest deeper than this may hold themselves.
        for _ in 0..16 {
            let kind = |ty: Use| &self.api.schema(ty.schema).kind;
            match (kind(a), kind(b)) {
                (Kind::Array(first), Kind::Array(second)) if first.nullable == second.nullable => {
                    (a, b) = (*first, *second);
                }
                _ => break,
            }
        }
        let kind = |ty: Use| &self.api.schema(ty.schema).kind;
        // Within JSON, bytes are a text of which nothing is said.
        let is_open =
            |format: &StringFormat| matches!(format, StringFormat::Plain | StringFormat::Binary);
        let same = match (kind(a), kind(b)) {
            (Kind::String(a), Kind::String(b)) => a == b || is_open(a) && is_open(b),
            (Kind::Map(a), Kind::Map(b)) => self.holds_any(*a) && self.holds_any(*b),
            (Kind::Any, Kind::Any) => self.holds_any(a) && self.holds_any(b),
            (Kind::Boolean | Kind::Integer { .. } | Kind::Number, _) => kind(a) == kind(b),
            _ => false,
        };
        a.schema == b.schema || same
    }

    /// Whether any JSON is one of its values.
    fn holds_any(&self, ty: Use) -> bool {
        self.api.schema(ty.schema).kind == Kind::Any && !self.unions.contains_key(&ty.schema)
    }

    fn classified(&self, id: SchemaId, flat: Vec<Flat>) -> Union {
        let declared = self.unions[&id].discriminator.as_ref();
        let declared = declared.map(|discriminator| discriminator.property.clone());
        let all: Vec<usize> = (0..flat.len()).collect();
        let (dispatch, tags) = match self.tag_of(&flat, &all, declared.as_deref()) {
            Some((property, tags)) => (Dispatch::Tag(property), tags),
            None => self.by_type(&flat),
        };
        let variants = flat.into_iter().zip(tags).map(|(variant, tags)| Variant {
            ty: variant.ty,
            tags,
            rust_name: variant.name,
        });
        Union {
            variants: variants.collect(),
            dispatch,
        }
    }

    /// Tells variants apart by JSON type, and objects among them by a tag.
    fn by_type(&self, flat: &[Flat]) -> (Dispatch, Vec<Vec<String>>) {
        let untagged = vec![Vec::new(); flat.len()];
        let types: Vec<Option<&str>> = flat
            .iter()
            .map(|variant| self.json_type(variant.ty))
            .collect();
        let objects: Vec<usize> = (0..flat.len())
            .filter(|index| types[*index] == Some("object"))
            .collect();
        let others = types.iter().filter(|ty| **ty != Some("object"));
        let mut seen = BTreeSet::new();
        let distinct = others
            .clone()
            .all(|ty| ty.is_some_and(|ty| seen.insert(ty)));
        // Every integer is a number as well.
        let numbers = seen.contains("integer") && seen.contains("number");
        if !distinct || numbers {
            return (Dispatch::Order, untagged);
        }
        if objects.len() < 2 {
            return (Dispatch::Type { tag: None }, untagged);
        }
        match self.tag_of(flat, &objects, None) {
            Some((property, object_tags)) => {
                let mut tags = untagged;
                for (index, values) in objects.iter().zip(object_tags) {
                    tags[*index] = values;
                }
                (
                    Dispatch::Type {
                        tag: Some(property),
                    },
                    tags,
                )
            }
            None => (Dispatch::Order, untagged),
        }
    }

    /// The property that tells these variants apart, and the values that select each.
    fn tag_of(
        &self,
        flat: &[Flat],
        among: &[usize],
        declared: Option<&str>,
    ) -> Option<(String, Vec<Vec<String>>)> {
        let objects: Vec<(&Flat, &Object)> = among
            .iter()
            .map(
                |index| match &self.api.schema(flat[*index].ty.schema).kind {
                    Kind::Object(object) => Some((&flat[*index], object)),
                    _ => None,
                },
            )
            .collect::<Option<_>>()?;
        if let Some(property) = declared {
            let tags = objects
                .iter()
                .map(|(variant, object)| self.declared_tags(variant, object, property));
            let tags: Vec<Vec<String>> = tags.collect::<Option<_>>()?;
            if distinct(&tags) {
                return Some((property.to_owned(), tags));
            }
        }
        let (_, first) = objects.first()?;
        first.fields.iter().find_map(|field| {
            let tags = objects
                .iter()
                .map(|(_, object)| self.constant_tags(object, &field.name));
            let tags: Vec<Vec<String>> = tags.collect::<Option<_>>()?;
            distinct(&tags).then(|| (field.name.clone(), tags))
        })
    }

    /// The tags of a variant under a declared discriminator: those of the mapping, else
    /// what its schema says of the property, else its name.
    fn declared_tags(
        &self,
        variant: &Flat,
        object: &Object,
        property: &str,
    ) -> Option<Vec<String>> {
        if !variant.mapped.is_empty() {
            return Some(variant.mapped.clone());
        }
        let own = object.fields.iter().find(|field| field.name == property);
        if let Some(tags) = own.and_then(|field| self.values(field.ty)) {
            return Some(tags);
        }
        match &self.api.schema(variant.ty.schema).origin {
            Origin::Component(name) => Some(vec![name.clone()]),
            _ => None,
        }
    }

    /// The values of a required property that is a constant or an enum.
    fn constant_tags(&self, object: &Object, property: &str) -> Option<Vec<String>> {
        let mut fields = object.fields.iter();
        let field = fields.find(|field| field.name == property && field.required)?;
        self.values(field.ty)
    }

    fn values(&self, ty: Use) -> Option<Vec<String>> {
        match &self.api.schema(ty.schema).kind {
            Kind::Constant(serde_json::Value::String(value)) => Some(vec![value.clone()]),
            Kind::Enum(EnumValues::Strings(values)) => {
                Some(values.iter().map(|value| value.value.clone()).collect())
            }
            _ => None,
        }
    }

    /// The one JSON type that all values of a schema have.
    fn json_type(&self, ty: Use) -> Option<&'static str> {
        match &self.api.schema(ty.schema).kind {
            Kind::Boolean => Some("boolean"),
            Kind::Integer { .. } | Kind::Enum(EnumValues::Integers(_)) => Some("integer"),
            Kind::Number => Some("number"),
            Kind::String(_) | Kind::Enum(EnumValues::Strings(_)) => Some("string"),
            Kind::Array(_) => Some("array"),
            Kind::Map(_) | Kind::Object(_) => Some("object"),
            Kind::Constant(serde_json::Value::String(_)) => Some("string"),
            Kind::Constant(serde_json::Value::Bool(_)) => Some("boolean"),
            Kind::Constant(_) | Kind::Any | Kind::Null | Kind::Union(_) => None,
        }
    }
}

/// Whether no tag selects two variants.
fn distinct(tags: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    tags.iter().flatten().all(|tag| seen.insert(tag))
}
