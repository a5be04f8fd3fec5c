//! Methods that came later, and those that nobody knows but the document.

use counterpart_goldens::later_methods::server::{
    self, CopyThing, CopyThingReply, LinkThingsId, LinkThingsIdReply, QueryThing, QueryThingReply,
    TraceThing, TraceThingReply,
};
use counterpart_goldens::later_methods::types::Question;
use counterpart_server::{ApiError, Context, Open};

use crate::client;

struct Things;

impl Open for Things {}

/// The method by which something came, as an error that the client sees.
fn told(cx: &Context, method: &str) -> Result<(), ApiError> {
    match cx.method() == method {
        true => Ok(()),
        false => Err(ApiError::bad_request(format!("by {}", cx.method()))),
    }
}

impl server::DemoApi for Things {
    async fn query_thing(
        &self,
        cx: Context,
        request: QueryThing,
    ) -> Result<QueryThingReply, ApiError> {
        told(&cx, "QUERY")?;
        Ok(vec![request.id, request.body.text].into())
    }

    async fn trace_thing(&self, cx: Context, _: TraceThing) -> Result<TraceThingReply, ApiError> {
        told(&cx, "TRACE").map(|()| TraceThingReply::NoContent)
    }

    async fn copy_thing(&self, cx: Context, _: CopyThing) -> Result<CopyThingReply, ApiError> {
        told(&cx, "COPY").map(|()| CopyThingReply::NoContent)
    }

    async fn link_things_id(
        &self,
        cx: Context,
        _: LinkThingsId,
    ) -> Result<LinkThingsIdReply, ApiError> {
        told(&cx, "LINK").map(|()| LinkThingsIdReply::NoContent)
    }
}

#[tokio::test]
async fn every_method_arrives() {
    let client = client!(later_methods, Things);
    let found = client.query_thing("a", Question::new("why")).await;
    assert_eq!(found.unwrap(), ["a", "why"]);
    client.trace_thing("a").await.unwrap();
    client.copy_thing("a").await.unwrap();
    client.link_things_id("a").await.unwrap();
}
