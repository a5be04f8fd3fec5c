//! What generated code would otherwise repeat for each operation, and for each client.

/// Makes a tuple struct around a [`Call`](crate::Call) a call of its own: sent by `.await`, with the setters that all
/// calls have.
///
/// It takes the struct's name, what the operation is answered with, and the error body that the document declares. A
/// struct that implements [`Paged`](crate::Paged) adds `paged`, which gives it `items` and `pages`; one that implements
/// [`Polled`](crate::Polled) adds `polled`, which gives it `poll`.
///
/// ```
/// use counterpart_client::{Call, Http, NoBody, call};
/// use serde_json::Value;
///
/// /// A call of the operation `getThread`.
/// #[derive(Debug, Clone)]
/// #[must_use = "nothing is sent until the call is awaited"]
/// pub struct GetThread(Call<NoBody, Value, Value>);
///
/// call!(GetThread => Value, Value);
///
/// fn get_thread(http: &Http, thread_id: &str) -> GetThread {
///     GetThread(http.get("getThread", "/threads/{thread_id}").path("thread_id", thread_id))
/// }
/// ```
#[macro_export]
macro_rules! call {
    ($name:ident => $output:ty, $failure:ty) => {
        impl $name {
            /// Sends the request, and gives the value with status, headers, request id and attempts.
            pub fn send(self) -> $crate::PendingResponse<$output, $failure> {
                self.0.send()
            }

            /// Sends the request, and gives the answer as it came, whatever its status.
            pub fn raw(self) -> $crate::PendingRaw<$failure> {
                self.0.raw()
            }

            /// Limits the time of each attempt.
            pub fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Limits the time of the whole call, with all attempts and waits.
            pub fn deadline(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.deadline(limit))
            }

            /// Sets how often the call is sent again at most.
            pub fn retries(self, retries: u32) -> Self {
                Self(self.0.retries(retries))
            }

            /// Limits the time that the next event, or the next piece of a body, may be waited for.
            pub fn idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.idle_timeout(limit))
            }

            /// Says whether acting twice on the call does no harm, so that it may be sent again though it may have
            /// arrived.
            pub fn idempotent(self, idempotent: bool) -> Self {
                Self(self.0.idempotent(idempotent))
            }

            /// Sends the call by a client like its own but for what is changed here: the base URL, the credentials,
            /// a layer around the transport.
            pub fn configure(
                self,
                change: impl FnOnce($crate::Builder) -> $crate::Builder,
            ) -> Self {
                Self(self.0.configure(change))
            }

            /// Sends the call without the client's credentials.
            pub fn anonymous(self) -> Self {
                Self(self.0.anonymous())
            }

            /// Changes any of the call's options.
            pub fn options(
                self,
                change: impl FnOnce($crate::Options) -> $crate::Options,
            ) -> Self {
                Self(self.0.options(change))
            }

            /// Sets a header, in place of the one that would be sent otherwise.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.extra_header(name, value))
            }

            /// Leaves out a header that would be sent otherwise, such as one of the client's own.
            pub fn without_header(self, name: &str) -> Self {
                Self(self.0.without_header(name))
            }

            /// Sets a query parameter that the document does not know.
            pub fn extra_query(self, name: &str, value: &str) -> Self {
                Self(self.0.extra_query(name, value))
            }

            /// Leaves out a query parameter that would be sent otherwise, such as one of the client's own.
            pub fn without_query(self, name: &str) -> Self {
                Self(self.0.without_query(name))
            }

            /// Sets a field of the JSON body that the document does not know.
            pub fn extra_body(self, name: &str, value: impl $crate::wire::Serialize) -> Self {
                Self(self.0.body_field(name, value))
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = Result<$output, $crate::Error<$failure>>;
            type IntoFuture = $crate::PendingValue<$output, $failure>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }

        impl $crate::Operation for $name {
            type Output = $output;
            type Failure = $failure;

            fn id(&self) -> &'static str {
                self.0.id()
            }

            fn http(&self) -> &$crate::Http {
                self.0.http()
            }

            fn current_options(&self) -> $crate::Options {
                self.0.current_options()
            }

            fn with_options(self, options: $crate::Options) -> Self {
                Self(self.0.options(|_| options))
            }

            fn extras(&self) -> &$crate::Extras {
                self.0.extras()
            }

            fn with_extras(self, extras: $crate::Extras) -> Self {
                Self(self.0.with_extras(extras))
            }

            fn with_query(self, name: &str, value: &str) -> Self {
                Self(self.0.query(name, value))
            }

            fn has_query(&self, name: &str) -> bool {
                self.0.has_query(name)
            }

            fn start(self) -> $crate::PendingValue<$output, $failure> {
                ::std::future::IntoFuture::into_future(self.0)
            }

            fn respond(self) -> $crate::PendingResponse<$output, $failure> {
                self.0.send()
            }
        }
    };
    ($name:ident => $output:ty, $failure:ty, polled) => {
        $crate::call!($name => $output, $failure);

        impl $name {
            /// Sends the request, and waits until what it is answered with is in a final state.
            pub fn poll(self) -> $crate::Poll<Self> {
                $crate::Poll::new(self)
            }
        }
    };
    ($name:ident => $output:ty, $failure:ty, paged) => {
        $crate::call!($name => $output, $failure);

        impl $name {
            /// All items of the list, over as many pages as there are.
            pub fn items(self) -> $crate::Items<Self> {
                $crate::Items::new(self)
            }

            /// The list page by page.
            pub fn pages(self) -> $crate::Pages<Self> {
                $crate::Pages::new(self)
            }
        }
    };
}

/// Makes a struct with the one field `http` a client: how it is built, from a [`Config`](crate::Config).
///
/// ```no_run
/// use counterpart_client::{Config, Http, Security, client};
///
/// const CONFIG: Config = Config::new("https://api.example.com/v1")
///     .security(&[Security::bearer("ApiKeyAuth").env("EXAMPLE_API_KEY")]);
///
/// /// A client of the Example API.
/// #[derive(Debug, Clone)]
/// pub struct Client {
///     http: Http,
/// }
///
/// client!(Client, CONFIG);
///
/// # fn main() -> Result<(), counterpart_client::ConfigError> {
/// let client = Client::new("sk-123")?;
/// let client = Client::builder().credentials("sk-123").retries(0).build()?;
/// # Ok(())
/// # }
/// ```
///
/// A client of a service without security schemes adds `anonymous`, and has a `new` without an argument.
#[macro_export]
macro_rules! client {
    ($name:ident, $config:expr) => {
        $crate::client!(@common $name, $config);

        impl $name {
            /// A client with these credentials, and otherwise as the document says.
            pub fn new(
                credentials: impl $crate::Credentials,
            ) -> Result<Self, $crate::ConfigError> {
                Self::builder().credentials(credentials).build()
            }
        }
    };
    ($name:ident, $config:expr, anonymous) => {
        $crate::client!(@common $name, $config);

        impl $name {
            /// A client as the document says.
            pub fn new() -> Result<Self, $crate::ConfigError> {
                Self::builder().build()
            }
        }
    };
    (@common $name:ident, $config:expr) => {
        impl $name {
            /// What the document says of the service, for a [`Builder`]($crate::Builder) of one's own.
            pub const CONFIG: $crate::Config = $config;

            /// A client that is configured by environment variables.
            pub fn from_env() -> Result<Self, $crate::ConfigError> {
                $crate::Builder::from_env($config)?.build()
            }

            /// A client with other settings.
            pub fn builder() -> $crate::Builder<Self> {
                $crate::Builder::new($config)
            }

            /// A builder of a client like this one, on the same connections: for other credentials, or another base
            /// URL.
            pub fn to_builder(&self) -> $crate::Builder<Self> {
                self.http.to_builder()
            }

            /// The handle that all calls go through, for requests that the document does not know.
            pub fn http(&self) -> &$crate::Http {
                &self.http
            }
        }

        impl ::std::convert::From<$crate::Http> for $name {
            fn from(http: $crate::Http) -> Self {
                Self { http }
            }
        }
    };
}
