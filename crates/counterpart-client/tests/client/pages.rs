//! Pages: where they lead, and where they end.

use counterpart_client::{Call, Error, Items, NoBody, Paged, Pages, call};
use futures_util::TryStreamExt;
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Reply, Server, reply};

#[derive(Debug, Deserialize)]
struct Page {
    data: Vec<String>,
    more: bool,
}

#[derive(Debug, Clone)]
#[must_use = "nothing is sent until the call is awaited"]
struct List(Call<NoBody, Page, Value>);

call!(List => Page, Value, paged);

impl Paged for List {
    type Item = String;

    const AFTER: &'static str = "after";
    const BEFORE: Option<&'static str> = Some("before");

    fn has_more(page: &Page) -> bool {
        page.more
    }

    fn after(page: &Page) -> Option<&str> {
        page.data.last().map(String::as_str)
    }

    fn before(page: &Page) -> Option<&str> {
        page.data.first().map(String::as_str)
    }

    fn items(page: Page) -> Vec<String> {
        page.data
    }
}

fn list(server: &Server) -> List {
    List(server.http().get("listThings", "/things").query("limit", 2))
}

fn queries(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let queries = seen
        .iter()
        .map(|seen| seen.url.split('?').nth(1).unwrap().to_owned());
    queries.collect()
}

fn ab() -> Reply {
    reply(200, r#"{"data": ["a", "b"], "more": true}"#)
}

fn cd() -> Reply {
    reply(200, r#"{"data": ["c", "d"], "more": false}"#)
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let server = Server::replies([ab, cd]);
    let mut items: Items<List> = list(&server).items();
    assert!(server.seen().is_empty());

    assert_eq!(items.try_next().await.unwrap().as_deref(), Some("a"));
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert_eq!(server.seen().len(), 1);
    assert_eq!(items.all().await.unwrap(), ["c", "d"]);
    assert_eq!(queries(&server), ["limit=2", "limit=2&after=b"]);
}

#[tokio::test]
async fn items_know_where_to_go_on_without_missing_any() {
    let server = Server::replies([ab, cd]);
    let mut items: Items<List> = list(&server).items();
    let mut cursors = vec![items.cursor().map(str::to_owned)];

    while items.try_next().await.unwrap().is_some() {
        cursors.push(items.cursor().map(str::to_owned));
    }

    let cursors: Vec<_> = cursors.iter().map(Option::as_deref).collect();
    assert_eq!(cursors, [None, None, Some("b"), Some("b"), Some("d")]);
}

#[tokio::test]
async fn pages_know_where_they_are() {
    let server = Server::replies([ab, cd]);
    let mut pages: Pages<List> = list(&server).pages();
    assert_eq!(pages.cursor(), None);

    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.cursor(), Some("b"));
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.cursor(), Some("d"));

    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_goes_on_from_a_cursor() {
    let server = Server::replies([cd]);

    let items = list(&server).extra_query("after", "b").items();

    assert_eq!(items.try_collect::<Vec<_>>().await.unwrap(), ["c", "d"]);
    assert_eq!(queries(&server), ["limit=2&after=b"]);
}

#[tokio::test]
async fn a_list_goes_backwards_where_it_was_begun_backwards() {
    let server = Server::replies([
        || reply(200, r#"{"data": ["c", "d"], "more": true}"#),
        || reply(200, r#"{"data": ["a", "b"], "more": false}"#),
    ]);

    let items = list(&server).extra_query("before", "e").items();

    assert_eq!(items.all().await.unwrap(), ["c", "d", "a", "b"]);
    assert_eq!(queries(&server), ["limit=2&before=e", "limit=2&before=c"]);
}

#[tokio::test]
async fn an_empty_page_or_item_ends_a_list_that_claims_to_go_on() {
    for body in [
        r#"{"data": [], "more": true}"#,
        r#"{"data": [""], "more": true}"#,
    ] {
        let server = Server::json(body);
        list(&server).items().all().await.unwrap();
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_page_that_comes_again_is_the_last() {
    let server = Server::new(|_| ab());

    let items = list(&server).items().all().await.unwrap();

    assert_eq!(items, ["a", "b", "a", "b"]);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_error_ends_a_list_and_leaves_the_cursor() {
    let server = Server::replies([ab, || reply(400, "{}"), cd]);
    let mut pages = list(&server).pages();
    pages.try_next().await.unwrap();

    assert!(matches!(pages.next().await, Some(Err(Error::Api(_)))));

    assert!(pages.next().await.is_none());
    assert_eq!(pages.cursor(), Some("b"));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_problem_of_the_call_is_the_list_s() {
    let server = Server::new(|_| ab());

    let error = list(&server)
        .header("no name", "x")
        .items()
        .all()
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Request(_)));
}
