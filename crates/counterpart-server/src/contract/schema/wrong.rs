//! Values that are not of a schema, one for each rule that it has.

use serde_json::{Value, json};

use super::Schemas;

impl<'d> Schemas<'d> {
    /// Values that this schema does not take, and what each of them is. The unions and limits of the schema decide:
    /// an enum that takes any other text has no value that it does not list.
    pub(in crate::contract) fn wrong(self, schema: &'d Value) -> Vec<(&'static str, Value)> {
        let mut found: Vec<(&'static str, Value)> = Vec::new();
        for (what, value) in self.candidates(schema) {
            let known = found.iter().any(|(known, _)| *known == what);
            if !known && self.misfit(schema, &value).is_some() {
                found.push((what, value));
            }
        }
        found
    }

    fn candidates(self, schema: &'d Value) -> Vec<(&'static str, Value)> {
        let mut candidates = vec![
            ("of another type", json!("no such thing")),
            ("of another type", json!(17)),
            ("of another type", json!({"no": "such"})),
        ];
        for variant in self.variants(schema) {
            let beyond = |name: &str, by: i64| {
                let limit = &variant[name];
                let whole = limit.as_i64().map(|limit| json!(limit.saturating_add(by)));
                whole.or_else(|| Some(json!(limit.as_f64()? + by as f64)))
            };
            let count = |name: &str| variant[name].as_u64().filter(|limit| *limit < 100_000);
            if variant["enum"].is_array() || variant.get("const").is_some() {
                candidates.push(("that is not listed", json!("no such value")));
            }
            let numbers = [("minimum", -1), ("exclusiveMinimum", 0)];
            let below = numbers.iter().filter_map(|(name, by)| beyond(name, *by));
            candidates.extend(below.map(|value| ("below its minimum", value)));
            let numbers = [("maximum", 1), ("exclusiveMaximum", 0)];
            let above = numbers.iter().filter_map(|(name, by)| beyond(name, *by));
            candidates.extend(above.map(|value| ("above its maximum", value)));
            if let Some(most) = count("maxLength") {
                let text: String = (0..=most).map(|_| 'x').collect();
                candidates.push(("that is too long", text.into()));
            }
            if count("minLength").is_some() {
                candidates.push(("that is too short", json!("")));
            }
            if let Some(most) = count("maxItems") {
                let item = self.example(&variant["items"], false);
                let items: Vec<Value> = (0..=most).map(|_| item.clone()).collect();
                candidates.push(("of too many items", items.into()));
            }
            if variant["items"].is_object() {
                let inside = self.wrong(&variant["items"]).into_iter();
                candidates.extend(inside.map(|(what, item)| (what, json!([item]))));
            }
            if variant["pattern"].is_string() || variant["format"].is_string() {
                candidates.push(("of another form", json!("\u{1f980} no such form")));
            }
        }
        candidates
    }
}
