//! Who may call: every scheme, alternatives, combinations, and what happens to everybody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Extension;
use counterpart_server::{
    ApiError, Authenticate, Context, Credentials, FromRequest, Open, Rejection, Reply, Request,
    Route, Routes, Scheme, Security, StatusCode,
};
use futures_util::{StreamExt, stream};

use crate::harness::{Answer, ask, request, send};

const TOKEN: Scheme = Scheme::bearer("token");
const LOGIN: Scheme = Scheme::basic("login");
const HEADER: Scheme = Scheme::header("header", "X-Api-Key");
const QUERY: Scheme = Scheme::query("query", "api_key");
const COOKIE: Scheme = Scheme::cookie("cookie", "session");

/// Everything whose secret begins with `good` is worth its own name.
#[derive(Default)]
struct Service {
    asked: AtomicUsize,
}

impl Authenticate for Service {
    type Principal = String;

    async fn authenticate(&self, cx: &Context, shown: Credentials) -> Result<String, ApiError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        assert_eq!(cx.operation(), "get");
        let secret = |scheme| match shown.basic() {
            Some((user, password)) => format!("{user} {}", password.reveal()),
            None => shown.key(scheme).expect("a key").reveal().to_owned(),
        };
        let secrets: Vec<String> = shown.schemes().map(secret).collect();
        match secrets.iter().find(|secret| !secret.starts_with("good")) {
            None => Ok([secrets, shown.scopes().map(str::to_owned).collect()]
                .concat()
                .join("+")),
            Some(bad) if bad == "banned" => Err(ApiError::forbidden("You are banned.")),
            Some(bad) if bad == "panic" => panic!("the key is {bad}"),
            Some(_) => Err(shown.refused()),
        }
    }

    fn known(&self, cx: &Context) -> Option<String> {
        cx.extensions().get::<String>().cloned()
    }
}

/// A request that must not be looked at before its sender is known.
struct Untouched;

impl FromRequest for Untouched {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        let _: Option<i64> = request.query_optional("limit")?;
        request.bytes("*/*").await.map(|_| Self)
    }
}

fn secured(security: Security) -> Router {
    Routes::new(Service::default())
        .route(
            Route::get("get", "/me").secured(security),
            |_, cx: Context<String>, Untouched| async move {
                Ok(Reply::text(StatusCode::OK, cx.into_principal()))
            },
        )
        .into_router()
}

fn optional(security: Security) -> Router {
    Routes::new(Service::default())
        .route(
            Route::get("get", "/me").secured(security).optional(),
            |_, cx: Context<Option<String>>, Untouched| async move {
                let name = cx.principal().as_deref().unwrap_or("nobody");
                Ok(Reply::text(StatusCode::OK, name))
            },
        )
        .into_router()
}

async fn with(router: &Router, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = request("GET", uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn each_scheme_finds_its_credential() {
    const ONE_TOKEN: Security = &[&[TOKEN]];
    let basic = ("authorization", "basic Z29vZDpwYTpzcw==");
    for (security, uri, headers, principal) in [
        (
            ONE_TOKEN,
            "/me",
            &[("authorization", "Bearer good-1")][..],
            "good-1",
        ),
        (
            &[&[TOKEN]],
            "/me",
            &[("authorization", "bEARER   good-1 ")],
            "good-1",
        ),
        (&[&[LOGIN]], "/me", &[basic], "good pa:ss"),
        (&[&[HEADER]], "/me", &[("x-api-key", "good-2")], "good-2"),
        (&[&[QUERY]], "/me?a=b&api_key=good%2B3", &[], "good+3"),
        (
            &[&[COOKIE]],
            "/me",
            &[("cookie", "a=b; session=good-4")],
            "good-4",
        ),
        (
            &[&[COOKIE]],
            "/me",
            &[("cookie", "a=b"), ("cookie", "session=good-4")],
            "good-4",
        ),
    ] {
        let answer = with(&secured(security), uri, headers).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text.as_str()),
            (200, principal)
        );
    }
}

#[tokio::test]
async fn who_shows_nothing_is_told_what_would_do() {
    let router = secured(&[&[TOKEN], &[HEADER, QUERY], &[LOGIN], &[COOKIE]]);
    let answer = ask(&router, "GET", "/me").await;
    let message = answer.refused(401, None, Some("missing_credentials"));

    assert_eq!(
        message,
        "The request has no credentials. Send the header 'Authorization: Bearer ...', or the header 'X-Api-Key' \
         and the query parameter 'api_key', or the header 'Authorization: Basic ...', or the cookie 'session'."
    );
    assert_eq!(
        answer.header("www-authenticate"),
        Some(
            "Bearer, ApiKey in=\"header\", name=\"X-Api-Key\", ApiKey in=\"query\", name=\"api_key\", \
             Basic realm=\"api\", charset=\"UTF-8\", ApiKey in=\"cookie\", name=\"session\""
        )
    );
}

#[tokio::test]
async fn what_is_worth_nothing_or_makes_no_sense_is_a_401() {
    let router = secured(&[&[TOKEN], &[LOGIN], &[HEADER], &[COOKIE], &[QUERY]]);
    for (uri, headers) in [
        ("/me", &[("authorization", "Bearer bad")][..]),
        ("/me", &[("authorization", "Bearer")]),
        (
            "/me",
            &[
                ("authorization", "Bearer good"),
                ("authorization", "Bearer good"),
            ],
        ),
        ("/me", &[("authorization", "Bearer g\u{e9}")]),
        ("/me", &[("authorization", "Basic good")]),
        ("/me", &[("authorization", "Basic Z29vZA==")]),
        ("/me", &[("x-api-key", "bad")]),
        ("/me", &[("x-api-key", "good"), ("x-api-key", "good")]),
        ("/me?api_key=good&api_key=good", &[]),
        ("/me?api_key=%ff", &[]),
        ("/me", &[("cookie", "session=good; session=good")]),
    ] {
        let answer = with(&router, uri, headers).await;
        answer.refused(401, None, Some("invalid_api_key"));
        assert!(answer.header("www-authenticate").is_some(), "{headers:?}");
    }
    for (uri, headers) in [
        ("/me", &[("authorization", "Digest username=\"good\"")][..]),
        ("/me?api_key=", &[]),
        ("/me", &[("x-api-key", " ")]),
        ("/me", &[("cookie", "other=good")]),
    ] {
        let answer = with(&router, uri, headers).await;
        answer.refused(401, None, Some("missing_credentials"));
    }
}

#[tokio::test]
async fn the_first_alternative_that_is_worth_something_counts() {
    const SCOPED: Security = &[&[TOKEN.scopes(&["read"])], &[HEADER, QUERY]];
    let router = secured(SCOPED);
    let token = ("authorization", "Bearer good-t");
    let bad = ("authorization", "Bearer bad");
    let key = ("x-api-key", "good-k");

    assert_eq!(with(&router, "/me", &[token]).await.text, "good-t+read");
    let both = with(&router, "/me?api_key=good-q", &[bad, key]).await;
    assert_eq!(both.text, "good-k+good-q");
    // Half of a combination is as good as nothing.
    with(&router, "/me", &[key])
        .await
        .refused(401, None, Some("missing_credentials"));
    with(&router, "/me", &[bad, key])
        .await
        .refused(401, None, Some("invalid_api_key"));
    with(&router, "/me?api_key=bad", &[key])
        .await
        .refused(401, None, Some("invalid_api_key"));
}

#[tokio::test]
async fn what_the_service_answers_stands() {
    let banned = [("authorization", "Bearer banned")];
    let answer = with(&secured(&[&[TOKEN]]), "/me", &banned).await;
    answer.refused(403, None, None);
    assert_eq!(answer.header("www-authenticate"), None);

    let answer = with(
        &secured(&[&[TOKEN]]),
        "/me",
        &[("authorization", "Bearer panic")],
    )
    .await;
    answer.refused(500, None, None);
}

#[tokio::test]
async fn optional_credentials_are_still_checked() {
    let router = optional(&[&[], &[TOKEN]]);
    assert_eq!(ask(&router, "GET", "/me").await.text, "nobody");
    assert_eq!(
        with(&router, "/me", &[("authorization", "Bearer good")])
            .await
            .text,
        "good"
    );
    let wrong = with(&router, "/me", &[("authorization", "Bearer bad")]).await;
    wrong.refused(401, None, Some("invalid_api_key"));
}

#[tokio::test]
async fn a_layer_may_know_who_calls() {
    const PEER: Security = &[&[Scheme::elsewhere("certificate")]];
    ask(&secured(PEER), "GET", "/me")
        .await
        .refused(401, None, Some("missing_credentials"));
    let known = secured(PEER).layer(Extension("good peer".to_owned()));
    assert_eq!(ask(&known, "GET", "/me").await.text, "good peer");
}

#[tokio::test]
async fn nothing_is_read_before_the_caller_is_known() {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = read.clone();
    let chunks = stream::iter(0..3).map(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok::<_, std::io::Error>(Bytes::from_static(b"x"))
    });
    let request = request("GET", "/me?limit=many").body(Body::from_stream(chunks));
    let answer = send(&secured(&[&[TOKEN]]), request.expect("a request")).await;

    answer.refused(401, None, Some("missing_credentials"));
    assert_eq!(read.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_open_service_serves_everybody() {
    struct Everybody;
    impl Open for Everybody {}

    let router = Routes::new(Everybody)
        .route(
            Route::get("get", "/me").secured(&[&[TOKEN]]),
            |_, _: Context, ()| async { Ok("served".to_owned()) },
        )
        .into_router();
    for headers in [
        &[][..],
        &[("authorization", "Bearer")],
        &[("authorization", "x")],
    ] {
        assert_eq!(with(&router, "/me", headers).await.text, "served");
    }
}

#[tokio::test]
async fn a_hook_can_shape_it() {
    let router = Routes::new(Service::default())
        .route(
            Route::get("get", "/me").secured(&[&[TOKEN]]),
            |_, _: Context<String>, ()| async { Ok(()) },
        )
        .rejections(|rejection, cx| {
            let text = format!("{} {rejection:?}", cx.operation());
            ApiError::new(rejection.status(), text)
        })
        .into_router();
    let answer = ask(&router, "GET", "/me").await;
    let message = answer.refused(401, None, None);
    assert!(message.starts_with("get CredentialMissing"), "{message}");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[tokio::test]
async fn no_secret_is_shown_by_debug() {
    struct Shown;
    impl Authenticate for Shown {
        type Principal = String;

        async fn authenticate(&self, cx: &Context, shown: Credentials) -> Result<String, ApiError> {
            let key = shown.bearer().expect("a token");
            assert!(key.is("hunter2") && !key.is("hunter3") && !key.is("hunter") && !key.is(""));
            Ok(format!("{shown:?} {key:?} {cx:?}"))
        }
    }
    let router = Routes::new(Shown)
        .route(
            Route::get("get", "/me").secured(&[&[TOKEN]]),
            |_, cx: Context<String>, ()| async move { Ok(format!("{} {cx:?}", cx.principal())) },
        )
        .into_router();
    let answer = with(&router, "/me", &[("authorization", "Bearer hunter2")]).await;
    assert!(
        answer.text.contains("token") && !answer.text.contains("hunter2"),
        "{}",
        answer.text
    );
}
