//! Secrets are in requests and nowhere else.

use std::fmt::Debug;

use counterpart_client::{Builder, Call, Config, Error, Http, Json, Secret, Security};
use serde_json::Value;

use crate::support::{Server, reply, reply_with};

const CONFIG: Config = Config::new("https://api.example.com/v1?key=hunter2").security(&[
    Security::bearer("bearer"),
    Security::header("header", "X-Admin"),
    Security::query("query", "api_key"),
    Security::cookie("cookie", "session"),
]);

fn builder(server: &Server) -> Builder {
    Builder::new(CONFIG)
        .service(server.clone())
        .credentials("hunter2-bearer")
        .credentials_for("header", Secret::new("hunter2-header"))
        .credentials_for("query", String::from("hunter2-query"))
        .credentials_for("cookie", || async {
            Ok::<_, std::io::Error>("hunter2-cookie")
        })
        .default_header("X-Custom", "hunter2-custom")
        .default_query("token", "hunter2-token")
}

fn call(http: &Http) -> Call<Json<&'static str>, Value, Value> {
    let call = http
        .post("createThing", "/things/{id}")
        .path("id", "hunter2");
    let call = call
        .query("password", "hunter2")
        .header("X-Mine", "hunter2");
    call.cookie("mine", "hunter2").json("hunter2")
}

#[track_caller]
fn assert_silent(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[tokio::test]
async fn they_are_all_sent() {
    let server = Server::json("null");

    call(&builder(&server).build().unwrap()).await.unwrap();

    let seen = server.only();
    assert_eq!(seen.header("authorization"), "Bearer hunter2-bearer");
    assert_eq!(seen.header("x-admin"), "hunter2-header");
    assert_eq!(
        seen.header("cookie"),
        "mine=hunter2; session=hunter2-cookie"
    );
    let query = "key=hunter2&token=hunter2-token&password=hunter2&api_key=hunter2-query";
    assert_eq!(
        seen.url,
        format!("https://api.example.com/v1/things/hunter2?{query}")
    );
    for name in ["authorization", "x-admin", "cookie"] {
        assert!(seen.headers[name].is_sensitive(), "{name}");
    }
}

#[tokio::test]
async fn no_debug_text_has_them() {
    let server = Server::new(|_| {
        let headers = [
            ("set-cookie", "session=hunter2"),
            ("content-type", "application/json"),
        ];
        reply_with(200, &headers, "1")
    });
    let builder = builder(&server);
    assert_silent(&builder);
    let http: Http = builder.build().unwrap();
    assert_silent(&http);
    let call = call(&http);
    assert_silent(&call);
    assert_silent(&call.clone().send());
    assert_silent(&call.clone().send().await.unwrap());
    assert_silent(&call.clone().raw().await.unwrap().body());
    assert_silent(&Secret::new("hunter2"));
}

#[tokio::test(start_paused = true)]
async fn no_error_has_them() {
    let assert_silent_error = |error: Error<Value>| {
        assert_silent(&error);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    };
    let failing = |reply: fn() -> crate::support::Reply| {
        let http: Http = builder(&Server::new(move |_| reply())).build().unwrap();
        call(&http)
    };
    let location = || reply_with(302, &[("location", "https://b.example/?key=hunter2")], "");

    assert_silent_error(failing(|| reply(400, "{}")).await.unwrap_err());
    assert_silent_error(
        failing(|| reply(200, "hunter2-is-no-json-but-kept"))
            .await
            .unwrap_err(),
    );
    assert_silent_error(failing(|| Err("reset".into())).await.unwrap_err());
    assert_silent_error(failing(location).await.unwrap_err());
    assert_silent_error(
        failing(|| reply(200, "1"))
            .path("none", "")
            .await
            .unwrap_err(),
    );
    assert_silent_error(
        failing(|| reply(200, "1"))
            .stream::<counterpart_client::wire::RawEvent>()
            .await
            .unwrap_err(),
    );
}

#[test]
fn no_problem_of_the_configuration_shows_them() {
    let server = Server::json("null");
    for builder in [
        builder(&server).base_url("https://me:hunter2@a.example"),
        builder(&server).credentials("hunter2\n"),
        builder(&server).default_header("X-Key", "hunter2\n"),
    ] {
        let error = builder.build().map(|_: Http| ()).unwrap_err();
        assert_silent(&error);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
