//! Paging: a list is walked item by item, page by page, or taken as a whole.

use assistants_client::types::{CreateMessageRequest, Order, Role};
use assistants_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let thread = client.create_thread().await?;
    for number in 1..=5 {
        let message = CreateMessageRequest::new(Role::User, format!("Message {number}"));
        client.create_message(&thread.id, message).await?;
    }

    let oldest_first = || client.list_messages(&thread.id).order(Order::Asc).limit(2);
    let mut messages = oldest_first().items();
    let mut count = 0;
    while let Some(message) = messages.try_next().await? {
        count += 1;
        println!("{count}. from the {}", message.role);
    }

    let mut pages = oldest_first().pages();
    while let Some(page) = pages.try_next().await? {
        println!("a page of {}, more: {}", page.data.len(), page.has_more);
    }

    let all = oldest_first().items().all().await?;
    println!("{} in all", all.len());
    Ok(())
}
