//! Names that fall together after casing are told apart by how they were written.

use std::collections::BTreeMap;

use super::symbols;

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

/// A way to say how a name is written.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// In a word: `foo_bar_camel`.
    Style,
    /// Which of its letters are capitals: `foo_bar_lower_upper`.
    Case,
    /// Its symbols, where they are more than separators: `a_minus_minus_b`.
    Symbols,
    /// Everything about it.
    All,
}

/// The identifiers, distinct; or which of them collide for good.
///
/// Of several names with one identifier, the one that is spelled exactly so keeps it, and
/// the others say how they differ: `foo_bar` beside `fooBar` is `foo_bar` and
/// `foo_bar_camel`. What a name says depends on nothing but how it is written.
///
/// `join` puts a word behind an identifier. `name` is what the wanted at an index would be
/// called if this were its text.
pub(super) fn settled(
    wanted: &[Wanted],
    join: fn(&str, &str) -> String,
    name: impl Fn(usize, &str) -> String,
) -> (Vec<String>, Vec<Collision>) {
    let mut idents: Vec<String> = wanted.iter().map(|name| name.ident.clone()).collect();
    let alike = alike(wanted);
    let mut tried = vec![0; wanted.len()];
    loop {
        let collisions = groups(&idents);
        let mut moved = false;
        for group in &collisions {
            let keeper = keeper(wanted, &tried, group);
            for index in group.iter().copied() {
                let it = &wanted[index];
                // Names that are written alike cannot be told apart by how they are written.
                if Some(index) == keeper || it.fixed || alike[index] {
                    continue;
                }
                let ways = &ways(&it.text)[tried[index]..];
                let next = ways.iter().position(|way| {
                    let told = told(it, *way, join, |text| name(index, text));
                    told.is_some_and(|ident| {
                        let new = ident != idents[index];
                        idents[index] = ident;
                        new
                    })
                });
                tried[index] += next.map_or(ways.len(), |skipped| skipped + 1);
                moved |= next.is_some();
            }
        }
        if !moved {
            return (idents, collisions);
        }
    }
}

/// For each name, whether another is written just so and would be the same identifier.
fn alike(wanted: &[Wanted]) -> Vec<bool> {
    let key = |name: &Wanted| (name.ident.clone(), name.text.clone());
    let mut counts = BTreeMap::new();
    for name in wanted {
        *counts.entry(key(name)).or_insert(0) += 1;
    }
    wanted.iter().map(|name| counts[&key(name)] > 1).collect()
}

/// Which of a group keeps the identifier: what a person chose, the exact spelling, the only
/// one that has said least of itself, or the one that its style describes in full.
fn keeper(wanted: &[Wanted], tried: &[usize], group: &[usize]) -> Option<usize> {
    let only = |test: &dyn Fn(usize) -> bool| {
        let mut found = group.iter().copied().filter(|index| test(*index));
        found.next().filter(|_| found.next().is_none())
    };
    let find = |test: &dyn Fn(usize) -> bool| group.iter().copied().find(|index| test(*index));
    let least = group.iter().map(|index| tried[*index]).min()?;
    let is_plain =
        |index: usize| tried[index] == least && least > 0 && is_plain(&wanted[index].text);
    find(&|index| wanted[index].fixed)
        .or_else(|| find(&|index| tried[index] == 0 && is_exact(&wanted[index])))
        .or_else(|| only(&|index| tried[index] == least))
        .or_else(|| only(&is_plain))
}

/// The ways to tell a name apart, in the order in which they are tried.
fn ways(text: &str) -> [Way; 4] {
    let is_case = ["upper", "lower", "pascal", "camel"].contains(&style(text));
    match symbols::is_tidy(text) {
        // Symbols that no style is named for say more than the case does.
        _ if is_case && symbols::has_any(text) => [Way::Symbols, Way::Case, Way::Style, Way::All],
        true => [Way::Style, Way::Case, Way::Symbols, Way::All],
        false => [Way::Style, Way::Symbols, Way::Case, Way::All],
    }
}

/// What a name is called that says in this way how it is written.
fn told(
    wanted: &Wanted,
    way: Way,
    join: fn(&str, &str) -> String,
    name: impl Fn(&str) -> String,
) -> Option<String> {
    let text = &wanted.text;
    // A keyword has a `_` at its end, which nothing needs in the middle.
    let with = |ident: &str, words: &str| match words {
        "" => ident.to_owned(),
        words => join(ident.trim_end_matches('_'), words),
    };
    let ident = match way {
        Way::Style => with(&wanted.ident, style(text)),
        Way::Case => with(&wanted.ident, &case(text)),
        Way::Symbols => name(&symbols::written_out(text)),
        Way::All => with(&name(&symbols::spelled_out(text)), &case(text)),
    };
    // What says nothing new would only take the identifier from its keeper.
    (ident != wanted.ident).then_some(ident)
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

/// Whether a name is as its style has it: `foo-bar`, not `foo--bar` or `Foo-Bar`.
fn is_plain(text: &str) -> bool {
    let case = case(text);
    let usual = match style(text) {
        "screaming" | "upper" => case == "upper",
        "pascal" => case == "title",
        "camel" => case == "lower_title",
        _ => case == "lower",
    };
    usual && symbols::is_tidy(text)
}

/// The case of each word of a name: `lower_upper` for `fooBAR`. Equal neighbours count once.
fn case(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut push = |word| {
        if words.last() != Some(&word) {
            words.push(word);
        }
    };
    let cased = |letter: &char| letter.is_lowercase() || letter.is_uppercase();
    let mut letters = text.chars().filter(cased).peekable();
    while let Some(first) = letters.next() {
        let mut lower = 0;
        let mut upper = usize::from(first.is_uppercase());
        if upper == 1 {
            while letters.next_if(|letter| letter.is_uppercase()).is_some() {
                upper += 1;
            }
        }
        if upper < 2 {
            while letters.next_if(|letter| letter.is_lowercase()).is_some() {
                lower += 1;
            }
        }
        push(match (upper, lower) {
            (0, _) => "lower",
            (1, 1..) => "title",
            _ => "upper",
        });
    }
    words.join("_")
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
    use crate::name::casing;

    /// What these are called as fields.
    fn fields(texts: &[&str]) -> Vec<String> {
        let wanted: Vec<Wanted> = texts
            .iter()
            .map(|text| Wanted {
                text: (*text).to_owned(),
                ident: casing::field(text),
                fixed: false,
            })
            .collect();
        let join: fn(&str, &str) -> String = |ident, words| format!("{ident}_{words}");
        let (idents, collisions) = settled(&wanted, join, |_, text| casing::field(text));
        assert_eq!(collisions, Vec::<Collision>::new(), "{idents:?}");
        idents
    }

    #[test]
    fn the_exact_spelling_keeps_the_name() {
        assert_eq!(fields(&["fooBar", "foo_bar"]), ["foo_bar_camel", "foo_bar"]);
    }

    #[test]
    fn styles_that_are_the_same_say_more() {
        assert_eq!(fields(&["a+b", "a=b"]), ["a_plus_b", "a_equal_b"]);
        assert_eq!(
            fields(&["≤ b", "≥ b"]),
            ["less_or_equal_b", "greater_or_equal_b"]
        );
        assert_eq!(
            fields(&["a-b", "a--b", "a_b"]),
            ["a_b_kebab", "a_minus_minus_b", "a_b"]
        );
        assert_eq!(
            fields(&[" bar", " bar ", "bar", "_bar_"]),
            ["space_bar", "space_bar_space", "bar", "bar_underscored"]
        );
        assert_eq!(
            fields(&["fooBar", "fooBAR", "x-a", "X-A"]),
            [
                "foo_bar_camel",
                "foo_bar_lower_upper",
                "x_a_kebab",
                "x_a_upper"
            ]
        );
    }

    #[test]
    fn letters_of_every_script_are_told_apart() {
        assert_eq!(
            fields(&["i", "i\u{307}", "e\u{301}", "e\u{300}"]),
            ["i", "i_dot_above", "e_acute", "e_grave"]
        );
    }

    #[test]
    fn separators_in_other_places_are_spelled_out() {
        assert_eq!(
            fields(&["a_b-c", "a-b_c"]),
            [
                "a_underscore_b_minus_c_lower",
                "a_minus_b_underscore_c_lower"
            ]
        );
    }

    #[test]
    fn the_order_names_nothing_and_a_new_name_keeps_the_others() {
        let texts = [
            "a-b", "a_b", "a b", "aB", "AB", "ab", "Ab", "A_B", "a--b", "a.b", "a/b", "a+b", "+ab",
            "-ab", "ab+", "ab-", " ab", "ab ", "aB-", "_a_b",
        ];
        let all = fields(&texts);
        let reversed: Vec<&str> = texts.iter().rev().copied().collect();
        let mut back = fields(&reversed);
        back.reverse();
        assert_eq!(all, back);
    }

    #[test]
    fn what_is_written_alike_is_reported() {
        let wanted = vec![
            Wanted {
                text: "a".to_owned(),
                ident: "a".to_owned(),
                fixed: false,
            };
            2
        ];
        let (_, collisions) = settled(
            &wanted,
            |a, b| format!("{a}_{b}"),
            |_, text| text.to_owned(),
        );
        assert_eq!(collisions, [vec![0, 1]]);
    }
}
