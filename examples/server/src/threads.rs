//! Threads: made, changed and deleted, with all that is in them.

use assistants_server::types::{
    DeleteThreadResponse, FileSearchResources, NewToolResources, Thread, ToolResources,
};
use assistants_server::{ApiError, CreateThread, DeleteThread, GetThread, ModifyThread};

use crate::change::change;
use crate::state::{Conversation, Ids, State, now};

impl State {
    pub(crate) fn create_thread(&mut self, request: CreateThread) -> Result<Thread, ApiError> {
        let body = request.body.unwrap_or_default();
        let new = body.tool_resources.into_value();
        let thread = Thread {
            id: self.ids.next("thread"),
            created_at: now(),
            tool_resources: new.map(|new| resources(&mut self.ids, new)),
            metadata: body.metadata.into(),
        };
        let mut conversation = Conversation::new(thread.clone());
        for message in body.messages.unwrap_or_default() {
            conversation.add_message(&mut self.ids, message)?;
        }
        self.threads.insert(&thread.id, conversation);
        Ok(thread)
    }

    pub(crate) fn get_thread(&self, request: GetThread) -> Result<Thread, ApiError> {
        Ok(self.threads.get(&request.thread_id)?.thread.clone())
    }

    pub(crate) fn modify_thread(&mut self, request: ModifyThread) -> Result<Thread, ApiError> {
        let thread = &mut self.threads.get_mut(&request.thread_id)?.thread;
        change(&mut thread.tool_resources, request.body.tool_resources);
        change(&mut thread.metadata, request.body.metadata);
        Ok(thread.clone())
    }

    pub(crate) fn delete_thread(
        &mut self,
        request: DeleteThread,
    ) -> Result<DeleteThreadResponse, ApiError> {
        let conversation = self.threads.remove(&request.thread_id)?;
        Ok(DeleteThreadResponse::new(conversation.thread.id, true))
    }
}

/// The resources that are asked for; each vector store that is to be made becomes the id of one.
pub(crate) fn resources(ids: &mut Ids, new: NewToolResources) -> ToolResources {
    let file_search = new.file_search.map(|search| {
        let mut stores = search.vector_store_ids.unwrap_or_default();
        let made = search.vector_stores.unwrap_or_default();
        stores.extend(made.iter().map(|_| ids.next("vs")));
        FileSearchResources::new().vector_store_ids(stores)
    });
    ToolResources {
        code_interpreter: new.code_interpreter,
        file_search,
    }
}
