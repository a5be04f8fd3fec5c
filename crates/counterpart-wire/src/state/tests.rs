//! What an attempt, a value inside a value and a second look leave behind.

use super::*;

fn note_a(name: &str) {
    note(DriftKind::UnknownValue, "Run", format_args!("{name}"));
}

fn kept<T>(body: impl FnOnce() -> T) -> Vec<(String, String)> {
    let looking = State::looking(Mode::Lenient, Look::Repairing, Notes::kept());
    let scope = Scope::enter(looking);
    body();
    let drifts = scope.leave().into_notes().into_drifts().into_iter();
    drifts.map(|drift| (drift.path, drift.value)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let expected = expected.iter();
    expected
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect()
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

#[test]
fn an_attempt_that_fails_leaves_no_notes() {
    let notes = kept(|| {
        note_a("before");
        let failed: Result<(), _> = attempt(Mode::Strict, || {
            assert!(is_strict());
            note_a("failed");
            Err(())
        });
        assert!(failed.is_err());
        let fits = attempt(Mode::Tolerant, || {
            assert!(refuses_other_constants());
            note_a("fits");
            Ok::<_, ()>(())
        });
        assert!(fits.is_ok());
        assert!(!refuses_other_constants());
    });
    assert_eq!(notes, pairs(&[("", "before"), ("", "fits")]));
}

#[test]
fn an_attempt_is_not_repaired() {
    let notes = kept(|| {
        assert!(is_repairing());
        let tried = attempt(Mode::Tolerant, || {
            assert!(is_following() && !is_repairing());
            enter(key("a"));
            note_a("followed");
            leave();
            Ok::<_, ()>(())
        });
        assert!(tried.is_ok() && is_repairing());
    });
    assert_eq!(notes, pairs(&[("a", "followed")]));
    assert!(!is_following());
}

#[test]
fn no_trail_is_kept_where_nobody_asks() {
    extend_trail(&"message", Step::Index(1));
    assert!(take_trail().steps_for("message").is_none());
    let scope = Scope::enter(State::reading(Mode::Lenient, Notes::Ignored));
    extend_trail(&"message", Step::Index(1));
    assert!(scope.leave().into_trail().steps_for("message").is_some());
}

#[test]
fn notes_have_the_path_of_their_place() {
    let notes = kept(|| {
        enter(key("data"));
        enter(Step::Index(2));
        note_a("item");
        note_at("id", DriftKind::Misfit, "Run", format_args!("member"));
        leave();
        leave();
        note_a("root");
    });
    let expected = [("data[2]", "item"), ("data[2].id", "member"), ("", "root")];
    assert_eq!(notes, pairs(&expected));
}

#[test]
fn a_value_that_is_given_up_leaves_no_notes() {
    let notes = kept(|| {
        let outer = enter(key("a"));
        note_a("lost");
        let inner = enter(Step::Index(0));
        note_a("lost");
        give_up(inner, &"inner", false);
        note_a("lost as well");
        give_up(outer, &"outer", false);
        assert!(again(None), "the innermost is to blame");
        enter(key("a"));
        assert_eq!(judge(&Step::Index(0), false), Judgement::ReadAsNull);
    });
    assert_eq!(notes, pairs(&[("a[0]", "inner")]));
}

#[test]
fn a_value_inside_a_value_adds_to_the_path() {
    let inner = |path: &str| Drift {
        path: path.to_owned(),
        kind: DriftKind::UnknownValue,
        of: "Role",
        value: path.to_owned(),
    };
    let notes = kept(|| {
        enter(key("arguments"));
        pass_on(vec![inner("a.b"), inner("[0]"), inner("")]);
    });
    let expected = [
        ("arguments.a.b", "a.b"),
        ("arguments[0]", "[0]"),
        ("arguments", ""),
    ];
    assert_eq!(notes, pairs(&expected));
}

#[test]
fn nothing_is_noted_about_what_is_made_up() {
    let notes = kept(|| {
        assert!(begin_making_up());
        note_a("inside");
        end_making_up();
        note_a("outside");
    });
    assert_eq!(notes, pairs(&[("", "outside")]));
}
