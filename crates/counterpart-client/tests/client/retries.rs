//! Retries, end to end. The rules one by one are in the tests of the policy itself.

use std::io;
use std::time::{Duration, SystemTime};

use counterpart_client::{
    Attempt, BoxError, Builder, Config, Credentials, Error, Http, NotSent, Outcome, Secret,
    Security, Trail, TransportKind, Verdict,
};
use http::StatusCode;
use serde_json::Value;
use std::sync::Mutex;
use tokio::time::Instant;

use crate::support::{Reply, Server, pieces, reply, reply_with};

fn refused() -> Reply {
    Err(io::Error::from(io::ErrorKind::ConnectionRefused).into())
}

fn reset() -> Reply {
    Err(io::Error::from(io::ErrorKind::ConnectionReset).into())
}

fn unready() -> Reply {
    Err(NotSent::new("all slots are taken").into())
}

fn broken() -> Reply {
    pieces(200, "application/json", [Err("cut".into())])
}

fn ok() -> Reply {
    reply(200, "[1]")
}

fn busy() -> Reply {
    reply(503, "")
}

fn outcomes(attempts: &[Attempt]) -> Vec<Outcome> {
    attempts.iter().map(|attempt| attempt.outcome).collect()
}

#[tokio::test(start_paused = true)]
async fn a_call_that_succeeds_in_the_end_tells_how() {
    let server = Server::replies([busy, refused, ok]);
    let start = Instant::now();

    let response = server.post("/a").json([7]).send().await.unwrap();

    let attempts = response.attempts();
    let fault = Outcome::Fault(TransportKind::Connect);
    let expected = [
        Outcome::Status(StatusCode::SERVICE_UNAVAILABLE),
        fault,
        Outcome::Status(StatusCode::OK),
    ];
    assert_eq!(outcomes(attempts), expected);
    let Verdict::Retried(first) = attempts[0].verdict else {
        panic!("{attempts:?}")
    };
    let Verdict::Retried(second) = attempts[1].verdict else {
        panic!("{attempts:?}")
    };
    assert_eq!(attempts[2].verdict, Verdict::Accepted);
    assert!((375..=500).contains(&first.as_millis()), "{first:?}");
    assert!((750..=1000).contains(&second.as_millis()), "{second:?}");
    // The clock of the tests has a resolution of a millisecond.
    let slept = start.elapsed();
    assert!(slept >= first + second && slept <= first + second + Duration::from_millis(3));
    assert_eq!(response.elapsed(), slept);
    for seen in server.seen() {
        assert_eq!(
            seen.body, "[7]",
            "a request that is sent again is sent whole"
        );
        assert!(!seen.headers.contains_key("x-stainless-retry-count"));
    }
}

#[tokio::test(start_paused = true)]
async fn two_retries_are_the_default_and_any_number_can_be_asked_for() {
    for (retries, requests) in [(None, 3), (Some(0), 1), (Some(5), 6)] {
        let server = Server::new(|_| busy());
        let call = server.get("/a");
        let call = match retries {
            Some(retries) => call.retries(retries),
            None => call,
        };

        let error = call.await.unwrap_err();

        assert_eq!(server.seen().len(), requests);
        assert_eq!(error.attempts().len(), requests);
        assert_eq!(error.attempts().last().unwrap().verdict, Verdict::NoneLeft);
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_acted_on_is_sent_again_only_where_that_does_no_harm() {
    for fault in [reset, broken] {
        let requests = async |method: http::Method, idempotent: Option<bool>| {
            let server = Server::replies([fault, ok]);
            let call = server.http().call::<Value, Value>(method, "op", "/a");
            let call = match idempotent {
                Some(idempotent) => call.idempotent(idempotent),
                None => call,
            };
            let result = call.await;
            let seen = server.seen().len();
            assert_eq!(result.is_ok(), seen == 2);
            seen
        };

        for method in [http::Method::GET, http::Method::PUT, http::Method::DELETE] {
            assert_eq!(requests(method, None).await, 2);
        }
        for method in [http::Method::POST, http::Method::PATCH] {
            assert_eq!(requests(method.clone(), None).await, 1);
            assert_eq!(requests(method, Some(true)).await, 2);
        }
        assert_eq!(requests(http::Method::GET, Some(false)).await, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_have_been_sent_is_always_sent_again() {
    for fault in [refused, unready] {
        let server = Server::replies([fault, ok]);
        server.post("/a").await.unwrap();
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn the_message_says_why_a_call_was_not_sent_again() {
    let error = Server::new(|_| refused()).post("/a").await.unwrap_err();
    let text = "createThing: no connection: connection refused; 3 attempts; no retry left";
    assert_eq!(error.to_string(), text);

    let error = Server::new(|_| reset()).post("/a").await.unwrap_err();
    let text = "createThing: the request failed: connection reset; not sent again: the service may have acted on it \
                (`Options::idempotent` says that this does no harm)";
    assert_eq!(error.to_string(), text);

    let error = Server::new(|_| busy()).get("/a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: 503 Service Unavailable (3 attempts)"
    );
}

#[tokio::test(start_paused = true)]
async fn the_service_s_wait_is_kept() {
    let server = Server::replies([
        || reply_with(429, &[("retry-after", "7")], ""),
        || reply_with(429, &[("retry-after-ms", "1500")], ""),
        ok,
    ]);
    let start = Instant::now();

    server.post("/a").await.unwrap();

    assert_eq!(start.elapsed(), Duration::from_millis(8500));
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_deadline_is_not_begun() {
    let server =
        Server::new(|_| reply_with(429, &[("retry-after", "60")], r#"{"message": "slow down"}"#));
    let start = Instant::now();

    let error = server
        .get("/a")
        .deadline(Duration::from_secs(30))
        .await
        .unwrap_err();

    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(error.attempts()[0].verdict, Verdict::DeadlineNear);
    assert_eq!(
        error.to_string(),
        "getThing: 429 Too Many Requests: slow down"
    );
}

#[tokio::test(start_paused = true)]
async fn an_empty_quota_ends_a_call_of_any_kind() {
    let quota = || {
        reply(
            429,
            r#"{"error": {"message": "You exceeded …", "code": "insufficient_quota"}}"#,
        )
    };
    let server = Server::new(move |_| quota());

    server.get("/a").await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    let mut response = server.get("/a").raw().await.unwrap();
    assert_eq!(server.seen().len(), 2);
    let body = response.body_mut().chunk().await.unwrap().unwrap();
    assert!(
        body.starts_with(br#"{"error""#),
        "raw has the body that the policy has looked at"
    );
}

#[tokio::test(start_paused = true)]
async fn raw_and_streams_are_retried_as_well() {
    let server = Server::replies([busy, ok]);
    let response = server.get("/a").raw().await.unwrap();
    assert_eq!(response.status(), 200);
    let trail: &Trail = response.extensions().get().unwrap();
    assert_eq!((trail.operation(), trail.attempts().len()), ("getThing", 2));
    assert!(trail.elapsed() >= Duration::from_millis(375));

    let server = Server::replies([busy, || {
        pieces(200, "text/event-stream", [Ok("data: [DONE]\n\n".into())])
    }]);
    let call = server.post("/a");
    let mut events = call
        .stream::<counterpart_client::wire::RawEvent>()
        .await
        .unwrap();
    assert_eq!(events.attempts().len(), 2);
    assert_eq!(
        events.try_next().await.unwrap().unwrap().data_str(),
        "[DONE]"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_not_sent_again() {
    let server = Server::new(|_| busy());

    let call = server.get("/a").send();
    tokio::time::timeout(Duration::from_millis(100), call)
        .await
        .unwrap_err();
    tokio::time::sleep(Duration::from_secs(60)).await;

    assert_eq!(server.seen().len(), 1);
}

/// A source that counts up with each refusal.
struct Rotating(Mutex<u32>);

impl Credentials for Rotating {
    async fn secret(&self) -> Result<Secret, BoxError> {
        let number = *self.0.lock().unwrap();
        Ok(Secret::new(format!("sk-{number}")))
    }

    fn refused(&self, secret: &Secret) -> bool {
        let mut number = self.0.lock().unwrap();
        if secret.reveal() == format!("sk-{number}") {
            *number += 1;
        }
        true
    }
}

const CONFIG: Config =
    Config::new("https://api.example.com").security(&[Security::bearer("ApiKey")]);

fn with_credentials(server: &Server, source: impl Credentials) -> Http {
    let builder = Builder::new(CONFIG).service(server.clone());
    builder.credentials(source).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_refused_secret_is_replaced_once() {
    let server = Server::replies([|| reply(401, "{}"), ok]);
    let http = with_credentials(&server, Rotating(Mutex::new(1)));

    http.post::<Value, Value>("createThing", "/a")
        .retries(0)
        .await
        .unwrap();

    let seen = server.seen();
    let sent: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("authorization"))
        .collect();
    assert_eq!(sent, ["Bearer sk-1", "Bearer sk-2"]);

    let server = Server::new(|_| reply(401, "{}"));
    let http = with_credentials(&server, Rotating(Mutex::new(1)));
    http.get::<Value, Value>("getThing", "/a")
        .await
        .unwrap_err();
    assert_eq!(server.seen().len(), 2);

    let server = Server::new(|_| reply(401, "{}"));
    let http = with_credentials(&server, "sk-1");
    http.get::<Value, Value>("getThing", "/a")
        .await
        .unwrap_err();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refreshed_secret_takes_no_retry_away() {
    let server = Server::replies([|| reply(401, "{}"), busy, busy, ok]);
    let http = with_credentials(&server, Rotating(Mutex::new(1)));

    let response = http
        .get::<Value, Value>("getThing", "/a")
        .send()
        .await
        .unwrap();

    assert_eq!(response.attempts().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn credentials_that_cannot_be_had_end_the_call() {
    let server = Server::new(|_| ok());
    let http = with_credentials(&server, || async {
        Err::<String, _>("the vault is sealed")
    });

    let error = http
        .get::<Value, Value>("getThing", "/a")
        .await
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        "getThing: no credentials: the vault is sealed"
    );
    assert!(matches!(error, Error::Transport(error) if error.kind() == TransportKind::Credentials));
    assert!(server.seen().is_empty());
}

/// The wait before the second attempt, and how the call went; the first was answered like this.
async fn after(status: u16, name: &'static str, value: String) -> (Duration, Vec<Verdict>) {
    let server = Server::new(move |count| match count {
        0 => reply_with(
            status,
            &[(name, &value)],
            r#"{"error": {"message": "Slow down"}}"#,
        ),
        _ => reply(200, "1"),
    });
    let started = tokio::time::Instant::now();
    let verdicts = |attempts: &[Attempt]| attempts.iter().map(|attempt| attempt.verdict).collect();
    let verdicts = match server.post("/a").send().await {
        Ok(response) => verdicts(response.attempts()),
        Err(error) => {
            assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
            verdicts(error.attempts())
        }
    };
    (started.elapsed(), verdicts)
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_kept_in_whatever_form_it_is_asked_for() {
    for (name, value, least, most) in [
        ("retry-after-ms", "1500", 1500, 1500),
        ("retry-after-ms", "2.5", 3, 3),
        ("retry-after", "2", 2000, 2000),
        ("Retry-After", " 0.25 ", 250, 250),
        ("retry-after", "120", 120_000, 120_000),
        // These say nothing, and the wait is ours.
        ("retry-after-ms", "-5", 375, 500),
        ("retry-after-ms", "NaN", 375, 500),
        ("retry-after", "soon", 375, 500),
        ("retry-after", "0", 375, 500),
        ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT", 375, 500),
    ] {
        let (waited, verdicts) = after(429, name, value.to_owned()).await;

        assert_eq!(verdicts.len(), 2, "{name}: {value}");
        let range = Duration::from_millis(least)..=Duration::from_millis(most);
        assert!(range.contains(&waited), "{name}: {value} gave {waited:?}");
    }
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(10));
    let (waited, _) = after(503, "retry-after", date).await;
    // A date has whole seconds, and some time has passed since it was written.
    assert!((8..=10).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn what_the_service_says_of_retrying_goes_before_the_status() {
    for (status, name, value, verdict) in [
        (429, "x-should-retry", "false", Verdict::Forbidden),
        (500, "x-should-retry", "false", Verdict::Forbidden),
        (
            429,
            "retry-after",
            "121",
            Verdict::WaitTooLong(Duration::from_secs(121)),
        ),
        (400, "x-should-retry", "perhaps", Verdict::Permanent),
    ] {
        let (waited, verdicts) = after(status, name, value.to_owned()).await;
        assert_eq!(verdicts, [verdict], "{status} {name}: {value}");
        assert_eq!(waited, Duration::ZERO);
    }
    let (_, verdicts) = after(400, "x-should-retry", "true".to_owned()).await;
    assert!(matches!(
        verdicts[..],
        [Verdict::Retried(_), Verdict::Accepted]
    ));
}
