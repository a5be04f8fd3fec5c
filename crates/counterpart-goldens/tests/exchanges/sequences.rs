//! Bodies that are items, one after the other.

use std::sync::{Arc, Mutex};

use counterpart_goldens::{body_events, body_sequence};
use counterpart_server::{ApiError, Context};
use futures_util::stream;

use body_events::types::Change;
use body_sequence::client::{JsonLine, Sequence};
use body_sequence::server::{
    AddAnything, AddAnythingReply, AddLines, AddLinesBody, AddLinesReply, DemoApi, ImportRecords,
    ImportRecordsReply, PutNumbers, PutNumbersReply,
};
use body_sequence::types::{Record, Summary};

use crate::client;

/// What has arrived, also of what was refused in the end.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<Vec<Record>>>);

impl Store {
    fn names(&self) -> Vec<String> {
        let records = self.0.lock().unwrap();
        records.iter().map(|record| record.name.clone()).collect()
    }
}

impl DemoApi for Store {
    async fn import_records(
        &self,
        _: Context,
        mut request: ImportRecords,
    ) -> Result<ImportRecordsReply, ApiError> {
        let mut count = 0;
        while let Some(JsonLine(record)) =
            request.body.try_next().await.map_err(ApiError::internal)?
        {
            self.0.lock().unwrap().push(record);
            count += 1;
        }
        Ok(Summary::new(count).into())
    }

    async fn put_numbers(
        &self,
        _: Context,
        request: PutNumbers,
    ) -> Result<PutNumbersReply, ApiError> {
        let Some(numbers) = request.body else {
            return Err(ApiError::bad_request("no numbers"));
        };
        let numbers = numbers.all().await.map_err(ApiError::internal)?;
        match numbers.iter().map(|number| number.0).sum() {
            6 => Ok(PutNumbersReply::NoContent),
            sum => Err(ApiError::bad_request(format!("the sum is {sum}"))),
        }
    }

    async fn add_lines(&self, _: Context, request: AddLines) -> Result<AddLinesReply, ApiError> {
        let records = match request.body {
            AddLinesBody::Json(records) => records,
            AddLinesBody::Sequence(lines) => {
                let records = lines.map(|line| line.0).all().await;
                records.map_err(ApiError::internal)?
            }
        };
        self.0.lock().unwrap().extend(records);
        Ok(AddLinesReply::NoContent)
    }

    async fn add_anything(&self, _: Context, _: AddAnything) -> Result<AddAnythingReply, ApiError> {
        Ok(AddAnythingReply::NoContent)
    }
}

fn named(name: &str) -> Record {
    Record::new(name)
}

#[tokio::test]
async fn items_arrive_as_they_were_sent_with_their_defaults() {
    let store = Store::default();
    let client = client!(body_sequence, store.clone());
    let records = vec![named("a"), named("b").weight(7)];
    assert_eq!(client.import_records(records).await.unwrap().count, 2);
    let stored = store.0.lock().unwrap().clone();
    assert_eq!(stored, [named("a").weight(1), named("b").weight(7)]);
}

#[tokio::test]
async fn items_are_made_while_they_are_sent() {
    let store = Store::default();
    let client = client!(body_sequence, store.clone());
    let records = (0..10_000).map(|n| Ok::<_, ApiError>(JsonLine(named(&n.to_string()))));
    let records = Sequence::stream(stream::iter(records));
    assert_eq!(client.import_records(records).await.unwrap().count, 10_000);
    assert_eq!(store.names()[9_999], "9999");
}

#[tokio::test]
async fn a_sequence_may_be_left_out_and_has_other_formats() {
    let client = client!(body_sequence, Store::default());
    client.put_numbers().body([1, 2, 3]).await.unwrap();
    let error = client.put_numbers().await.unwrap_err();
    assert!(error.to_string().contains("no numbers"), "{error}");
    let error = client.put_numbers().body(vec![]).await.unwrap_err();
    assert!(error.to_string().contains("the sum is 0"), "{error}");
}

#[tokio::test]
async fn a_list_and_a_sequence_are_the_same_items() {
    let store = Store::default();
    let client = client!(body_sequence, store.clone());
    client.add_lines(vec![named("list")]).await.unwrap();
    let lines: Sequence<JsonLine<Record>> = [named("line")].into();
    client.add_lines(lines).await.unwrap();
    assert_eq!(store.names(), ["list", "line"]);
}

#[tokio::test]
async fn an_item_that_breaks_a_limit_is_refused_and_named() {
    let store = Store::default();
    let client = client!(body_sequence, store.clone());
    let records = vec![named("short"), named("much too long"), named("never")];
    let error = client.import_records(records).await.unwrap_err();
    assert!(error.to_string().contains("1/name"), "{error}");
    assert_eq!(store.names(), ["short"]);
}

/// What has arrived, in words.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<String>>>);

impl body_events::server::DemoApi for Listener {
    async fn add_events(
        &self,
        _: Context,
        request: body_events::server::AddEvents,
    ) -> Result<body_events::server::AddEventsReply, ApiError> {
        let events = request.body.all().await.map_err(ApiError::internal)?;
        let words = events.iter().map(|event| match event {
            Change::Added(record) => format!("added {}", record.name),
            Change::Counted(count) => format!("counted {}", count.count),
            Change::Unknown(event) => format!("{} {}", event.name(), event.data_str()),
        });
        self.0.lock().unwrap().extend(words);
        Ok(body_events::server::AddEventsReply::NoContent)
    }

    async fn add_data(
        &self,
        _: Context,
        mut request: body_events::server::AddData,
    ) -> Result<body_events::server::AddDataReply, ApiError> {
        while let Some(data) = request.body.try_next().await.map_err(ApiError::internal)? {
            self.0.lock().unwrap().push(data.0.name);
        }
        Ok(body_events::server::AddDataReply::NoContent)
    }

    async fn add_notes(
        &self,
        _: Context,
        request: body_events::server::AddNotes,
    ) -> Result<body_events::server::AddNotesReply, ApiError> {
        let text = request.body.text().await.map_err(ApiError::internal)?;
        self.0.lock().unwrap().push(text);
        Ok(body_events::server::AddNotesReply::NoContent)
    }
}

#[tokio::test]
async fn events_may_come_with_a_request() {
    use body_events::types::{Count, Record};
    let listener = Listener::default();
    let client = client!(body_events, listener.clone());
    let changes = [
        Change::Added(Record::new("a")),
        Change::Counted(Count::new(2)),
    ];
    client.add_events(Sequence::new(changes)).await.unwrap();
    client
        .add_data([Record::new("b"), Record::new("c")])
        .await
        .unwrap();
    client.add_notes("data: d\n\n").await.unwrap();
    let expected = ["added a", "counted 2", "b", "c", "data: d\n\n"];
    assert_eq!(*listener.0.lock().unwrap(), expected);

    let error = client
        .add_data([Record::new("much too long")])
        .await
        .unwrap_err();
    assert!(error.to_string().contains("0/name"), "{error}");
}
