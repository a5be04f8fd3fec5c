//! Run steps, tool calls, and their deltas.

use super::{LastError, Usage};
use counterpart_wire::IndexMap;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStep {
    pub id: String,
    pub object: RunStepObject,
    pub created_at: i64,
    pub assistant_id: String,
    pub thread_id: String,
    pub run_id: String,
    #[serde(rename = "type")]
    pub type_: RunStepType,
    pub status: RunStepStatus,
    pub step_details: StepDetails,
    pub last_error: Option<LastError>,
    pub expired_at: Option<i64>,
    pub cancelled_at: Option<i64>,
    pub failed_at: Option<i64>,
    pub completed_at: Option<i64>,
    pub metadata: Option<IndexMap<String, String>>,
    pub usage: Option<Usage>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStepType {
    MessageCreation,
    ToolCalls,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStepStatus {
    InProgress,
    Cancelled,
    Failed,
    Completed,
    Expired,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StepDetails {
    MessageCreation { message_creation: MessageCreation },
    ToolCalls { tool_calls: Vec<ToolCall> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageCreation {
    pub message_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToolCall {
    CodeInterpreter {
        id: String,
        code_interpreter: CodeInterpreterCall,
    },
    FileSearch {
        id: String,
        file_search: FileSearchCall,
    },
    Function {
        id: String,
        function: FunctionCall,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeInterpreterCall {
    pub input: String,
    pub outputs: Vec<CodeOutput>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CodeOutput {
    Logs { logs: String },
    Image { image: CodeOutputImage },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeOutputImage {
    pub file_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSearchCall {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking_options: Option<FileSearchCallRanking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<FileSearchResult>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSearchCallRanking {
    pub ranker: String,
    pub score_threshold: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSearchResult {
    pub file_id: String,
    pub file_name: String,
    pub score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Vec<FileSearchResultContent>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSearchResultContent {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<FileSearchResultContentType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileSearchResultContentType {
    Text,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionCall {
    pub name: String,
    pub arguments: String,
    pub output: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStepDelta {
    pub id: String,
    pub object: RunStepDeltaObject,
    pub delta: RunStepDeltaFields,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStepDeltaFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_details: Option<StepDetailsDelta>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StepDetailsDelta {
    MessageCreation {
        #[serde(skip_serializing_if = "Option::is_none")]
        message_creation: Option<MessageCreationDelta>,
    },
    ToolCalls {
        #[serde(skip_serializing_if = "Option::is_none")]
        tool_calls: Option<Vec<ToolCallDelta>>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageCreationDelta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToolCallDelta {
    CodeInterpreter {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        code_interpreter: Option<CodeInterpreterCallDelta>,
    },
    FileSearch {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        file_search: serde_json::Map<String, serde_json::Value>,
    },
    Function {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        function: Option<FunctionCallDelta>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeInterpreterCallDelta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<CodeOutputDelta>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CodeOutputDelta {
    Logs {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        logs: Option<String>,
    },
    Image {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        image: Option<CodeOutputImage>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionCallDelta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RunStepObject {
    #[serde(rename = "thread.run.step")]
    RunStepObject,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RunStepDeltaObject {
    #[serde(rename = "thread.run.step.delta")]
    RunStepDeltaObject,
}
