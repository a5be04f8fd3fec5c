//! A source that answers everything, with values made from the schemas of the document.
//!
//! The same request gets the same answer.

use std::path::Path;

use assistants_server::types::AssistantStreamEvent;
use assistants_server::{ApiError, Context, EventStream, Router};
use axum::Json;
use axum::routing::get;
use counterpart_codegen::api::{EventUnion, Operation, Status, Use};
use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::{Output, config, emit, generate};
use serde_json::Value;

use crate::answer::events;
use crate::random::Random;
use crate::service::{Answer, Source, unfit};
use crate::values::Maker;

/// The source.
#[derive(Debug)]
pub(crate) struct Made(Output);

impl Made {
    /// Of the document in `spec/`; `None` if there is none that can be read.
    pub(crate) fn load() -> Option<Self> {
        let (sources, diags) = (&mut Sources::default(), &mut Diagnostics::default());
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/counterpart.toml");
        let config = config::load(&file, &emit::packages(), sources, diags)?;
        generate(config.apis.first()?, sources, diags).map(Self)
    }

    /// The document with its overlays, at `/openapi.json`.
    pub(crate) fn document(&self) -> Router {
        let document = Json(self.0.document.root.to_json());
        Router::new().route("/openapi.json", get(|| async move { document }))
    }

    fn operation(&self, cx: &Context) -> Option<&Operation> {
        let mut operations = self.0.api.operations.iter();
        operations.find(|operation| operation.id == cx.operation())
    }
}

impl Source for Made {
    fn answer(&self, cx: &Context, request: Value) -> Result<Answer, ApiError> {
        let operation = self.operation(cx);
        let operation = operation.ok_or_else(|| unfit("the document has no such operation"))?;
        let random = Random::of(&format!("{} {request}", cx.operation()));
        let mut maker = Maker::new(&self.0.api, random);

        let wants_events = request["body"]["stream"] == true;
        if let Some(union) = self.streamed(operation).filter(|_| wants_events) {
            let made: EventStream<AssistantStreamEvent> = events(&maker.events(union), None)?;
            return Ok(Answer::Events(made));
        }
        let ty = json(operation).ok_or_else(|| unfit("the operation has no reply"))?;
        Ok(Answer::Json(maker.value(ty)))
    }
}

impl Made {
    /// The events that an operation may answer with.
    fn streamed(&self, operation: &Operation) -> Option<&EventUnion> {
        let mut contents = operation.responses.iter().flat_map(|reply| &reply.contents);
        let events = contents.find(|content| content.is_event_stream())?;
        self.0.api.events.get(&events.ty?.schema)
    }
}

/// What an operation answers with when it succeeds.
fn json(operation: &Operation) -> Option<Use> {
    let mut replies = operation.responses.iter();
    let ok = replies.find(|reply| matches!(reply.status, Status::Code(200..=299)))?;
    ok.contents.iter().find(|content| content.is_json())?.ty
}
