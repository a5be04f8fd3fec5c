//! Structs: which properties are fields, and how each is there or not.

use crate::api::{Additional, Field as ApiField, Kind, Object, SchemaId, Use};
use crate::name;

use super::super::docs::Docs;
use super::super::ty::Type;
use super::super::{Input, facts};
use super::fold;
use super::model::{Constant, Extra, Field, Literal, Member, Presence, Setter, Struct};

/// Names that a local variable must not have: those of the functions that read and write,
/// and those that clippy takes for placeholders.
const LOCALS: [&str; 7] = ["reader", "writer", "field", "extra", "foo", "baz", "quux"];

impl Input<'_> {
    pub(super) fn structure(
        &self,
        id: SchemaId,
        ident: String,
        docs: Docs,
        object: &Object,
    ) -> Struct {
        let members: Vec<Member> = object
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| self.member(id, index, field, object))
            .collect();
        let required: Vec<usize> = (0..members.len())
            .filter(|index| match &members[*index] {
                Member::Field(field) => field.presence == Presence::Required,
                Member::Constant(_) => false,
            })
            .collect();
        let extra = match object.additional {
            Additional::Typed(values) => Some(self.extra(id, object, values)),
            Additional::Refused | Additional::Tolerated => None,
        };
        Struct {
            ident,
            docs,
            deprecated: self.api.schema(id).deprecated,
            default: required.is_empty(),
            extra,
            closed: object.additional == Additional::Refused,
            new: (required.len() <= 3).then_some(required),
            checks: self.checks(id),
            fills: self.object_fills(id, object),
            members,
        }
    }

    fn extra(&self, id: SchemaId, object: &Object, values: Use) -> Extra {
        Extra {
            ident: self.extra_ident(id, object),
            ty: Type::Map(Box::new(self.value_ty(values))),
        }
    }

    /// The field that keeps what is not listed: the first of these names that no field has.
    pub(super) fn extra_ident(&self, id: SchemaId, object: &Object) -> String {
        let fields = object.fields.iter().enumerate();
        let fields =
            fields.filter(|(_, field)| self.api.constant(field).and_then(literal).is_none());
        let taken: Vec<&str> = fields
            .map(|(index, _)| self.names.member(id, index))
            .collect();
        let ident = ["extra", "additional_properties", "other_properties"]
            .into_iter()
            .find(|ident| !taken.contains(ident))
            .unwrap_or("unlisted_properties");
        ident.to_owned()
    }

    fn member(&self, id: SchemaId, index: usize, field: &ApiField, object: &Object) -> Member {
        let ident = self.names.member(id, index).to_owned();
        let literal = self.api.constant(field).and_then(literal);
        if let Some(value) = literal {
            return Member::Constant(Constant {
                ident: name::constant(&ident),
                wire: field.name.clone(),
                docs: Docs::raw(&format!(
                    "The constant `{}` of every value of this type.",
                    field.name
                )),
                value,
            });
        }
        let presence = presence(field);
        let kind = &self.api.schema(field.ty.schema).kind;
        let ty = self.ty(field.ty);
        let ty = match self.boxed.contains(&(id, index)) {
            true => Type::Boxed(Box::new(ty)),
            false => ty,
        };
        Member::Field(Field {
            local: name::local(&ident, &LOCALS),
            wire: field.name.clone(),
            docs: self.field_docs(field),
            deprecated: field.deprecated,
            setter: (presence != Presence::Required).then(|| Setter {
                ident: match name::is_method_taken(&ident) {
                    true => format!("set_{ident}"),
                    false => ident.clone(),
                },
            }),
            // The name of an alias does not tell what it stands for.
            plain: matches!(kind, Kind::Boolean | Kind::Integer { .. } | Kind::Any),
            holds_null: *kind == Kind::Any,
            appends: fold::appends(field),
            default: self.default_of(field, &ident, object),
            ident,
            ty,
            presence,
        })
    }

    fn field_docs(&self, field: &ApiField) -> Docs {
        let schema = self.api.schema(field.ty.schema);
        let docs = match &field.docs {
            Some(words) => Docs::of(Some(words)),
            // What the type is says more than the name of the property alone.
            None => Docs::summary(schema.docs.as_deref()),
        };
        let docs = match docs.is_empty() {
            true => Docs::raw(&format!("`{}`.", field.name.replace('`', "'"))),
            false => docs,
        };
        let default = field.default.as_ref().or(schema.default.as_ref());
        let facts = facts::facts(default, &schema.bounds);
        let docs = match facts.is_empty() {
            true => docs,
            false => docs.paragraph(&facts.join(" ")),
        };
        deprecation(docs, field.deprecated)
    }
}

/// Whether a field must be there, and whether it may be `null`.
pub(super) fn presence(field: &ApiField) -> Presence {
    match (field.required, field.ty.nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

pub(super) fn literal(value: &serde_json::Value) -> Option<Literal> {
    match value {
        serde_json::Value::String(text) => Some(Literal::Text(text.clone())),
        serde_json::Value::Bool(value) => Some(Literal::Bool(*value)),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(value) => Some(Literal::Integer(value)),
            None => number.as_f64().map(Literal::Float),
        },
        _ => None,
    }
}

/// The docs, with a word for what should not be used any more. An attribute would make the
/// generated code that reads and writes the value warn of itself.
pub(super) fn deprecation(docs: Docs, deprecated: bool) -> Docs {
    match deprecated {
        true => docs.paragraph("Deprecated."),
        false => docs,
    }
}
