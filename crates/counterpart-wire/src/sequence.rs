//! The body of a request that is a sequence: JSON lines, a JSON text sequence (OpenAPI 3.2, sequential media types).
//!
//! ```
//! use counterpart_wire::{JsonLine, Sequence};
//!
//! let items: Sequence<JsonLine<u32>> = vec![1, 2].into();
//! let body = items.encode()?;
//! assert_eq!(body.as_bytes().unwrap(), "1\n2\n");
//! # Ok::<(), counterpart_wire::EncodeError>(())
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::binary::{Binary, BoxError};
use crate::event::{Event, EventData, JsonLine, JsonRecord};
use crate::json::EncodeError;

/// Items that follow each other in a body, in memory or still to come.
///
/// `V` says how they are written: [`JsonLine`], [`JsonRecord`]. A server reads them as they arrive, a client may make
/// them while they are sent. Clones share what is still to come: each item goes to the first that asks.
#[derive(Clone)]
pub struct Sequence<V>(Source<V>);

#[derive(Clone)]
enum Source<V> {
    Known(VecDeque<V>),
    /// The lock makes it `Sync`; nobody waits for it for long.
    Coming(Arc<Mutex<Coming<V>>>),
}

type Coming<V> = Pin<Box<dyn Stream<Item = Result<V, BoxError>> + Send>>;

impl<V> Sequence<V> {
    /// Items that are known already.
    pub fn new(items: impl IntoIterator<Item = V>) -> Self {
        Self(Source::Known(items.into_iter().collect()))
    }

    /// What a stream gives, as it is sent. An error breaks the request off.
    ///
    /// ```
    /// # use counterpart_wire::{JsonLine, Sequence};
    /// # use futures_core::Stream;
    /// fn import(numbers: impl Stream<Item = std::io::Result<JsonLine<u32>>> + Send + 'static) -> Sequence<JsonLine<u32>> {
    ///     Sequence::stream(numbers)
    /// }
    /// ```
    pub fn stream<S, E>(items: S) -> Self
    where
        S: Stream<Item = Result<V, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let items = Mapped(Box::pin(items), |item: Result<V, E>| {
            item.map_err(Into::into)
        });
        Self(Source::Coming(Arc::new(Mutex::new(Box::pin(items)))))
    }

    /// The next item, or why there is none; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<V, BoxError>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next item, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<V>, BoxError> {
        self.next().await.transpose()
    }

    /// All items, in memory.
    pub async fn all(mut self) -> Result<Vec<V>, BoxError> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<V, BoxError>>> {
        match &mut self.0 {
            Source::Known(items) => Poll::Ready(items.pop_front().map(Ok)),
            Source::Coming(items) => {
                let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
                items.as_mut().poll_next(context)
            }
        }
    }
}

impl<V: Send + 'static> Sequence<V> {
    /// Each item as `change` leaves it.
    pub fn map<W>(self, mut change: impl FnMut(V) -> W + Send + 'static) -> Sequence<W> {
        match self.0 {
            Source::Known(items) => Sequence::new(items.into_iter().map(change)),
            Source::Coming(_) => {
                let change = move |item: Result<V, BoxError>| item.map(&mut change);
                Sequence::stream(Mapped(Box::pin(self), change))
            }
        }
    }
}

impl<V: Event + Send + 'static> Sequence<V> {
    /// The items as they stand in a body. What is still to come is written as it comes.
    pub fn encode(&self) -> Result<Binary, EncodeError> {
        match &self.0 {
            Source::Known(items) => {
                let mut body = BytesMut::new();
                for item in items {
                    body.extend_from_slice(&written(item)?);
                }
                Ok(Binary::new(body))
            }
            Source::Coming(items) => {
                let items = Self(Source::Coming(Arc::clone(items)));
                let write =
                    |item: Result<V, BoxError>| -> Result<Bytes, BoxError> { Ok(written(&item?)?) };
                Ok(Binary::stream(Mapped(Box::pin(items), write)))
            }
        }
    }
}

fn written<V: Event>(item: &V) -> Result<Bytes, EncodeError> {
    Ok(V::FORMAT.encode(&item.write()?))
}

impl<V> Stream for Sequence<V> {
    type Item = Result<V, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<V> Unpin for Sequence<V> {}

/// No items.
impl<V> Default for Sequence<V> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<V> FromIterator<V> for Sequence<V> {
    fn from_iter<I: IntoIterator<Item = V>>(items: I) -> Self {
        Self::new(items)
    }
}

macro_rules! of_values {
    ($($wrapper:ident)*) => {$(
        impl<T> From<Vec<T>> for Sequence<$wrapper<T>> {
            fn from(values: Vec<T>) -> Self {
                values.into_iter().map($wrapper).collect()
            }
        }

        impl<T, const N: usize> From<[T; N]> for Sequence<$wrapper<T>> {
            fn from(values: [T; N]) -> Self {
                values.into_iter().map($wrapper).collect()
            }
        }
    )*};
}

of_values!(EventData JsonLine JsonRecord);

/// What is still to come equals only itself.
impl<V: PartialEq> PartialEq for Sequence<V> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Known(one), Source::Known(two)) => one == two,
            (Source::Coming(one), Source::Coming(two)) => Arc::ptr_eq(one, two),
            (Source::Known(_) | Source::Coming(_), _) => false,
        }
    }
}

impl<V: fmt::Debug> fmt::Debug for Sequence<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Known(items) => f.debug_list().entries(items).finish(),
            Source::Coming(_) => f.write_str("Sequence(..)"),
        }
    }
}

/// A stream of which each item is changed.
struct Mapped<S, F>(Pin<Box<S>>, F);

impl<S, F> Unpin for Mapped<S, F> {}

impl<S: Stream, F: FnMut(S::Item) -> T, T> Stream for Mapped<S, F> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let Self(stream, change) = self.get_mut();
        Poll::Ready(ready!(stream.as_mut().poll_next(context)).map(change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    fn coming(values: Vec<Result<u32, &'static str>>) -> Sequence<JsonLine<u32>> {
        let values = Mutex::new(VecDeque::from(values));
        let next = move || values.lock().unwrap().pop_front();
        Sequence::stream(Made(next)).map(JsonLine)
    }

    struct Made<F>(F);

    impl<T, F: FnMut() -> Option<T> + Unpin> Stream for Made<F> {
        type Item = T;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
            Poll::Ready((self.get_mut().0)())
        }
    }

    #[test]
    fn items_are_written_in_their_format() {
        let lines = Sequence::new([JsonLine("a\nb".to_owned()), JsonLine(String::new())]);
        let body = lines.encode().unwrap();
        assert_eq!(body.as_bytes().unwrap(), "\"a\\nb\"\n\"\"\n");
        let records: Sequence<JsonRecord<u32>> = [1, 2].into();
        let body = records.encode().unwrap();
        assert_eq!(body.as_bytes().unwrap(), "\u{1e}1\n\u{1e}2\n");
        let body = coming(vec![Ok(1), Ok(2)]).encode().unwrap();
        assert_eq!(run(body.bytes()).unwrap(), "1\n2\n");
    }

    #[test]
    fn an_error_breaks_off_what_is_coming() {
        let body = coming(vec![Ok(1), Err("no more")]).encode().unwrap();
        assert_eq!(run(body.bytes()).unwrap_err().to_string(), "no more");
        let error = run(coming(vec![Ok(1), Err("no more")]).all()).unwrap_err();
        assert_eq!(error.to_string(), "no more");
    }

    #[test]
    fn clones_share_what_is_coming_and_nothing_else() {
        let mut items = coming(vec![Ok(1), Ok(2)]);
        let mut other = items.clone();
        assert_eq!(run(items.try_next()).unwrap(), Some(JsonLine(1)));
        assert_eq!(run(other.try_next()).unwrap(), Some(JsonLine(2)));
        assert_eq!(items, other);
        assert_ne!(items, Sequence::default());

        let mut known: Sequence<JsonLine<u32>> = [1, 2].into();
        let other = known.clone();
        assert_eq!(run(known.try_next()).unwrap(), Some(JsonLine(1)));
        assert_eq!(run(other.map(|JsonLine(n)| n * 2).all()).unwrap(), [2, 4]);
    }
}
