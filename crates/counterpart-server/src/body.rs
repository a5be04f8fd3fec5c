//! The request's body: read up to a limit, checked for its media type, decoded strictly.
//!
//! `{"temperature": "hot"}` where a number belongs becomes a 400 that says so and names `temperature`.

use std::pin::pin;
use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use counterpart_wire::form::{self, Encoding, FormError};
use counterpart_wire::{Binary, DecodeError, Event, Mode, Sequence, Validate};
use futures_util::future::poll_immediate;
use http::header::CONTENT_TYPE;
use http_body::Body as _;
use http_body_util::{BodyExt, LengthLimitError};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::body_items;
use crate::body_stream::BodyStream;
use crate::malformed::refused;
use crate::rejection::Rejection;
use crate::request::Request;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// What is set aside at most on a caller's word: a `Content-Length` is easily written.
const TRUSTED: usize = 256 * 1024;

/// Bodies. Each method takes the body: a second one finds it empty.
impl Request {
    /// A JSON body. Media types that end in `+json` will do.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Rejection> {
        self.optional_json().await?.ok_or(Rejection::BodyMissing)
    }

    /// A JSON body that may be left out.
    pub async fn optional_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejection> {
        match self.read_as(JSON).await? {
            Some(bytes) => decode(&bytes).map(Some),
            None => Ok(None),
        }
    }

    /// A JSON body whose values keep within the limits of the document.
    pub async fn valid_json<T: DeserializeOwned + Validate>(&mut self) -> Result<T, Rejection> {
        let value: T = self.json().await?;
        value.validate()?;
        Ok(value)
    }

    /// A JSON body that may be left out, and otherwise keeps within the limits of the document.
    pub async fn valid_optional_json<T: DeserializeOwned + Validate>(
        &mut self,
    ) -> Result<Option<T>, Rejection> {
        let value: Option<T> = self.optional_json().await?;
        value.validate()?;
        Ok(value)
    }

    /// A form, as HTML sends it; `encodings` says which of its fields are not written in the usual way.
    pub async fn form<T: DeserializeOwned>(
        &mut self,
        encodings: &[Encoding],
    ) -> Result<T, Rejection> {
        let form = self.optional_form(encodings).await?;
        form.ok_or(Rejection::BodyMissing)
    }

    /// A form that may be left out.
    pub async fn optional_form<T: DeserializeOwned>(
        &mut self,
        encodings: &[Encoding],
    ) -> Result<Option<T>, Rejection> {
        let Some(bytes) = self.read_as(FORM).await? else {
            return Ok(None);
        };
        let read = form::from_urlencoded(&utf8(bytes)?, encodings);
        read.map(Some).map_err(Rejection::from)
    }

    /// A form with files: `multipart/form-data`. Files are in memory, within the limit of all bodies.
    pub async fn multipart<T: DeserializeOwned>(
        &mut self,
        encodings: &[Encoding],
    ) -> Result<T, Rejection> {
        let form = self.optional_multipart(encodings).await?;
        form.ok_or(Rejection::BodyMissing)
    }

    /// A form with files that may be left out.
    pub async fn optional_multipart<T: DeserializeOwned>(
        &mut self,
        encodings: &[Encoding],
    ) -> Result<Option<T>, Rejection> {
        let found = self.header_text(CONTENT_TYPE.as_str(), ", ")?;
        let boundary = found.and_then(|found| form::boundary(&found));
        let Some(bytes) = self.read_as(MULTIPART).await? else {
            return Ok(None);
        };
        let boundary = boundary.ok_or_else(|| malformed("its content type has no boundary"))?;
        let read = form::Multipart::read(&bytes, &boundary, encodings);
        read.map(Some).map_err(Rejection::from)
    }

    /// A text in UTF-8, of a media type such as `text/plain`.
    pub async fn text(&mut self, media_type: &'static str) -> Result<String, Rejection> {
        let text = self.optional_text(media_type).await?;
        Ok(text.unwrap_or_default())
    }

    /// A text that may be left out.
    pub async fn optional_text(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<String>, Rejection> {
        self.read_as(media_type).await?.map(utf8).transpose()
    }

    /// Bytes, to be read while the method runs. `media_type` may be a range: `image/*`.
    ///
    /// The limits of all bodies are theirs too. Where it turns out on the way that they are broken, reading fails; a
    /// method that then fails as well is answered for with the 413 or 408 that it is.
    pub async fn binary(&mut self, media_type: &'static str) -> Result<Binary, Rejection> {
        let body = self.optional_binary(media_type).await?;
        Ok(body.unwrap_or_default())
    }

    /// Bytes that may be left out.
    pub async fn optional_binary(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<Binary>, Rejection> {
        let described = self.check_type(media_type)?;
        let found = self.context().headers().get(CONTENT_TYPE);
        let found = found
            .and_then(|found| found.to_str().ok())
            .map(str::to_owned);
        let body = self.take_body();
        let length = body.size_hint().exact();
        if length == Some(0) && !described {
            return Ok(None);
        }
        let operation = self.operation();
        let (limit, patience) = (operation.body_limit, operation.body_timeout);
        declared(&body, limit)?;
        let broken = self.watch_body();
        let mut binary = Binary::stream(BodyStream::new(body, limit, patience, broken));
        if let Some(length) = length {
            binary = binary.with_length(length);
        }
        Ok(Some(match found {
            Some(found) => binary.with_media_type(found),
            None => binary,
        }))
    }

    /// Items that follow each other, to be read while the method runs, as [`Request::binary`] is. JSON lines may have any
    /// of their names.
    ///
    /// An item that is not what the document says breaks the body: reading fails with a [`Rejection`] that names the
    /// place, and a method that then fails as well is answered for with that.
    pub async fn sequence<V>(&mut self, media_type: &'static str) -> Result<Sequence<V>, Rejection>
    where
        V: Event + Send + 'static,
    {
        let items = self.optional_sequence(media_type).await?;
        items.ok_or(Rejection::BodyMissing)
    }

    /// Items that may be left out.
    pub async fn optional_sequence<V>(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<Sequence<V>>, Rejection>
    where
        V: Event + Send + 'static,
    {
        self.items(media_type, |_, _| Ok(()))
    }

    /// Items each of which keeps within the limits of the document.
    pub async fn valid_sequence<V>(
        &mut self,
        media_type: &'static str,
    ) -> Result<Sequence<V>, Rejection>
    where
        V: Event + Validate + Send + 'static,
    {
        let items = self.valid_optional_sequence(media_type).await?;
        items.ok_or(Rejection::BodyMissing)
    }

    /// Items that may be left out, and otherwise keep within the limits of the document.
    pub async fn valid_optional_sequence<V>(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<Sequence<V>>, Rejection>
    where
        V: Event + Validate + Send + 'static,
    {
        self.items(media_type, body_items::limited)
    }

    fn items<V>(
        &mut self,
        media_type: &'static str,
        check: body_items::Check<V>,
    ) -> Result<Option<Sequence<V>>, Rejection>
    where
        V: Event + Send + 'static,
    {
        let found = self.header_text(CONTENT_TYPE.as_str(), ", ")?;
        let described = found.is_some();
        if let Some(found) = found
            && !V::FORMAT.is_said_by(&found)
        {
            return Err(Rejection::MediaType {
                expected: media_type,
                found: Some(found.into_owned()),
            });
        }
        let body = self.take_body();
        if !described {
            return match body.is_end_stream() {
                true => Ok(None),
                false => Err(Rejection::MediaType {
                    expected: media_type,
                    found: None,
                }),
            };
        }
        let operation = self.operation();
        let (limit, patience) = (operation.body_limit, operation.body_timeout);
        declared(&body, limit)?;
        let broken = self.watch_body();
        let body = BodyStream::new(body, limit, patience, broken.clone());
        Ok(Some(Sequence::stream(body_items::BodyItems::new(
            body, limit, check, broken,
        ))))
    }

    /// Which of these media types the body has, by its place in the list, or `None` if it has none. Any other is
    /// refused.
    pub fn one_of(&self, media_types: &'static str) -> Result<Option<usize>, Rejection> {
        let Some(found) = self.header_text(CONTENT_TYPE.as_str(), ", ")? else {
            return Ok(None);
        };
        let fits = |expected: &str| matches(essence(&found), expected);
        match media_types.split(", ").position(fits) {
            Some(index) => Ok(Some(index)),
            None => Err(Rejection::MediaType {
                expected: media_types,
                found: Some(found.into_owned()),
            }),
        }
    }

    /// The body as it is. `media_type` may be a range: `image/*`, `*/*`.
    pub async fn bytes(&mut self, media_type: &'static str) -> Result<Bytes, Rejection> {
        Ok(self.read_as(media_type).await?.unwrap_or_default())
    }

    /// The body, to be read while the method runs. Nothing limits its length.
    pub fn body(&mut self) -> Body {
        self.take_body()
    }

    /// The body's media type without its parameters, if it has one: for operations that take several.
    pub fn media_type(&self) -> Option<&str> {
        let text = self.context().headers().get(CONTENT_TYPE)?.to_str().ok()?;
        Some(essence(text))
    }

    /// The body if it is of this media type; `None` if there is no body.
    ///
    /// A wrong media type is refused before anything is read. A missing one is refused only when there is something
    /// that it should describe.
    async fn read_as(&mut self, expected: &'static str) -> Result<Option<Bytes>, Rejection> {
        let described = self.check_type(expected)?;
        let operation = self.operation();
        let (limit, patience) = (operation.body_limit, operation.body_timeout);
        let bytes = in_time(read(self.take_body(), limit), patience).await?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if !described && expected != "*/*" {
            return Err(Rejection::MediaType {
                expected,
                found: None,
            });
        }
        Ok(Some(bytes))
    }

    /// Refuses another media type than this; tells whether there is one.
    fn check_type(&self, expected: &'static str) -> Result<bool, Rejection> {
        match self.header_text(CONTENT_TYPE.as_str(), ", ")? {
            None => Ok(false),
            Some(found) if matches(essence(&found), expected) => Ok(true),
            Some(found) => Err(Rejection::MediaType {
                expected,
                found: Some(found.into_owned()),
            }),
        }
    }
}

/// The value, if it keeps within the limits of the document.
pub fn valid<T: Validate>(value: T) -> Result<T, Rejection> {
    value.validate()?;
    Ok(value)
}

impl From<FormError> for Rejection {
    fn from(error: FormError) -> Self {
        match error {
            FormError::Malformed(error) => Self::BodyMalformed(error),
            FormError::Invalid(error) => Self::BodyInvalid(error),
        }
    }
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Rejection> {
    counterpart_wire::json::decode(bytes, Mode::Valid).map_err(|error| refused(bytes, error))
}

/// What `reading` gives, if it does so in time. Most bodies are there already, and need no timer.
async fn in_time(
    reading: impl Future<Output = Result<Bytes, Rejection>>,
    patience: Option<Duration>,
) -> Result<Bytes, Rejection> {
    let mut reading = pin!(reading);
    if let Some(read) = poll_immediate(reading.as_mut()).await {
        return read;
    }
    // Outside of a tokio runtime there is no timer.
    match patience.filter(|_| Handle::try_current().is_ok()) {
        Some(patience) => timeout(patience, reading)
            .await
            .unwrap_or(Err(Rejection::BodyTimeout { patience })),
        None => reading.await,
    }
}

/// All of a body, if that is no more than `limit`.
async fn read(mut body: Body, limit: usize) -> Result<Bytes, Rejection> {
    let declared = declared(&body, limit)?;
    // Most bodies come in one piece, which need not be copied.
    let mut whole = Bytes::new();
    let mut pieces = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| broken(&error, limit))?.into_data() else {
            continue;
        };
        if data.len() > limit - whole.len() - pieces.len() {
            return Err(Rejection::BodyTooLarge { limit });
        }
        if whole.is_empty() && pieces.is_empty() {
            whole = data;
            continue;
        }
        if pieces.is_empty() {
            pieces.reserve(declared.clamp(
                whole.len() + data.len(),
                TRUSTED.max(whole.len() + data.len()),
            ));
            pieces.extend_from_slice(&std::mem::take(&mut whole));
        }
        pieces.extend_from_slice(&data);
    }

    Ok(if pieces.is_empty() {
        whole
    } else {
        pieces.freeze()
    })
}

/// How many bytes a body says it has, if that is no more than `limit`.
fn declared(body: &Body, limit: usize) -> Result<usize, Rejection> {
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if declared > limit {
        return Err(Rejection::BodyTooLarge { limit });
    }
    Ok(declared)
}

/// What a failure to read means: a limit that some layer has set, or a caller who went away.
pub(crate) fn broken(error: &axum::Error, limit: usize) -> Rejection {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Rejection::BodyTooLarge { limit };
        }
        cause = error.source();
    }
    tracing::debug!(%error, "a request's body broke off");
    Rejection::BodyIncomplete
}

/// A media type without its parameters.
fn essence(text: &str) -> &str {
    text.split(';').next().unwrap_or(text).trim()
}

fn matches(found: &str, expected: &str) -> bool {
    match expected.strip_suffix('*') {
        Some(range) => range == "*/" || starts_with(found, range),
        None if expected == JSON => found.eq_ignore_ascii_case(JSON) || ends_with(found, "+json"),
        None => found.eq_ignore_ascii_case(expected),
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn ends_with(text: &str, suffix: &str) -> bool {
    let at = text.len().checked_sub(suffix.len());
    at.and_then(|at| text.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

fn utf8(bytes: Bytes) -> Result<String, Rejection> {
    String::from_utf8(bytes.into()).map_err(malformed)
}

fn malformed(error: impl std::fmt::Display) -> Rejection {
    Rejection::BodyMalformed(DecodeError::new(error.to_string()))
}
