//! Names that fall together after casing are told apart by how they were written.

use std::collections::BTreeMap;

/// A name on its way to becoming an identifier.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The document's name.
    pub text: String,
    /// The identifier it would have.
    pub ident: String,
    /// Whether a person chose it, so that it must not change.
    pub fixed: bool,
}

/// Names that could not be told apart: indexes of the wanted.
pub(super) type Collision = Vec<usize>;

/// The identifiers, distinct; or which of them collide for good.
///
/// Of several names with one identifier, the one that is spelled exactly so keeps it, and
/// the others say how they differ: `foo_bar` beside `fooBar` is `foo_bar` and
/// `foo_bar_camel`.
pub(super) fn settled(
    wanted: &[Wanted],
    join: fn(&str, &str) -> String,
) -> (Vec<String>, Vec<Collision>) {
    let mut idents: Vec<String> = wanted.iter().map(|name| name.ident.clone()).collect();
    for group in groups(&idents) {
        let keeper = group
            .iter()
            .find(|index| wanted[**index].fixed)
            .or_else(|| group.iter().find(|index| is_exact(&wanted[**index])));
        for index in &group {
            let name = &wanted[*index];
            // Names that are written alike cannot be told apart by how they are written.
            let alike = |other: &usize| other != index && wanted[*other].text == name.text;
            if Some(index) != keeper && !name.fixed && !group.iter().any(alike) {
                // A keyword has a `_` at its end, which nothing needs in the middle.
                let ident = name.ident.trim_end_matches('_');
                idents[*index] = join(ident, style(&name.text));
            }
        }
    }
    let collisions = groups(&idents);
    (idents, collisions)
}

/// The indexes that share an identifier.
fn groups(idents: &[String]) -> Vec<Vec<usize>> {
    let mut by_ident: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, ident) in idents.iter().enumerate() {
        by_ident.entry(ident).or_default().push(index);
    }
    let mut groups: Vec<Vec<usize>> = by_ident
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort();
    groups
}

fn is_exact(name: &Wanted) -> bool {
    name.text == name.ident
}

/// How a name is written, in a word.
fn style(text: &str) -> &'static str {
    let has = |test: fn(char) -> bool| text.chars().any(test);
    let first_upper = text.starts_with(char::is_uppercase);
    if text.starts_with('+') {
        "plus"
    } else if text.starts_with('-') {
        "minus"
    } else if text.contains('-') {
        "kebab"
    } else if text.contains('.') {
        "dotted"
    } else if text.contains(' ') {
        "spaced"
    } else if text.contains('/') {
        "slashed"
    } else if text.contains(':') {
        "colon"
    } else if text.contains('$') {
        "dollar"
    } else if text.contains('@') {
        "at"
    } else if text.ends_with("[]") {
        "list"
    } else if text.starts_with('_') || text.ends_with('_') {
        "underscored"
    } else if text.contains('_') && has(char::is_uppercase) && has(char::is_lowercase) {
        "mixed"
    } else if text.contains('_') && has(char::is_uppercase) {
        "screaming"
    } else if text.contains('_') {
        "snake"
    } else if !has(char::is_lowercase) {
        "upper"
    } else if !has(char::is_uppercase) {
        "lower"
    } else if first_upper {
        "pascal"
    } else {
        "camel"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(text: &str, ident: &str) -> Wanted {
        Wanted {
            text: text.to_owned(),
            ident: ident.to_owned(),
            fixed: false,
        }
    }

    #[test]
    fn the_exact_spelling_keeps_the_name() {
        let wanted = [want("fooBar", "foo_bar"), want("foo_bar", "foo_bar")];
        let (idents, collisions) = settled(&wanted, |ident, style| format!("{ident}_{style}"));
        assert_eq!(idents, ["foo_bar_camel", "foo_bar"]);
        assert_eq!(collisions, Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_cannot_be_told_apart_is_reported() {
        let wanted = [want("a+b", "a_b"), want("a=b", "a_b")];
        let (_, collisions) = settled(&wanted, |ident, style| format!("{ident}_{style}"));
        assert_eq!(collisions, [vec![0, 1]]);
    }
}
