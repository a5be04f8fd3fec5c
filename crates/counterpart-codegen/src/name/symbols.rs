//! Characters that no identifier can hold: left out where they only decorate, spelled
//! out where they are all there is or carry the meaning.

/// What a symbol is called. Those that are missing are called by their code point.
const SPELLED: [(char, &str); 68] = [
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
    ('≤', "less_or_equal"),
    ('≥', "greater_or_equal"),
    ('≠', "not_equal"),
    ('±', "plus_minus"),
    ('×', "times"),
    ('÷', "divided_by"),
    ('°', "degree"),
    ('€', "euro"),
    ('£', "pound"),
    ('¥', "yen"),
    ('¢', "cent"),
    ('§', "section"),
    ('•', "bullet"),
    ('…', "ellipsis"),
    ('–', "en_dash"),
    ('—', "em_dash"),
    ('\u{a0}', "no_break_space"),
    ('←', "left_arrow"),
    ('→', "right_arrow"),
    ('™', "trademark"),
    ('©', "copyright"),
    ('®', "registered"),
    ('¿', "inverted_question"),
    ('¡', "inverted_exclamation"),
    // Marks that combine with the letter before them.
    ('\u{300}', "grave"),
    ('\u{301}', "acute"),
    ('\u{302}', "circumflex"),
    ('\u{303}', "tilde"),
    ('\u{304}', "macron"),
    ('\u{306}', "breve"),
    ('\u{307}', "dot_above"),
    ('\u{308}', "diaeresis"),
    ('\u{30a}', "ring"),
    ('\u{30c}', "caron"),
    ('\u{327}', "cedilla"),
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
        .map(|letter| match letter {
            // rustc warns where these stand beside an `i`, and one of them has no lower case.
            'ı' => 'i',
            'İ' => 'I',
            letter if is_letter(letter) => letter,
            _ => '_',
        })
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

/// Whether anything in `text` is no letter or digit.
pub(super) fn has_any(text: &str) -> bool {
    !text.chars().all(is_letter)
}

/// Whether symbols only separate: all are the same, and each stands alone between letters.
pub(super) fn is_tidy(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut separators = letters.iter().filter(|letter| !is_letter(**letter));
    let first = separators.next();
    let same = separators.all(|letter| Some(letter) == first);
    let between = |window: &[char]| is_letter(window[0]) || is_letter(window[1]);
    let ends = [letters.first(), letters.last()];
    same && letters.windows(2).all(between) && ends.into_iter().flatten().all(|it| is_letter(*it))
}

/// `text` with a word for each of its symbols, save a space, `-` or `_` that stands alone
/// between others: `a--b` is `a_minus_minus_b`, `≤ b` is `less_or_equal_b`.
pub(super) fn written_out(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let separates = |index: usize| {
        let is_separator = |letter: &char| matches!(letter, ' ' | '-' | '_');
        let around = [index.checked_sub(1), index.checked_add(1)];
        let around = around.map(|index| letters.get(index?));
        is_separator(&letters[index])
            && around
                .iter()
                .all(|letter| letter.is_some_and(|letter| !is_separator(letter)))
    };
    let parts = letters.iter().enumerate().map(|(index, letter)| match () {
        () if is_letter(*letter) => letter.to_string(),
        () if separates(index) => "_".to_owned(),
        () => format!("_{}_", word(*letter)),
    });
    parts.collect()
}

/// `text` with a word for everything in it that is no letter or digit of ASCII.
pub(super) fn spelled_out(text: &str) -> String {
    let parts = text.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        'ß' => "_sharp_s_".to_owned(),
        'ı' => "_dotless_i_".to_owned(),
        letter => format!("_{}_", word(letter)),
    });
    parts.collect()
}

fn word(symbol: char) -> String {
    let known = SPELLED.iter().find(|(known, _)| *known == symbol);
    known.map_or_else(
        || format!("u{:04x}", u32::from(symbol)),
        |(_, word)| (*word).to_owned(),
    )
}

/// Whether an identifier may begin as this text does.
pub(super) fn begins_well(text: &str) -> bool {
    text.chars().next().is_some_and(|first| match first {
        first if first.is_ascii() => first.is_ascii_alphabetic(),
        // `syn` knows what the compiler accepts, normalisation aside.
        first => syn::parse_str::<proc_macro2::Ident>(&format!("{first}a")).is_ok(),
    })
}

/// Whether an identifier may hold this character.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && (letter.is_ascii() || !is_variant(letter) && is_identifier(letter))
}

/// Whether a character is another way to write plain letters, which rustc warns of in
/// identifiers: `ﬁ`, `ª`, `Ⅷ`, `𝒳` (their NFKC form differs, Unicode Standard Annex 15).
fn is_variant(letter: char) -> bool {
    matches!(
        letter,
        'ª' | 'º'
            | 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ſ'
            | '\u{1c4}'..='\u{1cc}'
            | '\u{1f1}'..='\u{1f3}'
            | '\u{2b0}'..='\u{2b8}'
            | '\u{1d2c}'..='\u{1d6a}'
            | '\u{2070}'..='\u{209f}'
            | '\u{2100}'..='\u{218f}'
            | '\u{2460}'..='\u{24ff}'
            | '\u{3131}'..='\u{318e}'
            | '\u{3200}'..='\u{33ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fb00}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{1d400}'..='\u{1d7ff}'
            | '\u{1f100}'..='\u{1f1ff}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
}

/// Whether Rust accepts a character that is not ASCII in an identifier.
fn is_identifier(letter: char) -> bool {
    // `syn` knows what the compiler accepts, normalisation aside.
    syn::parse_str::<proc_macro2::Ident>(&format!("a{letter}")).is_ok()
}
