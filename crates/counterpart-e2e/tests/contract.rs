//! The check that comes with a generated server, against services that keep to the document and one that does not.

use assistants_server::{ApiError, StatusCode, contract, router, routes};
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use example_server::Service;

/// How many requests there are for the 23 operations.
const REQUESTS: std::ops::RangeInclusive<usize> = 100..=300;

#[tokio::test]
async fn the_example_keeps_to_the_document() {
    let requests = contract()
        .check(router(Service::new()))
        .await
        .expect_clean();
    assert!(REQUESTS.contains(&requests), "{requests}");
}

#[tokio::test]
async fn a_status_that_hides_a_mistake_is_found() {
    let lax = |request: Request, next: Next| async move {
        let mut response: Response = next.run(request).await;
        if response.status() == StatusCode::BAD_REQUEST {
            *response.status_mut() = StatusCode::OK;
        }
        response
    };
    let report = contract()
        .check(router(Service::new()).layer(from_fn(lax)))
        .await;
    let found = |what: &str| {
        report
            .findings
            .iter()
            .any(|finding| finding.request.contains(what))
    };
    for what in [
        "broken JSON",
        "list for a body",
        "openai-beta",
        "`assistant_id`",
    ] {
        assert!(found(what), "{what}: {report}");
    }
}

#[tokio::test]
async fn errors_of_another_shape_are_found() {
    let plain = routes(Service::new())
        .errors(|error, _| ApiError::with_body(error.status(), "nothing but a text"))
        .into_router();
    let report = contract().check(plain).await;
    assert!(report.findings.len() > 23, "{report}");
}

#[tokio::test]
async fn a_service_that_fails_is_found() {
    let broken = router(Service::new()).layer(from_fn(|_: Request, _: Next| async {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    }));
    let report = contract().check(broken).await;
    assert_eq!(report.findings.len(), report.requests);
}
