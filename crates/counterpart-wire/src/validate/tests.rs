//! Each rule at its edge, places of nested values, and how violations read.

use indexmap::IndexMap;

use super::{Checker, Validate};
use crate::nullable::Nullable;
use crate::{Base64, MapAccess, Object, Reader, Writer, pattern};

/// What `check` reports.
fn report(check: impl Fn(&mut Checker<'_>)) -> String {
    struct By<F>(F);

    impl<F: Fn(&mut Checker<'_>)> Validate for By<F> {
        fn check(&self, checker: &mut Checker<'_>) {
            self.0(checker);
        }
    }

    match By(check).validate() {
        Ok(()) => String::new(),
        Err(violations) => violations.to_string(),
    }
}

#[test]
fn numbers_have_ranges() {
    let minimum = |n: i64| {
        report(|checker| {
            checker.required("n", &n).minimum(1);
        })
    };
    assert_eq!(minimum(1), "");
    assert_eq!(minimum(0), "/n: less than 1 (0)");
    let maximum = |n: f64| {
        report(|checker| {
            checker.required("n", &n).maximum(2.0);
        })
    };
    assert_eq!(maximum(2.0), "");
    assert_eq!(maximum(2.5), "/n: greater than 2 (2.5)");
    let above = |n: f64| {
        report(|checker| {
            checker.value(&n).exclusive_minimum(0.0);
        })
    };
    assert_eq!(above(0.1), "");
    assert_eq!(above(0.0), "not greater than 0 (0)");
    let below = |n: u64| {
        report(|checker| {
            checker.value(&n).exclusive_maximum(9);
        })
    };
    assert_eq!(below(8), "");
    assert_eq!(below(9), "not less than 9 (9)");
}

#[test]
fn multiples_of_fractions_are_meant_as_written() {
    let tenths = |n: f64| {
        report(|checker| {
            checker.value(&n).multiple_of(0.1);
        })
    };
    assert_eq!(tenths(0.3), "");
    assert_eq!(tenths(0.35), "not a multiple of 0.1 (0.35)");
    let whole = |n: i32| {
        report(|checker| {
            checker.value(&n).multiple_of(256);
        })
    };
    assert_eq!(whole(-512), "");
    assert_eq!(whole(100), "not a multiple of 256 (100)");
    assert_eq!(
        report(|checker| {
            checker.value(&i64::MIN).multiple_of(-1);
        }),
        ""
    );
}

#[test]
fn lengths_count_characters() {
    let text = |text: &str| {
        let text = text.to_owned();
        report(move |checker| {
            checker.required("x", &text).min_length(2).max_length(3);
        })
    };
    assert_eq!(text("äöü"), "");
    assert_eq!(text("ä"), "/x: shorter than 2 characters (1)");
    assert_eq!(text("ä🦀ü!"), "/x: longer than 3 characters (4)");
}

#[test]
fn lengths_of_bytes_are_those_of_their_text() {
    let bytes = |length: usize| {
        let bytes = Base64::from(vec![0; length]);
        report(move |checker| {
            checker.required("x", &bytes).min_length(4).max_length(8);
        })
    };
    assert_eq!(bytes(1), "");
    assert_eq!(bytes(6), "");
    assert_eq!(bytes(0), "/x: shorter than 4 characters (0)");
    assert_eq!(bytes(7), "/x: longer than 8 characters (12)");
    for length in 0..8 {
        let bytes = Base64::from(vec![0; length]);
        assert_eq!(bytes.text_len(), bytes.to_string().len());
    }
}

#[test]
fn patterns_are_searched_for_and_texts_not_repeated() {
    let matched = |text: &str| {
        let text = text.to_owned();
        report(move |checker| {
            checker.value(&text).pattern(pattern!("^[a-z]+$"));
        })
    };
    assert_eq!(matched("abc"), "");
    assert_eq!(matched("secret 1"), "does not match the pattern ^[a-z]+$");
}

#[test]
fn a_pattern_that_does_not_compile_refuses_nothing() {
    let text = "x".to_owned();
    assert_eq!(
        report(|checker| {
            checker.value(&text).pattern(pattern!("("));
        }),
        ""
    );
}

#[test]
fn lists_have_lengths_and_places() {
    let list = |items: &[&str]| {
        let list: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        report(move |checker| {
            let list = checker.required("a/b", &list).min_items(1).max_items(2);
            list.unique_items().each(|item| item.max_length(1));
        })
    };
    assert_eq!(list(&["a", "b"]), "");
    assert_eq!(list(&[]), "/a~1b: fewer than 1 item (0)");
    assert_eq!(
        list(&["a", "bc", "a"]),
        "/a~1b: more than 2 items (3); /a~1b: two items are equal (0 and 2); \
         /a~1b/1: longer than 1 character (2)"
    );
}

#[test]
fn maps_have_sizes_and_keys() {
    let map = IndexMap::from([("x".to_owned(), "long".to_owned())]);
    let found = report(|checker| {
        let map = checker.required("metadata", &map).min_properties(2);
        map.max_properties(0)
            .each_value(|value| value.max_length(3));
    });
    assert_eq!(
        found,
        "/metadata: fewer than 2 properties (1); /metadata: more than 0 properties (1); \
         /metadata/x: longer than 3 characters (4)"
    );
}

#[test]
fn what_is_absent_or_null_has_no_limits() {
    for absent in [Nullable::Absent, Nullable::Null] {
        assert_eq!(
            report(|checker| {
                checker.optional("n", &absent).minimum(1_i64);
            }),
            ""
        );
    }
    let items = vec![None, Some(0)];
    let found = report(|checker| {
        checker.optional("n", &Nullable::Value(0)).minimum(1);
        checker.optional("n", &None).minimum(1);
        for item in &items {
            checker.value(item).present(|item| item.minimum(1));
        }
    });
    assert_eq!(found, "/n: less than 1 (0); less than 1 (0)");
}

struct Leaf(i64);

impl Validate for Leaf {
    fn check(&self, checker: &mut Checker<'_>) {
        checker.required("n", &self.0).maximum(1);
    }
}

#[test]
fn nested_values_are_named_by_every_step() {
    let leaves = vec![
        IndexMap::from([("a".to_owned(), Some(Box::new(Leaf(1))))]),
        IndexMap::from([("b".to_owned(), Some(Box::new(Leaf(2))))]),
    ];
    let violations = Tree(leaves).validate().unwrap_err();
    let first = violations.first().unwrap();
    assert_eq!(first.pointer, "/leaves/1/b/n");
    assert_eq!(first.path, "leaves[1].b.n");

    struct Tree(Vec<IndexMap<String, Option<Box<Leaf>>>>);

    impl Validate for Tree {
        fn check(&self, checker: &mut Checker<'_>) {
            checker.required("leaves", &self.0).nested();
        }
    }
}

#[test]
fn there_is_an_end_to_what_is_reported() {
    let leaves: Vec<Leaf> = (0..150).map(|_| Leaf(9)).collect();
    let violations = leaves.validate().unwrap_err();
    assert_eq!(violations.iter().count(), 100);
    assert_eq!(violations.more(), 50);
    assert!(violations.to_string().ends_with("; and 50 more"));
}

#[derive(Default)]
struct File {
    id: Option<String>,
    name: Option<String>,
    data: Option<String>,
}

impl Object for File {
    const NAME: &'static str = "File";
    const FIELDS: &'static [&'static str] = &["id", "name", "data"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        while reader.next(Self::FIELDS).is_some() {
            reader.skip();
        }
        Some(Self::default())
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.optional("id", &self.id);
        writer.optional("name", &self.name);
        writer.optional("data", &self.data);
    }
}

impl Validate for File {
    fn check(&self, checker: &mut Checker<'_>) {
        let keys = checker.keys(self).at_least(1).at_most(2);
        keys.one_of(&[&["id"], &["name", "data"]])
            .any_of(&[&["id"], &["name"]]);
    }
}

#[test]
fn keys_go_together() {
    let text = || Some(String::new());
    let file = |id, name, data| File { id, name, data };
    assert_eq!(file(text(), None, None).validate(), Ok(()));
    assert_eq!(file(None, text(), text()).validate(), Ok(()));
    let all = file(text(), text(), text()).validate().unwrap_err();
    assert_eq!(
        all.to_string(),
        "more than 2 properties (3); exactly one is needed of id, name and data"
    );
    let none = file(None, None, None).validate().unwrap_err();
    assert_eq!(
        none.to_string(),
        "fewer than 1 property (0); exactly one is needed of id, name and data; \
         at least one is needed of id, name"
    );
}
