//! Webhooks: requests that the service sends by itself. Of them, what they hold becomes types.

use crate::api::{Method, Webhook};

use super::Ctx;
use super::read::At;

impl Ctx<'_> {
    /// `webhooks`, each of which is a path item without a path.
    pub(super) fn webhooks(&mut self, root: &At<'_>) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for (name, at) in self.members(root, "webhooks") {
            if !name.starts_with("x-") {
                self.with_path_item(&at, |ctx, item| ctx.webhook(&name, item, &mut webhooks));
            }
        }
        webhooks
    }

    fn webhook(&mut self, name: &str, item: &At<'_>, webhooks: &mut Vec<Webhook>) {
        for (method, _) in Method::ALL {
            let operation = item.get(method);
            let Some(body) = operation.and_then(|operation| operation.get("requestBody")) else {
                continue;
            };
            if let Some(body) = self.resolve_object(&body) {
                webhooks.push(Webhook {
                    name: name.to_owned(),
                    contents: self.contents(name, "payload", &body),
                });
            }
        }
    }
}
