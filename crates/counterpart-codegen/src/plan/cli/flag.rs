//! Flags: one for each parameter, and for each property of a JSON body.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::{
    Bounds, EnumValues, Field, Kind, Location, Object, Operation, Parameter, SchemaId, Style, Use,
};
use crate::name;

use super::super::Input;
use super::super::docs::Docs;
use super::super::facts::facts;
use super::plain;

/// Flags that every command has, and those of clap itself.
const TAKEN: [&str; 12] = [
    "all", "base-url", "body", "color", "dry-run", "help", "output", "query", "retries", "stream",
    "timeout", "version",
];

/// A flag.
#[derive(Debug, Clone)]
pub struct FlagPlan {
    /// Its name, without the dashes.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where its value goes; `None` for a property of the body.
    pub location: Option<Location>,
    /// What its value is.
    pub kind: FlagKind,
    /// Whether the operation cannot do without it.
    pub required: bool,
    /// What it means, in a line.
    pub help: String,
    /// What limits its value, where the words do not say so.
    pub limits: Option<String>,
    /// What it is if it is not given.
    pub default: Option<String>,
    /// How it is written, where that is not as usual.
    pub style: Option<(Style, bool)>,
}

/// What the value of a flag is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of several texts.
    Values(Vec<String>),
    /// Any text, of which some are known.
    Known(Vec<String>),
    /// Several values.
    List(Box<FlagKind>),
    /// Several pairs of a name and a value.
    Map(Box<FlagKind>),
    /// JSON.
    Json,
}

impl Input<'_> {
    /// The flags of an operation; the property `switch` of its body has another way to be set.
    pub(super) fn flags(&self, index: usize, switch: Option<&str>) -> Vec<FlagPlan> {
        let operation = &self.api.operations[index];
        let idents = &self.names.operations[index].parameters.idents;
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        let parameters = operation.parameters.iter().zip(idents);
        let open = parameters
            .filter(|(parameter, _)| !parameter.required || self.constant_of(parameter).is_none());
        let mut flags: Vec<FlagPlan> = open
            .map(|(parameter, ident)| self.parameter_flag(parameter, ident, &mut taken))
            .collect();
        flags.sort_by_key(|flag| flag.location != Some(Location::Path));
        if let Some((id, object)) = self.json_object(operation) {
            for (position, field) in object.fields.iter().enumerate() {
                let is_constant = self.api.constant(field).is_some();
                if is_constant || switch == Some(field.name.as_str()) {
                    continue;
                }
                let ident = self.names.member(id, position);
                flags.push(self.property_flag(field, ident, &mut taken));
            }
        }
        flags
    }

    /// The properties of the body that never vary.
    pub(super) fn body_constants(&self, operation: &Operation) -> Vec<(String, String)> {
        let Some((_, object)) = self.json_object(operation) else {
            return Vec::new();
        };
        let constants = object.fields.iter().filter_map(|field| {
            let value = self.api.constant(field)?;
            Some((field.name.clone(), value.to_string()))
        });
        constants.collect()
    }

    /// The object that the body is, if it is one.
    fn json_object(&self, operation: &Operation) -> Option<(SchemaId, &Object)> {
        let body = operation.body.as_ref()?;
        let content = body.contents.iter().find(|content| content.is_json())?;
        let id = self.names.canonical(content.ty?.schema);
        match &self.api.schema(id).kind {
            Kind::Object(object) => Some((id, object)),
            _ => None,
        }
    }

    fn parameter_flag(
        &self,
        parameter: &Parameter,
        ident: &str,
        taken: &mut BTreeSet<String>,
    ) -> FlagPlan {
        let schema = self.api.schema(parameter.ty.schema);
        let default = parameter.default.as_ref().or(schema.default.as_ref());
        let usual = match parameter.location {
            Location::Path | Location::Header => (Style::Simple, false),
            Location::Query | Location::Cookie => (Style::Form, true),
        };
        let style = (parameter.style, parameter.explode);
        let help = help(parameter.docs.as_deref());
        FlagPlan {
            limits: limits(&schema.bounds, &help),
            name: unique(ident, "with", taken),
            wire: parameter.name.clone(),
            location: Some(parameter.location),
            kind: self.flag_kind(parameter.ty, 2),
            required: parameter.required,
            help,
            default: default.and_then(shown),
            style: (style != usual).then_some(style),
        }
    }

    fn property_flag(&self, field: &Field, ident: &str, taken: &mut BTreeSet<String>) -> FlagPlan {
        let schema = self.api.schema(field.ty.schema);
        let default = field.default.as_ref().or(schema.default.as_ref());
        let help = help(field.docs.as_deref().or(schema.docs.as_deref()));
        FlagPlan {
            limits: limits(&schema.bounds, &help),
            name: unique(ident, "body", taken),
            wire: field.name.clone(),
            location: None,
            kind: self.flag_kind(field.ty, 2),
            required: field.required && !field.ty.nullable,
            help,
            default: default.and_then(shown),
            style: None,
        }
    }

    /// What a value is on the command line; lists of lists are JSON.
    fn flag_kind(&self, ty: Use, depth: usize) -> FlagKind {
        let schema = self.api.schema(self.names.canonical(ty.schema));
        match &schema.kind {
            Kind::Boolean => FlagKind::Boolean,
            Kind::Integer { .. } | Kind::Enum(EnumValues::Integers(_)) => FlagKind::Integer,
            Kind::Number => FlagKind::Number,
            Kind::String(_) | Kind::Constant(Value::String(_)) => FlagKind::Text,
            Kind::Enum(EnumValues::Strings(values)) => {
                let values = values.iter().map(|value| value.value.clone()).collect();
                match schema.any_other {
                    true => FlagKind::Known(values),
                    false => FlagKind::Values(values),
                }
            }
            Kind::Array(items) if depth > 1 => {
                FlagKind::List(Box::new(self.flag_kind(*items, depth - 1)))
            }
            Kind::Map(values) if depth > 1 => {
                FlagKind::Map(Box::new(self.flag_kind(*values, depth - 1)))
            }
            _ => FlagKind::Json,
        }
    }
}

/// A name that no other flag of the command has: qualified by where it comes from, if need be.
fn unique(ident: &str, from: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = name::kebab(ident);
    while !taken.insert(name.clone()) {
        name = format!("{from}-{name}");
    }
    name
}

/// The first sentence.
fn help(words: Option<&str>) -> String {
    let first = plain(&Docs::summary(words)).into_iter().next();
    first.unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The limits in a few words, unless the help names the same numbers.
fn limits(bounds: &Bounds, help: &str) -> Option<String> {
    let facts = facts(None, bounds);
    let known = help.replace(',', "");
    let said = |fact: &String| {
        let numbers = fact.split(|letter: char| !letter.is_ascii_digit());
        let mut numbers = numbers.filter(|number| !number.is_empty());
        numbers.all(|number| known.contains(number))
    };
    let new = facts.iter().filter(|fact| !said(fact));
    let new: Vec<String> = new
        .map(|fact| fact.trim_end_matches('.').to_lowercase())
        .collect();
    (!new.is_empty()).then(|| new.join(", "))
}

/// A default in a word or two.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (!text.is_empty() && text.len() <= 40 && !text.contains('\n')).then_some(text)
}

/// The command as a person would type it, with what it requires.
pub(super) fn example(program: &str, command: &str, flags: &[FlagPlan]) -> String {
    let mut text = format!("{program} {command}");
    for flag in flags.iter().filter(|flag| flag.required) {
        let value = match &flag.kind {
            FlagKind::Integer => "1".to_owned(),
            FlagKind::Number => "1.0".to_owned(),
            FlagKind::Boolean => "true".to_owned(),
            FlagKind::Values(values) | FlagKind::Known(values) => {
                values.first().cloned().unwrap_or_default()
            }
            FlagKind::Json | FlagKind::List(_) | FlagKind::Map(_) => "'…'".to_owned(),
            FlagKind::Text => format!("\"${}\"", flag.name.replace('-', "_").to_uppercase()),
        };
        match flag.kind {
            FlagKind::Boolean => text.push_str(&format!(" --{}={value}", flag.name)),
            _ => text.push_str(&format!(" --{} {value}", flag.name)),
        }
    }
    text
}
