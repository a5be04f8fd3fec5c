//! Redirects, end to end.

use serde_json::Value;

use crate::support::{Reply, Server, reply, reply_with};

fn to(status: u16, location: &str) -> Reply {
    reply_with(status, &[("location", location)], "")
}

#[tokio::test]
async fn a_redirect_is_followed_within_one_attempt() {
    let server = Server::replies([
        || to(307, "/v2/a"),
        || to(308, "https://api.example.com/v3/a"),
        || reply(200, "[1]"),
    ]);

    let call = server.post("/a").header("X-Api-Key", "k").json([7]);
    let response = call.send().await.unwrap();

    assert_eq!(response.attempts().len(), 1);
    let seen = server.seen();
    let urls: Vec<_> = seen.iter().map(|seen| seen.url.as_str()).collect();
    let expected = [
        "https://api.example.com/v1/a",
        "https://api.example.com/v2/a",
        "https://api.example.com/v3/a",
    ];
    assert_eq!(urls, expected);
    for seen in &seen {
        assert_eq!(seen.method, "POST");
        assert_eq!(seen.body, "[7]");
        assert_eq!(seen.header("x-api-key"), "k");
    }
}

#[tokio::test]
async fn secrets_do_not_follow_to_another_origin() {
    let server = Server::replies([
        || to(302, "https://files.example.net/x?sig=1"),
        || reply(200, "[1]"),
    ]);

    let call = server
        .get("/a")
        .header("X-Api-Key", "k")
        .header("Authorization", "Bearer t");
    call.cookie("session", "s").await.unwrap();

    let seen = server.seen();
    assert_eq!(seen[1].url, "https://files.example.net/x?sig=1");
    let mut names: Vec<_> = seen[1].headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "user-agent"]);
}

#[tokio::test]
async fn a_circle_ends() {
    let server = Server::new(|_| to(302, "/v1/a"));

    let error = server
        .http()
        .get::<Value, Value>("getThing", "/a")
        .await
        .unwrap_err();

    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.seen().len(), 11);
}
