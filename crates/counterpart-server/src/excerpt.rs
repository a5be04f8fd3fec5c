//! Texts of the caller's, cut to what a message needs of them: an answer must not grow with what was sent.

use std::borrow::Cow;

/// How many characters of a name, a path or a header are shown.
const NAME: usize = 200;

/// How many characters of a message are shown that somebody else has put together.
const MESSAGE: usize = 1_000;

/// The beginning of a name, a path or a header.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    beginning(text, NAME)
}

/// The beginning of a message.
pub(crate) fn message(text: &str) -> Cow<'_, str> {
    beginning(text, MESSAGE)
}

fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    let end = text.char_indices().nth(most);
    match end.and_then(|(end, _)| text.get(..end)) {
        Some(text) => Cow::Owned(format!("{text}…")),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_characters() {
        let short = "é".repeat(NAME);
        assert_eq!(name(&short), short);
        assert_eq!(name(&(short.clone() + "é")), short + "…");
    }
}
