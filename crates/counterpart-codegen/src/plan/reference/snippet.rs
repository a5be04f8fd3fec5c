//! Calls of the client as snippets that compile.

use crate::api::SchemaId;
use crate::config::Package;

use super::super::client::{Argument, CallPlan};
use super::super::ty::Type;
use super::super::types::{Item, JsonType, Member, Payload, Struct, UnionDispatch};
use super::Scope;
use super::words::rust;

/// How deep an expression goes before it becomes a variable.
const DEPTH: usize = 3;
/// The width of a line of code.
const WIDTH: usize = 88;

/// A snippet under construction: what is not shown comes in as a parameter.
#[derive(Default)]
struct Given(Vec<(String, String)>);

impl Scope<'_> {
    /// The plain call, and the one that streams or pages, where there is one.
    pub(super) fn calls(&self, call: &CallPlan) -> Vec<String> {
        let mut given = Given::default();
        let arguments = self.arguments(call, &mut given);
        let method = format!(".{}({})", call.method, arguments.join(", "));
        let name = variable(call);
        let bind = match call.output {
            Type::Unit => String::new(),
            _ => format!("let {name} = "),
        };
        let mut calls = vec![self.around(
            &given,
            &chain(&bind, std::slice::from_ref(&method), ".await?;"),
        )];
        if call.stream.is_some() {
            let body = format!(
                "{}while let Some(event) = events.try_next().await? {{\n    println!(\"{{event:?}}\");\n}}\n",
                chain(
                    "let mut events = ",
                    &[method.clone(), ".stream()".to_owned()],
                    ".await?;"
                )
            );
            calls.push(self.around(&given, &body));
        }
        if call.paging.is_some() {
            let body = format!(
                "{}while let Some(item) = items.try_next().await? {{\n    println!(\"{{item:?}}\");\n}}\n",
                chain("let mut items = ", &[method, ".items()".to_owned()], ";")
            );
            calls.push(self.around(&given, &body));
        }
        calls
    }

    fn arguments(&self, call: &CallPlan, given: &mut Given) -> Vec<String> {
        let mut arguments: Vec<String> = call
            .arguments
            .iter()
            .map(|argument| self.argument(argument, given))
            .collect();
        if let Some(body) = call.body.as_ref().filter(|body| body.required) {
            let made = self.expression(&body.ty, &body.ident, DEPTH);
            arguments.push(made.unwrap_or_else(|| given.variable(&body.ident, &rust(&body.ty))));
        }
        arguments
    }

    fn argument(&self, argument: &Argument, given: &mut Given) -> String {
        let ident = &argument.ident;
        let made = match &argument.ty {
            Type::List(item) => self
                .expression(item, ident, DEPTH)
                .map(|item| format!("[{item}]")),
            // An argument is the type itself: nothing converts into it.
            Type::Text => Some(format!("{ident:?}")),
            Type::Named(_) => match self.expression(&argument.ty, ident, DEPTH) {
                Some(made) if !made.starts_with('"') => Some(made),
                _ => None,
            },
            ty => self.expression(ty, ident, DEPTH),
        };
        made.unwrap_or_else(|| given.variable(ident, &rust(&argument.ty)))
    }

    /// What makes a value of this type, or converts into one; `None` where nothing short does.
    fn expression(&self, ty: &Type, name: &str, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        Some(match ty {
            Type::Text => format!("{name:?}"),
            Type::Bool => "true".to_owned(),
            Type::I32 | Type::I64 | Type::U32 | Type::U64 => "1".to_owned(),
            Type::F64 => "1.0".to_owned(),
            Type::List(item) => {
                let singular = name.strip_suffix('s').unwrap_or(name);
                let item = match (&**item, self.expression(item, singular, depth)?) {
                    // A list converts as a whole, its items do not.
                    (Type::Text, item) => format!("{item}.to_owned()"),
                    (Type::Named(_), item) if item.starts_with('"') => format!("{item}.into()"),
                    (_, item) => item,
                };
                format!("vec![{item}]")
            }
            Type::Named(ident) => return self.named(ident, name, depth),
            Type::Boxed(inner) => return self.expression(inner, name, depth),
            _ => return None,
        })
    }

    fn named(&self, ident: &str, name: &str, depth: usize) -> Option<String> {
        match self.item(ident)? {
            Item::Struct(plan) => self.constructor(plan, depth),
            Item::Enum(plan) => {
                let first = plan.values.first()?;
                Some(format!("{ident}::{}", first.ident))
            }
            Item::IntegerEnum(plan) => {
                let first = plan.values.first()?;
                Some(format!("{ident}::{}", first.ident))
            }
            Item::Union(plan) => {
                let takes_text = matches!(&plan.dispatch, UnionDispatch::Type { types, .. }
                    if types.iter().any(|(ty, variant)| *ty == JsonType::String
                        && plan.variants[*variant].payload == Payload::Value(Type::Text)));
                takes_text.then(|| format!("{name:?}"))
            }
            Item::Alias(plan) => self.expression(&plan.ty, name, depth),
            Item::Events(_) => None,
        }
    }

    /// `CreateRunRequest::new("assistant_id")`
    fn constructor(&self, plan: &Struct, depth: usize) -> Option<String> {
        let taken = plan.new.as_ref()?;
        let arguments = taken.iter().map(|index| match &plan.members[*index] {
            Member::Field(field) => self.expression(&field.ty, &field.wire, depth),
            Member::Constant(_) => None,
        });
        let arguments: Option<Vec<String>> = arguments.collect();
        Some(format!("{}::new({})", plan.ident, arguments?.join(", ")))
    }

    /// The lines around a body that make it compile; they are hidden.
    fn around(&self, given: &Given, body: &str) -> String {
        let krate = self.krate(Package::CLIENT);
        let given = given.0.iter().map(|(ident, ty)| format!(", {ident}: {ty}"));
        let given: String = given.collect();
        format!(
            "# use {krate}::{{Client, Error, types::*}};\n\
             # async fn call(client: Client{given}) -> Result<(), Error> {{\n\
             {body}\
             # Ok(())\n\
             # }}\n"
        )
    }

    /// How a value of a type is made, where that is shown in one line.
    pub(super) fn made(&self, id: SchemaId) -> Option<String> {
        let ident = self.input.names.ty(id)?;
        let Item::Struct(plan) = self.item(ident)? else {
            return None;
        };
        let made = self.constructor(plan, DEPTH)?;
        let setter = plan.fields().find_map(|field| {
            let value = self.expression(&field.ty, &field.wire, 2)?;
            let setter = field.setter.as_ref()?;
            Some(format!(".{}({value})", setter.ident))
        });
        let name = crate::name::module(ident);
        let steps: Vec<String> = setter.into_iter().collect();
        let bind = format!("let {name} = ");
        let krate = self.krate(Package::TYPES);
        Some(format!(
            "# use {krate}::*;\n{}",
            chain_from(&bind, &made, &steps, ";")
        ))
    }
}

impl Given {
    fn variable(&mut self, ident: &str, ty: &str) -> String {
        self.0.push((ident.to_owned(), ty.to_owned()));
        ident.to_owned()
    }
}

/// What the reply is called: for its type, without the words that say that it is a reply.
fn variable(call: &CallPlan) -> String {
    let Type::Named(ty) = &call.output else {
        return "reply".to_owned();
    };
    let name = crate::name::module(ty);
    match name.strip_suffix("_response") {
        _ if call.paging.is_some() => "page".to_owned(),
        Some(_) => "reply".to_owned(),
        None => name,
    }
}

/// A chain of calls on `client`, on one line if it fits.
fn chain(bind: &str, steps: &[String], end: &str) -> String {
    chain_from(bind, "client", steps, end)
}

fn chain_from(bind: &str, start: &str, steps: &[String], end: &str) -> String {
    let line = format!("{bind}{start}{}{end}\n", steps.concat());
    if line.chars().count() <= WIDTH {
        return line;
    }
    let (last, close) = match end.strip_suffix(';') {
        Some("") => ("", ";"),
        Some(end) => (end, ";"),
        None => (end, ""),
    };
    let mut text = format!("{bind}{start}");
    for step in steps.iter().map(String::as_str).chain([last]) {
        if !step.is_empty() {
            text.push_str(&format!("\n    {step}"));
        }
    }
    format!("{text}{close}\n")
}
