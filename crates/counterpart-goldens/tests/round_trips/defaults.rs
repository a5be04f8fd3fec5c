//! Defaults: offered by the types, filled in by whoever asks for it, and by nothing else.

use counterpart_goldens::{defaults_of_bodies, validate_bodies};
use counterpart_wire::{Nullable, Validate, filled};

use crate::same;

#[test]
fn decoding_and_encoding_add_no_default() {
    use defaults_of_bodies::types::{Job, Step, Stop, Wait};
    let job: Job = same(r#"{"steps": [{"kind": "wait"}, {"kind": "stop"}]}"#);
    let steps = [Step::from(Wait::new()), Stop::new().into()];
    assert_eq!(job, Job::new(steps));
}

#[test]
fn what_is_absent_is_filled_in_wherever_it_is() {
    use defaults_of_bodies::types::{Job, JobMode, JobOrder, Size, Step, Stop, Wait};
    let job = filled(Job::new([Step::from(Wait::new()), Stop::new().into()]));
    let expected = Job::new([Step::from(Wait::new().seconds(1.0)), Stop::new().into()])
        .order(JobOrder::Desc)
        .tags(["new".to_owned(), "open".to_owned()])
        .retries(2)
        .labels(counterpart_wire::IndexMap::new())
        .size(Size::new(2))
        .mode(JobMode::Auto);
    assert_eq!(job, expected);
    assert_eq!(Job::DEFAULT_ORDER, JobOrder::Desc);
    assert_eq!(Job::DEFAULT_RETRIES, 2);
    assert_eq!(Job::default_tags(), ["new", "open"]);
}

#[test]
fn what_was_said_stands() {
    use defaults_of_bodies::types::{Job, JobOrder};
    let mut job = Job::new([]).order(JobOrder::Asc).tags(Vec::<String>::new());
    job.retries = Nullable::Null;
    let job = filled(job);
    assert_eq!(job.order, Some(JobOrder::Asc));
    assert_eq!(job.tags.as_deref(), Some(&[][..]));
    assert_eq!(job.retries, Nullable::Null);
}

#[test]
fn a_body_that_is_no_type_of_its_own_has_limits() {
    use validate_bodies::server::{AddTag, SetTags};
    let told = |tags: &[&str]| {
        let body = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let result = SetTags { body }.validate();
        result.map_err(|violations| violations.to_string())
    };
    assert_eq!(told(&["a", "b"]), Ok(()));
    assert!(told(&["a", "b", "c"]).unwrap_err().contains("more than 2"));
    assert!(told(&["much too long"]).unwrap_err().contains("/0"));
    assert!(AddTag { body: None }.validate().is_ok());
    assert!(AddTag { body: Some(None) }.validate().is_ok());
    assert!(
        AddTag {
            body: Some(Some(String::new()))
        }
        .validate()
        .is_err()
    );
}
