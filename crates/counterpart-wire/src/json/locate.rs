//! From a line and a column of a JSON text to the path of the value there.
//!
//! In: the text, the place where reading it stopped, and the [trail](crate::trail) of the error, if it has one. Out: the
//! path to what the error is about. This spares every type a second reading that keeps the path all the time: the text
//! up to the place says it all.

use crate::trail::{self, Step};

/// The path to what is wrong. An error with a trail was raised by whoever read the innermost object, about something
/// inside it; any other error is about the value that was read last, or was to be read next.
pub(crate) fn path(json: &[u8], line: usize, column: usize, trail: Option<Vec<Step>>) -> String {
    let read = &json[..offset(json, line, column)];
    let mut scan = Scan::default();
    scan.run(read);
    let mut steps = match &trail {
        // Serde_json reads on to the end of an object after an error in it, if the end comes next.
        Some(_) if read.trim_ascii_end().ends_with(b"}") => scan.value(),
        Some(_) => scan.container(),
        None => scan.value(),
    };
    steps.extend(trail.unwrap_or_default());
    trail::path(&steps)
}

/// How many bytes were read.
fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => Some(0),
        Some(breaks) => json
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(breaks)
            .map(|(index, _)| index + 1),
    };
    start
        .unwrap_or(json.len())
        .saturating_add(column)
        .min(json.len())
}

/// A container that is still open.
enum Open<'j> {
    /// With the key, quotes included, of the member that was begun last.
    Object(Option<&'j [u8]>),
    /// With the index of the item that was begun last.
    Array(usize),
}

/// A scan of a JSON text up to somewhere in it.
#[derive(Default)]
struct Scan<'j> {
    open: Vec<Open<'j>>,
}

impl<'j> Scan<'j> {
    fn run(&mut self, json: &'j [u8]) {
        let mut index = 0;
        while let Some(byte) = json.get(index) {
            let start = index;
            index += 1;
            match byte {
                b'{' => self.open.push(Open::Object(None)),
                b'[' => self.open.push(Open::Array(0)),
                b'}' | b']' => {
                    self.open.pop();
                }
                b',' => self.next(),
                b'"' => {
                    let end = start + string_length(&json[start..]);
                    self.string(&json[start..end]);
                    index = end;
                }
                // Colons, numbers, literals and blanks leave the path as it is.
                _ => {}
            }
        }
    }

    fn next(&mut self) {
        match self.open.last_mut() {
            Some(Open::Object(key)) => *key = None,
            Some(Open::Array(index)) => *index += 1,
            None => {}
        }
    }

    /// A string is a key if the innermost object has none at the time.
    fn string(&mut self, string: &'j [u8]) {
        if let Some(Open::Object(key @ None)) = self.open.last_mut() {
            *key = Some(string);
        }
    }

    /// The path to the value that was begun last.
    fn value(&self) -> Vec<Step> {
        self.open.iter().filter_map(step).collect()
    }

    /// The path to the innermost container that is still open.
    fn container(&self) -> Vec<Step> {
        let outer = self.open.len().saturating_sub(1);
        self.open[..outer].iter().filter_map(step).collect()
    }
}

/// The step from a container to the value that was begun last in it, if any.
fn step(open: &Open<'_>) -> Option<Step> {
    match open {
        Open::Array(index) => Some(Step::Index(*index)),
        Open::Object(key) => key
            .and_then(|key| serde_json::from_slice(key).ok())
            .map(Step::Key),
    }
}

/// The length of the string at the start of `json`, its quotes included, or of what there is of it.
fn string_length(json: &[u8]) -> usize {
    let mut escaped = true;
    for (index, byte) in json.iter().enumerate() {
        match byte {
            // The opening quote counts as escaped: it does not end the string.
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    json.len()
}

#[cfg(test)]
mod tests;
