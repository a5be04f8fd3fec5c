//! Path templates: `/threads/{thread_id}/runs` and the arguments, to the path.

use super::{ParamError, Place, Reason, escape};

/// The path that a template makes with these arguments, each of which is percent-encoded as [`Param::write_path`]
/// does it.
///
/// A segment that an argument would make empty, `.` or `..` is refused, percent-encoded or not: URL parsers remove
/// such segments, and the request would go to another resource.
///
/// [`Param::write_path`]: super::Param::write_path
pub fn expand<E>(template: &str, arguments: &[(&str, E)]) -> Result<String, ParamError>
where
    E: AsRef<str>,
{
    let mut path = String::with_capacity(template.len() * 2);
    for (index, segment) in template.split('/').enumerate() {
        if index > 0 {
            path.push('/');
        }
        expand_segment(segment, arguments, &mut path)?;
    }
    Ok(path)
}

fn expand_segment<E>(
    template: &str,
    arguments: &[(&str, E)],
    path: &mut String,
) -> Result<(), ParamError>
where
    E: AsRef<str>,
{
    let start = path.len();
    let mut rest = template;
    let mut last = None;
    while let Some((before, name, after)) = placeholder(rest) {
        path.push_str(before);
        path.push_str(argument(name, arguments)?);
        rest = after;
        last = Some(name);
    }
    path.push_str(rest);
    let Some(name) = last else {
        return Ok(());
    };
    // A longer segment is neither, however it is encoded.
    if path.len() - start > "%2e%2e".len() {
        return Ok(());
    }
    match escape::decode(&path[start..]).as_deref() {
        Ok("." | "..") => Err(error(name, Reason::DotSegment)),
        _ => Ok(()),
    }
}

/// The text before the next `{name}`, the name, and the text after it.
fn placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

fn argument<'a, E>(name: &str, arguments: &'a [(&str, E)]) -> Result<&'a str, ParamError>
where
    E: AsRef<str>,
{
    let found = arguments.iter().find(|(found, _)| *found == name);
    match found.map(|(_, text)| text.as_ref()) {
        Some("") => Err(error(name, Reason::Empty)),
        Some(text) => Ok(text),
        None => Err(error(name, Reason::Missing)),
    }
}

fn error(name: &str, reason: Reason) -> ParamError {
    ParamError::new(Place::Path, name, reason)
}
