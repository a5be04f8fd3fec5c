//! A service that does what its arguments say, so that each test can provoke what it needs.

use counterpart_server::{ApiError, Context, EventStream};
use counterpart_wire::Nullable;
use futures_util::{StreamExt, stream};

use crate::assistants::server::{
    AssistantsApi, CreateRun, CreateRunReply, CreateThread, CreateThreadReply, DeleteThread,
    DeleteThreadReply, GetRun, GetRunReply, ListRuns, ListRunsReply,
};
use crate::assistants::types::{AssistantStreamEvent, Run, RunStatus, Thread};

pub(crate) struct Service;

impl AssistantsApi for Service {
    async fn create_thread(
        &self,
        cx: Context,
        request: CreateThread,
    ) -> Result<CreateThreadReply, ApiError> {
        let title = request
            .body
            .map_or(Some("none".to_owned()), |body| body.title);
        Ok(Thread {
            id: cx.request_id().to_owned(),
            title,
        }
        .into())
    }

    async fn delete_thread(
        &self,
        _: Context,
        request: DeleteThread,
    ) -> Result<DeleteThreadReply, ApiError> {
        Ok(DeleteThreadReply::NoContent {
            deleted: request.thread_id.parse().ok(),
        })
    }

    /// Answers with its arguments, each as a run.
    async fn list_runs(&self, _: Context, request: ListRuns) -> Result<ListRunsReply, ApiError> {
        let include = request.include.map(|include| {
            include
                .iter()
                .map(|item| item.as_str().to_owned())
                .collect()
        });
        let arguments = [
            Some(request.limit.to_string()),
            request.status.map(|status| status.to_string()),
            include.map(|include: Vec<_>| include.join(" ")),
            request.if_modified_since,
            request.session,
        ];
        let runs = arguments
            .into_iter()
            .flatten()
            .map(|argument| run(&request.thread_id, &argument));
        Ok(runs.collect::<Vec<_>>().into())
    }

    async fn create_run(&self, _: Context, request: CreateRun) -> Result<CreateRunReply, ApiError> {
        let run = run(&request.thread_id, &request.body.assistant_id);
        if request.body.stream == Nullable::Value(true) {
            return Ok(events(&request.body.assistant_id, run).into());
        }
        Ok(run.into())
    }

    async fn get_run(&self, _: Context, request: GetRun) -> Result<GetRunReply, ApiError> {
        match request.run_id.as_str() {
            "missing" => Err(ApiError::not_found("No run found.")
                .param("run_id")
                .code("no_such_run")),
            "busy" => Err(ApiError::too_many_requests("Slow down.").header("retry-after", 3)),
            "custom" => Err(ApiError::with_body(http::StatusCode::CONFLICT, &["mine"])),
            "broken" => Err(ApiError::internal("the password is hunter2")),
            "panic" => panic!("the password is hunter2"),
            "late-panic" => {
                tokio::task::yield_now().await;
                panic!("the password is hunter2")
            }
            other => Ok(run(&request.id, other).into()),
        }
    }
}

pub(crate) fn run(thread_id: &str, id: &str) -> Run {
    Run {
        id: id.to_owned(),
        thread_id: thread_id.to_owned(),
        status: RunStatus::Queued,
    }
}

fn events(what: &str, run: Run) -> EventStream<AssistantStreamEvent> {
    let created = AssistantStreamEvent::ThreadRunCreated(run.clone());
    let completed = AssistantStreamEvent::ThreadRunCompleted(run);
    match what {
        "error" => EventStream::new(stream::iter([
            Ok(created),
            Err(ApiError::too_many_requests("Slow down.").code("rate_limit_exceeded")),
            Ok(completed),
        ])),
        "internal" => EventStream::new(stream::iter([Err(ApiError::internal(
            "the password is hunter2",
        ))])),
        "panic" => EventStream::new(stream::iter([Ok(created), Err(())]).map(
            |event| match event {
                Ok(event) => Ok::<_, ApiError>(event),
                Err(()) => panic!("the password is hunter2"),
            },
        )),
        "produced" => EventStream::produce(|mut events| async move {
            events.send(created).await?;
            tokio::task::yield_now().await;
            events.send(completed).await?;
            Err(ApiError::unavailable("Out of tokens."))
        }),
        "after-done" => EventStream::iter([created, AssistantStreamEvent::Done, completed]),
        "without-done" => EventStream::iter([created]),
        _ => EventStream::iter([created, completed, AssistantStreamEvent::Done]),
    }
}
