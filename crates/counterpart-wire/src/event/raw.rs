//! One server-sent event, before anybody knows what its data means.

use std::borrow::Cow;
use std::time::Duration;

use bytestring::ByteString;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DecodeError, DriftKind, EncodeError, json, mode, state};

/// A server-sent event: its name and its data, and rarely an id or a time to wait before reconnecting.
///
/// It holds only what the wire can carry, so that encoding and decoding it gives an equal event: names and ids are
/// without line breaks, which are dropped, and the lines of the data end in `\n`, whatever they ended in before.
///
/// A decoded event shares the memory of the chunk that it came in. Cloning it copies nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    name: ByteString,
    data: ByteString,
    id: Option<ByteString>,
    retry: Option<Duration>,
}

impl RawEvent {
    /// The name of events that do not say their name.
    pub const DEFAULT_NAME: &'static str = "message";

    /// An event whose data is JSON.
    pub fn json<T>(name: impl Into<Cow<'static, str>>, value: &T) -> Result<Self, EncodeError>
    where
        T: Serialize + ?Sized,
    {
        let Ok(data) = ByteString::try_from(json::encode(value)?) else {
            panic!("bug: JSON was encoded to something that is not UTF-8");
        };
        // JSON on one line has no line breaks that are to be seen to.
        Ok(Self::named(name.into(), data))
    }

    /// An event whose data is text.
    pub fn text(name: impl Into<Cow<'static, str>>, data: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name.into(), shared(data.into()))
    }

    fn new(name: Cow<'static, str>, data: ByteString) -> Self {
        let data = if memchr::memchr(b'\r', data.as_bytes()).is_some() {
            data.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            data
        };
        Self::named(name, data)
    }

    /// An event whose data is as it has to be.
    fn named(name: Cow<'static, str>, data: ByteString) -> Self {
        let name = match memchr::memchr2(b'\r', b'\n', name.as_bytes()) {
            Some(_) => Cow::Owned(name.replace(['\r', '\n'], "")),
            None => name,
        };
        let name = if name.is_empty() {
            Cow::Borrowed(Self::DEFAULT_NAME)
        } else {
            name
        };
        Self {
            name: shared(name),
            data,
            id: None,
            retry: None,
        }
    }

    /// An event made of parts that come from a stream.
    pub(super) fn received(
        name: ByteString,
        data: ByteString,
        id: Option<ByteString>,
        retry: Option<Duration>,
    ) -> Self {
        let name = if name.is_empty() {
            ByteString::from_static(Self::DEFAULT_NAME)
        } else {
            name
        };
        Self {
            name,
            data,
            id,
            retry,
        }
    }

    /// With an id, which a client that reconnects sends back as `Last-Event-ID`.
    pub fn with_id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        let id = id.into();
        let id = match memchr::memchr3(b'\r', b'\n', b'\0', id.as_bytes()) {
            Some(_) => Cow::Owned(id.replace(['\r', '\n', '\0'], "")),
            None => id,
        };
        self.id = Some(shared(id));
        self
    }

    /// With the time, in whole milliseconds, that a client is to wait before it reconnects.
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(Duration::from_millis(
            retry.as_millis().try_into().unwrap_or(u64::MAX),
        ));
        self
    }

    /// The event's name; `message` if it does not say.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The event's data as text.
    pub fn data_str(&self) -> &str {
        &self.data
    }

    /// The value that the event's data is JSON of, read by the mode in force ([`mode::scope`]).
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        json::decode(self.data.as_bytes(), mode::current())
    }

    /// The event as it came, for the union `T`, which does not list its name. Where only what is
    /// [valid](crate::Mode::Valid) is read, an error.
    pub fn unlisted<T>(&self) -> Result<Self, DecodeError> {
        let (name, union) = (self.name(), crate::union::name::<T>());
        if state::refuses_unlisted() {
            let message = format!("unknown event {name:?} of {union}");
            return Err(DecodeError::new(message));
        }
        state::note(DriftKind::UnknownEvent, union, format_args!("{name:?}"));
        Ok(self.clone())
    }

    /// The id that came with this very event.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The time to wait before reconnecting that came with this very event.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

fn shared(text: Cow<'static, str>) -> ByteString {
    match text {
        Cow::Borrowed(text) => ByteString::from_static(text),
        Cow::Owned(text) => ByteString::from(text),
    }
}
