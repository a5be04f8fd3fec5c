//! Streams of events: whether they are of their schema, and the same however they are cut.

use bytes::Bytes;
use counterpart_wire::event::{Decoder, RawEvent};
use serde_json::{Value, json};

use super::schema::{Schemas, constant};

/// In how many places a stream is cut in two at most.
const CUTS: usize = 256;

/// What is wrong with a whole stream.
pub(super) fn problem(schemas: Schemas<'_>, schema: &Value, body: &Bytes) -> Option<String> {
    let events = decoded(std::slice::from_ref(body));
    let Some(last) = events.last() else {
        return Some("the stream has no event".to_owned());
    };
    differ(body, &events)
        .or_else(|| {
            events
                .iter()
                .find_map(|event| misfit(schemas, schema, event))
        })
        .or_else(|| unended(schemas, schema, last))
}

/// Events must be the same in one piece, in single bytes, and cut in two anywhere.
fn differ(body: &Bytes, whole: &[RawEvent]) -> Option<String> {
    let bytes: Vec<Bytes> = (0..body.len()).map(|at| body.slice(at..=at)).collect();
    if decoded(&bytes) != whole {
        return Some("the events differ when they come byte by byte".to_owned());
    }
    let differing = |at: &usize| decoded(&[body.slice(..*at), body.slice(*at..)]) != whole;
    let step = body.len().div_ceil(CUTS).max(1);
    let at = (0..body.len()).step_by(step).find(differing)?;
    Some(format!("the events differ when cut at byte {at}"))
}

fn decoded(pieces: &[Bytes]) -> Vec<RawEvent> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece.clone());
        while let Ok(Some(event)) = decoder.next_event() {
            events.push(event);
        }
    }
    events
}

/// What keeps an event from being of the schema, which describes its name and its data, or its data alone.
fn misfit(schemas: Schemas<'_>, schema: &Value, event: &RawEvent) -> Option<String> {
    let text = Value::from(event.data_str());
    let parsed = serde_json::from_str(event.data_str()).unwrap_or_else(|_| text.clone());
    let envelope = |data: &Value| json!({"event": event.name(), "data": data});
    let problem = schemas.misfit(schema, &envelope(&parsed))?;
    let others = [envelope(&text), parsed, text];
    let fits = others
        .iter()
        .any(|value| schemas.misfit(schema, value).is_none());
    (!fits).then(|| format!("the event `{}`: {problem}", event.name()))
}

/// A stream whose schema has an event that always says the same ends with it, unless it ends with an error.
fn unended(schemas: Schemas<'_>, schema: &Value, last: &RawEvent) -> Option<String> {
    let variants = schemas.variants(schema);
    let mut ends = variants.iter().filter_map(|variant| {
        let data = schemas.property(variant, "data")?;
        constant(schemas.resolved(data))?.as_str()
    });
    let end = ends.next()?;
    let ended = last.data_str() == end || last.name() == "error";
    (!ended).then(|| format!("the stream ends without `{end}`"))
}
