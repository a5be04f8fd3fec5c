//! What is said of a document that is wrong: `reject/<rule>.yaml` in, `reject/<rule>.stderr` out.
//!
//! There is one for each diagnostic of `lower`, `name` and `plan`. `INSTA_UPDATE=always` rewrites
//! them; read each as somebody would who has to put the document right.

use crate::support::{self, Case};

#[test]
fn every_rule_says_what_is_wrong_and_where() {
    let mut wrong = String::new();
    for rule in support::stems("tests/reject", ".yaml") {
        let path = format!("tests/reject/{rule}.stderr");
        let told = Case::read("reject", &rule).told();
        assert!(!told.is_empty(), "{rule}.yaml: nothing is said of it");
        wrong.push_str(&support::unlike_accepted(&path, &told));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_text_belongs_to_a_rule() {
    let rules = support::stems("tests/reject", ".yaml");
    assert_eq!(support::stems("tests/reject", ".stderr"), rules);
}

/// Every diagnostic of the stages between `load` and `emit` appears in one of the texts, here or
/// among the mistakes.
#[test]
fn every_diagnostic_has_a_rule() {
    let texts = ["tests/reject", "tests/mistakes"]
        .into_iter()
        .flat_map(|folder| {
            let rules = support::stems(folder, ".stderr").into_iter();
            rules.map(move |rule| support::text(format!("{folder}/{rule}.stderr")))
        });
    let texts: Vec<String> = texts.map(Option::unwrap).collect();
    let mut found = 0;
    for stage in ["lower", "name", "plan"] {
        for path in support::files_below(&format!("src/{stage}"), ".rs") {
            for message in messages(&support::text(&path).unwrap()) {
                found += 1;
                let told = |text: &String| text.lines().any(|line| is_instance(line, &message));
                let path = path.display();
                assert!(
                    texts.iter().any(told),
                    "{path}: nothing in tests/reject says {message:?}"
                );
            }
        }
    }
    assert!(
        found > 30,
        "only {found} messages were found: does the search still work?"
    );
}

/// The messages in a source: the first string after each `diags.error(` and `diags.warning(`.
fn messages(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let calls = [".error(", ".warning("]
        .into_iter()
        .flat_map(|call| code.match_indices(call));
    let strings = calls.filter_map(|(start, call)| {
        if !code[..start].trim_end().ends_with("diags") {
            return None;
        }
        let (before, rest) = code[start + call.len()..].split_once('"')?;
        // A message that is made elsewhere is not found here.
        assert!(
            !before.contains(';'),
            "write the message where it is reported: {before}"
        );
        rest.split_once('"').map(|(message, _)| message.to_owned())
    });
    strings.collect()
}

/// Whether a line is what a format string makes of some values.
fn is_instance(line: &str, format: &str) -> bool {
    let plain = format.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let parts = plain
        .split('{')
        .map(|part| part.rsplit('}').next().unwrap_or_default());
    let mut rest = line;
    parts.into_iter().all(|part| {
        let part = part.replace('\u{1}', "{").replace('\u{2}', "}");
        match rest.find(&part) {
            Some(start) => {
                rest = &rest[start + part.len()..];
                true
            }
            None => false,
        }
    })
}
