//! How diagnostics look.

use super::*;
use crate::load::tree::{SourceId, Sources};

const TEXT: &str = "\
openapi: 3.0.3
paths:
  /threads:
    post:
      oneOf: [\"a b\", {c: d}]
      summary: some words: here  # and a comment
      target: $.paths[\"/a, b\"].get
      list: [a[0], b]
      \"count\": 12,
";

fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("spec/api.yaml", TEXT);
    sources
}

fn place(line: u32, column: u32, pointer: &str) -> Place {
    Place {
        at: Location {
            source: SourceId(0),
            line,
            column,
        },
        pointer: pointer.to_owned(),
    }
}

fn rendered(diags: &Diagnostics) -> String {
    render(diags, &sources(), false)
}

#[test]
fn nothing_to_say_is_an_empty_text() {
    assert_eq!(rendered(&Diagnostics::default()), "");
    assert_eq!(render_json(&Diagnostics::default(), &sources()), "");
}

#[test]
fn an_error_with_everything() {
    let mut diags = Diagnostics::default();
    diags
        .error(
            place(5, 7, "#/paths/~1threads/post/oneOf"),
            "two variants are alike",
        )
        .related(place(3, 3, ""), "in this path")
        .help("tell them apart\nor remove one");
    let expected = "\
error: two variants are alike
 --> spec/api.yaml:5:7
  |
5 |       oneOf: [\"a b\", {c: d}]
  |       ^^^^^
  |
  = in: #/paths/~1threads/post/oneOf
  = help: tell them apart
          or remove one
note: in this path
 --> spec/api.yaml:3:3
  |
3 |   /threads:
  |   --------

1 error
";
    assert_eq!(rendered(&diags), expected);
}

#[test]
fn without_a_place_or_a_line() {
    let mut diags = Diagnostics::default();
    diags.warning(None, "the disk is full").help("buy another");
    diags.error(place(99, 1, ""), "beyond the end");
    let expected = "\
error: beyond the end
--> spec/api.yaml:99:1

warning: the disk is full
 |
 = help: buy another

1 error, 1 warning
";
    assert_eq!(rendered(&diags), expected);
}

#[test]
fn the_mark_covers_what_starts_at_the_place() {
    let cases = [
        ((1, 1), "openapi"),
        ((1, 10), "3.0.3"),
        ((3, 3), "/threads"),
        ((5, 14), "["),
        ((5, 15), "\"a b\""),
        ((5, 23), "c"),
        ((5, 26), "d"),
        ((6, 16), "some words"),
        ((6, 28), "here"),
        ((7, 15), "$.paths[\"/a, b\"].get"),
        ((8, 14), "a[0]"),
        ((9, 16), "12"),
    ];
    for ((line, column), expected) in cases {
        let mut diags = Diagnostics::default();
        diags.error(place(line, column, ""), "x");
        let text = rendered(&diags);
        let marks = text.chars().filter(|letter| *letter == '^').count();
        assert_eq!(marks, expected.chars().count(), "{expected}\n{text}");
        let lines: Vec<&str> = text.lines().collect();
        let column = lines[4].find('^').unwrap();
        assert!(lines[3][column..].starts_with(expected), "{text}");
    }
}

#[test]
fn errors_come_first_each_kind_in_the_order_of_the_text() {
    let mut diags = Diagnostics::default();
    diags.warning(place(1, 1, ""), "first warning");
    diags.error(place(5, 1, ""), "third error");
    diags.error(place(2, 3, ""), "second error");
    diags.error(None, "first error");
    diags.warning(place(1, 1, ""), "second warning");
    let text = rendered(&diags);
    let heads: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("warning"))
        .collect();
    assert_eq!(
        heads,
        [
            "error: first error",
            "error: second error",
            "error: third error",
            "warning: first warning",
            "warning: second warning",
        ]
    );
    assert!(text.ends_with("\n3 errors, 2 warnings\n"), "{text}");
}

#[test]
fn what_is_said_twice_of_one_place_is_shown_once() {
    let mut diags = Diagnostics::default();
    diags.error(place(1, 1, "#/a"), "x");
    diags.error(place(1, 1, "#/b"), "x");
    diags.error(place(1, 1, "#/b"), "y");
    assert!(rendered(&diags).ends_with("\n2 errors\n"));
}

#[test]
fn a_flood_is_capped_and_counted() {
    let mut diags = Diagnostics::default();
    for number in 0..5_000 {
        diags.warning(place(1, 1, ""), format!("warning {number}"));
    }
    for number in 0..51 {
        diags.error(place(1, 1, ""), format!("error {number}"));
    }
    let text = rendered(&diags);
    assert!(diags.has_errors());
    assert!(diags.items().len() <= 2_051);
    assert_eq!(text.matches("\nwarning: ").count(), 20);
    assert!(
        text.ends_with("… and 31 more errors, 4980 more warnings\n\n51 errors, 5000 warnings\n"),
        "{text}"
    );
    assert!(text.starts_with("error: error 0\n"), "{text}");

    let mut all = Diagnostics::default();
    all.append(diags);
    assert_eq!((all.errors(), all.warnings()), (51, 5_000));
}

#[test]
fn what_is_said_of_many_places_is_said_three_times() {
    let mut diags = Diagnostics::default();
    for line in 1..=9 {
        diags.warning(place(line, 1, ""), format!("`{line}` is odd"));
    }
    diags.warning(place(2, 1, ""), "something else");
    let text = rendered(&diags);
    let heads: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("warning") || line.starts_with('…'))
        .collect();
    assert_eq!(
        heads,
        [
            "warning: `1` is odd",
            "warning: `2` is odd",
            "warning: something else",
            "warning: `3` is odd",
            "… and 6 more like this: spec/api.yaml:4:1, spec/api.yaml:5:1, spec/api.yaml:6:1, spec/api.yaml:7:1, spec/api.yaml:8:1, …",
        ]
    );
    assert!(text.ends_with("\n10 warnings\n"), "{text}");
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let mut sources = Sources::default();
    let line = format!("{}\"here\": {}", "é".repeat(5_000), "z".repeat(4_000_000));
    let source = sources.add("long.json", format!("\n{line}\n"));
    let mut diags = Diagnostics::default();
    let at = Location {
        source,
        line: 2,
        column: 5_001,
    };
    diags.error(Place::plain(at), "x");
    let text = render(&diags, &sources, false);
    assert!(text.contains("--> long.json:2:5001\n"), "{text}");
    let marked = text.lines().nth(3).unwrap();
    assert!(marked.chars().count() < 140, "{marked}");
    assert!(
        marked.starts_with("2 | …éé") && marked.ends_with("zz…"),
        "{marked}"
    );
    let mark = text.lines().nth(4).unwrap();
    let before = mark.chars().take_while(|letter| *letter != '^').count();
    let there: String = marked.chars().skip(before).take(6).collect();
    assert_eq!(there, "\"here\"");
}

#[test]
fn nothing_from_the_input_reaches_the_terminal_as_it_is() {
    let hostile = "a\u{1b}[2J\u{202e}b\u{7}\u{85}\u{2066}";
    let mut sources = Sources::default();
    let source = sources.add(format!("n{hostile}"), format!("x: {hostile}\n"));
    let at = Location {
        source,
        line: 1,
        column: 1,
    };
    let place = Place {
        at,
        pointer: format!("#/{hostile}"),
    };
    let mut diags = Diagnostics::default();
    diags
        .error(place.clone(), hostile)
        .related(place, hostile)
        .help(hostile);
    let text = render(&diags, &sources, false);
    let odd = |letter: &char| {
        letter.is_control() && *letter != '\n' || matches!(letter, '\u{202e}' | '\u{2066}')
    };
    assert_eq!(text.chars().find(odd), None, "{text:?}");
    assert_eq!(
        text.matches("\\u{1b}[2J\\u{202e}b\\u{7}\\u{85}\\u{2066}")
            .count(),
        8,
        "{text}"
    );
}

#[test]
fn tabs_keep_the_mark_in_place() {
    let mut sources = Sources::default();
    let source = sources.add("a.json", "\t\t\"key\": 1");
    let mut diags = Diagnostics::default();
    let at = Location {
        source,
        line: 1,
        column: 3,
    };
    diags.error(Place::plain(at), "x");
    let text = render(&diags, &sources, false);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], " --> a.json:1:3");
    assert_eq!(lines[3].find('"'), lines[4].find('^'), "{text}");
}

#[test]
fn color_changes_nothing_but_color() {
    let mut diags = Diagnostics::default();
    diags.error(place(3, 3, "#/paths"), "x").help("y");
    let colored = render(&diags, &sources(), true);
    assert!(colored.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, rendered(&diags));
}

#[test]
fn json_has_one_object_on_each_line() {
    let mut diags = Diagnostics::default();
    diags.warning(None, "a \"quoted\"\nword");
    diags
        .error(place(3, 3, "#/paths/~1threads"), "x")
        .related(place(1, 1, ""), "there")
        .help("y");
    let expected = r##"{"reason":"diagnostic","severity":"error","message":"x","file":"spec/api.yaml","line":3,"column":3,"pointer":"#/paths/~1threads","related":{"label":"there","file":"spec/api.yaml","line":1,"column":1},"help":"y"}
{"reason":"diagnostic","severity":"warning","message":"a \"quoted\"\nword"}
"##;
    assert_eq!(render_json(&diags, &sources()), expected);
}
