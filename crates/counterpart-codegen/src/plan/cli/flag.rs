//! Flags: one for each parameter, and for each property of a body that is JSON or a form.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::{
    Bounds, EnumValues, Field, Kind, Location, Object, Operation, Parameter, SchemaId, Style,
    Union, Use,
};
use crate::name;

use super::super::Input;
use super::super::body::sent;
use super::super::docs::Docs;
use super::super::facts::facts;
use super::super::shell::quoted;
use super::super::ty::Type;
use super::super::types::Check;
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
    /// What is checked of a parameter before it is sent; a body is checked as a whole.
    pub check: Option<FlagCheck>,
}

/// What is checked of the value of a flag.
#[derive(Debug, Clone)]
pub struct FlagCheck {
    /// What the value is in Rust.
    pub ty: Type,
    /// The rules.
    pub check: Check,
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
    /// Text, or JSON where that is an object or a list.
    TextOrJson,
    /// The path of a file.
    File,
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
        if let Some((id, object)) = self.body_object(operation) {
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
        let Some((_, object)) = self.body_object(operation) else {
            return Vec::new();
        };
        let constants = object.fields.iter().filter_map(|field| {
            let value = self.api.constant(field)?;
            Some((field.name.clone(), value.to_string()))
        });
        constants.collect()
    }

    /// The object that the body is, if it is one.
    fn body_object(&self, operation: &Operation) -> Option<(SchemaId, &Object)> {
        let content = sent(operation)?;
        if !content.media.is_structured() {
            return None;
        }
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
            check: self.flag_check(parameter.ty),
        }
    }

    fn property_flag(&self, field: &Field, ident: &str, taken: &mut BTreeSet<String>) -> FlagPlan {
        let schema = self.api.schema(field.ty.schema);
        let default = field.default.as_ref().or(schema.default.as_ref());
        let help = help(field.docs.as_deref().or(schema.docs.as_deref()));
        let kind = self.flag_kind(field.ty, 2);
        FlagPlan {
            // What limits a text says nothing of the path of a file.
            limits: limits(&schema.bounds, &help).filter(|_| kind != FlagKind::File),
            name: unique(ident, "body", taken),
            wire: field.name.clone(),
            location: None,
            kind,
            required: field.required && !field.ty.nullable,
            help,
            default: default.and_then(shown),
            style: None,
            check: None,
        }
    }

    /// What is checked of a parameter, unless the program knows no type to check it by.
    fn flag_check(&self, ty: Use) -> Option<FlagCheck> {
        let check = self.check(ty);
        let ty = self.ty(Use {
            nullable: false,
            ..ty
        });
        (!check.is_empty() && spelled(&ty)).then_some(FlagCheck { ty, check })
    }

    /// What a value is on the command line; lists of lists are JSON.
    fn flag_kind(&self, ty: Use, depth: usize) -> FlagKind {
        let schema = self.api.schema(self.names.canonical(ty.schema));
        if self.api.files.contains(&ty.schema) {
            return FlagKind::File;
        }
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
            // In a list it must not pass for several items.
            Kind::Array(_) => FlagKind::List(Box::new(FlagKind::Json)),
            Kind::Union(union) if self.takes_text(union) => FlagKind::TextOrJson,
            _ => FlagKind::Json,
        }
    }
}

impl Input<'_> {
    /// Whether one of the variants is text.
    fn takes_text(&self, union: &Union) -> bool {
        union.variants.iter().any(|variant| {
            let schema = self.api.schema(self.names.canonical(variant.ty.schema));
            matches!(
                schema.kind,
                Kind::String(_)
                    | Kind::Enum(EnumValues::Strings(_))
                    | Kind::Constant(Value::String(_))
            )
        })
    }
}

/// Whether a program can name a type: its own crates and the language have it.
fn spelled(ty: &Type) -> bool {
    match ty {
        Type::Named(_) | Type::Text | Type::Bool | Type::F64 => true,
        Type::I32 | Type::I64 | Type::U32 | Type::U64 => true,
        Type::List(inner) | Type::Option(inner) => spelled(inner),
        _ => false,
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

impl Input<'_> {
    /// The command as a person would type it, with what it requires.
    pub(super) fn command_line(
        &self,
        command: &str,
        flags: &[FlagPlan],
        operation: &Operation,
    ) -> String {
        let mut text = format!("{} {command}", self.config.name);
        for flag in flags.iter().filter(|flag| flag.required) {
            let sample = self.flag_sample(flag, operation);
            for value in values(&flag.kind, flag, &sample) {
                let between = if flag.kind == FlagKind::Boolean {
                    '='
                } else {
                    ' '
                };
                text.push_str(&format!(" --{}{between}{value}", flag.name));
            }
        }
        if operation.body.as_ref().is_some_and(|body| body.required) {
            text.push_str(&self.body_argument(operation));
        }
        text
    }

    /// What has to be said of a body that has no flags.
    fn body_argument(&self, operation: &Operation) -> String {
        if self.body_object(operation).is_some() {
            return String::new();
        }
        let content = sent(operation);
        match content.filter(|content| content.media.is_structured()) {
            Some(content) => {
                let sample = content.ty.map(|ty| self.sample(ty)).unwrap_or_default();
                format!(" --body {}", quoted(&sample.to_string()))
            }
            None => " --body \"@$FILE\"".to_owned(),
        }
    }

    /// What the value of a flag may be on the wire.
    fn flag_sample(&self, flag: &FlagPlan, operation: &Operation) -> Value {
        let parameter = operation.parameters.iter().find(|parameter| {
            Some(parameter.location) == flag.location && parameter.name == flag.wire
        });
        let property = || {
            let (_, object) = self.body_object(operation)?;
            let mut fields = object.fields.iter();
            fields.find(|field| field.name == flag.wire)
        };
        let ty = match (parameter, flag.location) {
            (Some(parameter), _) => Some(parameter.ty),
            (None, None) => property().map(|field| field.ty),
            (None, Some(_)) => None,
        };
        ty.map(|ty| self.sample_named(ty, &flag.wire))
            .unwrap_or_default()
    }
}

/// The value as a shell takes it: for a list one for each item, for a map one for each pair.
fn values(kind: &FlagKind, flag: &FlagPlan, sample: &Value) -> Vec<String> {
    match (kind, sample) {
        (FlagKind::List(inner), Value::Array(items)) => {
            let items = items.iter().map(|item| argument(inner, flag, item));
            items.collect()
        }
        (FlagKind::Map(_), Value::Object(entries)) if !entries.is_empty() => {
            let pairs = entries.iter().map(|(key, value)| match value {
                Value::String(text) => quoted(&format!("{key}={text}")),
                other => quoted(&format!("{key}={other}")),
            });
            pairs.collect()
        }
        (FlagKind::Map(inner), _) => vec![format!("key={}", argument(inner, flag, sample))],
        _ => vec![argument(kind, flag, sample)],
    }
}

fn argument(kind: &FlagKind, flag: &FlagPlan, sample: &Value) -> String {
    match (kind, sample) {
        (FlagKind::File, _) => format!("\"${}\"", flag.name.replace('-', "_").to_uppercase()),
        (FlagKind::Text | FlagKind::TextOrJson | FlagKind::Map(_), _) => {
            format!("\"${}\"", flag.name.replace('-', "_").to_uppercase())
        }
        (_, Value::String(text)) => match text.chars().all(is_plain) && !text.is_empty() {
            true => text.clone(),
            false => quoted(text),
        },
        (FlagKind::Integer | FlagKind::Number | FlagKind::Boolean, sample) => sample.to_string(),
        (_, sample) => quoted(&sample.to_string()),
    }
}

/// Whether a shell changes nothing about a letter.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._/:,".contains(letter)
}
