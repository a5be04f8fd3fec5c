//! A path template of the document, taken apart: `/threads/{thread_id}/runs` in, a matcher of request paths out.
//!
//! Most segments are a literal or one parameter, which axum matches by itself. OpenAPI allows more: `{id}.json`,
//! `{from}..{to}`, literals that must be percent-encoded. Such a segment is matched by [`segment`](crate::segment).
//!
//! Captured text is the request's own, still percent-encoded: whoever splits it at commas must do so before decoding.

use std::fmt;

use percent_encoding::percent_decode_str;

use crate::segment::{Piece, Segment};

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) segments: Vec<Segment>,
}

/// Why a template cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A `{` without its `}`, or a `}` without its `{`.
    #[error("a brace has no counterpart in its segment")]
    UnbalancedBrace,
    /// `{}`.
    #[error("a parameter has no name")]
    NamelessParameter,
    /// `{a}{b}`: where the first ends cannot be known.
    #[error("the parameters `{0}` and `{1}` have nothing between them")]
    AdjacentParameters(String, String),
    /// `/{a}/{a}`.
    #[error("the parameter `{0}` occurs twice")]
    RepeatedParameter(String),
}

impl Template {
    /// Takes `text` apart. A missing first slash is forgiven.
    pub(crate) fn parse(text: &str) -> Result<Self, TemplateError> {
        let segments: Vec<_> = segments_of(text)
            .map(parse_segment)
            .collect::<Result<_, _>>()?;
        let template = Self { segments };
        template.refuse_repeated_names()?;

        Ok(template)
    }

    /// Whether axum alone can match the template.
    pub(crate) fn is_plain(&self) -> bool {
        !self
            .segments
            .iter()
            .any(|segment| matches!(segment, Segment::Mixed(_)))
    }

    /// Whether both match the same paths, whatever their parameters are called.
    pub(crate) fn equivalent(&self, other: &Self) -> bool {
        self.anonymous() == other.anonymous()
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let mut texts = segments_of(path);
        self.segments
            .iter()
            .all(|segment| texts.next().is_some_and(|text| segment.matches(text)))
            && texts.next().is_none()
    }

    /// The text that stands in `path` where the template has `{name}`; `None` if the path does not match there.
    pub(crate) fn capture<'p>(&self, path: &'p str, name: &str) -> Option<&'p str> {
        let at = self
            .segments
            .iter()
            .position(|segment| segment.has_parameter(name))?;
        self.segments[at].capture(nth_segment(path, at)?, name)
    }

    /// Sorts before every other template that matches the same path and says less about it.
    pub(crate) fn specificity(&self) -> Vec<(u8, usize)> {
        self.segments.iter().map(Segment::specificity).collect()
    }

    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        self.segments
            .iter()
            .any(|segment| segment.has_parameter(name))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|segment| segment.names())
    }

    fn refuse_repeated_names(&self) -> Result<(), TemplateError> {
        let names: Vec<_> = self.names().collect();
        let repeated = names
            .iter()
            .enumerate()
            .find(|(at, name)| names[..*at].contains(name));
        match repeated {
            Some((_, name)) => Err(TemplateError::RepeatedParameter((*name).to_owned())),
            None => Ok(()),
        }
    }

    /// The template without its parameters' names.
    pub(crate) fn anonymous(&self) -> Vec<Segment> {
        self.segments.iter().map(Segment::anonymous).collect()
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            write!(f, "/{segment}")?;
        }
        Ok(())
    }
}

fn segments_of(path: &str) -> std::str::Split<'_, char> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The segment at this position. Paths are short: looking at every byte is faster than searching for slashes.
fn nth_segment(path: &str, at: usize) -> Option<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut start = 0;
    let mut count = 0;
    for (end, byte) in path.bytes().enumerate() {
        if byte == b'/' {
            if count == at {
                return path.get(start..end);
            }
            count += 1;
            start = end + 1;
        }
    }
    (count == at).then(|| path.get(start..)).flatten()
}

fn parse_segment(text: &str) -> Result<Segment, TemplateError> {
    let mut pieces = parse_pieces(text)?;
    if pieces.len() == 1
        && let Some(Piece::Parameter(name)) = pieces.pop_if(|piece| piece.name().is_some())
    {
        return Ok(Segment::Parameter(name));
    }

    if is_plain_literal(text) {
        Ok(Segment::Literal(text.to_owned()))
    } else {
        Ok(Segment::Mixed(pieces))
    }
}

fn parse_pieces(text: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        push_literal(literal, &mut pieces)?;
        rest = parse_parameter(after, &mut pieces)?;
    }
    push_literal(rest, &mut pieces)?;

    Ok(pieces)
}

fn push_literal(text: &str, pieces: &mut Vec<Piece>) -> Result<(), TemplateError> {
    if text.contains('}') {
        return Err(TemplateError::UnbalancedBrace);
    }
    if !text.is_empty() {
        pieces.push(Piece::Literal(percent_decode_str(text).collect()));
    }
    Ok(())
}

/// Reads `name}` and returns what follows.
fn parse_parameter<'t>(text: &'t str, pieces: &mut Vec<Piece>) -> Result<&'t str, TemplateError> {
    let (name, rest) = text.split_once('}').ok_or(TemplateError::UnbalancedBrace)?;
    if name.contains('{') {
        return Err(TemplateError::UnbalancedBrace);
    }
    if name.is_empty() {
        return Err(TemplateError::NamelessParameter);
    }
    if let Some(Piece::Parameter(before)) = pieces.last() {
        return Err(TemplateError::AdjacentParameters(
            before.clone(),
            name.to_owned(),
        ));
    }
    pieces.push(Piece::Parameter(name.to_owned()));

    Ok(rest)
}

/// Whether a URI can hold the text as it stands, so that axum's comparison of raw text is right. axum refuses
/// segments that begin with `:` or `*`, which were its parameters once.
fn is_plain_literal(text: &str) -> bool {
    !text.starts_with([':', '*'])
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Template {
        Template::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn captures<'p>(template: &str, path: &'p str, names: &[&str]) -> Option<Vec<&'p str>> {
        let template = parse(template);
        let captured = names
            .iter()
            .map(|name| template.capture(path, name))
            .collect();
        template.matches(path).then_some(captured).flatten()
    }

    #[test]
    fn plain_segments() {
        let names = ["thread_id", "run_id"];
        let template = "/threads/{thread_id}/runs/{run_id}";

        assert_eq!(
            captures(template, "/threads/t_1/runs/r%2F2", &names),
            Some(vec!["t_1", "r%2F2"])
        );
        for other in [
            "/threads/t_1/runs",
            "/threads/t_1/runs/",
            "/threads//runs/r",
            "/threads/t/runs/r/",
            "/",
        ] {
            assert_eq!(captures(template, other, &names), None, "{other}");
        }
    }

    #[test]
    fn a_parameter_within_a_segment() {
        for (template, path, name, expected) in [
            ("/a/{b}.json", "/a/x.json", "b", Some("x")),
            ("/a/{b}.json", "/a/x.json.json", "b", Some("x.json")),
            ("/a/{b}.json", "/a/x%2Ejson", "b", Some("x")),
            ("/a/{b}.json", "/a/.json", "b", None),
            ("/a/{b}.json", "/a/x.jsonp", "b", None),
            ("/a/{b}.json", "/a/x", "b", None),
            ("/v{major}", "/v2", "major", Some("2")),
            ("/v{major}", "/v", "major", None),
            ("/{from}...{to}", "/main...topic", "from", Some("main")),
            ("/{from}...{to}", "/main...topic", "to", Some("topic")),
            ("/{from}...{to}", "/main...", "to", None),
            ("/{a}-{b}-x", "/1-2-3-x", "b", Some("2-3")),
            ("/{a}-x", "/%2D-x", "a", Some("%2D")),
            ("/users('{id}')", "/users(%27ä%27)", "id", Some("ä")),
        ] {
            let captured = captures(template, path, &[name]).map(|captured| captured[0]);
            assert_eq!(captured, expected, "{template} on {path}");
        }
    }

    #[test]
    fn literals_that_are_written_encoded() {
        for (template, path) in [
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/ü", "/%C3%BC"),
            ("/:id", "/:id"),
            ("/:id", "/%3Aid"),
            ("/*", "/*"),
            ("/a%zz", "/a%zz"),
        ] {
            assert!(parse(template).matches(path), "{template} on {path}");
        }
        assert!(!parse("/a b").matches("/a%20bc"));
        assert!(!parse("/a b").matches("/a+b"));
    }

    #[test]
    fn what_cannot_be_matched_is_refused() {
        let adjacent = TemplateError::AdjacentParameters("a".to_owned(), "b".to_owned());
        for (template, error) in [
            ("/{a", TemplateError::UnbalancedBrace),
            ("/a{", TemplateError::UnbalancedBrace),
            ("/a}", TemplateError::UnbalancedBrace),
            ("/{a{b}}", TemplateError::UnbalancedBrace),
            ("/{a/b}", TemplateError::UnbalancedBrace),
            ("/{}", TemplateError::NamelessParameter),
            ("/{a}{b}", adjacent),
            ("/{a}/{a}", TemplateError::RepeatedParameter("a".to_owned())),
        ] {
            assert_eq!(Template::parse(template), Err(error), "{template}");
        }
    }

    #[test]
    fn names_do_not_tell_templates_apart() {
        assert!(parse("/a/{b}/{c}.d").equivalent(&parse("/a/{x}/{y}.d")));
        assert!(!parse("/a/{b}").equivalent(&parse("/a/b")));
        assert!(!parse("/a/{b}").equivalent(&parse("/a/{b}/")));
    }

    #[test]
    fn the_more_is_fixed_the_earlier() {
        let mut templates = ["/{a}", "/{a}.c", "/{a}.json", "/a"].map(parse);
        templates.sort_by_cached_key(Template::specificity);
        assert_eq!(templates, ["/a", "/{a}.json", "/{a}.c", "/{a}"].map(parse));
    }
}
