//! What the client received is what the service sent.

use std::fmt::Debug;

use counterpart_client::{Error, EventStream, Response};
use counterpart_wire::event::Event;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Exchange;

impl Exchange {
    /// A value, or an error of its type.
    ///
    /// # Panics
    ///
    /// As all of these do, if anything was lost on the way.
    pub fn check<T, E>(&self, received: Result<Response<T>, Error<E>>)
    where
        T: DeserializeOwned + Serialize + PartialEq + Debug,
        E: DeserializeOwned + PartialEq + Debug,
    {
        let Some(response) = self.checked(received) else {
            return;
        };
        let expected: T = self.json();
        assert_eq!(response.value, expected, "{}", self.what());
        let written = serde_json::to_value(&response.value).expect("JSON");
        assert_eq!(self.typed::<T>(&written), expected, "{}", self.what());
        assert!(
            same(&written, &self.0.value),
            "{}: {written} is not {}",
            self.what(),
            self.0.value
        );
    }

    /// A status and headers, or an error of its type; what comes along is not looked at.
    pub fn check_status<T, E>(&self, received: Result<Response<T>, Error<E>>)
    where
        E: DeserializeOwned + PartialEq + Debug,
    {
        self.checked(received);
    }

    /// Events to the end, in their order.
    pub async fn check_events<V, E>(&self, received: Result<EventStream<V, E>, Error<E>>)
    where
        V: Event + PartialEq + Debug,
        E: DeserializeOwned + Debug,
    {
        let mut events = received.unwrap_or_else(|error| panic!("{}: {error}", self.what()));
        assert_eq!(events.status().as_u16(), self.0.status, "{}", self.what());
        let mut found = Vec::new();
        let mut ended = false;
        while let Some(event) = events.next().await {
            let event = event.unwrap_or_else(|error| panic!("{}: {error}", self.what()));
            match event.is_done() {
                true => ended = true,
                false => found.push(event),
            }
        }
        assert_eq!(found, self.typed_events::<V>(), "{}", self.what());
        assert_eq!(ended, V::done().is_some(), "{}: its end", self.what());
    }

    /// The response, if a success was expected. An error was compared already.
    fn checked<T, E>(&self, received: Result<Response<T>, Error<E>>) -> Option<Response<T>>
    where
        E: DeserializeOwned + PartialEq + Debug,
    {
        match received {
            Ok(response) => {
                assert_eq!(response.status().as_u16(), self.0.status, "{}", self.what());
                for name in self.0.headers.keys() {
                    assert!(
                        response.headers().contains_key(name),
                        "{}: {name}",
                        self.what()
                    );
                }
                Some(response)
            }
            Err(Error::Api(error)) if error.status().as_u16() == self.0.status => {
                assert!(!(200..300).contains(&self.0.status), "{}", self.what());
                // An error that is no JSON has no type.
                let expected = self.is_json().then(|| self.json::<E>());
                assert_eq!(error.body(), expected.as_ref(), "{}", self.what());
                None
            }
            Err(error) => panic!("{}: {error}", self.what()),
        }
    }

    fn what(&self) -> String {
        format!("{} {:?}", self.0.operation, self.reply())
    }
}

/// Whether two values that a type takes for one hold the same: numbers by what they are worth, as 1 is 1.0, and texts in
/// any spelling, since a library writes times and addresses in its own.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let in_other = |(name, value)| other.get(name).is_some_and(|it| same(value, it));
            one.len() == other.len() && one.iter().all(in_other)
        }
        (Value::String(_), Value::String(_)) => true,
        (one, other) => one == other,
    }
}
