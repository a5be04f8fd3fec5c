//! Templates that axum does not take: matched all the same, whatever stands beside them.

use axum::Router;
use counterpart_server::{Context, FromRequest, Rejection, Reply, Request, Routes, StatusCode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::harness::ask;

/// Whatever parameters there are, of those that the tests use.
struct Captured(String);

impl FromRequest for Captured {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        let names = ["b", "c", "from", "to", "path*", "x-y", "ü", "a.b"];
        let captured = names
            .iter()
            .filter_map(|name| request.path::<String>(name).ok());
        Ok(Self(captured.collect::<Vec<_>>().join(" ")))
    }
}

fn serve(templates: &[&'static str]) -> Router {
    let routes = templates.iter().fold(Routes::new(()), |routes, template| {
        routes.get(
            template,
            template,
            |_, cx: Context, captured: Captured| async move {
                Ok(Reply::text(
                    StatusCode::OK,
                    format!("{} {}", cx.operation(), captured.0),
                ))
            },
        )
    });
    assert_eq!(routes.problems(), []);
    routes.into_router()
}

#[tokio::test]
async fn odd_templates() {
    for (template, path, captured) in [
        ("/a/{b}.json", "/a/x%2Fy.json", "x/y"),
        ("/{from}...{to}", "/main...topic", "main topic"),
        ("/a/{b}/", "/a/x/", "x"),
        ("/a//{b}", "/a//x", "x"),
        ("/a b/{b}", "/a%20b/x", "x"),
        ("/ü/{ü}", "/%C3%BC/%C3%BC", "ü"),
        ("/{x-y}", "/x", "x"),
        ("/{a.b}", "/x", "x"),
        ("/{path*}", "/x", "x"),
        ("/:b/{b}", "/:b/x", "x"),
        ("/*/{b}", "/*/x", "x"),
        ("/users('{b}')", "/users('x')", "x"),
        ("/things/{b}:cancel", "/things/x:cancel", "x"),
        ("/a;v=1/@{b}", "/a;v=1/@x", "x"),
        ("a/{b}", "/a/x", "x"),
    ] {
        let router = serve(&[template]);
        let expected = format!("{template} {captured}");
        assert_eq!(ask(&router, "GET", path).await.text, expected);
        let nested = Router::new().nest("/v1", router);
        assert_eq!(
            ask(&nested, "GET", &format!("/v1{path}")).await.text,
            expected
        );
        ask(&nested, "POST", &format!("/v1{path}")).await.refused(
            405,
            None,
            Some("method_not_supported"),
        );
        ask(&nested, "GET", "/v1/else/where")
            .await
            .refused(404, None, Some("unknown_url"));
    }
}

#[tokio::test]
async fn the_most_specific_template_takes_the_request() {
    let router = serve(&[
        "/a/{b}",
        "/a/{b}.json",
        "/a/{b}.c.json",
        "/a/x.json",
        "/{b}/y",
        "/a/{b}/{c}",
        "/:b/y",
    ]);
    for (path, expected) in [
        ("/a/x", "/a/{b} x"),
        ("/a/z.json", "/a/{b}.json z"),
        ("/a/z.c.json", "/a/{b}.c.json z"),
        ("/a/x.json", "/a/x.json "),
        ("/a/y", "/a/{b} y"),
        ("/z/y", "/{b}/y z"),
        ("/:b/y", "/:b/y "),
        ("/a/y/z", "/a/{b}/{c} y z"),
    ] {
        assert_eq!(ask(&router, "GET", path).await.text, expected, "{path}");
    }
}

#[tokio::test]
async fn a_path_that_axum_leads_astray() {
    // axum decides for `/a/…` at the first segment; only `/{b}/y` takes this request.
    let router = serve(&["/a/{b}.json", "/{b}/y", "/me/x", "/{b}/z"]);
    assert_eq!(ask(&router, "GET", "/a/y").await.text, "/{b}/y a");
    assert_eq!(ask(&router, "GET", "/me/z").await.text, "/{b}/z me");
    ask(&router, "GET", "/a/x")
        .await
        .refused(404, None, Some("unknown_url"));
}

/// Segments that have broken a router before, or might.
fn segment() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "", "a", "b", "{a}", "{b}", "{a}.json", "v{a}", "{a}-{b}", "{a}{b}", "{", "}", "{}",
        "{*a}", "{{a}}", "*", ":a", "*a", "%20", "%", "ü", "a b", "?", "#", ".", "..", "{a", "a}",
        "{a/b}", "{a:b}", "{ü}", "{a b}", "{{", "}}",
    ]);
    prop_oneof![4 => odd.prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    /// No template panics, alone or among others, at the root or nested, at the start or at a request.
    #[test]
    fn no_template_panics(templates in vec(vec(segment(), 0..4), 1..8), path in "(/[a-z.%-]{0,6}){1,4}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let mut routes = Routes::new(());
        for segments in templates {
            let template: &'static str = format!("/{}", segments.join("/")).leak();
            routes = routes.get("any", template, |_, _, ()| async { Ok(()) });
        }
        let served = routes.problems().len();
        prop_assert!(served <= 8);

        let app = Router::new().nest("/v1", routes.into_router());
        let answer = runtime.block_on(ask(&app, "GET", &format!("/v1{path}")));
        prop_assert!([204, 404].contains(&answer.status.as_u16()), "{answer:?}");
    }

    /// A path that is made from a template reaches it, and gives its arguments back.
    #[test]
    fn arguments_come_back(b in "[^/]{1,8}", c in ".{1,8}") {
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let router = serve(&["/a/{b}-x/{c}"]);
        let answer = runtime.block_on(ask(&router, "GET", &format!("/a/{}-x/{}", encode(&b), encode(&c))));
        prop_assert_eq!(answer.text, format!("/a/{{b}}-x/{{c}} {b} {c}"));
    }
}
