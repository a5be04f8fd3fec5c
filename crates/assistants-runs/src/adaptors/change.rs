//! What one event changes.

use assistants_client::types::{
    AssistantStreamEvent, ImageFile, Message, MessageText, Run, RunStep, Thread, ToolCall,
    ToolCallDelta,
};

/// A change that a stream tells of. Of anything, the first is its creation and the last is that it is done.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// The thread was created.
    Thread(Thread),
    /// The run has another status.
    Run(Box<Run>),
    /// A message was begun.
    MessageCreated(Message),
    /// A text was begun, as a part of a message.
    TextCreated {
        /// The message.
        message_id: String,
        /// Which of the message's parts it is.
        index: i64,
    },
    /// A text goes on.
    TextDelta {
        /// The message.
        message_id: String,
        /// Which of the message's parts it is.
        index: i64,
        /// What is added.
        text: String,
    },
    /// A text is done.
    TextDone {
        /// The message.
        message_id: String,
        /// Which of the message's parts it is.
        index: i64,
        /// The whole text with its annotations.
        text: MessageText,
    },
    /// A refusal goes on, which is a part of a message as well.
    RefusalDelta {
        /// The message.
        message_id: String,
        /// Which of the message's parts it is.
        index: i64,
        /// What is added.
        refusal: String,
    },
    /// An image is there, as a part of a message.
    ImageFileDone {
        /// The message.
        message_id: String,
        /// Which of the message's parts it is.
        index: i64,
        /// Where the image is.
        image: ImageFile,
    },
    /// A message is done, complete or not.
    MessageDone(Message),
    /// A step was begun.
    StepCreated(Box<RunStep>),
    /// A tool call was begun, as a part of a step.
    ToolCallCreated {
        /// The step.
        step_id: String,
        /// Which of the step's calls it is.
        index: i64,
        /// The call, as far as it is known.
        call: ToolCall,
    },
    /// A tool call goes on.
    ToolCallDelta {
        /// The step.
        step_id: String,
        /// Which of the step's calls it is.
        index: i64,
        /// What is added.
        delta: ToolCallDelta,
    },
    /// A tool call is done.
    ToolCallDone {
        /// The step.
        step_id: String,
        /// Which of the step's calls it is.
        index: i64,
        /// The whole call.
        call: ToolCall,
    },
    /// A step is done, whatever became of it.
    StepDone(Box<RunStep>),
    /// An event that changes nothing: an error, or one that is not known.
    Other(Box<AssistantStreamEvent>),
}
