//! The types crate as data: what an emitter reads.

use std::collections::BTreeSet;

use super::super::docs::Docs;
use super::super::ty::{External, Type};
use super::checks::Checks;
use super::default_value::FieldDefault;
use super::fold::Fold;

/// The types crate.
#[derive(Debug, Clone)]
pub struct Types {
    /// The modules, in the document's order.
    pub modules: Vec<Module>,
    /// The libraries whose types are used.
    pub externals: BTreeSet<External>,
    /// How deltas are put into what they belong to.
    pub folds: Vec<Fold>,
    /// What of the runtime the crate exports as its own.
    pub exports: Vec<&'static str>,
    /// A struct whose `new` the crate's example calls, if there is one that strings will do for.
    pub example: Option<Example>,
}

impl Types {
    /// The structs that need a builder.
    pub fn built(&self) -> impl Iterator<Item = &Struct> {
        let items = self.modules.iter().flat_map(|module| &module.items);
        items.filter_map(|item| match item {
            Item::Struct(item) if item.new.is_none() => Some(item),
            _ => None,
        })
    }

    /// How many types there are.
    pub fn count(&self) -> usize {
        self.modules.iter().map(|module| module.items.len()).sum()
    }
}

/// `CreateRunRequest::new("assistant_id")`, for the example in the crate's docs.
#[derive(Debug, Clone)]
pub struct Example {
    /// The struct.
    pub ty: String,
    /// What stands for its arguments.
    pub arguments: Vec<String>,
}

/// A module of the types crate.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its name, also that of its file.
    pub name: String,
    /// What it holds.
    pub items: Vec<Item>,
}

/// A type.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each holds what it is named for")]
pub enum Item {
    Struct(Struct),
    Enum(Enum),
    IntegerEnum(IntegerEnum),
    Union(UnionEnum),
    Events(Events),
    Alias(Alias),
}

impl Item {
    /// The name of the type.
    pub fn ident(&self) -> &str {
        match self {
            Self::Struct(item) => &item.ident,
            Self::Enum(item) => &item.ident,
            Self::IntegerEnum(item) => &item.ident,
            Self::Union(item) => &item.ident,
            Self::Events(item) => &item.ident,
            Self::Alias(item) => &item.ident,
        }
    }
}

/// `pub type Metadata = …;`
#[derive(Debug, Clone)]
pub struct Alias {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// What it stands for.
    pub ty: Type,
}

/// A struct.
#[derive(Debug, Clone)]
pub struct Struct {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
    /// Whether it can be made of nothing.
    pub default: bool,
    /// Its members, in the document's order.
    pub members: Vec<Member>,
    /// The field that keeps what is not listed.
    pub extra: Option<Extra>,
    /// Whether a server refuses what is not listed.
    pub closed: bool,
    /// The fields that `new` takes, as indexes into [`Struct::members`]; `None` where they
    /// are too many.
    pub new: Option<Vec<usize>>,
    /// What `validate` checks.
    pub checks: Checks,
    /// Which fields a server fills in, and how; none where it never reads the type.
    pub fills: Vec<Fill>,
}

/// What a server fills in of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Its index into [`Struct::members`].
    pub member: usize,
    /// Whether it is set to its default where it is absent.
    pub itself: bool,
    /// Whether there are defaults inside it.
    pub inside: bool,
}

impl Struct {
    /// The members that are fields.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.members.iter().filter_map(|member| match member {
            Member::Field(field) => Some(field),
            Member::Constant(_) => None,
        })
    }
}

/// A property of the document.
#[derive(Debug, Clone)]
pub enum Member {
    /// A public field.
    Field(Field),
    /// A value that never varies, and so is no field.
    Constant(Constant),
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its identifier.
    pub ident: String,
    /// The variable that holds it while it is read.
    pub local: String,
    /// Its name on the wire.
    pub wire: String,
    /// Its words.
    pub docs: Docs,
    /// Whether the document says not to use it any more.
    pub deprecated: bool,
    /// Its type, presence left aside.
    pub ty: Type,
    /// Whether functions take the type itself, not everything that converts into it: a
    /// literal would not.
    pub plain: bool,
    /// Whether it must be there, and whether it may be `null`.
    pub presence: Presence,
    /// Whether `null` is a value of the type itself, as it is of any JSON value: then it is
    /// no sign of absence.
    pub holds_null: bool,
    /// Its chaining setter, where it has one.
    pub setter: Option<Setter>,
    /// In a delta: whether its text is more of what came before.
    pub appends: bool,
    /// The default that the document declares, where source text can spell it.
    pub default: Option<FieldDefault>,
}

impl Field {
    /// The type of the field with its presence: `Option<T>`, `Nullable<T>`.
    pub fn declared(&self) -> Type {
        let ty = self.ty.clone();
        match self.presence {
            Presence::Required => ty,
            Presence::RequiredNullable | Presence::Optional => ty.optional(),
            Presence::OptionalNullable => Type::Nullable(Box::new(ty)),
        }
    }
}

/// Whether a field must be there, and whether it may be `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Presence {
    Required,
    RequiredNullable,
    Optional,
    OptionalNullable,
}

/// A chaining setter.
#[derive(Debug, Clone)]
pub struct Setter {
    /// The name of the method.
    pub ident: String,
}

/// A constant property.
#[derive(Debug, Clone)]
pub struct Constant {
    /// The name of the associated constant: `OBJECT`.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// Its words.
    pub docs: Docs,
    /// Its value.
    pub value: Literal,
}

/// A value that source text can spell.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each holds what it is named for")]
pub enum Literal {
    Text(String),
    Bool(bool),
    Integer(i64),
    Float(f64),
}

/// The field that keeps what is not listed.
#[derive(Debug, Clone)]
pub struct Extra {
    /// Its identifier.
    pub ident: String,
    /// The map that it is.
    pub ty: Type,
}

/// An open enum of strings.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// The listed values.
    pub values: Vec<EnumValue<String>>,
    /// Whether the document allows any other text.
    pub any_other: bool,
}

/// An open enum of whole numbers.
#[derive(Debug, Clone)]
pub struct IntegerEnum {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// The listed values.
    pub values: Vec<EnumValue<i64>>,
}

/// A listed value.
#[derive(Debug, Clone)]
pub struct EnumValue<T> {
    /// The variant.
    pub ident: String,
    /// The value on the wire.
    pub value: T,
    /// Its words.
    pub docs: Docs,
}

/// A union.
#[derive(Debug, Clone)]
pub struct UnionEnum {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// The variants.
    pub variants: Vec<Variant>,
    /// How a value finds its variant.
    pub dispatch: UnionDispatch,
    /// Whether the variants differ much in size.
    pub uneven: bool,
    /// The payloads that convert into it because only one variant holds them.
    pub conversions: Vec<Conversion>,
    /// What `validate` checks.
    pub checks: Checks,
    /// The variants, by position, inside which a server fills in defaults.
    pub fills: Vec<usize>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// What it holds; `None` for a constant.
    pub payload: Payload,
}

/// What a variant holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// Nothing but this constant.
    Constant(Literal),
    /// A value.
    Value(Type),
}

/// How a value finds its variant: each case names a variant by its position.
#[derive(Debug, Clone, PartialEq)]
pub enum UnionDispatch {
    /// By a tag.
    Tag(TagTable),
    /// By the JSON type.
    Type {
        /// The JSON types, with their variants.
        types: Vec<(JsonType, usize)>,
        /// Among objects, by a tag.
        tag: Option<TagTable>,
    },
    /// By trying one after the other.
    Order,
}

/// Tag values with their variants.
#[derive(Debug, Clone, PartialEq)]
pub struct TagTable {
    /// The property.
    pub property: String,
    /// The values and the variant that each selects.
    pub cases: Vec<TagCase>,
    /// Properties that only one variant has, with its value of the tag.
    pub telling: Vec<(String, String)>,
}

/// One tag value.
#[derive(Debug, Clone, PartialEq)]
pub struct TagCase {
    /// The values that select the variant.
    pub tags: Vec<String>,
    /// The position of the variant.
    pub variant: usize,
    /// Whether the payload itself does not write the tag, so that the union must.
    pub written_by_union: bool,
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// `From<payload> for` the union.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// What converts.
    pub from: Type,
    /// The variant.
    pub variant: String,
    /// Whether the variant boxes it.
    pub boxed: bool,
    /// The struct that is made of it first, by its `new`.
    pub through: Option<String>,
}

/// An event union.
#[derive(Debug, Clone)]
pub struct Events {
    /// Its name.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// The events.
    pub variants: Vec<Event>,
    /// Whether the variants differ much in size.
    pub uneven: bool,
    /// What `validate` checks.
    pub checks: Checks,
}

impl Events {
    /// The event that ends a stream.
    pub fn done(&self) -> Option<&str> {
        let done = |event: &&Event| matches!(event.payload, EventPayload::Done(_));
        self.variants
            .iter()
            .find(done)
            .map(|event| event.ident.as_str())
    }

    /// The event by which the sender says that it has failed: `error`.
    pub fn error(&self) -> Option<&str> {
        let error =
            |event: &&Event| event.tag == "error" && matches!(event.payload, EventPayload::Json(_));
        self.variants
            .iter()
            .find(error)
            .map(|event| event.ident.as_str())
    }
}

/// One kind of event.
#[derive(Debug, Clone)]
pub struct Event {
    /// The variant.
    pub ident: String,
    /// What stands in the `event:` line.
    pub tag: String,
    /// What it holds.
    pub payload: EventPayload,
    /// Its words.
    pub docs: Docs,
}

/// What an event holds.
#[derive(Debug, Clone, PartialEq)]
pub enum EventPayload {
    /// A JSON value.
    Json(Type),
    /// This text and nothing else: the event that ends a stream.
    Done(String),
}
