//! Characters that no identifier can hold: left out where they only decorate, spelled
//! out where they are all there is or carry the meaning.

/// What a symbol is called. Those that are missing are called by their code point.
const SPELLED: [(char, &str); 33] = [
    ('*', "star"),
    ('+', "plus"),
    ('-', "minus"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('%', "percent"),
    ('&', "ampersand"),
    ('|', "pipe"),
    ('^', "caret"),
    ('~', "tilde"),
    ('=', "equal"),
    ('<', "less_than"),
    ('>', "greater_than"),
    ('!', "not"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('$', "dollar"),
    ('#', "hash"),
    ('@', "at"),
    ('_', "underscore"),
    ('\'', "quote"),
    ('"', "double_quote"),
    ('`', "backtick"),
    ('(', "left_parenthesis"),
    (')', "right_parenthesis"),
    ('[', "left_bracket"),
    (']', "right_bracket"),
    ('{', "left_brace"),
    ('}', "right_brace"),
    (' ', "space"),
];

/// `text` with its symbols turned into separators or words.
pub(super) fn spelled(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    if !text.chars().any(is_letter) {
        let words: Vec<String> = text.chars().map(word).collect();
        return words.join("_");
    }
    let text = signed(text);
    text.chars()
        .map(|letter| if is_letter(letter) { letter } else { '_' })
        .collect()
}

/// `+1` is `plus_1` and `-1` is `minus_1`: without the sign they would be the same. A sign
/// that follows a letter or a digit only separates.
fn signed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut joins = false;
    while let Some(letter) = letters.next() {
        let digit = letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            '+' if digit && !joins => out.push_str("_plus_"),
            '-' if digit && !joins => out.push_str("_minus_"),
            _ => out.push(letter),
        }
        joins = letter.is_alphanumeric();
    }
    out
}

fn word(symbol: char) -> String {
    let known = SPELLED.iter().find(|(known, _)| *known == symbol);
    known.map_or_else(
        || format!("u{:04x}", u32::from(symbol)),
        |(_, word)| (*word).to_owned(),
    )
}

/// Whether an identifier may hold this character.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && (letter.is_ascii() || is_identifier(letter))
}

/// Whether Rust accepts a character that is not ASCII in an identifier.
fn is_identifier(letter: char) -> bool {
    // `syn` knows what the compiler accepts, normalisation aside.
    syn::parse_str::<proc_macro2::Ident>(&format!("a{letter}")).is_ok()
}
