//! Deltas: schemas of what is added to a value, and of which value that is.
//!
//! `MessageDelta` is a delta of `Message`, `MessageDeltaObject` of `MessageObject`. Where names do not tell,
//! `x-delta-of` names the whole.

use crate::api::{Delta, DeltaText, Kind, Use};

use super::Ctx;
use super::read::At;

/// What a delta's name has at its end, and what the whole's may have instead.
const ENDINGS: [(&str, &[&str]); 4] = [
    ("DeltaObject", &["Object", ""]),
    ("Delta", &["", "Object"]),
    ("_delta", &["", "_object"]),
    ("-delta", &["", "-object"]),
];

impl Ctx<'_> {
    /// Finds the named schemas that are deltas of others.
    pub(super) fn deltas(&mut self, root: &At<'_>) {
        let Some(components) = root.get("components") else {
            return;
        };
        for (name, at) in self.members(&components, "schemas") {
            let whole = match at.get("x-delta-of") {
                Some(mark) => self.marked_whole(&mark),
                None => self.whole_by_name(&name),
            };
            let delta = self.api.components.get(&name).copied();
            if let (Some(delta), Some(whole)) = (delta, whole)
                && self.can_grow(delta)
                && delta.schema != whole.schema
            {
                self.api.deltas.push(Delta {
                    delta: delta.schema,
                    whole: whole.schema,
                });
            }
        }
    }

    /// The whole that `x-delta-of` names.
    fn marked_whole(&mut self, mark: &At<'_>) -> Option<Use> {
        let name = self.as_text(mark)?;
        let Some(whole) = self.api.components.get(&name).copied() else {
            self.diags
                .error(mark.place(), format!("there is no schema `{name}`"))
                .help("name one of `components.schemas`");
            return None;
        };
        if !self.can_grow(whole) {
            self.diags
                .error(mark.place(), format!("`{name}` cannot grow by deltas"))
                .help("name an object or a union");
            return None;
        }
        Some(whole)
    }

    fn whole_by_name(&self, name: &str) -> Option<Use> {
        let wholes = ENDINGS.iter().filter_map(|(ending, others)| {
            let stem = name.strip_suffix(ending).filter(|stem| !stem.is_empty())?;
            Some(others.iter().map(move |other| format!("{stem}{other}")))
        });
        let mut wholes = wholes.flatten();
        wholes.find_map(|whole| {
            let whole = self.api.components.get(&whole).copied();
            whole.filter(|whole| self.can_grow(*whole))
        })
    }

    fn can_grow(&self, ty: Use) -> bool {
        matches!(
            self.api.schema(ty.schema).kind,
            Kind::Object(_) | Kind::Union(_)
        )
    }

    /// `x-delta` of a property.
    pub(super) fn delta_text(&mut self, at: &At<'_>) -> Option<DeltaText> {
        let mark = at.get("x-delta")?;
        match self.as_text(&mark)?.as_str() {
            "append" => Some(DeltaText::Append),
            "replace" => Some(DeltaText::Replace),
            other => {
                self.diags
                    .error(mark.place(), format!("`x-delta` cannot be `{other}`"))
                    .help("write `append` or `replace`, or leave it out");
                None
            }
        }
    }
}
