//! Parameters and properties as rows of a table.

use serde_json::Value;

use crate::api::{Field, Object, Parameter, SchemaId};

use super::super::docs::Docs;
use super::super::facts;
use super::super::types::{Member, Struct};
use super::words::rust;
use super::{Row, Scope};

impl Scope<'_> {
    /// A parameter of an operation; `None` for one that leaves no choice.
    pub(super) fn parameter(&self, parameter: &Parameter, ident: &str) -> Option<Row> {
        if parameter.required && self.input.constant_of(parameter).is_some() {
            return None;
        }
        let schema = self.input.api.schema(parameter.ty.schema);
        let ty = self.input.ty(parameter.ty);
        Some(Row {
            wire: parameter.name.clone(),
            location: Some(parameter.location),
            words: self.words(parameter.ty),
            ident: ident.to_owned(),
            rust: rust(&ty),
            required: parameter.required,
            default: default(parameter.default.as_ref().or(schema.default.as_ref())),
            limits: facts::facts(None, &schema.bounds).join(" "),
            docs: Docs::of(parameter.docs.as_deref()),
            deprecated: parameter.deprecated,
        })
    }

    /// The properties of an object, as the struct has them.
    pub(super) fn properties(&self, id: SchemaId, plan: &Struct) -> Vec<Row> {
        let crate::api::Kind::Object(Object { fields, .. }) = &self.input.api.schema(id).kind
        else {
            return Vec::new();
        };
        let members = fields.iter().zip(&plan.members);
        members
            .map(|(field, member)| self.property(field, member))
            .collect()
    }

    fn property(&self, field: &Field, member: &Member) -> Row {
        let schema = self.input.api.schema(field.ty.schema);
        let words = match &field.docs {
            Some(words) => Docs::of(Some(words)),
            None => Docs::summary(schema.docs.as_deref()),
        };
        let (ident, ty) = match member {
            Member::Field(field) => (field.ident.clone(), rust(&field.declared())),
            Member::Constant(_) => (String::new(), String::new()),
        };
        Row {
            wire: field.name.clone(),
            location: None,
            words: self.words(field.ty),
            ident,
            rust: ty,
            required: field.required,
            default: default(field.default.as_ref().or(schema.default.as_ref())),
            limits: facts::facts(None, &schema.bounds).join(" "),
            docs: words,
            deprecated: field.deprecated,
        }
    }
}

/// A default as it stands on the wire, strings without quotes.
fn default(value: Option<&Value>) -> Option<String> {
    Some(match value? {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    })
}
