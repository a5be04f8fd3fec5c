//! Undoes what another generator did to names before the document reached us.
//!
//! Such documents say `includeLeft_Square_BracketRight_Square_Bracket` for `include[]` and
//! `Dollarfilter` for `$filter`: each symbol replaced by its name. The names of two words
//! cannot be anything else; those of one word are undone only where a name would hardly
//! begin so.

/// Symbols whose mangled name has several words.
const COMPOUND: [(&str, &str); 16] = [
    ("Left_Square_Bracket", "["),
    ("Right_Square_Bracket", "]"),
    ("Left_Curly_Bracket", "{"),
    ("Right_Curly_Bracket", "}"),
    ("Left_Parenthesis", "("),
    ("Right_Parenthesis", ")"),
    ("Less_Than_Or_Equal_To", "<="),
    ("Greater_Than_Or_Equal_To", ">="),
    ("Greater_Than", ">"),
    ("Less_Than", "<"),
    ("Not_Equal", "!="),
    ("Tilde_Equal", "~="),
    ("Question_Mark", "?"),
    ("Double_Quote", "\""),
    ("Back_Slash", "\\"),
    ("Exclamation_Mark", "!"),
];

/// Symbols whose mangled name is one word that no name begins with by chance.
const PREFIX: [(&str, &str); 6] = [
    ("Dollar", "$"),
    ("Ampersand", "&"),
    ("Caret", "^"),
    ("Tilde", "~"),
    ("Backtick", "`"),
    ("Semicolon", ";"),
];

/// The name as it was before it was mangled.
pub(super) fn unmangled(text: &str) -> String {
    let mut text = text.to_owned();
    for (name, symbol) in COMPOUND {
        if text.contains(name) {
            text = text.replace(name, symbol);
        }
    }
    for (name, symbol) in PREFIX {
        if let Some(rest) = text.strip_prefix(name)
            && begins_a_word(rest)
        {
            return format!("{symbol}{rest}");
        }
    }
    text
}

/// Whether what follows is a word of its own, not the end of the first: `filter` is,
/// `s` of `DollarsSpent` is not.
fn begins_a_word(rest: &str) -> bool {
    let lower = rest.chars().take_while(|letter| letter.is_lowercase());
    lower.count() >= 3
}
