//! Open enums and constants.

use counterpart_goldens::{
    integer_enum, open_enum, prelude_names, single_value_constant, string_or_enum,
    symbols_in_values,
};

use crate::{kept, lenient, refused, same};

#[test]
fn a_listed_value_is_a_variant_and_any_other_is_kept() {
    use open_enum::types::Status;
    for status in Status::ALL {
        let text = format!("{:?}", status.as_str());
        assert_eq!(same::<Status>(&text), *status);
    }
    assert_eq!(Status::ALL.len(), 3);
    let unknown: Status = kept(r#""paused""#);
    assert_eq!(unknown, Status::Unknown("paused".to_owned()));
    assert_eq!(unknown.to_string(), "paused");
    assert_eq!(Status::from("queued"), Status::Waiting);
    assert_eq!("done".parse(), Ok(Status::Done));
    let told = refused::<Status>(r#""paused""#);
    assert!(
        told.contains("paused") && told.contains("in_progress"),
        "{told}"
    );
}

#[test]
fn null_in_an_enum_is_no_value_of_it() {
    use open_enum::types::{Level, Run, Status};
    let run: Run = same(r#"{"status": "done", "level": null}"#);
    assert_eq!(Option::<Level>::from(run.level), None);
    let run: Run = same(r#"{"status": "done", "level": "low"}"#);
    assert_eq!(run, Run::new(Status::Done).level(Level::Low));
}

#[test]
fn numbers_are_listed_as_well() {
    use integer_enum::types::{Priority, Task, TaskCode};
    let task: Task = same(r#"{"priority": -1, "code": 404}"#);
    assert_eq!(
        task,
        Task::new().priority(Priority::Low).code(TaskCode::Code404)
    );
    assert_eq!(kept::<Priority>("3"), Priority::Unknown(3));
    assert_eq!(Priority::from(10), Priority::High);
    assert_eq!(Priority::High.as_i64(), 10);
}

#[test]
fn any_string_is_a_model_and_some_have_names() {
    use string_or_enum::types::{ModelId, Request};
    let request: Request = same(r#"{"model": "gpt-3.5-turbo-16k-0613"}"#);
    assert_eq!(request, Request::new(ModelId::Gpt3_5Turbo16k0613));
    assert_eq!(Request::new("gpt-4o").model, ModelId::Gpt4o);
    assert_eq!(
        lenient::<ModelId>(r#""o9""#),
        ModelId::Unknown("o9".to_owned())
    );
}

#[test]
fn values_that_are_no_words_stay_as_they_are() {
    use symbols_in_values::types::{DemoPath, Operator, Size, Sort};
    for operator in Operator::ALL {
        assert_eq!(
            same::<Operator>(&format!("{:?}", operator.as_str())),
            *operator
        );
    }
    assert_eq!(Operator::from(""), Operator::Empty);
    assert_eq!(Size::from("256x256"), Size::Size256x256);
    assert_eq!(Sort::from("-name").as_str(), "-name");
    for path in DemoPath::ALL {
        let text = serde_json::to_string(path.as_str()).unwrap();
        assert_eq!(same::<DemoPath>(&text), *path);
    }
}

#[test]
fn names_of_the_prelude_are_values_too() {
    use prelude_names::types::DemoResult;
    assert_eq!(same::<DemoResult>(r#""Ok""#), DemoResult::Ok);
    assert_eq!("Err".parse(), Ok(DemoResult::ResultErr));
}

#[test]
fn a_constant_is_always_written_and_checked() {
    use single_value_constant::types::{Thread, ThreadMarker};
    let text = r#"{"id": "t", "object": "thread", "version": 3, "ratio": 0.5, "live": true}"#;
    assert_eq!(same::<Thread>(text), Thread::new("t"));
    assert_eq!((Thread::OBJECT, Thread::VERSION), ("thread", 3));
    let marked = text.replace('}', r#", "marker": "here"}"#);
    assert_eq!(
        same::<Thread>(&marked),
        Thread::new("t").marker(ThreadMarker::Here)
    );
    // A client takes another value, a server does not; neither keeps it.
    let other = text.replace("thread", "threads");
    assert_eq!(lenient::<Thread>(&other), Thread::new("t"));
    assert!(refused::<Thread>(&other).contains("object"));
    assert!(refused::<Thread>(&text.replace(r#""version": 3, "#, "")).contains("version"));
}
