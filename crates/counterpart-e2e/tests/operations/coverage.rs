//! Every operation of the document, in process and over a socket.

use std::collections::BTreeSet;

use crate::cases::{CASES, Case};
use crate::harness::Over;
use crate::scripted::Scripted;

const DOCUMENT: &str = include_str!("../../../../spec/assistants.yaml");

async fn all(over: Over) {
    for Case { operation, run } in CASES {
        println!("{operation}, {over:?}");
        let harness = over.script().await;
        run(harness).await;
    }
}

#[tokio::test]
async fn every_operation_in_process() {
    all(Over::Router).await;
}

#[tokio::test]
async fn every_operation_over_a_socket() {
    all(Over::Socket).await;
}

#[test]
fn there_is_a_case_for_every_operation_of_the_document() {
    let lines = DOCUMENT.lines().map(str::trim);
    let document: Vec<_> = lines
        .filter_map(|line| line.strip_prefix("operationId: "))
        .collect();
    let cases: Vec<_> = CASES.iter().map(|case| case.operation).collect();

    assert_eq!(document.len(), 23);
    assert_eq!(cases, document);
    assert_eq!(BTreeSet::from_iter(&cases).len(), cases.len());
}

#[test]
fn the_router_serves_every_operation_of_the_document() {
    let routes = assistants_server::routes(Scripted::default());

    let operations = format!("{routes:?}");
    for Case { operation, .. } in CASES {
        assert!(
            operations.contains(&format!("{operation:?}")),
            "{operation}: {operations}"
        );
    }
    assert_eq!(routes.problems(), []);
}
