//! Deltas: which property of an addition goes where in the whole.
//!
//! The named schemas that are deltas come from `lower`. From there it goes inwards: properties of one wire name, as far
//! as their shapes allow, variants of one tag, items of lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{DeltaText, Field as ApiField};

use super::super::Input;
use super::super::ty::Type;
use super::model::{
    Field, Item, Member, Module, Payload, Presence, Struct, TagTable, UnionDispatch, UnionEnum,
};

/// How one type is put into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The type of the addition.
    pub delta: String,
    /// The type of the whole.
    pub whole: String,
    /// What goes where.
    pub kind: FoldKind,
}

/// What goes where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoldKind {
    /// Properties.
    Fields {
        /// The field of the delta that says which item of a list it belongs to.
        index: Option<String>,
        /// The field of the whole that says which item of a list it is.
        own_index: Option<String>,
        /// What is done with the other fields, in the delta's order.
        steps: Vec<Step>,
    },
    /// Variants: those of the delta, and those of the whole.
    Variants(Vec<(String, String)>),
}

/// What is done with one field of a delta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name on the wire.
    pub wire: String,
    /// The field.
    pub delta: String,
    /// Whether it is always there.
    pub presence: Presence,
    /// Whether it is in a box.
    pub boxed: bool,
    /// Where it goes.
    pub kind: StepKind,
}

/// Where a field of a delta goes; each names the field of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// It must be the same, or nothing is put anywhere.
    IsFor(String),
    /// A text to append.
    Append(String),
    /// A text that names something.
    Name(String),
    /// Any value that replaces what was there.
    Replace(String),
    /// A whole number of another width.
    Number(String),
    /// An enum's value, or its text, for another enum.
    Spell(String),
    /// Items or entries to add.
    Extend(String),
    /// Something with deltas of its own.
    Fold(String),
    /// The whole's own properties, one level down.
    Within,
    /// Nowhere.
    Leave,
}

/// Properties whose texts name something, and so replace what came before; so do those that end in one of these.
const NAMES: [&str; 8] = [
    "id", "name", "object", "role", "status", "type", "model", "url",
];

/// Whether a property's text in a delta is more of what came before.
pub(super) fn appends(field: &ApiField) -> bool {
    match field.delta {
        Some(rule) => rule == DeltaText::Append,
        None => {
            let last = field.name.rsplit(['_', '-']).next().unwrap_or_default();
            !NAMES.contains(&last) && !field.name.ends_with("Id")
        }
    }
}

impl Input<'_> {
    /// How deltas are put into what they belong to. The docs of a delta say so as well.
    pub(super) fn folds(&self, modules: &mut [Module]) -> Vec<Fold> {
        let roots = self.roots();
        let folds = {
            let items = modules.iter().flat_map(|module| &module.items);
            let finder = Finder {
                items: items.map(|item| (item.ident(), item)).collect(),
            };
            finder.folds(&roots)
        };
        let items = modules.iter_mut().flat_map(|module| &mut module.items);
        for item in items {
            let own = |(delta, _): &&(String, String)| delta == item.ident();
            if let Some((_, whole)) = roots.iter().find(own)
                && folds.iter().any(|fold| fold.delta == item.ident())
            {
                say(item, whole);
            }
        }
        folds
    }

    /// The deltas that the document names, and what they belong to.
    fn roots(&self) -> Vec<(String, String)> {
        let ident = |id| self.names.ty(self.names.canonical(id)).map(str::to_owned);
        let pairs = self.api.deltas.iter();
        pairs
            .filter_map(|pair| Some((ident(pair.delta)?, ident(pair.whole)?)))
            .collect()
    }
}

fn say(item: &mut Item, whole: &str) {
    let docs = match item {
        Item::Struct(item) => &mut item.docs,
        Item::Union(item) => &mut item.docs,
        Item::Enum(_) | Item::IntegerEnum(_) | Item::Events(_) | Item::Alias(_) => return,
    };
    *docs = std::mem::take(docs).paragraph(&format!(
        "Put into a [`{whole}`](crate::{whole}) by [`apply`](counterpart_wire::Apply::apply), or \
         into an [`Accumulator`](counterpart_wire::Accumulator) of one, which bears gaps in indexes."
    ));
}

/// What is looked up while pairs are found.
struct Finder<'a> {
    items: BTreeMap<&'a str, &'a Item>,
}

impl Finder<'_> {
    /// The folds of the roots, and of all that is inside them.
    fn folds(&self, roots: &[(String, String)]) -> Vec<Fold> {
        let mut folds = Vec::new();
        let mut seen = BTreeSet::new();
        // The last one found is looked at first.
        let mut open: Vec<(String, String)> = roots.iter().rev().cloned().collect();
        while let Some(pair) = open.pop() {
            if !seen.insert(pair.clone()) {
                continue;
            }
            let is_root = roots.contains(&pair);
            if let Some(fold) = self.fold(&pair.0, &pair.1, is_root) {
                let inner = self.inner(&fold);
                open.extend(inner.into_iter().rev());
                folds.push(fold);
            }
        }
        folds
    }

    fn fold(&self, delta: &str, whole: &str, is_root: bool) -> Option<Fold> {
        let kind = match (self.items.get(delta)?, self.items.get(whole)?) {
            (Item::Struct(delta), Item::Struct(whole)) => self.fields(delta, whole, is_root)?,
            (Item::Union(delta), Item::Union(whole)) => FoldKind::Variants(variants(delta, whole)?),
            _ => return None,
        };
        Some(Fold {
            delta: delta.to_owned(),
            whole: whole.to_owned(),
            kind,
        })
    }

    /// `None` for a root of which nothing has a place: then only its name looks like that of a delta.
    fn fields(&self, delta: &Struct, whole: &Struct, is_root: bool) -> Option<FoldKind> {
        let counts = |field: &&Field| field.wire == "index" && is_integer(&field.ty);
        let index = delta.fields().find(counts);
        let own_index = whole.fields().find(counts);
        let steps: Vec<Step> = delta
            .fields()
            .filter(|field| own_index.is_some() || !counts(field))
            .filter_map(|field| self.step(field, whole, is_root))
            .collect();
        let is_used = |step: &Step| !matches!(step.kind, StepKind::Leave | StepKind::IsFor(_));
        (!is_root || steps.iter().any(is_used)).then(|| FoldKind::Fields {
            index: index.map(|field| field.ident.clone()),
            own_index: own_index.map(|field| field.ident.clone()),
            steps,
        })
    }

    /// What is done with a field of a delta; `None` where the whole has a constant in its place.
    fn step(&self, field: &Field, whole: &Struct, is_root: bool) -> Option<Step> {
        let place = whole.members.iter().find(|member| match member {
            Member::Field(place) => place.wire == field.wire,
            Member::Constant(place) => place.wire == field.wire,
        });
        let kind = match place {
            Some(Member::Constant(_)) => return None,
            Some(Member::Field(place)) if is_root && field.wire == "id" && is_text(place) => {
                StepKind::IsFor(place.ident.clone())
            }
            Some(Member::Field(place)) => self.kind(field, place),
            None if field.wire == "delta" && self.is_struct(&field.ty) => StepKind::Within,
            None => StepKind::Leave,
        };
        Some(Step {
            wire: field.wire.clone(),
            delta: field.ident.clone(),
            presence: field.presence,
            boxed: matches!(field.ty, Type::Boxed(_)),
            kind,
        })
    }

    fn kind(&self, field: &Field, place: &Field) -> StepKind {
        let ident = place.ident.clone();
        let delta = self.resolved(&field.ty);
        let is_boxed = matches!(place.ty, Type::Boxed(_));
        match (delta, self.resolved(&place.ty)) {
            (Type::Text, Type::Text) if is_boxed => StepKind::Leave,
            (Type::Text, Type::Text) if field.appends => StepKind::Append(ident),
            (Type::Text, Type::Text) => StepKind::Name(ident),
            (Type::List(delta), Type::List(whole)) => match (&**delta, &**whole) {
                (Type::Named(delta), Type::Named(whole)) if self.folds_into(delta, whole) => {
                    StepKind::Fold(ident)
                }
                (delta, whole) if delta == whole => StepKind::Extend(ident),
                _ => StepKind::Leave,
            },
            (Type::Map(_) | Type::JsonMap, whole) if delta == whole => StepKind::Extend(ident),
            (Type::Text, Type::Named(whole)) if self.is_enum(whole) => StepKind::Spell(ident),
            (Type::Named(delta), Type::Named(whole))
                if delta != whole && self.is_enum(delta) && self.is_enum(whole) =>
            {
                StepKind::Spell(ident)
            }
            (Type::Named(delta), Type::Named(whole))
                if delta != whole && self.folds_into(delta, whole) =>
            {
                StepKind::Fold(ident)
            }
            (delta, whole) if delta == whole && !is_boxed => StepKind::Replace(ident),
            (delta, whole)
                if is_integer(delta)
                    && is_integer(whole)
                    && place.presence == Presence::Required =>
            {
                StepKind::Number(ident)
            }
            _ => StepKind::Leave,
        }
    }

    /// The pairs of types inside a fold that have folds of their own.
    fn inner(&self, fold: &Fold) -> Vec<(String, String)> {
        match (
            self.items.get(&*fold.delta),
            self.items.get(&*fold.whole),
            &fold.kind,
        ) {
            (
                Some(Item::Struct(delta)),
                Some(Item::Struct(whole)),
                FoldKind::Fields { steps, .. },
            ) => {
                let pair = |step: &Step| self.inner_of(step, delta, whole);
                steps.iter().filter_map(pair).collect()
            }
            (Some(Item::Union(delta)), Some(Item::Union(whole)), FoldKind::Variants(pairs)) => {
                let pair = |(from, to): &(String, String)| {
                    Some((
                        payload(delta, from)?.to_owned(),
                        payload(whole, to)?.to_owned(),
                    ))
                };
                pairs.iter().filter_map(pair).collect()
            }
            _ => Vec::new(),
        }
    }

    fn inner_of(&self, step: &Step, delta: &Struct, whole: &Struct) -> Option<(String, String)> {
        let named = |item: &Struct, ident: &str| {
            let field = item.fields().find(|field| field.ident == ident)?;
            match self.resolved(&field.ty) {
                Type::List(inner) => match &**inner {
                    Type::Named(name) => Some(name.clone()),
                    _ => None,
                },
                Type::Named(name) => Some(name.clone()),
                _ => None,
            }
        };
        let inner = named(delta, &step.delta)?;
        match &step.kind {
            StepKind::Fold(place) => Some((inner, named(whole, place)?)),
            StepKind::Within => Some((inner, whole.ident.clone())),
            _ => None,
        }
    }

    fn folds_into(&self, delta: &str, whole: &str) -> bool {
        match (self.items.get(delta), self.items.get(whole)) {
            (Some(Item::Struct(_)), Some(Item::Struct(_))) => true,
            (Some(Item::Union(delta)), Some(Item::Union(whole))) => {
                variants(delta, whole).is_some()
            }
            _ => false,
        }
    }

    fn is_enum(&self, ident: &str) -> bool {
        matches!(self.items.get(ident), Some(Item::Enum(_)))
    }

    fn is_struct(&self, ty: &Type) -> bool {
        match self.resolved(ty) {
            Type::Named(ident) => matches!(self.items.get(ident.as_str()), Some(Item::Struct(_))),
            _ => false,
        }
    }

    /// A type without its box, and what an alias stands for.
    fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Boxed(inner) => self.resolved(inner),
            Type::Named(ident) => match self.items.get(ident.as_str()) {
                Some(Item::Alias(alias)) => self.resolved(&alias.ty),
                _ => ty,
            },
            _ => ty,
        }
    }
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::I32 | Type::I64 | Type::U32 | Type::U64)
}

fn is_text(field: &Field) -> bool {
    field.ty == Type::Text
}

/// The variants that have a tag in common; `None` if none have.
fn variants(delta: &UnionEnum, whole: &UnionEnum) -> Option<Vec<(String, String)>> {
    let (from, to) = (tags(delta)?, tags(whole)?);
    let mut pairs = Vec::new();
    for case in &from.cases {
        let same =
            |other: &&super::model::TagCase| case.tags.iter().any(|tag| other.tags.contains(tag));
        let Some(other) = to.cases.iter().find(same) else {
            continue;
        };
        let pair = (
            &delta.variants[case.variant],
            &whole.variants[other.variant],
        );
        if let (Payload::Value(Type::Named(_)), Payload::Value(_)) =
            (&pair.0.payload, &pair.1.payload)
        {
            pairs.push((pair.0.ident.clone(), pair.1.ident.clone()));
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn tags(union: &UnionEnum) -> Option<&TagTable> {
    match &union.dispatch {
        UnionDispatch::Tag(table) => Some(table),
        UnionDispatch::Type { tag, .. } => tag.as_ref(),
        UnionDispatch::Order => None,
    }
}

/// The type that a variant holds.
fn payload<'u>(union: &'u UnionEnum, variant: &str) -> Option<&'u str> {
    let found = union.variants.iter().find(|known| known.ident == variant)?;
    match &found.payload {
        Payload::Value(Type::Named(ident)) => Some(ident),
        Payload::Value(Type::Boxed(inner)) => match &**inner {
            Type::Named(ident) => Some(ident),
            _ => None,
        },
        Payload::Value(_) | Payload::Constant(_) => None,
    }
}
