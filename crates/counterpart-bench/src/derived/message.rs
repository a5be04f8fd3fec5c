//! Messages and their deltas.

use counterpart_wire::IndexMap;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: String,
    pub object: MessageObject,
    pub created_at: i64,
    pub thread_id: String,
    pub status: MessageStatus,
    pub incomplete_details: Option<MessageIncompleteDetails>,
    pub completed_at: Option<i64>,
    pub incomplete_at: Option<i64>,
    pub role: Role,
    pub content: Vec<MessageContent>,
    pub assistant_id: Option<String>,
    pub run_id: Option<String>,
    pub attachments: Option<Vec<Attachment>>,
    pub metadata: Option<IndexMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    InProgress,
    Incomplete,
    Completed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageIncompleteDetails {
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    User,
    Assistant,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MessageContent {
    ImageFile { image_file: ImageFile },
    ImageUrl { image_url: ImageUrl },
    Text { text: MessageText },
    Refusal { refusal: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImageFile {
    pub file_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImageUrl {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    Auto,
    Low,
    High,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageText {
    pub value: String,
    pub annotations: Vec<Annotation>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Annotation {
    FileCitation {
        text: String,
        file_citation: CitedFile,
        start_index: u64,
        end_index: u64,
    },
    FilePath {
        text: String,
        file_path: CitedFile,
        start_index: u64,
        end_index: u64,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CitedFile {
    pub file_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<AttachmentTool>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AttachmentTool {
    CodeInterpreter,
    FileSearch,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageDelta {
    pub id: String,
    pub object: MessageDeltaObject,
    pub delta: MessageDeltaFields,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageDeltaFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Vec<MessageContentDelta>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MessageContentDelta {
    ImageFile {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        image_file: Option<ImageFile>,
    },
    Text {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<MessageTextDelta>,
    },
    Refusal {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        refusal: Option<String>,
    },
    ImageUrl {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        image_url: Option<ImageUrl>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageTextDelta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Vec<AnnotationDelta>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AnnotationDelta {
    FileCitation {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        file_citation: Option<CitedFileDelta>,
        #[serde(skip_serializing_if = "Option::is_none")]
        start_index: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        end_index: Option<u64>,
    },
    FilePath {
        index: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        file_path: Option<CitedFileDelta>,
        #[serde(skip_serializing_if = "Option::is_none")]
        start_index: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        end_index: Option<u64>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CitedFileDelta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MessageObject {
    #[serde(rename = "thread.message")]
    MessageObject,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MessageDeltaObject {
    #[serde(rename = "thread.message.delta")]
    MessageDeltaObject,
}
