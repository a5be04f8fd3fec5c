//! Forms, files, bytes and texts.

use std::io::Cursor;
use std::sync::{Arc, Mutex};

use counterpart_client::{Binary, Error, FilePart};
use counterpart_goldens::{body_binary, body_form, body_multipart, body_several, body_text};
use counterpart_server::{ApiError, Context};

use crate::client;

/// What a service was asked.
type Seen<T> = Arc<Mutex<Option<T>>>;

struct Forms(Seen<body_form::server::CreateToken>);

impl body_form::server::DemoApi for Forms {
    async fn create_token(
        &self,
        _: Context,
        request: body_form::server::CreateToken,
    ) -> Result<body_form::server::CreateTokenReply, ApiError> {
        *self.0.lock().unwrap() = Some(request);
        Ok(body_form::server::CreateTokenReply::NoContent)
    }

    async fn login(
        &self,
        _: Context,
        request: body_form::server::Login,
    ) -> Result<body_form::server::LoginReply, ApiError> {
        match request.body {
            None => Ok(body_form::server::LoginReply::NoContent),
            Some(body) => Err(ApiError::bad_request(format!("{:?}", body.name))),
        }
    }
}

#[tokio::test]
async fn a_form_arrives_as_it_was_sent() {
    use body_form::types::{TokenRequest, TokenRequestFilter};
    let seen = Seen::default();
    let client = client!(body_form, Forms(Arc::clone(&seen)));
    let mut request = TokenRequest::new("client & co")
        .scopes(vec!["read".to_owned(), "write".to_owned()])
        .filter(TokenRequestFilter::new().size(3));
    request.details = Some([("a".to_owned(), 1)].into_iter().collect());

    client.create_token(request.clone()).await.unwrap();

    assert_eq!(seen.lock().unwrap().take().unwrap().body, request);
}

#[tokio::test]
async fn a_form_may_be_left_out_and_keeps_to_its_limits() {
    let client = client!(body_form, Forms(Seen::default()));
    client.login().await.unwrap();
    let named = |name: &str| body_form::types::LoginRequest::new().name(name);
    let error = client.login().body(named("me")).await.unwrap_err();
    assert!(error.to_string().contains("Some(\"me\")"), "{error}");
    let error = client
        .login()
        .body(named("much too long"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("name"), "{error}");
}

struct Files(Seen<body_multipart::server::CreateFile>);

impl body_multipart::server::DemoApi for Files {
    async fn create_file(
        &self,
        _: Context,
        request: body_multipart::server::CreateFile,
    ) -> Result<body_multipart::server::CreateFileReply, ApiError> {
        *self.0.lock().unwrap() = Some(request);
        Ok(body_multipart::types::File::new("file_1").into())
    }

    async fn create_cover(
        &self,
        _: Context,
        request: body_multipart::server::CreateCover,
    ) -> Result<body_multipart::server::CreateCoverReply, ApiError> {
        let body = request
            .body
            .ok_or_else(|| ApiError::bad_request("no cover"))?;
        Err(ApiError::bad_request(format!(
            "{:?}",
            body.cover.file_name()
        )))
    }
}

#[tokio::test]
async fn files_arrive_with_their_names_types_and_fields() {
    use body_multipart::types::{
        CreateFileRequest, CreateFileRequestExpiresAfter, CreateFileRequestPurpose,
    };
    let seen = Seen::default();
    let client = client!(body_multipart, Files(Arc::clone(&seen)));
    let path = std::env::temp_dir().join(format!("counterpart-{}.jsonl", std::process::id()));
    std::fs::write(&path, "{\"a\": 1}\n".repeat(20_000)).unwrap();
    let request = CreateFileRequest::new(
        FilePart::path(&path).with_media_type("application/jsonl"),
        CreateFileRequestPurpose::Vision,
    )
    .pages(vec![
        FilePart::reader(Cursor::new(b"\xff\x00one")).named("1.png"),
        FilePart::new("two"),
    ])
    .cover("png")
    .tags(vec!["a".to_owned(), "b".to_owned()])
    .size(7_u64)
    .expires_after(CreateFileRequestExpiresAfter::new(60));

    let file = client.create_file(request).await.unwrap();
    std::fs::remove_file(&path).unwrap();

    assert_eq!(file.id, "file_1");
    let body = seen.lock().unwrap().take().unwrap().body;
    assert_eq!(body.file.as_bytes().unwrap().len(), 9 * 20_000);
    assert_eq!(body.file.file_name(), path.file_name().unwrap().to_str());
    assert_eq!(body.file.media_type(), Some("application/jsonl"));
    assert_eq!(body.purpose, CreateFileRequestPurpose::Vision);
    let pages = body.pages.unwrap();
    assert_eq!(&pages[0].as_bytes().unwrap()[..], b"\xff\x00one");
    assert_eq!(
        (pages[0].file_name(), pages[1].file_name()),
        (Some("1.png"), Some("pages"))
    );
    assert_eq!(&body.cover.unwrap().as_bytes().unwrap()[..], b"png");
    assert_eq!(body.tags.unwrap(), ["a", "b"]);
    assert_eq!(body.size, Some(7));
    assert_eq!(body.expires_after.unwrap().seconds, 60);
}

#[tokio::test]
async fn a_form_with_a_file_may_be_left_out() {
    let client = client!(body_multipart, Files(Seen::default()));
    let error = client.create_cover().await.unwrap_err();
    assert!(error.to_string().contains("no cover"), "{error}");
    let cover = body_multipart::types::CreateCoverRequest::new("png");
    let error = client.create_cover().body(cover).await.unwrap_err();
    assert!(error.to_string().contains("Some(\"cover\")"), "{error}");
}

struct Blobs;

impl body_binary::server::DemoApi for Blobs {
    async fn put_blob(
        &self,
        _: Context,
        request: body_binary::server::PutBlob,
    ) -> Result<body_binary::server::PutBlobReply, ApiError> {
        let bytes = request.body.bytes().await.map_err(ApiError::internal)?;
        match bytes.len() {
            100_000 => Ok(body_binary::server::PutBlobReply::NoContent),
            length => Err(ApiError::bad_request(format!("{length} bytes"))),
        }
    }

    async fn get_blob(
        &self,
        _: Context,
        request: body_binary::server::GetBlob,
    ) -> Result<body_binary::server::GetBlobReply, ApiError> {
        if request.name == "none" {
            let problem = body_binary::types::Problem::new("not there");
            return Ok(body_binary::server::GetBlobReply::NotFound(problem));
        }
        let content = Binary::reader(Cursor::new(vec![7; 100_000]))
            .with_length(100_000)
            .with_file_name("naïve.bin");
        Ok(content.into())
    }

    async fn create_picture(
        &self,
        _: Context,
        request: body_binary::server::CreatePicture,
    ) -> Result<body_binary::server::CreatePictureReply, ApiError> {
        match request.body {
            Some(picture) => Ok(picture.into()),
            None => Ok(Binary::new("nothing").into()),
        }
    }
}

#[tokio::test]
async fn bytes_are_streamed_both_ways() {
    let client = client!(body_binary, Blobs);
    let content = Binary::reader(Cursor::new(vec![1; 100_000]));
    client.put_blob("a", content).await.unwrap();
    let error = client.put_blob("a", "short").await.unwrap_err();
    assert!(error.to_string().contains("5 bytes"), "{error}");

    let blob = client.get_blob("a").await.unwrap();
    assert_eq!(
        (blob.length(), blob.file_name()),
        (Some(100_000), Some("naïve.bin"))
    );
    let mut chunks = blob.chunks();
    let mut length = 0;
    while let Some(chunk) = chunks.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 100_000);
}

#[tokio::test]
async fn an_error_beside_bytes_is_typed() {
    let client = client!(body_binary, Blobs);
    let Error::Api(error) = client.get_blob("none").await.unwrap_err() else {
        panic!("an error of the service");
    };
    assert_eq!(error.status(), 404);
    assert_eq!(error.body().unwrap().title, "not there");
}

#[tokio::test]
async fn bytes_say_what_they_are() {
    let client = client!(body_binary, Blobs);
    let picture = Binary::new("gif").with_media_type("image/gif");
    let back = client.create_picture().body(picture).await.unwrap();
    assert_eq!(back.media_type(), Some("image/gif"));
    assert_eq!(back.bytes().await.unwrap(), "gif");
    let back = client.create_picture().await.unwrap();
    assert_eq!(back.media_type(), Some("image/png"));

    let text = Binary::new("abc").with_media_type("text/plain");
    let error = client.create_picture().body(text).await.unwrap_err();
    assert!(error.to_string().contains("text/plain"), "{error}");
}

struct Notes;

impl body_text::server::DemoApi for Notes {
    async fn create_note(
        &self,
        _: Context,
        request: body_text::server::CreateNote,
    ) -> Result<body_text::server::CreateNoteReply, ApiError> {
        Ok(request.body.to_uppercase().into())
    }

    async fn replace_notes(
        &self,
        _: Context,
        request: body_text::server::ReplaceNotes,
    ) -> Result<body_text::server::ReplaceNotesReply, ApiError> {
        Ok(format!("{:?}", request.body).into())
    }

    async fn patch_notes(
        &self,
        _: Context,
        request: body_text::server::PatchNotes,
    ) -> Result<body_text::server::PatchNotesReply, ApiError> {
        Ok(request.body.into())
    }
}

#[tokio::test]
async fn texts_are_left_as_they_are() {
    let client = client!(body_text, Notes);
    assert_eq!(
        &*client.create_note("a \"b\" ä").await.unwrap(),
        "A \"B\" Ä"
    );
    let html = client.replace_notes().body("<a/>").send().await.unwrap();
    assert_eq!(&**html, "Some(\"<a/>\")");
    assert_eq!(html.headers()["content-type"], "text/html");
    assert_eq!(&*client.replace_notes().await.unwrap(), "None");
}

#[tokio::test]
async fn json_has_the_name_that_the_document_gives_it() {
    let client = client!(body_text, Notes);
    let note = body_text::types::Note::new().text("x");
    let back = client.patch_notes(note.clone()).send().await.unwrap();
    assert_eq!(back.headers()["content-type"], "application/vnd.note+json");
    assert_eq!(*back, note);
}

struct Several;

impl body_several::server::DemoApi for Several {
    async fn create_image(
        &self,
        _: Context,
        request: body_several::server::CreateImage,
    ) -> Result<body_several::server::CreateImageReply, ApiError> {
        use body_several::server::CreateImageBody;
        Err(ApiError::bad_request(match request.body {
            CreateImageBody::Json(reference) => format!("json {}", reference.url),
            CreateImageBody::Multipart(upload) => format!("form {:?}", upload.file.length()),
            CreateImageBody::Binary(image) => format!("bytes {:?}", image.length()),
        }))
    }

    async fn create_pet(
        &self,
        _: Context,
        request: body_several::server::CreatePet,
    ) -> Result<body_several::server::CreatePetReply, ApiError> {
        Err(ApiError::bad_request(format!(
            "{} {:?}",
            request.body.name, request.body.age
        )))
    }

    async fn create_word(
        &self,
        _: Context,
        request: body_several::server::CreateWord,
    ) -> Result<body_several::server::CreateWordReply, ApiError> {
        Err(ApiError::bad_request(format!("{:?}", request.body)))
    }
}

#[tokio::test]
async fn a_body_is_what_its_media_type_says() {
    use body_several::types::{ImageReference, ImageUpload, Pet};
    let client = client!(body_several, Several);
    let message = |error: Error<counterpart_client::wire::Value>| error.to_string();
    let json = client.create_image(ImageReference::new("http://a")).await;
    assert!(message(json.unwrap_err()).contains("json http://a"));
    let form = client.create_image(ImageUpload::new("abc")).await;
    assert!(message(form.unwrap_err()).contains("form Some(3)"));
    let bytes = client.create_image(Binary::new("abcd")).await;
    assert!(message(bytes.unwrap_err()).contains("bytes Some(4)"));
    let long = client
        .create_image(ImageReference::new("x".repeat(41)))
        .await;
    assert!(message(long.unwrap_err()).contains("url"));

    let pet = client.create_pet(Pet::new("Rex").age(3)).await;
    assert!(message(pet.unwrap_err()).contains("Rex Some(3)"));
    let word = client.create_word().body("a".to_owned()).await;
    assert!(message(word.unwrap_err()).contains("Text("));
    let words = client.create_word().body(vec!["a".to_owned()]).await;
    assert!(message(words.unwrap_err()).contains("Json("));
    assert!(message(client.create_word().await.unwrap_err()).contains("None"));
}

#[tokio::test]
async fn a_form_and_json_of_one_type_are_told_apart() {
    use body_several::types::Pet;
    let client = client!(body_several, Several);
    let form = client
        .http()
        .post::<counterpart_client::wire::Value, counterpart_client::wire::Value>(
            "createPet",
            "/pets",
        )
        .content(counterpart_client::Form::new(Pet::new("Rex").age(3)));
    assert!(form.await.unwrap_err().to_string().contains("Rex Some(3)"));
}
