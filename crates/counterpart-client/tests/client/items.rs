//! Streams of values that are no events.

use bytes::Bytes;
use counterpart_client::wire::event::{Event, EventData, JsonLine, JsonRecord};
use counterpart_client::{Call, Error, EventStream, NoBody, StreamFault};
use futures_util::TryStreamExt;
use serde_json::Value;

use crate::support::{Server, pieces};

/// What comes of a stream of these texts.
async fn opened<V: Event + 'static>(
    media_type: &'static str,
    texts: &'static [&str],
) -> Result<EventStream<V, Value>, Error<Value>> {
    let server = Server::new(move |_| {
        let texts = texts
            .iter()
            .map(|text| Ok(Bytes::from_static(text.as_bytes())));
        pieces(200, media_type, texts.collect::<Vec<_>>())
    });
    let call: Call<NoBody, Value, Value> = server.http().get("watch", "/watch");
    call.options(|options| options.open_end()).stream().await
}

#[tokio::test]
async fn lines_are_values() {
    let texts = &["1\n\n2", "3\n4"];
    for media_type in ["application/x-ndjson", "application/jsonl; charset=utf-8"] {
        let stream = opened::<JsonLine<u8>>(media_type, texts).await.unwrap();
        let all: Vec<_> = stream.try_collect().await.unwrap();
        assert_eq!(all, [JsonLine(1), JsonLine(23), JsonLine(4)]);
    }
    let refused = opened::<JsonLine<u8>>("application/json", texts).await;
    assert!(matches!(refused, Err(Error::Decode(_))));
}

#[tokio::test]
async fn a_line_that_does_not_fit_is_not_the_end() {
    let mut stream = opened::<JsonLine<u8>>("application/jsonl", &["1\nx\n3\n[4"])
        .await
        .unwrap();
    assert_eq!(stream.try_next().await.unwrap(), Some(JsonLine(1)));
    let error = stream.try_next().await.unwrap_err();
    assert!(
        matches!(error, Error::Stream(error) if matches!(error.fault(), StreamFault::Misfit { .. }))
    );
    assert_eq!(stream.try_next().await.unwrap(), Some(JsonLine(3)));
    let error = stream.try_next().await.unwrap_err();
    assert!(
        matches!(error, Error::Stream(error) if matches!(error.fault(), StreamFault::EndedEarly { .. }))
    );
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn records_are_values() {
    let texts = &["\u{1e}[1,\n", "2]\n\u{1e}[]\n"];
    let stream = opened::<JsonRecord<Vec<u8>>>("application/json-seq", texts)
        .await
        .unwrap();
    let all: Vec<_> = stream.try_collect().await.unwrap();
    assert_eq!(all, [JsonRecord(vec![1, 2]), JsonRecord(vec![])]);
}

#[tokio::test]
async fn the_data_of_events_are_values_until_it_says_otherwise() {
    let texts = &["data: 1\n\nevent: tick\ndata: 2\n\ndata: [DONE]\n\ndata: 3\n\n"];
    let stream = opened::<EventData<u8>>("text/event-stream", texts)
        .await
        .unwrap();
    assert_eq!(
        stream.try_collect::<Vec<_>>().await.unwrap(),
        [EventData(1), EventData(2)]
    );
    let texts = &["data: 1\n\nevent: error\ndata: {\"code\": 5}\n\n"];
    let mut stream = opened::<EventData<u8>>("text/event-stream", texts)
        .await
        .unwrap();
    assert_eq!(stream.try_next().await.unwrap(), Some(EventData(1)));
    let error = stream.try_next().await.unwrap_err();
    assert!(matches!(error, Error::Stream(error) if error.body().unwrap()["code"] == 5));
    assert!(stream.try_next().await.unwrap().is_none());
}
