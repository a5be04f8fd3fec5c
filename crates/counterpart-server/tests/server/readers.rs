//! Ways of reading a request that the small API does not need: other styles, other bodies.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use counterpart_server::params::Param;
use counterpart_server::{FromRequest, Rejection, Reply, Request, Routes, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Answer, request, send};

/// Reads one parameter of each kind in a style that is not the usual one.
struct Styles(Value);

impl FromRequest for Styles {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_query("version", "2")?;
        let filter: Option<BTreeMap<String, i64>> = request
            .styled(Param::DEEP_OBJECT)
            .query_optional("filter")?;
        Ok(Self(json!({
            "ids": request.styled(Param::LABEL).path::<Vec<i64>>("ids")?,
            "tags": request.styled(Param::PIPE_DELIMITED).query::<Vec<String>>("tags")?,
            "limit": request.styled(Param::FORM.joined()).query_or("limit", vec![20])?,
            "filter": filter,
            "names": request.header_or("x-names", vec!["none".to_owned()])?,
            "point": request.styled(Param::SIMPLE.exploded()).header_optional::<BTreeMap<String, i64>>("x-point")?,
            "depth": request.header::<u8>("x-depth")?,
            "session": request.cookie::<String>("session")?,
            "theme": request.cookie_or("theme", "dark".to_owned())?,
        })))
    }
}

/// Reads the body as its media type says.
struct Bodies(String);

impl FromRequest for Bodies {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        let text = match request.media_type() {
            Some("application/x-www-form-urlencoded") => {
                let form: BTreeMap<String, i64> = request.form(&[]).await?;
                format!("{form:?}")
            }
            Some("text/plain") => request.text("text/plain").await?,
            Some("image/png") => format!("{} bytes", request.bytes("image/*").await?.len()),
            Some("audio/mpeg") => format!("{:?}", request.bytes("image/*").await?),
            _ => format!("{:?}", request.bytes("*/*").await?),
        };
        Ok(Self(text))
    }
}

fn router() -> Router {
    Routes::new(())
        .get("styles", "/styles/{ids}", |_, _, Styles(read)| async move {
            Ok(read)
        })
        .post("bodies", "/bodies", |_, _, Bodies(read)| async {
            Ok(Reply::text(StatusCode::OK, read))
        })
        .into_router()
}

const STYLES: &str = "/styles/.1.2?version=2&tags=a%7Cb&filter[x]=1&filter%5By%5D=2";

async fn styles(uri: &str, depth: &str, cookie: &str) -> Answer {
    let request = request("GET", uri)
        .header("x-point", "x=1,y=2")
        .header("x-depth", depth)
        .header("cookie", cookie);
    send(&router(), request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn styles_of_every_place() {
    let read = styles(STYLES, "3", "session=s").await;
    let expected = json!({
        "ids": [1, 2], "tags": ["a", "b"], "limit": [20], "filter": {"x": 1, "y": 2}, "names": ["none"],
        "point": {"x": 1, "y": 2}, "depth": 3, "session": "s", "theme": "dark",
    });
    assert_eq!(read.json(), expected);

    let uri = format!("{STYLES}&limit=1,2");
    let read = styles(&uri, "3", "session=s; theme=light").await.json();
    assert_eq!(
        (&read["limit"], &read["theme"]),
        (&json!([1, 2]), &json!("light"))
    );
}

#[tokio::test]
async fn what_is_missing_or_wrong_in_every_place() {
    let bad = "invalid_value";
    let missing = "missing_required_parameter";
    let uri = |from: &str, to: &str| STYLES.replace(from, to);
    for (answer, param, code) in [
        (
            styles(&uri(".1.2", ".1.x"), "3", "session=s").await,
            "ids",
            bad,
        ),
        (
            styles(&uri("version=2", "version=3"), "3", "session=s").await,
            "version",
            bad,
        ),
        (
            styles(&uri("version=2&", ""), "3", "session=s").await,
            "version",
            missing,
        ),
        (
            styles(&uri("&tags=a%7Cb", ""), "3", "session=s").await,
            "tags",
            missing,
        ),
        (
            styles(&uri("]=1", "]=one"), "3", "session=s").await,
            "filter",
            bad,
        ),
        (styles(STYLES, "300", "session=s").await, "x-depth", bad),
        (styles(STYLES, "3", "else=s").await, "session", missing),
    ] {
        answer.refused(400, Some(param), Some(code));
    }
    let none = request("GET", STYLES)
        .body(Body::empty())
        .expect("a request");
    send(&router(), none)
        .await
        .refused(400, Some("x-depth"), Some(missing));
}

async fn post(media_type: Option<&str>, body: &'static [u8]) -> Answer {
    let request = request("POST", "/bodies");
    let request = media_type.into_iter().fold(request, |request, value| {
        request.header("content-type", value)
    });
    send(
        &router(),
        request.body(Body::from(body)).expect("a request"),
    )
    .await
}

#[tokio::test]
async fn bodies_that_are_not_json() {
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(
        post(form, b"a=1&b%20c=2").await.text,
        r#"{"a": 1, "b c": 2}"#
    );
    assert_eq!(
        post(Some("text/plain; charset=utf-8"), "ü".as_bytes())
            .await
            .text,
        "ü"
    );
    assert_eq!(post(Some("image/png"), b"\xff\xfe").await.text, "2 bytes");
    assert_eq!(post(None, b"x").await.text, r#"b"x""#);

    post(form, b"a=one")
        .await
        .refused(400, None, Some("invalid_value"));
    post(form, b"a=%FF")
        .await
        .refused(400, None, Some("invalid_body"));
    post(form, b"")
        .await
        .refused(400, None, Some("missing_body"));
    post(Some("text/plain"), b"\xff")
        .await
        .refused(400, None, Some("invalid_body"));
    post(Some("audio/mpeg"), b"x")
        .await
        .refused(415, None, Some("unsupported_content_type"));
}
