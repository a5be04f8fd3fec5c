//! Messages: added to a thread, listed, changed and deleted.

use assistants_server::types::{
    CreateMessageRequest, DeleteMessageResponse, ListMessagesResponse, Message, MessageContent,
    MessageContentText, MessageInput, MessageInputPart, MessageStatus, MessageText,
};
use assistants_server::{
    ApiError, CreateMessage, DeleteMessage, GetMessage, ListMessages, ModifyMessage,
};

use crate::change::change;
use crate::page::Page;
use crate::state::{Conversation, Ids, State, now};

impl State {
    pub(crate) fn create_message(&mut self, request: CreateMessage) -> Result<Message, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        conversation.check_idle()?;
        conversation.add_message(&mut self.ids, request.body)
    }

    pub(crate) fn get_message(&self, request: GetMessage) -> Result<Message, ApiError> {
        let conversation = self.threads.get(&request.thread_id)?;
        conversation.messages.get(&request.message_id).cloned()
    }

    pub(crate) fn list_messages(
        &self,
        request: ListMessages,
    ) -> Result<ListMessagesResponse, ApiError> {
        let page = Page {
            limit: request.limit,
            order: request.order,
            after: request.after,
            before: request.before,
        };
        let conversation = self.threads.get(&request.thread_id)?;
        let listed = conversation.messages.page(&page, |message| {
            request.run_id.is_none() || request.run_id == message.run_id
        });
        Ok(ListMessagesResponse {
            data: listed.data(Message::clone),
            first_id: listed.first_id(),
            last_id: listed.last_id(),
            has_more: listed.has_more,
        })
    }

    pub(crate) fn modify_message(&mut self, request: ModifyMessage) -> Result<Message, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        let message = conversation.messages.get_mut(&request.message_id)?;
        change(&mut message.metadata, request.body.metadata);
        Ok(message.clone())
    }

    pub(crate) fn delete_message(
        &mut self,
        request: DeleteMessage,
    ) -> Result<DeleteMessageResponse, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        let message = conversation.messages.remove(&request.message_id)?;
        Ok(DeleteMessageResponse::new(message.id, true))
    }
}

impl Conversation {
    /// Adds what a caller has written.
    pub(crate) fn add_message(
        &mut self,
        ids: &mut Ids,
        body: CreateMessageRequest,
    ) -> Result<Message, ApiError> {
        let message = Message {
            id: ids.next("msg"),
            created_at: now(),
            thread_id: self.thread.id.clone(),
            status: MessageStatus::Completed,
            incomplete_details: None,
            completed_at: Some(now()),
            incomplete_at: None,
            role: body.role,
            content: content(body.content)?,
            assistant_id: None,
            run_id: None,
            attachments: body.attachments.into(),
            metadata: body.metadata.into(),
        };
        self.messages.insert(&message.id, message.clone());
        Ok(message)
    }
}

/// A text as the only content of a message.
pub(crate) fn text(value: impl Into<String>) -> MessageContent {
    MessageContentText::new(MessageText::new(value, [])).into()
}

/// The texts of a message, without its images.
pub(crate) fn plain_text(message: &Message) -> String {
    let texts = message.content.iter().filter_map(|part| match part {
        MessageContent::Text(part) => Some(part.text.value.as_str()),
        MessageContent::ImageFile(_)
        | MessageContent::ImageUrl(_)
        | MessageContent::Refusal(_)
        | MessageContent::Unknown(_) => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn content(input: MessageInput) -> Result<Vec<MessageContent>, ApiError> {
    match input {
        MessageInput::Text(value) => Ok(vec![text(value)]),
        MessageInput::Parts(parts) => parts.into_iter().map(part).collect(),
        MessageInput::Unknown(_) => Err(unsupported()),
    }
}

fn part(part: MessageInputPart) -> Result<MessageContent, ApiError> {
    match part {
        MessageInputPart::Text(part) => Ok(text(part.text)),
        MessageInputPart::ImageFile(image) => Ok(image.into()),
        MessageInputPart::ImageUrl(image) => Ok(image.into()),
        MessageInputPart::Unknown(_) => Err(unsupported()),
    }
}

/// The router lets no such request through; the types do not know that.
fn unsupported() -> ApiError {
    ApiError::bad_request("This content is not supported.").param("content")
}
