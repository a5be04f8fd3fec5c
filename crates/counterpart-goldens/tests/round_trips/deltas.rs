//! Deltas go where the document's names, or its marks, say.

use counterpart_goldens::{deltas, deltas_by_mark};
use counterpart_wire::{Accumulator, Apply};

use crate::lenient;

#[test]
fn properties_of_one_name_belong_together() {
    use deltas::types::{ReplyDeltaObject, ReplyObject};
    let mut reply = Accumulator::<ReplyObject>::default();
    let mut told = Vec::new();
    for json in [
        r#"{"id": "r", "object": "reply.delta", "delta": {"status": "open", "tokens": 3, "labels": ["a"]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"parts": [{"index": 4, "type": "call", "name": "add", "input": "{"}]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"parts": [{"index": 1, "type": "words", "text": "Hi", "mood": "glad"}]}}"#,
        r#"{"id": "s", "object": "reply.delta", "delta": {"status": "open", "labels": ["no"]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"parts": [{"index": 4, "type": "call", "name": "", "input": null}]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"parts": [{"index": 4, "type": "call", "name": "sum", "input": "}"}]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"parts": [{"index": 1, "type": "call", "input": "x"}]}}"#,
        r#"{"id": "r", "object": "reply.delta", "delta": {"status": "closed", "tokens": 5, "labels": ["b"]}}"#,
    ] {
        let delta: ReplyDeltaObject = lenient(json);
        told.extend(
            reply
                .apply(&delta)
                .leftovers()
                .iter()
                .map(ToString::to_string),
        );
    }
    let whole: ReplyObject = lenient(
        r#"{"id": "r", "object": "reply", "status": "closed", "tokens": 5, "labels": ["a", "b"], "parts": [
            {"type": "words", "text": "Hi"}, {"type": "call", "name": "sum", "input": "{}"}]}"#,
    );
    assert_eq!(*reply, whole);
    assert_eq!(
        told,
        [
            r#"delta.parts[1].mood: has no place in the whole: "glad""#,
            r#"id: belongs to another value: "s""#,
            r#"delta.parts[1]: is of another kind than what came before: {"index":1,"type":"call","input":"x"}"#,
        ]
    );
}

#[test]
fn items_that_know_their_index_need_no_memory() {
    use deltas_by_mark::types::{Chunk, Completion};
    let mut completion: Completion = lenient(r#"{"choices": [{"index": 5, "text": "five"}]}"#);
    for json in [
        r#"{"title": "One", "summary": "a", "choices": [{"index": 2000000, "text": "z"}]}"#,
        r#"{"title": "Two", "summary": "b", "choices": [{"index": 3, "text": "thr"}, {"index": 5, "text": "!"}]}"#,
        r#"{"choices": [{"index": 3, "text": "ee", "next": {"index": 1, "text": "more"}}]}"#,
    ] {
        let chunk: Chunk = lenient(json);
        assert!(completion.apply(&chunk).is_whole(), "{json}");
    }
    let whole: Completion = lenient(
        r#"{"title": "Two", "summary": "ab", "choices": [
            {"index": 3, "text": "three", "next": {"index": 1, "text": "more"}},
            {"index": 5, "text": "five!"}, {"index": 2000000, "text": "z"}]}"#,
    );
    assert_eq!(completion, whole);
}
