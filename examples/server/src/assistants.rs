//! Assistants: made, listed, changed and deleted.

use assistants_server::types::{Assistant, DeleteAssistantResponse, ListAssistantsResponse};
use assistants_server::{
    ApiError, CreateAssistant, DeleteAssistant, GetAssistant, ListAssistants, ModifyAssistant,
};

use crate::change::{change, replace};
use crate::page::Page;
use crate::state::{State, now};
use crate::threads::resources;

impl State {
    pub(crate) fn create_assistant(&mut self, request: CreateAssistant) -> Assistant {
        let body = request.body;
        let assistant = Assistant {
            id: self.ids.next("asst"),
            created_at: now(),
            name: body.name.into(),
            description: body.description.into(),
            model: body.model.to_string(),
            instructions: body.instructions.into(),
            tools: body.tools.unwrap_or_default(),
            tool_resources: body.tool_resources.map(|new| resources(&mut self.ids, new)),
            metadata: body.metadata.into(),
            temperature: body.temperature,
            top_p: body.top_p,
            response_format: body.response_format,
        };
        self.assistants.insert(&assistant.id, assistant.clone());
        assistant
    }

    pub(crate) fn get_assistant(&self, request: GetAssistant) -> Result<Assistant, ApiError> {
        self.assistants.get(&request.assistant_id).cloned()
    }

    pub(crate) fn list_assistants(&self, request: ListAssistants) -> ListAssistantsResponse {
        let page = Page {
            limit: request.limit,
            order: request.order,
            after: request.after,
            before: request.before,
        };
        let listed = self.assistants.page(&page, |_| true);
        ListAssistantsResponse {
            data: listed.data(Assistant::clone),
            first_id: listed.first_id(),
            last_id: listed.last_id(),
            has_more: listed.has_more,
        }
    }

    pub(crate) fn modify_assistant(
        &mut self,
        request: ModifyAssistant,
    ) -> Result<Assistant, ApiError> {
        let assistant = self.assistants.get_mut(&request.assistant_id)?;
        let body = request.body;
        if let Some(model) = body.model {
            assistant.model = model;
        }
        if let Some(tools) = body.tools {
            assistant.tools = tools;
        }
        change(&mut assistant.name, body.name);
        change(&mut assistant.description, body.description);
        change(&mut assistant.instructions, body.instructions);
        change(&mut assistant.metadata, body.metadata);
        replace(&mut assistant.tool_resources, body.tool_resources);
        replace(&mut assistant.temperature, body.temperature);
        replace(&mut assistant.top_p, body.top_p);
        replace(&mut assistant.response_format, body.response_format);
        Ok(assistant.clone())
    }

    pub(crate) fn delete_assistant(
        &mut self,
        request: DeleteAssistant,
    ) -> Result<DeleteAssistantResponse, ApiError> {
        let assistant = self.assistants.remove(&request.assistant_id)?;
        Ok(DeleteAssistantResponse::new(assistant.id, true))
    }
}
