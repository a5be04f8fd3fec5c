//! Defaults: how source text spells them, and which of them a server fills in.
//!
//! A default is offered by the type under a name of its own: a constant `DEFAULT_LIMIT` where a
//! constant can hold it, else a function `default_tags`. A server fills it in for a field that
//! is optional and absent. `null` stays `null`, and a default of `null` adds nothing.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::api::{Additional, EnumValues, Field as ApiField, Kind, Object, SchemaId, Union, Use};
use crate::diag::Diagnostics;
use crate::name;

use super::super::Input;
use super::super::ty::Type;
use super::default_value::{DefaultObject, DefaultValue, FieldDefault};
use super::model::{Fill, Literal};
use super::structure::presence;

/// A value that its schema does not allow.
struct Misfit;

/// A value in source text; none where that cannot spell it.
type Spelled = Result<Option<DefaultValue>, Misfit>;

/// Reports every default that is no value of its own schema.
pub(in crate::plan) fn check(input: Input<'_>, diags: &mut Diagnostics) {
    for (id, _) in input.names.types() {
        let Kind::Object(object) = &input.api.schema(*id).kind else {
            continue;
        };
        for field in &object.fields {
            let Some(default) = input.declared(field) else {
                continue;
            };
            if input.value(field.ty, default).is_err() {
                diags
                    .warning(
                        input.api.schema(field.ty.schema).place.clone(),
                        format!("the default of `{}` is none of its values", field.name),
                    )
                    .help(format!(
                        "`{default}` is left out; in an overlay, correct it or remove it"
                    ));
            }
        }
    }
}

/// The types that have defaults, themselves or in what they hold, among those that a server
/// reads from a body.
pub(in crate::plan) fn filled(input: Input<'_>) -> BTreeSet<SchemaId> {
    let read = read_by_server(input);
    let mut found = BTreeSet::new();
    // As with limits, the set only grows.
    loop {
        let before = found.len();
        for id in &read {
            let any = match &input.api.schema(*id).kind {
                Kind::Object(object) => {
                    let mut fields = object.fields.iter();
                    fields.any(|field| input.is_filled(*id, field) || input.holds(field.ty, &found))
                }
                Kind::Union(union) => {
                    let mut variants = union.variants.iter();
                    variants.any(|variant| input.holds(variant.ty, &found))
                }
                _ => false,
            };
            if any {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// The types that bodies of requests are made of.
fn read_by_server(input: Input<'_>) -> BTreeSet<SchemaId> {
    let bodies = input
        .api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let contents = bodies.flat_map(|body| &body.contents);
    let roots = contents.filter_map(|content| content.ty);
    let reached = input.api.reached(roots.map(|ty| ty.schema));
    reached
        .into_iter()
        .map(|id| input.names.canonical(id))
        .collect()
}

impl Input<'_> {
    /// The default of a field under its name.
    pub(super) fn default_of(
        &self,
        field: &ApiField,
        ident: &str,
        object: &Object,
    ) -> Option<FieldDefault> {
        let value = self.value(field.ty, self.declared(field)?).ok()??;
        let stem = format!("default_{}", ident.trim_end_matches('_'));
        // A property may have the same idea.
        let mut others = object.fields.iter();
        if others.any(|other| name::field(&other.name) == stem) {
            return None;
        }
        let ident = match value.is_constant() {
            true => name::constant(&stem),
            false => stem,
        };
        Some(FieldDefault { ident, value })
    }

    /// What a server fills in of an object.
    pub(super) fn object_fills(&self, id: SchemaId, object: &Object) -> Vec<Fill> {
        if !self.filled.contains(&id) {
            return Vec::new();
        }
        let fields = object.fields.iter().enumerate();
        let fills = fields.map(|(member, field)| Fill {
            member,
            itself: self.is_filled(id, field),
            inside: self.holds(field.ty, self.filled),
        });
        fills.filter(|fill| fill.itself || fill.inside).collect()
    }

    /// The variants of a union inside which a server fills in defaults.
    pub(super) fn union_fills(&self, id: SchemaId, union: &Union) -> Vec<usize> {
        if !self.filled.contains(&id) {
            return Vec::new();
        }
        let variants = union.variants.iter().enumerate();
        let fills = variants.filter(|(_, variant)| self.holds(variant.ty, self.filled));
        fills.map(|(index, _)| index).collect()
    }

    /// Whether there are defaults to fill in inside a value.
    pub(in crate::plan) fn holds(&self, ty: Use, filled: &BTreeSet<SchemaId>) -> bool {
        match &self.api.schema(ty.schema).kind {
            Kind::Array(inner) | Kind::Map(inner) => self.holds(*inner, filled),
            _ => filled.contains(&self.names.canonical(ty.schema)),
        }
    }

    /// Whether a field is set to its default where it is absent.
    fn is_filled(&self, id: SchemaId, field: &ApiField) -> bool {
        let Kind::Object(object) = &self.api.schema(id).kind else {
            return false;
        };
        let spelled = || {
            self.default_of(field, &name::field(&field.name), object)
                .is_some()
        };
        let index = object.fields.iter().position(|other| other == field);
        let boxed = index.is_some_and(|index| self.boxed.contains(&(id, index)));
        !field.required && !boxed && spelled()
    }

    /// What the document declares for a field, at the property or at its schema.
    fn declared<'f>(&'f self, field: &'f ApiField) -> Option<&'f Json> {
        let schema = self.api.schema(field.ty.schema);
        field.default.as_ref().or(schema.default.as_ref())
    }

    fn value(&self, ty: Use, json: &Json) -> Spelled {
        if json.is_null() {
            return if ty.nullable { Ok(None) } else { Err(Misfit) };
        }
        let id = self.names.canonical(ty.schema);
        let kind = &self.api.schema(id).kind;
        match (kind, json) {
            (Kind::Boolean, Json::Bool(value)) => literal(Literal::Bool(*value)),
            (Kind::Integer { .. }, Json::Number(_)) => self.integer(&self.spelled(kind), json),
            (Kind::Number, Json::Number(value)) => {
                literal(Literal::Float(value.as_f64().ok_or(Misfit)?))
            }
            (Kind::String(_), Json::String(text)) => match self.spelled(kind) {
                Type::Text => literal(Literal::Text(text.clone())),
                _ => Ok(None),
            },
            (Kind::Enum(values), json) => self.listed(id, values, json),
            (Kind::Constant(value), json) => match (value == json, self.names.ty(id)) {
                (false, _) => Err(Misfit),
                (true, Some(name)) => {
                    let variant = self.names.member(id, 0).to_owned();
                    Ok(Some(DefaultValue::Variant(name.to_owned(), variant)))
                }
                (true, None) => Ok(super::structure::literal(value).map(DefaultValue::Literal)),
            },
            (Kind::Array(items), Json::Array(values)) => {
                let values = values.iter().map(|value| self.value(*items, value));
                let values: Option<Vec<_>> = values.collect::<Result<_, _>>()?;
                // An item that may be `null` is wrapped; no document needs that in a default.
                Ok(values
                    .filter(|values| values.is_empty() || !items.nullable)
                    .map(DefaultValue::List))
            }
            (Kind::Map(_), Json::Object(entries)) => {
                Ok(entries.is_empty().then_some(DefaultValue::EmptyMap))
            }
            (Kind::Object(object), Json::Object(entries)) => self.object(id, object, entries),
            (Kind::Union(union), json) => self.variant_of(id, union, json),
            (Kind::Any, _) => Ok(None),
            _ => Err(Misfit),
        }
    }

    fn integer(&self, ty: &Type, json: &Json) -> Spelled {
        let whole = json.as_f64().filter(|value| value.fract() == 0.0);
        // A default beyond `i64` is a number that nobody means.
        let value = json
            .as_i64()
            .or(whole.map(|value| value as i64))
            .ok_or(Misfit)?;
        let fits = match ty {
            Type::I32 => i32::try_from(value).is_ok(),
            Type::U32 => u32::try_from(value).is_ok(),
            Type::U64 => value >= 0,
            _ => true,
        };
        match fits {
            true => literal(Literal::Integer(value)),
            false => Err(Misfit),
        }
    }

    fn listed(&self, id: SchemaId, values: &EnumValues, json: &Json) -> Spelled {
        let index = match values {
            EnumValues::Strings(values) => values
                .iter()
                .position(|value| json.as_str() == Some(&value.value)),
            EnumValues::Integers(values) => values
                .iter()
                .position(|value| json.as_i64() == Some(value.value)),
        };
        let Some((index, name)) = index.zip(self.names.ty(id)) else {
            let other = self.api.schema(id).any_other && json.is_string();
            return if other { Ok(None) } else { Err(Misfit) };
        };
        let variant = self.names.member(id, index).to_owned();
        Ok(Some(DefaultValue::Variant(name.to_owned(), variant)))
    }

    fn object(
        &self,
        id: SchemaId,
        object: &Object,
        entries: &serde_json::Map<String, Json>,
    ) -> Spelled {
        let known = |key: &String| object.fields.iter().any(|field| field.name == *key);
        let unknown = !entries.keys().all(known);
        if unknown && object.additional == Additional::Refused {
            return Err(Misfit);
        }
        let mut spelled = !unknown;
        let mut fields = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            let json = entries.get(&field.name);
            if json.is_none() && field.required {
                return Err(Misfit);
            }
            let value = json.map(|json| self.value(field.ty, json)).transpose()?;
            // A constant is no field; a box or a `null` is more than a default is worth.
            if self.api.constant(field).is_some() {
                continue;
            }
            spelled &= !matches!(value, Some(None)) && !self.boxed.contains(&(id, index));
            let ident = self.names.member(id, index).to_owned();
            fields.push((ident, presence(field), value.flatten()));
        }
        let extra = match object.additional {
            Additional::Typed(_) => Some(self.extra_ident(id, object)),
            Additional::Refused | Additional::Tolerated => None,
        };
        let Some(name) = self.names.ty(id).filter(|_| spelled) else {
            return Ok(None);
        };
        Ok(Some(DefaultValue::Object(DefaultObject {
            ty: name.to_owned(),
            fields,
            extra,
        })))
    }

    /// The first variant that a value fits.
    fn variant_of(&self, id: SchemaId, union: &Union, json: &Json) -> Spelled {
        let Some(name) = self
            .names
            .ty(id)
            .filter(|_| !self.api.events.contains_key(&id))
        else {
            return Ok(None);
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let Ok(value) = self.value(variant.ty, json) else {
                continue;
            };
            let (name, ident) = (name.to_owned(), self.names.member(id, index).to_owned());
            let kind = &self.api.schema(variant.ty.schema).kind;
            let bare =
                matches!(kind, Kind::Constant(value) if super::structure::literal(value).is_some());
            if bare {
                return Ok(Some(DefaultValue::Variant(name, ident)));
            }
            let value =
                value.filter(|_| !self.boxed.contains(&(id, index)) && !variant.ty.nullable);
            return Ok(value.map(|value| DefaultValue::Holding(name, ident, Box::new(value))));
        }
        Err(Misfit)
    }
}

fn literal(literal: Literal) -> Spelled {
    Ok(Some(DefaultValue::Literal(literal)))
}
