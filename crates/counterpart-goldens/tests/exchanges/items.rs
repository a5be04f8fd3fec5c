//! Streams of items: what one side writes, the other reads, whatever the format.

use counterpart_client::wire::{EventData, JsonLine, JsonRecord};
use counterpart_goldens::item_streams::server::{
    self, ReadLogs, ReadLogsReply, StreamWords, StreamWordsReply, WatchTicks, WatchTicksReply,
};
use counterpart_goldens::item_streams::types::Tick;
use counterpart_server::{ApiError, Context, EventStream};

use crate::client;

struct Ticks;

impl server::DemoApi for Ticks {
    async fn watch_ticks(&self, _: Context, _: WatchTicks) -> Result<WatchTicksReply, ApiError> {
        let ticks = [1, 2].map(|at| JsonLine(Tick::new(at)));
        Ok(WatchTicksReply::Ok(EventStream::iter(ticks)))
    }

    async fn read_logs(&self, cx: Context, _: ReadLogs) -> Result<ReadLogsReply, ApiError> {
        let lines = ["a\n", "b"].map(str::to_owned);
        Ok(match cx.headers()["accept"].to_str().unwrap() {
            "application/json-seq" => {
                ReadLogsReply::Events(EventStream::iter(lines.map(JsonRecord)))
            }
            _ => ReadLogsReply::Ok(lines.into()),
        })
    }

    async fn stream_words(&self, _: Context, _: StreamWords) -> Result<StreamWordsReply, ApiError> {
        let ticks = [3].map(|at| EventData(Tick::new(at)));
        Ok(StreamWordsReply::Ok(EventStream::iter(ticks)))
    }
}

#[tokio::test]
async fn items_arrive_in_every_format() {
    let client = client!(item_streams, Ticks);
    let mut ticks = client.watch_ticks("all").stream().await.unwrap();
    assert_eq!(ticks.headers()["content-type"], "application/x-ndjson");
    let mut found = Vec::new();
    while let Some(JsonLine(tick)) = ticks.try_next().await.unwrap() {
        found.push(tick.at);
    }
    assert_eq!(found, [1, 2]);
    let mut logs = client.read_logs().stream().await.unwrap();
    let first = logs.try_next().await.unwrap();
    assert_eq!(first, Some(JsonRecord("a\n".to_owned())));
    assert_eq!(client.read_logs().await.unwrap(), ["a\n", "b"]);
    let mut words = client.stream_words().stream().await.unwrap();
    assert_eq!(
        words.try_next().await.unwrap(),
        Some(EventData(Tick::new(3)))
    );
    assert_eq!(words.try_next().await.unwrap(), None);
}
