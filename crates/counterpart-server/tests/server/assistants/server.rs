//! The API as a service implements it: a trait with a method per operation, and the router that calls them.

use counterpart_server::{
    ApiError, Context, EventStream, FromRequest, IntoReply, Rejection, Reply, Request, Router,
    Routes, StatusCode,
};

use super::types::{
    AssistantStreamEvent, CreateRunRequest, CreateThreadRequest, Run, RunInclude, RunStatus, Thread,
};

/// The operations of the API.
pub trait AssistantsApi: Send + Sync + 'static {
    /// Creates a thread.
    ///
    /// `POST /threads`
    fn create_thread(
        &self,
        cx: Context,
        request: CreateThread,
    ) -> impl Future<Output = Result<CreateThreadReply, ApiError>> + Send;

    /// Deletes a thread.
    ///
    /// `DELETE /threads/{thread_id}`
    fn delete_thread(
        &self,
        cx: Context,
        request: DeleteThread,
    ) -> impl Future<Output = Result<DeleteThreadReply, ApiError>> + Send;

    /// Returns the runs of a thread.
    ///
    /// `GET /threads/{thread_id}/runs`
    fn list_runs(
        &self,
        cx: Context,
        request: ListRuns,
    ) -> impl Future<Output = Result<ListRunsReply, ApiError>> + Send;

    /// Creates a run.
    ///
    /// `POST /threads/{thread_id}/runs`
    fn create_run(
        &self,
        cx: Context,
        request: CreateRun,
    ) -> impl Future<Output = Result<CreateRunReply, ApiError>> + Send;

    /// Retrieves a run.
    ///
    /// `GET /threads/{id}/runs/{run_id}`
    fn get_run(
        &self,
        cx: Context,
        request: GetRun,
    ) -> impl Future<Output = Result<GetRunReply, ApiError>> + Send;
}

/// The API as an axum router.
pub fn router<A: AssistantsApi>(api: A) -> Router {
    routes(api).into_router()
}

/// The API's routes, for settings that [`router`] leaves at their defaults.
pub fn routes<A: AssistantsApi>(api: A) -> Routes<A> {
    Routes::new(api)
        .post("createThread", "/threads", |api, cx, request| async move {
            api.create_thread(cx, request).await
        })
        .delete(
            "deleteThread",
            "/threads/{thread_id}",
            |api, cx, request| async move { api.delete_thread(cx, request).await },
        )
        .get(
            "listRuns",
            "/threads/{thread_id}/runs",
            |api, cx, request| async move { api.list_runs(cx, request).await },
        )
        .post(
            "createRun",
            "/threads/{thread_id}/runs",
            |api, cx, request| async move { api.create_run(cx, request).await },
        )
        .get(
            "getRun",
            "/threads/{id}/runs/{run_id}",
            |api, cx, request| async move { api.get_run(cx, request).await },
        )
}

/// What [`AssistantsApi::create_thread`] takes.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateThread {
    /// The body.
    pub body: Option<CreateThreadRequest>,
}

impl FromRequest for CreateThread {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_header("OpenAI-Beta", "assistants=v2")?;
        Ok(Self {
            body: request.optional_json().await?,
        })
    }
}

/// What [`AssistantsApi::create_thread`] answers.
#[derive(Debug)]
pub enum CreateThreadReply {
    /// `200`
    Ok(Thread),
}

impl From<Thread> for CreateThreadReply {
    fn from(value: Thread) -> Self {
        Self::Ok(value)
    }
}

impl IntoReply for CreateThreadReply {
    fn into_reply(self) -> Reply {
        match self {
            Self::Ok(value) => Reply::json(StatusCode::OK, &value),
        }
    }
}

/// What [`AssistantsApi::delete_thread`] takes.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteThread {
    /// The thread.
    pub thread_id: String,
}

impl FromRequest for DeleteThread {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_header("OpenAI-Beta", "assistants=v2")?;
        Ok(Self {
            thread_id: request.path("thread_id")?,
        })
    }
}

/// What [`AssistantsApi::delete_thread`] answers.
#[derive(Debug)]
pub enum DeleteThreadReply {
    /// `204`
    NoContent {
        /// The header `x-deleted`.
        deleted: Option<i64>,
    },
}

impl IntoReply for DeleteThreadReply {
    fn into_reply(self) -> Reply {
        match self {
            Self::NoContent { deleted } => {
                Reply::empty(StatusCode::NO_CONTENT).header("x-deleted", deleted)
            }
        }
    }
}

/// What [`AssistantsApi::list_runs`] takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRuns {
    /// The thread.
    pub thread_id: String,
    /// How many.
    pub limit: i64,
    /// Only those of this status.
    pub status: Option<RunStatus>,
    /// What else to give.
    pub include: Option<Vec<RunInclude>>,
    /// Since when.
    pub if_modified_since: Option<String>,
    /// The session.
    pub session: Option<String>,
}

impl FromRequest for ListRuns {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_header("OpenAI-Beta", "assistants=v2")?;
        Ok(Self {
            thread_id: request.path("thread_id")?,
            limit: request.query_or("limit", 20)?,
            status: request.query_optional("status")?,
            include: request.query_list("include[]")?,
            if_modified_since: request.header_optional("If-Modified-Since")?,
            session: request.cookie_optional("session")?,
        })
    }
}

/// What [`AssistantsApi::list_runs`] answers.
#[derive(Debug)]
pub enum ListRunsReply {
    /// `200`
    Ok(Vec<Run>),
}

impl From<Vec<Run>> for ListRunsReply {
    fn from(value: Vec<Run>) -> Self {
        Self::Ok(value)
    }
}

impl IntoReply for ListRunsReply {
    fn into_reply(self) -> Reply {
        match self {
            Self::Ok(value) => Reply::json(StatusCode::OK, &value),
        }
    }
}

/// What [`AssistantsApi::create_run`] takes.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRun {
    /// The thread.
    pub thread_id: String,
    /// What else to give.
    pub include: Option<Vec<RunInclude>>,
    /// The body.
    pub body: CreateRunRequest,
}

impl FromRequest for CreateRun {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_header("OpenAI-Beta", "assistants=v2")?;
        Ok(Self {
            thread_id: request.path("thread_id")?,
            include: request.query_list("include[]")?,
            body: request.json().await?,
        })
    }
}

/// What [`AssistantsApi::create_run`] answers.
#[derive(Debug)]
pub enum CreateRunReply {
    /// `200` as JSON
    Ok(Run),
    /// `200` as events
    Events(EventStream<AssistantStreamEvent>),
}

impl From<Run> for CreateRunReply {
    fn from(value: Run) -> Self {
        Self::Ok(value)
    }
}

impl From<EventStream<AssistantStreamEvent>> for CreateRunReply {
    fn from(value: EventStream<AssistantStreamEvent>) -> Self {
        Self::Events(value)
    }
}

impl IntoReply for CreateRunReply {
    fn into_reply(self) -> Reply {
        match self {
            Self::Ok(value) => Reply::json(StatusCode::OK, &value),
            Self::Events(events) => Reply::events(StatusCode::OK, events),
        }
    }
}

/// What [`AssistantsApi::get_run`] takes.
#[derive(Debug, Clone, PartialEq)]
pub struct GetRun {
    /// The thread.
    pub id: String,
    /// The run.
    pub run_id: String,
}

impl FromRequest for GetRun {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        request.constant_header("OpenAI-Beta", "assistants=v2")?;
        Ok(Self {
            id: request.path("id")?,
            run_id: request.path("run_id")?,
        })
    }
}

/// What [`AssistantsApi::get_run`] answers.
#[derive(Debug)]
pub enum GetRunReply {
    /// `200`
    Ok(Run),
}

impl From<Run> for GetRunReply {
    fn from(value: Run) -> Self {
        Self::Ok(value)
    }
}

impl IntoReply for GetRunReply {
    fn into_reply(self) -> Reply {
        match self {
            Self::Ok(value) => Reply::json(StatusCode::OK, &value),
        }
    }
}
