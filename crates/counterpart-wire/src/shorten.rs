//! Texts cut to a length at which they are still fit for a message.
//!
//! Messages quote the input, and the input may be of any size.

/// The start of `text`, marked as such, if it has more than `most` bytes; else all of it.
pub(crate) fn shorten(mut text: String, most: usize) -> String {
    if text.len() <= most {
        return text;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.push('…');
    text
}

/// The start of `text` and its end, if it has more than `most` bytes; else all of it. What is expected stands at the end
/// of a message, behind what was found, of which there may be any amount.
pub(crate) fn elide(text: String, most: usize) -> String {
    if text.len() <= most {
        return text;
    }
    let mut end = text.len() - most / 2;
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let tail = text[end..].to_owned();
    shorten(text, most / 2) + &tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_the_middle() {
        let cut = |text: &str| elide(text.to_owned(), 4);
        assert_eq!(cut("abcd"), "abcd");
        assert_eq!(cut("abcde"), "ab…de");
        assert_eq!(cut("aéée"), "a…e");
    }

    #[test]
    fn cuts_between_characters() {
        let cut = |text: &str| shorten(text.to_owned(), 3);
        assert_eq!(cut(""), "");
        assert_eq!(cut("abc"), "abc");
        assert_eq!(cut("abcd"), "abc…");
        assert_eq!(cut("aéé"), "aé…");
        assert_eq!(cut("aaéé"), "aa…");
    }
}
