//! A plan in a few lines: what a reader of a golden wants to know first.
//!
//! ```text
//! struct Run new(id)
//!     id: String
//!     const OBJECT "object" = "thread.run"
//!     last_error: Option<RunLastError>
//! union Tool by tag "type"
//!     Function(FunctionTool) for "function"
//! get_run: GET /runs/{run_id} -> Run or Value
//!     path run_id: String
//! ```

use counterpart_codegen::plan::client::{Argument, CallPlan};
use counterpart_codegen::plan::server::{FieldPresence, OperationPlan, ReplyPayload};
use counterpart_codegen::plan::ty::{External, item_name};
use counterpart_codegen::plan::types::{
    EventPayload, Field, Item, Literal, Member, Payload, Struct, UnionDispatch, UnionEnum,
};
use counterpart_codegen::plan::{Plan, Type};

/// Every type and every operation of a plan.
pub fn of(plan: &Plan) -> String {
    let items = plan.types.modules.iter().flat_map(|module| &module.items);
    let types = items.map(item);
    let calls = plan.client.operations.iter().zip(&plan.server.operations);
    let operations = calls.map(|(call, answer)| operation(call, answer));
    types.chain(operations).collect()
}

/// A type as Rust spells it.
pub fn ty(ty: &Type) -> String {
    let wrapped = |name: &str, inner: &Type| format!("{name}<{}>", self::ty(inner));
    match ty {
        Type::Named(name) => name.clone(),
        Type::Item(framing, inner) => wrapped(item_name(*framing), inner),
        Type::Sequence(inner) => wrapped("Sequence", inner),
        Type::Text => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::External(External::DateTime) => "chrono::DateTime".to_owned(),
        Type::External(External::Date) => "chrono::NaiveDate".to_owned(),
        Type::External(External::Uuid) => "uuid::Uuid".to_owned(),
        Type::External(External::Url) => "url::Url".to_owned(),
        Type::Value => "Value".to_owned(),
        Type::JsonMap => "Map<String, Value>".to_owned(),
        Type::Map(inner) => format!("IndexMap<String, {}>", self::ty(inner)),
        Type::List(inner) => wrapped("Vec", inner),
        Type::Option(inner) => wrapped("Option", inner),
        Type::Nullable(inner) => wrapped("Nullable", inner),
        Type::Boxed(inner) => wrapped("Box", inner),
        Type::Unit => "()".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::PlainText => "text".to_owned(),
        Type::Own(name) => name.clone(),
    }
}

fn item(item: &Item) -> String {
    match item {
        Item::Struct(item) => structure(item),
        Item::Enum(item) => {
            let values = item.values.iter();
            let values = values.map(|value| format!("    {} = {:?}\n", value.ident, value.value));
            format!("enum {}\n{}", item.ident, values.collect::<String>())
        }
        Item::IntegerEnum(item) => {
            let values = item.values.iter();
            let values = values.map(|value| format!("    {} = {}\n", value.ident, value.value));
            format!("enum {}\n{}", item.ident, values.collect::<String>())
        }
        Item::Union(item) => union(item),
        Item::Events(item) => {
            let variants = item.variants.iter().map(|event| match &event.payload {
                EventPayload::Json(ty) => {
                    format!(
                        "    {}({}) for {:?}\n",
                        event.ident,
                        self::ty(ty),
                        event.tag
                    )
                }
                EventPayload::Done(text) => {
                    format!(
                        "    {} for {:?}, ends with {text:?}\n",
                        event.ident, event.tag
                    )
                }
            });
            format!("events {}\n{}", item.ident, variants.collect::<String>())
        }
        Item::Alias(item) => format!("alias {} = {}\n", item.ident, ty(&item.ty)),
    }
}

fn structure(item: &Struct) -> String {
    let members: Vec<String> = item.members.iter().map(member).collect();
    let new = match &item.new {
        None => String::new(),
        Some(taken) => {
            let taken = taken
                .iter()
                .filter_map(|index| match &item.members[*index] {
                    Member::Field(field) => Some(field.local.as_str()),
                    Member::Constant(_) => None,
                });
            format!(" new({})", taken.collect::<Vec<_>>().join(", "))
        }
    };
    let mut text = format!("struct {}{new}\n{}", item.ident, members.concat());
    if let Some(extra) = &item.extra {
        text.push_str(&format!(
            "    others in {}: {}\n",
            extra.ident,
            ty(&extra.ty)
        ));
    }
    if item.closed {
        text.push_str("    nothing else\n");
    }
    text
}

fn member(member: &Member) -> String {
    match member {
        Member::Constant(constant) => {
            let value = literal(&constant.value);
            format!(
                "    const {} {:?} = {value}\n",
                constant.ident, constant.wire
            )
        }
        Member::Field(field) => format!("    {}\n", self::field(field)),
    }
}

fn field(field: &Field) -> String {
    let mut text = format!("{}: {}", field.ident, ty(&field.declared()));
    if field.wire != field.ident {
        text.push_str(&format!(" for {:?}", field.wire));
    }
    if let Some(setter) = field
        .setter
        .as_ref()
        .filter(|setter| setter.ident != field.ident)
    {
        text.push_str(&format!(", set by {}()", setter.ident));
    }
    text
}

fn union(item: &UnionEnum) -> String {
    let (how, table) = match &item.dispatch {
        UnionDispatch::Tag(table) => (format!("by tag {:?}", table.property), Some(table)),
        UnionDispatch::Type { tag: None, .. } => ("by JSON type".to_owned(), None),
        UnionDispatch::Type {
            tag: Some(table), ..
        } => {
            let how = format!("by JSON type, objects by tag {:?}", table.property);
            (how, Some(table))
        }
        UnionDispatch::Order => ("in order".to_owned(), None),
    };
    let mut text = format!("union {} {how}\n", item.ident);
    for (index, variant) in item.variants.iter().enumerate() {
        let payload = match &variant.payload {
            Payload::Constant(value) => format!(" = {}", literal(value)),
            Payload::Value(ty) => format!("({})", self::ty(ty)),
        };
        text.push_str(&format!("    {}{payload}", variant.ident));
        let cases = table.iter().flat_map(|table| &table.cases);
        for case in cases.filter(|case| case.variant == index) {
            let tags: Vec<String> = case.tags.iter().map(|tag| format!("{tag:?}")).collect();
            let writer = match case.written_by_union {
                true => ", written by the union",
                false => "",
            };
            text.push_str(&format!(" for {}{writer}", tags.join(" or ")));
        }
        text.push('\n');
    }
    text
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
    }
}

fn operation(call: &CallPlan, answer: &OperationPlan) -> String {
    let mut text = format!(
        "{}: {} {} -> {} or {}\n",
        call.method,
        call.verb.text(),
        call.path,
        ty(&call.output),
        ty(&call.error)
    );
    let mut line = |words: String| text.push_str(&format!("    {words}\n"));
    for argument in &call.arguments {
        line(self::argument(argument, ""));
    }
    for (location, name, value) in &call.constants {
        let location = format!("{location:?}").to_lowercase();
        line(format!("{location} {name:?} is {value:?}"));
    }
    if let Some(body) = &call.body {
        let optional = if body.required { "" } else { "?" };
        let choices = body.choices.iter().map(|choice| match &body.choices[..] {
            [_] if body.is_plain_json() => String::new(),
            [_] => format!(" as {}", choice.media_type),
            _ => format!(" or {} as {}", ty(&choice.ty), choice.media_type),
        });
        let choices: String = choices.collect();
        line(format!(
            "{}{optional}: {}{choices}",
            body.ident,
            ty(&body.ty)
        ));
    }
    for setter in &call.setters {
        line(argument(setter, "?"));
    }
    for field in &answer.fields {
        if let FieldPresence::Default(value) = &field.presence {
            line(format!("server: {} is {value:?} if absent", field.ident));
        }
    }
    if let Some(stream) = &call.stream {
        let switch = stream.switch.as_ref().map_or_else(String::new, |switch| {
            format!(", switched on by {}", switch.ident)
        });
        line(format!("streams {}{switch}", ty(&stream.event)));
    }
    if let Some(polling) = &call.polling {
        let (method, arguments) = (&polling.method, polling.arguments.join(", "));
        let finals = polling.finals.join(" | ");
        line(format!(
            "polled by {method}({arguments}) until {} is {finals}",
            polling.state
        ));
    }
    if let Some(paging) = &call.paging {
        line(format!("pages of {}", ty(&paging.item)));
    }
    line(format!("replies {}", replies(answer)));
    text
}

fn argument(argument: &Argument, optional: &str) -> String {
    let location = format!("{:?}", argument.location).to_lowercase();
    let mut text = format!(
        "{location} {}{optional}: {}",
        argument.ident,
        ty(&argument.ty)
    );
    if argument.wire != argument.ident {
        text.push_str(&format!(" for {:?}", argument.wire));
    }
    if !optional.is_empty() && argument.setter != argument.ident {
        text.push_str(&format!(", set by {}()", argument.setter));
    }
    if argument.layout.json {
        text.push_str(", JSON");
    } else if !argument.is_usual() {
        let explode = if argument.layout.explode {
            "exploded"
        } else {
            "joined"
        };
        text.push_str(&format!(", {:?} {explode}", argument.layout.style));
    }
    text
}

fn replies(answer: &OperationPlan) -> String {
    let replies = answer.replies.iter().map(|reply| {
        let payload = match &reply.payload {
            ReplyPayload::Empty => String::new(),
            ReplyPayload::Json(ty) => format!("({})", self::ty(ty)),
            ReplyPayload::Text => "(text)".to_owned(),
            ReplyPayload::Binary => "(bytes)".to_owned(),
            ReplyPayload::Events(event) => format!("(events of {})", ty(event)),
        };
        let headers = match &reply.headers {
            Some(_) => " with headers",
            None => "",
        };
        format!("{}{payload}{headers}", reply.ident)
    });
    replies.collect::<Vec<_>>().join(" | ")
}
