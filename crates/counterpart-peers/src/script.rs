//! A source that answers by a script, and remembers what it was asked.
//!
//! The peer writes the script with `PUT /script`, a list of answers such as `{"json": …}`, and reads with
//! `GET /asked` what the service saw since.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assistants_server::{ApiError, Context, Router};
use axum::Json;
use axum::extract::State;
use axum::routing::{get, put};
use serde_json::{Map, Value, json};

use crate::answer::Scripted;
use crate::service::{Answer, Source, unfit};

/// The source. Clones share the script and the memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Script(Arc<Mutex<Play>>);

#[derive(Debug, Default)]
struct Play {
    /// What to answer, in this order.
    answers: VecDeque<Scripted>,
    /// What was asked.
    asked: Vec<Value>,
}

impl Script {
    fn play(&self) -> MutexGuard<'_, Play> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Script {
    fn answer(&self, cx: &Context, request: Value) -> Result<Answer, ApiError> {
        let asked = json!({
            "operation": cx.operation(),
            "request": request,
            "headers": headers(cx),
            "request_id": cx.request_id(),
        });
        let mut play = self.play();
        play.asked.push(asked);
        let answer = play.answers.pop_front();
        drop(play);
        answer
            .ok_or_else(|| unfit("the script is at its end"))?
            .into_answer()
    }
}

/// The headers of a request; those that are no text are left out.
fn headers(cx: &Context) -> Map<String, Value> {
    let texts = cx.headers().iter().filter_map(|(name, value)| {
        let text = value.to_str().ok()?;
        Some((name.to_string(), text.into()))
    });
    texts.collect()
}

/// The routes by which the peer directs the service. They stand beside the API, not in it.
pub(crate) fn control(script: Script) -> Router {
    Router::new()
        .route("/script", put(write))
        .route("/asked", get(asked))
        .with_state(script)
}

/// Replaces the script and forgets what was asked.
async fn write(State(script): State<Script>, Json(answers): Json<VecDeque<Scripted>>) {
    let asked = Vec::new();
    *script.play() = Play { answers, asked };
}

/// What was asked since the script was written, and how many answers are left.
async fn asked(State(script): State<Script>) -> Json<Value> {
    let play = script.play();
    Json(json!({"asked": play.asked, "left": play.answers.len()}))
}
