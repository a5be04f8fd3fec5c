//! Headers of replies: those of the document, and others.

use counterpart_client::Error;
use counterpart_goldens::response_headers::server::{
    self, AddPetAcceptedHeaders, AddPetCreatedHeaders, AddPetReply, ListPetsClientErrorHeaders,
    ListPetsOkHeaders, ListPetsReply,
};
use counterpart_goldens::response_headers::types::{AddPetCreatedXKind as Kind, Place, Problem};
use counterpart_server::{ApiError, Context, StatusCode};

use crate::client;

struct Pets;

impl server::DemoApi for Pets {
    async fn list_pets(&self, cx: Context, _: server::ListPets) -> Result<ListPetsReply, ApiError> {
        cx.reply_header("x-served-by", "pets-3");
        let which = cx.headers().get("which").map(|which| which.as_bytes());
        Ok(match which {
            Some(b"none") => Vec::new().into(),
            Some(b"busy") => {
                let headers = ListPetsClientErrorHeaders { retry_after: 7 };
                ListPetsReply::ClientError(StatusCode::CONFLICT, Problem::new("busy"), headers)
            }
            _ => {
                let headers = ListPetsOkHeaders {
                    x_next: Some("b, and c".to_owned()),
                    x_ratelimit_remaining: Some(59),
                };
                ListPetsReply::Ok(vec!["a".to_owned()], headers)
            }
        })
    }

    async fn add_pet(&self, cx: Context, _: server::AddPet) -> Result<AddPetReply, ApiError> {
        if cx.headers().contains_key("later") {
            let x_ticket = Some("17".to_owned());
            return Ok(AddPetReply::Accepted(AddPetAcceptedHeaders { x_ticket }));
        }
        let headers = AddPetCreatedHeaders {
            location: "/pets/a".to_owned(),
            x_kinds: Some(vec![Kind::Cat, Kind::Dog]),
            x_place: Some(Place::new("Bergen").floor(2)),
            x_notes: Some(Place::new("Troms\u{f8}")),
        };
        Ok(AddPetReply::Created("a".to_owned(), headers))
    }
}

#[tokio::test]
async fn a_reply_has_the_headers_of_its_status() {
    let client = client!(response_headers, Pets);
    let pets = client.list_pets().send().await.unwrap();
    assert_eq!(pets.header("x-next").unwrap(), Some("b, and c".to_owned()));
    assert_eq!(pets.header("x-ratelimit-remaining").unwrap(), Some(59));
    assert!(pets.header::<u8>("x-next").is_err(), "it is no number");

    let busy = client.list_pets().header("which", "busy").retries(0);
    let Err(Error::Api(busy)) = busy.await else {
        panic!("it is busy");
    };
    assert_eq!(busy.status(), StatusCode::CONFLICT);
    assert_eq!(busy.header("retry-after").unwrap(), Some(7));
}

#[tokio::test]
async fn headers_that_may_be_absent_need_not_be_given() {
    let client = client!(response_headers, Pets);
    let none = client
        .list_pets()
        .header("which", "none")
        .send()
        .await
        .unwrap();
    assert!(none.is_empty());
    assert_eq!(none.header::<i32>("x-ratelimit-remaining").unwrap(), None);
}

#[tokio::test]
async fn headers_are_written_as_the_document_says() {
    let client = client!(response_headers, Pets);
    let added = client.add_pet().send().await.unwrap();
    assert_eq!(added.headers()["location"], "/pets/a");
    assert_eq!(added.headers()["x-kinds"], "cat,dog");
    assert_eq!(added.headers()["x-place"], "city=Bergen,floor=2");
    let kinds = added.header::<Vec<Kind>>("x-kinds").unwrap();
    assert_eq!(kinds, Some(vec![Kind::Cat, Kind::Dog]));
    let notes: Place = serde_json::from_slice(added.headers()["x-notes"].as_bytes()).unwrap();
    assert_eq!(notes, Place::new("Troms\u{f8}"));

    let later = client.add_pet().header("later", "1").send().await.unwrap();
    assert_eq!(later.header("x-ticket").unwrap(), Some(17));
}

#[tokio::test]
async fn headers_that_no_document_lists_are_added_through_the_context() {
    let client = client!(response_headers, Pets);
    let pets = client.list_pets().send().await.unwrap();
    assert_eq!(pets.headers()["x-served-by"], "pets-3");
    let busy = client.list_pets().header("which", "busy").retries(0);
    let Err(Error::Api(busy)) = busy.await else {
        panic!("it is busy");
    };
    assert_eq!(busy.headers()["x-served-by"], "pets-3");
}
