//! The functions that a run calls, and what becomes of mistakes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use assistants_client::types::{FunctionDefinition, RunToolCall};
use assistants_runs::{ErrorKind, Json, Reaction, ToolError, Tools};
use serde::Serialize;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::story::{self, RUN, asks, call};
use crate::wire::{Fault, Wire};
use crate::world::{Place, World, driver};

#[derive(Serialize)]
struct Sum {
    sum: i64,
}

fn calculator() -> Tools {
    let by_hand = FunctionDefinition::new("echo");
    Tools::new()
        .function("add", "", |numbers: Vec<i64>| async move {
            Json(Sum {
                sum: numbers.iter().sum(),
            })
        })
        .function("parse", "", |text: String| async move {
            Ok::<i64, ToolError>(text.parse()?)
        })
        .function("weather", "", |place: Place| async move { place.city })
        .function("now", "", |(): ()| async { 17_u64 })
        .function("nothing", "", |(): ()| async {})
        .function("stop", "", |(): ()| async {
            Err::<(), _>(ToolError::new("enough").end_run())
        })
        .defined(by_hand, |arguments: Value| async move { arguments })
}

async fn output(function: &str, arguments: &str) -> String {
    let calls = [call("call_1", function, arguments)];
    let outputs = calculator().answer(&calls).await.unwrap();
    assert_eq!(outputs[0].tool_call_id.as_deref(), Some("call_1"));
    outputs[0].output.clone().unwrap()
}

#[tokio::test]
async fn outputs_are_text_or_json() {
    assert_eq!(output("add", r#"{"value":[1,2]}"#).await, r#"{"sum":3}"#);
    assert_eq!(output("parse", r#"{"value":"12"}"#).await, "12");
    assert_eq!(
        output("weather", r#"{"city":"Oslo","extra":1}"#).await,
        "Oslo"
    );
    assert_eq!(output("nothing", "{}").await, "done");
    assert_eq!(output("echo", r#"{"a":[1]}"#).await, r#"{"a":[1]}"#);
    for nothing in ["", " ", "{}", "null", r#"{"surplus":1}"#] {
        assert_eq!(output("now", nothing).await, "17");
    }
}

#[tokio::test]
async fn the_model_is_told_of_its_mistakes() {
    let cases = [
        (
            "weather",
            "{",
            "Error: the arguments are not valid JSON: EOF",
        ),
        (
            "weather",
            r#"{"city":1}"#,
            "Error: the argument `city` does not fit the function: invalid type",
        ),
        (
            "weather",
            "{}",
            "Error: the arguments do not fit the function: missing field `city`",
        ),
        (
            "weather",
            "[]",
            "Error: the arguments do not fit the function: ",
        ),
        (
            "add",
            r#"{"value":[1,"2"]}"#,
            "Error: the argument `[1]` does not fit the function: invalid type",
        ),
        ("add", "{}", "Error: the argument `value` is missing"),
        ("add", "[1]", "Error: the arguments are not a JSON object"),
        (
            "parse",
            r#"{"value":"x"}"#,
            "Error: invalid digit found in string",
        ),
        (
            "",
            "{}",
            "Error: there is no function ``; the functions are add, parse, ",
        ),
        (
            "weathr",
            "{}",
            "Error: there is no function `weathr`; the functions are add, parse, ",
        ),
    ];
    for (function, arguments, expected) in cases {
        let output = output(function, arguments).await;
        assert!(output.starts_with(expected), "{output}");
    }
}

#[tokio::test]
async fn mistakes_can_end_the_run() {
    let fails = |tools: Tools, calls: Vec<RunToolCall>| async move {
        let failure = tools.answer(&calls).await.unwrap_err();
        failure.to_string()
    };

    let strict = || calculator().on_bad_call(Reaction::EndRun);
    let text = fails(strict(), vec![call("call_1", "nope", "{}")]).await;
    assert!(
        text.starts_with("the function `nope` failed: there is no function `nope`"),
        "{text}"
    );
    let text = fails(strict(), vec![call("call_1", "weather", "{")]).await;
    assert!(text.contains("not valid JSON"), "{text}");
    let wrong = vec![call("call_1", "parse", r#"{"value":"x"}"#)];
    assert!(strict().answer(&wrong).await.is_ok());

    let text = fails(calculator().on_failure(Reaction::EndRun), wrong).await;
    assert_eq!(
        text,
        "the function `parse` failed: invalid digit found in string"
    );
    let text = fails(calculator(), vec![call("call_1", "stop", "")]).await;
    assert_eq!(text, "the function `stop` failed: enough");
}

#[tokio::test(start_paused = true)]
async fn calls_run_side_by_side_but_not_too_many() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let tools = {
        let most = Arc::clone(&most);
        Tools::new()
            .at_once(3)
            .function("work", "", move |seconds: u64| {
                let (now, most) = (Arc::clone(&now), Arc::clone(&most));
                async move {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    sleep(Duration::from_secs(seconds)).await;
                    now.fetch_sub(1, Ordering::SeqCst);
                    seconds
                }
            })
    };
    let calls = [5, 4, 3, 2, 1, 0]
        .map(|n| call(&format!("call_{n}"), "work", &format!(r#"{{"value":{n}}}"#)));
    let begun = Instant::now();
    let outputs = tools.answer(&calls).await.unwrap();

    let outputs: Vec<_> = outputs
        .iter()
        .map(|one| one.output.as_deref().unwrap())
        .collect();
    assert_eq!(outputs, ["5", "4", "3", "2", "1", "0"]);
    assert_eq!(most.load(Ordering::SeqCst), 3);
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_has_failed() {
    let tools = Tools::new().time_limit(Duration::from_secs(30));
    let tools = tools.function("sleep", "", |seconds: u64| async move {
        sleep(Duration::from_secs(seconds)).await;
    });
    let calls = [29, 31].map(|n| call("call_1", "sleep", &format!(r#"{{"value":{n}}}"#)));
    let outputs = tools.answer(&calls).await.unwrap();
    let outputs: Vec<_> = outputs
        .iter()
        .map(|one| one.output.as_deref().unwrap())
        .collect();
    assert_eq!(outputs, ["done", "Error: no result within 30s"]);
}

/// What ends the run ends it at once, whatever is still under way.
#[tokio::test(start_paused = true)]
async fn a_failure_does_not_wait_for_other_calls() {
    let tools = calculator().function("sleep", "", |(): ()| async {
        sleep(Duration::from_secs(60)).await;
    });
    let begun = Instant::now();
    let calls = [call("call_1", "sleep", ""), call("call_2", "stop", "")];
    assert_eq!(tools.answer(&calls).await.unwrap_err().call_id, "call_2");
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_function_that_ends_the_run_cancels_it() {
    for streams in [false, true] {
        let story = vec![asks([call("call_1", "stop", "")])];
        let world = World::fast(story);
        let driver = driver(&world, Wire::default()).tools(&calculator());
        let error = match streams {
            true => driver.stream().finish().await.unwrap_err(),
            false => driver.run_to_end().await.unwrap_err(),
        };
        assert!(matches!(error.kind(), ErrorKind::Tool(failure) if failure.function == "stop"));
        assert_eq!(
            error.to_string(),
            "the run run_1: the function `stop` failed: enough"
        );
        assert_eq!(error.run_id(), Some(RUN));
        assert!(world.is_cancelled());
    }
}

#[tokio::test(start_paused = true)]
async fn all_calls_of_an_action_are_answered() {
    let calls = [
        call("call_1", "get_weather", r#"{"city":"Bergen"}"#),
        call("call_2", "get_time", "{}"),
        call("call_3", "get_weather", "?"),
    ];
    let mut story = story::weather();
    story[0] = asks(calls);
    let world = World::fast(story);
    driver(&world, Wire::default()).run_to_end().await.unwrap();

    let outputs = world.play().outputs[0].clone();
    let text = |at: usize| outputs[at].output.clone().unwrap();
    assert_eq!(text(0), "9.5 °C");
    assert_eq!(
        text(1),
        "Error: there is no function `get_time`; the functions are get_weather"
    );
    assert!(
        text(2).starts_with("Error: the arguments are not valid JSON"),
        "{}",
        text(2)
    );
    let ids: Vec<_> = outputs
        .iter()
        .map(|output| output.tool_call_id.as_deref().unwrap())
        .collect();
    assert_eq!(ids, ["call_1", "call_2", "call_3"]);
}

#[tokio::test(start_paused = true)]
async fn outputs_arrive_once_whatever_happens_to_them() {
    let faults = [
        Fault::Instead(502),
        Fault::Refused(500),
        Fault::Refused(429),
        Fault::Late(700),
    ];
    for fault in faults
        .into_iter()
        .chain([Fault::LostAnswer, Fault::LostRequest, Fault::NotSent])
    {
        for streams in [false, true] {
            let world = World::fast(story::weather());
            let wire = Wire::default().fails("submitToolOuputsToRun", fault.clone());
            let (tools, called) = crate::world::tools();
            let driver = driver(&world, wire).tools(&tools);
            let end = match streams {
                true => driver.stream().finish().await.unwrap(),
                false => driver.run_to_end().await.unwrap(),
            };
            assert_eq!(end.text(), story::ANSWER, "{fault:?}");
            assert_eq!(world.play().outputs.len(), 1, "{fault:?}");
            assert_eq!(*called.lock().unwrap(), ["Bergen"], "{fault:?}");
        }
    }
}

/// What is still being worked on is not submitted again, nor is a run started again that is still being started.
#[tokio::test(start_paused = true)]
async fn a_slow_service_is_given_time() {
    for operation in ["createRun", "submitToolOuputsToRun"] {
        for streams in [false, true] {
            let world = World::fast(story::weather());
            let driver = driver(&world, Wire::default().fails(operation, Fault::ActsLate));
            let end = match streams {
                true => driver.stream().finish().await.unwrap(),
                false => driver.run_to_end().await.unwrap(),
            };
            assert_eq!(end.text(), story::ANSWER);
            assert_eq!(world.count(operation), 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn outputs_that_cannot_be_submitted_are_an_error() {
    let mut wire = Wire::default();
    for _ in 0..3 {
        wire = wire.fails("submitToolOuputsToRun", Fault::LostRequest);
    }
    let refused = Wire::default().fails("submitToolOuputsToRun", Fault::Refused(400));
    for wire in [wire, refused] {
        let world = World::fast(story::weather());
        let error = driver(&world, wire).run_to_end().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Call(_)), "{error:?}");
        assert_eq!(error.run_id(), Some(RUN));
        assert_eq!(world.count("submitToolOuputsToRun"), 0);
    }
}
