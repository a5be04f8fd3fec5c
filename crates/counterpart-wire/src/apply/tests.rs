//! Lists by position and by index, values that are absent, and what is told.

use super::*;
use crate::Nullable;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
struct Line {
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct LineDelta {
    index: Option<i64>,
    text: String,
}

impl Apply<LineDelta> for Line {
    fn merge(&mut self, delta: &LineDelta, merger: &mut Merger<'_>) {
        merger.append(&mut self.text, Some(&delta.text));
    }

    fn index(delta: &LineDelta) -> Option<i64> {
        Index::index(&delta.index)
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Poem {
    id: String,
    title: Nullable<String>,
    lines: Vec<Line>,
    notes: Option<Vec<Line>>,
    stars: u64,
}

#[derive(Debug, Clone, Default)]
struct PoemDelta {
    id: String,
    title: Option<String>,
    lines: Vec<LineDelta>,
    notes: Option<Vec<LineDelta>>,
    stars: Option<i32>,
    metre: Option<Vec<u8>>,
}

impl Apply<PoemDelta> for Poem {
    fn merge(&mut self, delta: &PoemDelta, merger: &mut Merger<'_>) {
        if !merger.is_for("id", &mut self.id, Some(&delta.id)) {
            return;
        }
        merger.append(&mut self.title, delta.title.as_ref());
        merger.fold("lines", &mut self.lines, Some(&delta.lines));
        merger.fold("notes", &mut self.notes, delta.notes.as_ref());
        merger.number("stars", &mut self.stars, delta.stars.as_ref());
        merger.leave("metre", delta.metre.as_ref());
    }
}

fn line(index: i64, text: &str) -> LineDelta {
    LineDelta {
        index: Some(index),
        text: text.to_owned(),
    }
}

fn lines(lines: &[(i64, &str)]) -> PoemDelta {
    PoemDelta {
        lines: lines
            .iter()
            .map(|(index, text)| line(*index, text))
            .collect(),
        ..PoemDelta::default()
    }
}

fn texts(list: &[Line]) -> Vec<&str> {
    list.iter().map(|line| line.text.as_str()).collect()
}

fn told(applied: &Applied) -> Vec<String> {
    applied
        .leftovers()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn by_position_what_is_skipped_is_empty_until_it_comes() {
    let mut poem = Poem::default();
    assert!(poem.apply(&lines(&[(2, "c"), (0, "a")])).is_whole());
    assert_eq!(texts(&poem.lines), ["a", "", "c"]);
    assert!(poem.apply(&lines(&[(1, "b"), (2, "c")])).is_whole());
    assert_eq!(texts(&poem.lines), ["a", "b", "cc"]);
}

#[test]
fn by_position_an_index_out_of_reach_is_told_and_makes_up_nothing() {
    let mut poem = Poem::default();
    let applied = poem.apply(&lines(&[(0, "a"), (i64::MAX, "z"), (-1, "y"), (130, "x")]));
    assert_eq!(texts(&poem.lines), ["a"]);
    assert_eq!(
        told(&applied),
        [
            r#"lines[9223372036854775807]: has an index out of reach: {"index":9223372036854775807,"text":"z"}"#,
            r#"lines[-1]: has an index out of reach: {"index":-1,"text":"y"}"#,
            r#"lines[130]: has an index out of reach: {"index":130,"text":"x"}"#,
        ]
    );
}

#[test]
fn by_index_items_stand_in_the_order_of_their_indexes() {
    let mut poem = Accumulator::from(Poem::default());
    for delta in [
        (7, "c"),
        (i64::MAX, "d"),
        (0, "a"),
        (3, "b"),
        (7, "C"),
        (0, "A"),
    ] {
        assert!(poem.apply(&lines(&[delta])).is_whole());
    }
    assert_eq!(texts(&poem.lines), ["aA", "b", "cC", "d"]);
    assert!(!poem.apply(&lines(&[(-1, "no")])).is_whole());
    assert_eq!(poem.into_inner().lines.len(), 4);
}

#[test]
fn by_index_goes_on_from_what_was_there() {
    let before = Poem {
        lines: vec![
            Line {
                text: "a".to_owned(),
            },
            Line {
                text: "b".to_owned(),
            },
        ],
        ..Poem::default()
    };
    let mut poem = Accumulator::from(before);
    poem.apply(&lines(&[(5, "f"), (1, "B"), (0, "A"), (5, "F"), (4, "e")]));
    assert_eq!(texts(&poem.lines), ["aA", "bB", "e", "fF"]);
}

#[test]
fn items_without_an_index_are_new_ones() {
    let new = LineDelta {
        index: None,
        text: "new".to_owned(),
    };
    let delta = PoemDelta {
        notes: Some(vec![
            line(4, "a"),
            new.clone(),
            line(4, "A"),
            line(5, "new too"),
        ]),
        ..PoemDelta::default()
    };
    let mut poem = Accumulator::from(Poem::default());
    poem.apply(&delta);
    // The new one comes after all indexes so far, so its own is 5.
    assert_eq!(texts(poem.notes.as_deref().unwrap()), ["aA", "newnew too"]);
    let mut poem = Poem::default();
    poem.apply(&PoemDelta {
        notes: Some(vec![new.clone(), new]),
        ..PoemDelta::default()
    });
    assert_eq!(texts(poem.notes.as_deref().unwrap()), ["new", "new"]);
}

#[test]
fn a_delta_of_another_value_changes_nothing() {
    let mut poem = Poem::default();
    let mut delta = lines(&[(0, "a")]);
    delta.id = "poem_1".to_owned();
    assert!(poem.apply(&delta).is_whole());
    assert_eq!(poem.id, "poem_1", "a value without an id takes it");
    delta.id = "poem_2".to_owned();
    let applied = poem.apply(&delta);
    assert_eq!(applied.leftovers()[0].why, Why::OtherId);
    assert_eq!(
        told(&applied),
        [r#"id: belongs to another value: "poem_2""#]
    );
    delta.id = String::new();
    assert!(poem.apply(&delta).is_whole());
    assert_eq!(texts(&poem.lines), ["aa"]);
}

#[test]
fn what_has_no_place_is_told_unless_it_is_empty() {
    let mut poem = Poem::default();
    let delta = |metre: &[u8], stars| PoemDelta {
        metre: Some(metre.to_vec()),
        stars: Some(stars),
        title: Some("T".to_owned()),
        ..PoemDelta::default()
    };
    assert_eq!(
        told(&poem.apply(&delta(&[5], -1))),
        [
            "stars: has no place in the whole: -1",
            "metre: has no place in the whole: [5]"
        ]
    );
    assert!(poem.apply(&delta(&[], 4)).is_whole());
    assert_eq!(
        (poem.stars, poem.title),
        (4, Nullable::Value("TT".to_owned()))
    );
}

#[derive(Debug, PartialEq)]
enum Part {
    Line(Line),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::Unknown)
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum PartDelta {
    Line(LineDelta),
    Unknown(Value),
}

crate::apply_union!(PartDelta => Part { Line });

fn unknown(text: &str) -> PartDelta {
    PartDelta::Unknown(serde_json::json!({"index": 3, "type": "sound", "pitch": text}))
}

#[test]
fn a_delta_of_another_kind_is_told_and_an_unlisted_one_is_kept() {
    let mut parts = Vec::<Part>::new();
    let applied = parts.apply(&vec![
        PartDelta::Line(line(0, "a")),
        unknown("hi"),
        unknown("gh"),
        PartDelta::Line(line(0, "b")),
    ]);
    assert!(applied.is_whole());
    let sound = serde_json::json!({"index": 3, "type": "sound", "pitch": "high"});
    assert_eq!(
        parts,
        [
            Part::Line(Line {
                text: "ab".to_owned()
            }),
            Part::Unknown(Value::Null),
            Part::Unknown(Value::Null),
            Part::Unknown(sound),
        ]
    );
    let other = PartDelta::Unknown(serde_json::json!({"index": 0, "pitch": "low"}));
    assert_eq!(
        told(&parts.apply(&vec![other])),
        [r#"[0]: is of another kind than what came before: {"index":0,"pitch":"low"}"#]
    );
}

/// A type that holds itself without end has no empty value, so that nothing can begin.
#[derive(Debug, Deserialize)]
struct Endless {
    #[expect(dead_code, reason = "it is there to be endless")]
    next: Box<Endless>,
}

impl Apply<LineDelta> for Endless {
    fn merge(&mut self, _: &LineDelta, _: &mut Merger<'_>) {}
}

#[test]
fn what_cannot_begin_is_told() {
    let mut list = Vec::<Endless>::new();
    assert!(!list.apply(&vec![line(0, "a")]).is_whole());
    assert!(list.is_empty());
    let mut value = None::<Endless>;
    assert!(!value.apply(&line(0, "a")).is_whole());
    assert!(value.is_none());
}
