//! Variants of a union that are never chosen, because one that is tried before them takes all
//! of their values: a mistake of the document more often than not.

use std::collections::BTreeSet;

use crate::api::{Additional, Dispatch, Kind, Object, Origin, SchemaId, Union, Use};

use super::Ctx;

/// Pairs of schemas that are being compared: those may hold each other.
type Open = BTreeSet<(SchemaId, SchemaId)>;

impl Ctx<'_> {
    /// Warns of every variant that is tried in vain.
    pub(super) fn compare_variants(&mut self) {
        let mut found = Vec::new();
        for (index, schema) in self.api.schemas.iter().enumerate() {
            if let Kind::Union(union) = &schema.kind
                && union.dispatch == Dispatch::Order
            {
                let id = SchemaId(u32::try_from(index).expect("bug: over 2^32"));
                found.extend(self.shadowed(id, union));
            }
        }
        for (union, first, second) in found {
            self.report_shadowed(union, first, second);
        }
    }

    /// The pairs of variants of which the second is never chosen.
    fn shadowed(&self, id: SchemaId, union: &Union) -> Vec<(SchemaId, Use, Use)> {
        let variants = &union.variants;
        let pairs = variants.iter().enumerate().filter_map(|(index, second)| {
            let mut before = variants[..index].iter();
            let first =
                before.find(|first| self.takes_all(first.ty, second.ty, &mut Open::new()))?;
            Some((id, first.ty, second.ty))
        });
        pairs.collect()
    }

    fn report_shadowed(&mut self, union: SchemaId, first: Use, second: Use) {
        let both = self.takes_all(second, first, &mut Open::new());
        let whole = self.api.schema(union).place.clone();
        let place = self.api.schema(second.schema).place.clone();
        let other = self.api.schema(first.schema).place.clone();
        let name = match &self.api.schema(union).origin {
            Origin::Component(name) => format!("`{name}`"),
            _ => "this union".to_owned(),
        };
        let message = match both {
            true => format!("two variants of {name} accept the same JSON"),
            false => format!("a variant of {name} accepts all JSON of this one, which comes later"),
        };
        let help = match both {
            true => format!(
                "in an overlay, give both a constant that differs, or remove one of `{}`",
                whole.pointer
            ),
            false => format!(
                "in an overlay, add an action that puts this variant of `{}` first, or gives \
                 both a constant that differs",
                whole.pointer
            ),
        };
        self.diags
            .warning(place, message)
            .related(other, "the variant that is always chosen")
            .help(help);
    }

    /// Whether every value of `b`, as it is written, reads as one of `a` as well, and none of its
    /// members is passed over. In doubt it does not.
    fn takes_all(&self, a: Use, b: Use, open: &mut Open) -> bool {
        if b.nullable && !a.nullable {
            return false;
        }
        if a.schema == b.schema || !open.insert((a.schema, b.schema)) {
            return true;
        }
        let (a, b) = (self.api.schema(a.schema), self.api.schema(b.schema));
        match (&a.kind, &b.kind) {
            (Kind::Any, _) => true,
            (Kind::Number, Kind::Integer { .. }) => true,
            (Kind::Array(a), Kind::Array(b)) | (Kind::Map(a), Kind::Map(b)) => {
                self.takes_all(*a, *b, open)
            }
            (Kind::Map(values), Kind::Object(object)) => {
                let mut fields = object.fields.iter();
                object.additional == Additional::Refused
                    && fields.all(|field| self.takes_all(*values, field.ty, open))
            }
            (Kind::Object(a), Kind::Object(b)) => self.takes_object(a, b, open),
            (a, b) => a == b,
        }
    }

    fn takes_object(&self, a: &Object, b: &Object, open: &mut Open) -> bool {
        let of = |object: &Object, name: &str| {
            let mut fields = object.fields.iter();
            fields.find(|field| field.name == name).cloned()
        };
        let knows_all = a.fields.iter().all(|field| match of(b, &field.name) {
            Some(other) => {
                (other.required || !field.required) && self.takes_all(field.ty, other.ty, open)
            }
            // What `b` says nothing of is not written, unless it keeps all that it does not know.
            None => {
                !field.required
                    && match b.additional {
                        Additional::Refused | Additional::Tolerated => true,
                        Additional::Typed(values) => self.takes_all(field.ty, values, open),
                    }
            }
        });
        // Of two variants that fit, the one that passes over nothing is chosen.
        let passes_over = a.additional == Additional::Tolerated
            && (matches!(b.additional, Additional::Typed(_))
                || b.fields.iter().any(|field| of(a, &field.name).is_none()));
        let refuses = a.additional == Additional::Refused
            && (b.additional != Additional::Refused
                || b.fields.iter().any(|field| of(a, &field.name).is_none()));
        let keeps_others = match (a.additional, b.additional) {
            (Additional::Typed(a), Additional::Typed(b)) => self.takes_all(a, b, open),
            (Additional::Typed(_), Additional::Tolerated) => false,
            _ => true,
        };
        knows_all && keeps_others && !refuses && !passes_over
    }
}
