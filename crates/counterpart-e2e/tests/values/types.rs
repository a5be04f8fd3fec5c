//! Every type of the types crate, with what can be done with each without knowing it.
//!
//! The list is written down, so that the compiler makes the code for each of them; `listed` checks that it is whole.

use crate::survive::{self, Modes};
use assistants_types as types;
use counterpart_wire::{
    DecodeError, Deserialize, Event, Mode, RawEvent, Serialize, Value, json, mode,
};
use proptest::test_runner::TestCaseResult;
use std::fmt::Debug;

/// What every type is.
pub(crate) trait Plain: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug {}

impl<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug> Plain for T {}

/// A type, seen from outside.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Checks that a value survives all ways there are.
    pub(crate) survives: fn(&Value, Modes) -> TestCaseResult,
    /// Reads JSON, whatever it is.
    pub(crate) read: fn(&str, Mode) -> Result<(), DecodeError>,
    /// Reads JSON in every mode, and checks what could be read.
    pub(crate) takes_anything: fn(&str) -> TestCaseResult,
}

impl Type {
    fn of<T: Plain>(name: &'static str) -> Self {
        Self {
            name,
            survives: survive::plain::<T>,
            read: |json, mode| json::decode::<T>(json.as_bytes(), mode).map(drop),
            takes_anything: survive::anything::<T>,
        }
    }

    fn of_events<T: Event + PartialEq + Debug>(name: &'static str) -> Self {
        Self {
            name,
            survives: survive::event::<T>,
            read: |json, mode| {
                let value = serde_json::from_str(json).expect("only JSON is asked for");
                let event = raw_event(&value).expect("only events are asked for");
                mode::scope(mode, || T::read(&event)).map(drop)
            },
            takes_anything: survive::any_event::<T>,
        }
    }
}

/// The event that an object of `event` and `data` stands for. Data that is a text stands there as it is.
pub(crate) fn raw_event(value: &Value) -> Option<RawEvent> {
    let (name, data) = (value.get("event")?.as_str()?, value.get("data")?);
    Some(match data {
        Value::String(text) => RawEvent::text(name.to_owned(), text.clone()),
        data => RawEvent::text(name.to_owned(), data.to_string()),
    })
}

macro_rules! all {
    (values: $($value:ident)*; events: $($event:ident)*;) => {
        /// All of them.
        pub(crate) fn all() -> Vec<Type> {
            vec![
                $(Type::of::<types::$value>(stringify!($value)),)*
                $(Type::of_events::<types::$event>(stringify!($event)),)*
            ]
        }
    };
}

all! {
    values:
        Assistant Tool ToolResources FileSearchResources CodeInterpreterResources
        CodeInterpreterTool FileSearchTool FileSearchOptions AttachmentFileSearchTool
        FunctionTool ResponseFormat ToolChoice ToolChoiceMode NamedToolChoice
        NamedToolChoiceType NamedToolChoiceFunction CreateAssistantRequest ModelId
        NewToolResources NewFileSearchResources NewVectorStore ChunkingStrategy AutoChunking
        StaticChunking ChunkSizes CreateMessageRequest MessageInput MessageInputPart Role
        Attachment AttachmentTool CreateRunRequest CreateThreadAndRunRequest CreateThreadRequest
        DeleteAssistantResponse DeleteMessageResponse DeleteThreadResponse ErrorDetails
        ErrorResponse FileSearchRankingOptions FileSearchRanker FunctionDefinition
        FunctionParameters ListAssistantsResponse ListMessagesResponse ListRunStepsResponse
        ListRunsResponse MessageContentImageFile ImageFile ImageDetail MessageContentImageUrl
        ImageUrl MessageContentRefusal FileCitation CitedFile FilePath GeneratedFile
        MessageContentText MessageText Annotation MessageContentImageFileDelta ImageFileDelta
        MessageContentImageUrlDelta ImageUrlDelta MessageContentRefusalDelta FileCitationDelta
        CitedFileDelta FilePathDelta GeneratedFileDelta MessageContentTextDelta MessageTextDelta
        AnnotationDelta MessageDelta MessageDeltaFields MessageContentDelta Message
        MessageStatus MessageIncompleteDetails MessageIncompleteDetailsReason MessageContent
        MessageInputText Metadata ModifyAssistantRequest ModifyMessageRequest ModifyRunRequest
        ModifyThreadRequest ParallelToolCalls ResponseFormatJsonObject ResponseFormatJsonSchema
        JsonSchemaFormat JsonSchema ResponseFormatText RunUsage Run RunStatus RunRequiredAction
        RunRequiredActionSubmitToolOutputs RunLastError RunLastErrorCode RunIncompleteDetails
        RunIncompleteDetailsReason RunStepUsage RunStepDelta RunStepDeltaFields StepDetailsDelta
        StepDetailsMessageCreationDelta MessageCreationDelta CodeInterpreterToolCallDelta
        CodeInterpreterCallDelta CodeOutputDelta CodeOutputImageDelta CodeOutputImageFileDelta
        CodeOutputLogsDelta FileSearchToolCallDelta FunctionToolCallDelta FunctionCallDelta
        StepDetailsToolCallsDelta ToolCallDelta StepDetailsMessageCreation MessageCreation
        CodeInterpreterToolCall CodeInterpreterCall CodeOutput CodeOutputImage
        CodeOutputImageFile CodeOutputLogs FileSearchToolCall FileSearchCall
        FileSearchCallRankingOptions FileSearchResult FileSearchResultContent
        FileSearchResultContentType FunctionToolCall FunctionCall StepDetailsToolCalls ToolCall
        RunStep RunStepType RunStepStatus StepDetails RunStepLastError RunStepLastErrorCode
        RunToolCall RunToolCallFunction SubmitToolOutputsRunRequest ToolOutput Thread
        TruncationStrategy TruncationStrategyType Order RunInclude;
    events: AssistantStreamEvent;
}
