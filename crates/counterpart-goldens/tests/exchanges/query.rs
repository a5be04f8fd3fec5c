//! A form that is the whole query.

use counterpart_goldens::whole_query::server::{self, FindThings, FindThingsReply};
use counterpart_goldens::whole_query::types::Filter;
use counterpart_server::{ApiError, Context};

use crate::client;

struct Things;

impl server::DemoApi for Things {
    async fn find_things(
        &self,
        cx: Context,
        request: FindThings,
    ) -> Result<FindThingsReply, ApiError> {
        assert_eq!(cx.uri().query(), Some("color=red&size=3"));
        assert_eq!(request.filter, Some(Filter::new().color("red").size(3)));
        Ok(FindThingsReply::NoContent)
    }
}

#[tokio::test]
async fn properties_are_the_query() {
    let filter = Filter::new().color("red").size(3);
    client!(whole_query, Things)
        .find_things()
        .filter(filter)
        .await
        .unwrap();
}
