//! Forms there and back.

use bytes::Bytes;

use super::*;
use crate::{FilePart, mode};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Upload {
    title: String,
    file: FilePart,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<Vec<FilePart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
}

fn upload() -> Upload {
    Upload {
        title: "a \"b\"\r\nc".to_owned(),
        file: FilePart::new(&b"\xff\x00\r\n--x"[..])
            .named("na\"me.bin")
            .with_media_type("image/png"),
        more: Some(vec![FilePart::new("1").named("1.txt"), FilePart::new("2")]),
        size: Some(-3),
        options: Some(serde_json::from_str(r#"{"deep": [1, {"x": null}]}"#).unwrap()),
        tags: Some(vec!["a,b".to_owned(), String::new()]),
    }
}

fn sent(upload: &Upload, encodings: &[Encoding]) -> (String, Bytes) {
    let form = Multipart::of(upload, encodings).unwrap();
    let media_type = form.media_type();
    let pieces = form.into_pieces();
    let pieces = pieces
        .iter()
        .map(|piece| piece.as_bytes().unwrap().to_vec());
    (
        boundary(&media_type).unwrap(),
        pieces.collect::<Vec<_>>().concat().into(),
    )
}

fn received(boundary: &str, body: &Bytes, encodings: &[Encoding]) -> Result<Upload, FormError> {
    mode::scope(crate::Mode::Strict, || {
        Multipart::read(body, boundary, encodings)
    })
}

#[test]
fn a_multipart_form_comes_back() {
    let (boundary, body) = sent(&upload(), &[]);

    let back = received(&boundary, &body, &[]).unwrap();

    // What has no name or type is given one, or it would be no file.
    let mut expected = upload();
    let more = expected.more.as_mut().unwrap();
    more[0] = more[0].clone().with_media_type("application/octet-stream");
    more[1] = more[1]
        .clone()
        .named("more")
        .with_media_type("application/octet-stream");
    assert_eq!(back, expected);
}

#[test]
fn encodings_say_how_fields_are_written() {
    let encodings = [
        Encoding::styled("tags", Param::PIPE_DELIMITED),
        Encoding::typed("options", "application/vnd.options+json"),
        Encoding::typed("more", "image/png, image/*"),
    ];
    let mut upload = upload();
    upload.tags = Some(vec!["a".to_owned(), "b c".to_owned()]);
    upload.more = None;
    let (boundary, body) = sent(&upload, &encodings);

    let text = String::from_utf8_lossy(&body);
    assert!(text.contains("name=\"tags\"\r\n\r\na|b c\r\n"), "{text}");
    assert!(
        text.contains("Content-Type: application/vnd.options+json"),
        "{text}"
    );
    assert_eq!(received(&boundary, &body, &encodings).unwrap(), upload);
}

#[test]
fn a_form_of_nothing_is_a_form() {
    let form = Multipart::of(&serde_json::json!({}), &[]).unwrap();
    let boundary = boundary(&form.media_type()).unwrap();
    let body = form.into_pieces()[0].as_bytes().unwrap().clone();
    let back: Map<String, Value> = Multipart::read(&body, &boundary, &[]).unwrap();
    assert!(back.is_empty());
}

#[test]
fn what_others_write_is_read() {
    let body = "preamble\r\n--x \r\ncontent-disposition: form-data; name=title\r\n\r\nT\r\n\
                --x\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; filename=\"C:\\a\\\"b\"; name=\"file\"\r\n\r\n\r\n\
                --x\r\nContent-Disposition: form-data; name=\"options\"; filename=\"o.json\"\r\nContent-Type: application/json\r\n\r\n{\"a\": 1}\r\n\
                --x--\r\nepilogue";
    let back = received("x", &Bytes::from(body), &[]).unwrap();
    assert_eq!(back.title, "T");
    assert_eq!(back.file.file_name(), Some("C:\\a\"b"));
    assert_eq!(back.options.unwrap()["a"], 1);
}

#[test]
fn what_is_no_form_is_told_from_what_does_not_fit() {
    for body in [
        "",
        "--x",
        "--x\r\n",
        "--x\r\n\r\nabc\r\n--x--",
        "--x\r\nA: b\r\n\r\nabc\r\n--x--",
    ] {
        let error = received("x", &Bytes::from(body), &[]).unwrap_err();
        assert!(matches!(error, FormError::Malformed(_)), "{body}: {error}");
    }
    let body = "--x\r\nContent-Disposition: form-data; name=\"size\"\r\n\r\nbig\r\n--x--";
    let error = received("x", &Bytes::from(body), &[]).unwrap_err();
    let expected = FormError::Invalid(DecodeError::new("`size`: expected an integer, got `big`"));
    assert_eq!(error, expected);
}

#[test]
fn a_ticket_cannot_be_forged() {
    let forged = serde_json::json!({"title": "t", "file": {"file 0": 0}});
    assert!(serde_json::from_value::<Upload>(forged).is_err());
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{\"file 0\": 0}\r\n--x\r\n\
                Content-Disposition: form-data; name=\"title\"\r\n\r\nt\r\n--x--";
    let back = received("x", &Bytes::from(body), &[]).unwrap();
    assert_eq!(&back.file.as_bytes().unwrap()[..], b"{\"file 0\": 0}");
}

#[test]
fn a_urlencoded_form_comes_back() {
    let encodings = [
        Encoding::styled("tags", Param::FORM.joined()),
        Encoding::styled("options", Param::DEEP_OBJECT),
    ];
    let mut upload = upload();
    upload.file = FilePart::new("text");
    upload.more = None;
    upload.tags = Some(vec!["a".to_owned(), "b".to_owned()]);
    upload.options = Some(serde_json::from_str(r#"{"a": "1", "b": {"c": "d e"}}"#).unwrap());

    let text = urlencoded(&upload, &encodings).unwrap();

    assert!(text.contains("tags=a,b"), "{text}");
    assert!(text.contains("options%5Bb%5D%5Bc%5D=d%20e"), "{text}");
    assert_eq!(
        from_urlencoded::<Upload>(&text, &encodings).unwrap(),
        upload
    );
}

#[test]
fn an_object_in_a_urlencoded_form_is_json_unless_told() {
    let mut upload = upload();
    upload.file = FilePart::new("text");
    upload.more = None;
    let text = urlencoded(&upload, &[]).unwrap();
    assert_eq!(from_urlencoded::<Upload>(&text, &[]).unwrap(), upload);
}
