//! A call of one operation, from its arguments to its answer.
//!
//! ```no_run
//! use counterpart_client::{Http, NoBody, Call};
//! # use serde_json::Value;
//!
//! # async fn example(http: Http) -> Result<(), counterpart_client::Error<Value>> {
//! let call: Call<NoBody, Value, Value> = http
//!     .get("listMessages", "/threads/{thread_id}/messages")
//!     .path("thread_id", "thread_1")
//!     .query("limit", 20);
//! let messages = call.await?;
//! # Ok(())
//! # }
//! ```
//!
//! Setters do not fail. What is wrong with an argument is the call's error when it is sent, before anything leaves.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use counterpart_wire::event::Event;
use counterpart_wire::params::Param;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::content::{Content, Json, NoBody, OptionalJson, Plain};
use crate::draft::Draft;
use crate::exchange::{Exchanged, Want};
use crate::{Builder, Error, EventStream, Extras, Http, Options, Payload, Pending, decode};
use crate::{PendingEvents, PendingRaw, PendingResponse, PendingValue};

/// A call with a body of `B` that is answered with a `T`, or with an error body of `E`. Sent by `.await`.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<B, T, E> {
    draft: Box<Draft>,
    body: B,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Call<NoBody, T, E> {
    pub(crate) fn new(
        http: Http,
        method: Method,
        operation: &'static str,
        template: &'static str,
    ) -> Self {
        let draft = Box::new(Draft::new(http, method, operation, template));
        Self {
            draft,
            body: NoBody,
            types: PhantomData,
        }
    }

    /// With a body of JSON.
    pub fn json<V>(self, value: V) -> Call<Json<V>, T, E> {
        self.content(Json(value))
    }

    /// With a body of JSON that may still be set, or not.
    pub fn optional_json<V>(self) -> Call<OptionalJson<V>, T, E> {
        self.content(OptionalJson(None))
    }

    /// With a body of bytes as they are.
    pub fn plain(
        self,
        media_type: &'static str,
        bytes: impl Into<bytes::Bytes>,
    ) -> Call<Plain, T, E> {
        self.content(Plain::new(media_type, bytes))
    }
}

impl<B, T, E> Call<B, T, E> {
    /// With any body: [`Form`](crate::Form), [`Multipart`](crate::Multipart), [`Upload`](crate::Upload) and so on, or
    /// an `Option` of one where it may be left out.
    pub fn content<C>(self, body: C) -> Call<C, T, E> {
        Call {
            draft: self.draft,
            body,
            types: PhantomData,
        }
    }
}

impl<V, T, E> Call<Json<V>, T, E> {
    /// Replaces the body.
    pub fn body(mut self, value: V) -> Self {
        self.body = Json(value);
        self
    }

    /// Changes the body.
    pub fn edit_body(mut self, edit: impl FnOnce(&mut V)) -> Self {
        edit(&mut self.body.0);
        self
    }
}

impl<V, T, E> Call<OptionalJson<V>, T, E> {
    /// Sets the body.
    pub fn body(mut self, value: V) -> Self {
        self.body = OptionalJson(Some(value));
        self
    }

    /// Changes the body, which is the default one if none was set.
    pub fn edit_body(mut self, edit: impl FnOnce(&mut V)) -> Self
    where
        V: Default,
    {
        edit(self.body.0.get_or_insert_default());
        self
    }
}

/// What the request says.
impl<B, T, E> Call<B, T, E> {
    /// A path parameter in its usual style.
    pub fn path(self, name: &'static str, value: impl Serialize) -> Self {
        self.path_as(Param::SIMPLE, name, value)
    }

    /// A path parameter in another style.
    pub fn path_as(mut self, param: Param, name: &'static str, value: impl Serialize) -> Self {
        self.draft.path(name, param, &value);
        self
    }

    /// A query parameter in its usual style, in place of one that was set before.
    pub fn query(self, name: &str, value: impl Serialize) -> Self {
        self.query_as(Param::FORM, name, value)
    }

    /// A query parameter with a list of values, in its usual style: the name again for each.
    pub fn query_list<V: Serialize>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.query_list_as(Param::FORM, name, values)
    }

    /// A query parameter in another style.
    pub fn query_as(mut self, param: Param, name: &str, value: impl Serialize) -> Self {
        self.draft.query(name, param, &value);
        self
    }

    /// A query parameter with a list of values in another style.
    pub fn query_list_as<V: Serialize>(
        self,
        param: Param,
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values: Vec<V> = values.into_iter().collect();
        self.query_as(param, name, values)
    }

    /// A header, in place of any that was set before or that the client sends by default.
    pub fn header(self, name: &str, value: impl Serialize) -> Self {
        self.header_as(Param::SIMPLE, name, value)
    }

    /// A header that leaves no choice: it is the same in every call of the operation.
    pub fn constant_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.draft.constant_header(name, value);
        self
    }

    /// A header in another style.
    pub fn header_as(mut self, param: Param, name: &str, value: impl Serialize) -> Self {
        self.draft.header(name, param, &value);
        self
    }

    /// A cookie.
    pub fn cookie(self, name: &str, value: impl Serialize) -> Self {
        self.cookie_as(Param::FORM, name, value)
    }

    /// A cookie in another style.
    pub fn cookie_as(mut self, param: Param, name: &str, value: impl Serialize) -> Self {
        self.draft.cookie(name, param, &value);
        self
    }

    /// A field that is added to the JSON body, in place of one of its own: for what the document does not know.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        self.draft.field(name, &value);
        self
    }

    /// A header that the operation may not know, in place of any other of this name. Calls that follow from this one
    /// have it as well.
    pub fn extra_header(mut self, name: &str, value: impl Serialize) -> Self {
        self.draft.extra_header(name, &value);
        self
    }

    /// A query parameter that the operation may not know, in place of any other of this name. Calls that follow from
    /// this one have it as well.
    pub fn extra_query(mut self, name: &str, value: impl Serialize) -> Self {
        self.draft.extra_query(name, &value);
        self
    }

    /// Without a header that was set before, or that the client sends by default.
    pub fn without_header(mut self, name: &str) -> Self {
        self.draft.no_header(name);
        self
    }

    /// Without a query parameter that was set before, or that the client sends by default.
    pub fn without_query(mut self, name: &str) -> Self {
        self.draft.extras.no_query(name);
        self
    }

    /// What was added and taken off beside what the operation knows.
    pub fn extras(&self) -> &Extras {
        &self.draft.extras
    }

    /// The call with these additions in place of its own.
    pub fn with_extras(mut self, extras: Extras) -> Self {
        self.draft.extras = extras;
        self
    }

    /// Whether a query parameter is set.
    pub fn has_query(&self, name: &str) -> bool {
        self.draft.has_query(name)
    }

    /// The operation's id in the document.
    pub fn id(&self) -> &'static str {
        self.draft.operation
    }

    /// The client that the call goes through.
    pub fn http(&self) -> &Http {
        &self.draft.http
    }

    /// The options, as they are set by now.
    pub fn current_options(&self) -> Options {
        self.draft.options
    }
}

/// How the request is sent.
impl<B, T, E> Call<B, T, E> {
    /// The time that one attempt may take: [`Options::timeout`].
    pub fn timeout(self, limit: Duration) -> Self {
        self.options(|options| options.timeout(limit))
    }

    /// The time that the whole call may take: [`Options::deadline`].
    pub fn deadline(self, limit: Duration) -> Self {
        self.options(|options| options.deadline(limit))
    }

    /// How often the call is sent again at most: [`Options::retries`].
    pub fn retries(self, retries: u32) -> Self {
        self.options(|options| options.retries(retries))
    }

    /// Whether acting twice on the call does no harm: [`Options::idempotent`].
    pub fn idempotent(self, idempotent: bool) -> Self {
        self.options(|options| options.idempotent(idempotent))
    }

    /// The time that what comes next of an answer may be waited for: [`Options::idle_timeout`].
    pub fn idle_timeout(self, limit: Duration) -> Self {
        self.options(|options| options.idle_timeout(limit))
    }

    /// By a client like the call's own but for what is changed here, such as the base URL, the credentials or a layer
    /// around the transport.
    pub fn configure(mut self, change: impl FnOnce(Builder) -> Builder) -> Self {
        self.draft.configure(change);
        self
    }

    /// Without the client's credentials: [`Options::anonymous`].
    pub fn anonymous(self) -> Self {
        self.options(Options::anonymous)
    }

    /// Any of the options.
    pub fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
        self.draft.options = change(self.draft.options);
        self
    }
}

/// Sending.
impl<B: Content, T, E: DeserializeOwned> Call<B, T, E> {
    /// Sends the request, and gives the value with status, headers and request id.
    pub fn send(self) -> PendingResponse<T, E>
    where
        T: Payload,
    {
        self.pending(wanted::<T>(), T::ACCEPT, decode::response)
    }

    /// Sends the request, and gives the answer as it came, whatever its status, with its body still to be read.
    ///
    /// The call's deadline and idle time-out hold for the body too. Among the answer's extensions is a
    /// [`Trail`](crate::Trail) with the attempts that led to it.
    pub fn raw(self) -> PendingRaw<E>
    where
        T: Payload,
    {
        self.pending(Want::Raw, T::ACCEPT, decode::raw)
    }

    /// Sends the request, and asks for another representation of its answer.
    pub fn answered<U: Payload>(self, media_type: &'static str) -> PendingValue<U, E> {
        let other: Call<B, U, E> = Call {
            draft: self.draft,
            body: self.body,
            types: PhantomData,
        };
        other.header("Accept", media_type).into_future()
    }

    /// Sends the request, and gives the events that it is answered with, or the values of any other stream.
    pub fn stream<V: Event>(self) -> PendingEvents<V, E> {
        self.pending(
            Want::Events(V::FORMAT),
            V::FORMAT.media_type(),
            EventStream::open,
        )
    }

    fn pending<O>(
        self,
        want: Want,
        accept: &'static str,
        finish: fn(Exchanged) -> O,
    ) -> Pending<O> {
        Pending::new(self.draft.prepare(self.body.encode(), accept), want, finish)
    }
}

fn wanted<T: Payload>() -> Want {
    match T::STREAMED {
        true => Want::Head,
        false => Want::Whole,
    }
}

impl<B: Content, T: Payload, E: DeserializeOwned> IntoFuture for Call<B, T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = PendingValue<T, E>;

    fn into_future(self) -> Self::IntoFuture {
        self.pending(wanted::<T>(), T::ACCEPT, decode::value)
    }
}

impl<B: Clone, T, E> Clone for Call<B, T, E> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            body: self.body.clone(),
            types: PhantomData,
        }
    }
}

/// Without the values of parameters, headers and body.
impl<B, T, E> fmt::Debug for Call<B, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.draft).finish()
    }
}
