//! What stands between two slashes of a template, and whether a request's text fits it.
//!
//! `{from}...{to}` fits `main...topic` and captures `main` and `topic`, still percent-encoded.

use std::fmt;

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Segment {
    /// Text that a request must have exactly so.
    Literal(String),
    /// `{name}` alone.
    Parameter(String),
    /// Anything else, with no two parameters side by side.
    Mixed(Vec<Piece>),
}

/// A part of a mixed segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Piece {
    /// Decoded bytes; a request may encode any of them.
    Literal(Vec<u8>),
    Parameter(String),
}

impl Segment {
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == text,
            Self::Parameter(_) => !text.is_empty(),
            Self::Mixed(pieces) => fit(pieces, text, &mut |_, _| ()),
        }
    }

    pub(crate) fn capture<'p>(&self, text: &'p str, wanted: &str) -> Option<&'p str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name) => (name == wanted && !text.is_empty()).then_some(text),
            Self::Mixed(pieces) => {
                let mut found = None;
                let fits = fit(pieces, text, &mut |name, value| {
                    if name == wanted {
                        found = Some(value);
                    }
                });
                found.filter(|_| fits)
            }
        }
    }

    /// Literals first, then mixed segments by how much of them is fixed, then bare parameters.
    pub(crate) fn specificity(&self) -> (u8, usize) {
        match self {
            Self::Literal(_) => (0, 0),
            Self::Mixed(pieces) => (1, usize::MAX - fixed_bytes(pieces)),
            Self::Parameter(_) => (2, 0),
        }
    }

    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Parameter(known) => known == name,
            Self::Mixed(pieces) => pieces.iter().any(|piece| piece.name() == Some(name)),
        }
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Literal(_) => Vec::new(),
            Self::Parameter(name) => vec![name],
            Self::Mixed(pieces) => pieces.iter().filter_map(Piece::name).collect(),
        }
    }

    pub(crate) fn anonymous(&self) -> Self {
        match self {
            Self::Literal(literal) => Self::Literal(literal.clone()),
            Self::Parameter(_) => Self::Parameter(String::new()),
            Self::Mixed(pieces) => Self::Mixed(pieces.iter().map(Piece::anonymous).collect()),
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(literal) => f.write_str(literal),
            Self::Parameter(name) => write!(f, "{{{name}}}"),
            Self::Mixed(pieces) => pieces.iter().try_for_each(|piece| match piece {
                Piece::Literal(bytes) => f.write_str(&String::from_utf8_lossy(bytes)),
                Piece::Parameter(name) => write!(f, "{{{name}}}"),
            }),
        }
    }
}

impl Piece {
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name) => Some(name),
        }
    }

    fn anonymous(&self) -> Self {
        match self {
            Self::Literal(bytes) => Self::Literal(bytes.clone()),
            Self::Parameter(_) => Self::Parameter(String::new()),
        }
    }
}

fn fixed_bytes(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(bytes) => bytes.len(),
            Piece::Parameter(_) => 0,
        })
        .sum()
}

/// Matches `text` as a whole, telling `captured` each parameter's text. A parameter takes as little as it can, and
/// at least one character; as with wildcards, taking less never spoils a match, so there is no going back.
fn fit<'t>(pieces: &[Piece], text: &'t str, captured: &mut dyn FnMut(&str, &'t str)) -> bool {
    let mut rest = text;
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Literal(literal) => match after_literal(rest, literal) {
                Some(after) => rest = after,
                None => return false,
            },
            Piece::Parameter(name) => {
                let next = pieces.next();
                let last = pieces.peek().is_none();
                let Some((value, after)) = split_parameter(rest, next, last) else {
                    return false;
                };
                captured(name, value);
                rest = after;
            }
        }
    }
    rest.is_empty()
}

/// Splits at the literal that follows the parameter; at the end if nothing does.
fn split_parameter<'t>(
    text: &'t str,
    next: Option<&Piece>,
    last: bool,
) -> Option<(&'t str, &'t str)> {
    let Some(Piece::Literal(literal)) = next else {
        return (!text.is_empty()).then_some((text, ""));
    };

    unit_starts(text).skip(1).find_map(|at| {
        let after = after_literal(&text[at..], literal)?;
        (!last || after.is_empty()).then_some((&text[..at], after))
    })
}

/// What follows `literal` in `text`, where any byte may be percent-encoded.
fn after_literal<'t>(text: &'t str, literal: &[u8]) -> Option<&'t str> {
    let mut taken = 0;
    for expected in literal {
        let (byte, length) = unit(&text.as_bytes()[taken..])?;
        if byte != *expected {
            return None;
        }
        taken += length;
    }
    text.get(taken..)
}

/// The first byte that `text` stands for, and how many bytes it is written with.
fn unit(text: &[u8]) -> Option<(u8, usize)> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    match (text.first()?, digit(1), digit(2)) {
        // Two hexadecimal digits are at most 255.
        (b'%', Some(high), Some(low)) => Some(((high * 16 + low) as u8, 3)),
        (byte, _, _) => Some((*byte, 1)),
    }
}

/// The offsets at which a character or an encoded byte begins.
fn unit_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut skip = 0;
    text.char_indices().filter_map(move |(at, character)| {
        if at < skip {
            return None;
        }
        if character == '%' && unit(&text.as_bytes()[at..]).is_some_and(|(_, length)| length == 3) {
            skip = at + 3;
        }
        Some(at)
    })
}
