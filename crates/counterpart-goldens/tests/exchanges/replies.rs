//! Answers by status, and in another representation.

use counterpart_goldens::replies_by_status::client::{GetExportReply, GetJobReply as Answer};
use counterpart_goldens::replies_by_status::server::{self, GetJobReply, GetReportReply};
use counterpart_goldens::replies_by_status::types::{DemoResult as Value, Progress};
use counterpart_server::{ApiError, Binary, Context, StatusCode};

use crate::client;

struct Jobs;

impl server::DemoApi for Jobs {
    async fn get_job(&self, _: Context, request: server::GetJob) -> Result<GetJobReply, ApiError> {
        Ok(match request.id.as_str() {
            "done" => GetJobReply::Ok(Value::new(3)),
            "on" => GetJobReply::Accepted(Progress::new(40)),
            "nothing" => GetJobReply::NoContent,
            "other" => GetJobReply::Success(StatusCode::IM_USED, "used".to_owned()),
            _ => GetJobReply::ClientError(StatusCode::CONFLICT, Progress::new(0)),
        })
    }

    async fn get_report(
        &self,
        cx: Context,
        _: server::GetReport,
    ) -> Result<GetReportReply, ApiError> {
        Ok(match cx.headers()["accept"].to_str().unwrap() {
            "text/csv" => GetReportReply::OkText("value\n3\n".to_owned()),
            "application/pdf" => GetReportReply::OkBinary(Binary::new("%PDF")),
            _ => GetReportReply::Ok(Value::new(3)),
        })
    }

    async fn get_export(
        &self,
        cx: Context,
        _: server::GetExport,
    ) -> Result<server::GetExportReply, ApiError> {
        Ok(match cx.headers().get("later") {
            Some(_) => Progress::new(1).into(),
            None => Binary::new("PK").into(),
        })
    }
}

#[tokio::test]
async fn an_answer_has_the_type_of_its_status() {
    let client = client!(replies_by_status, Jobs);
    assert_eq!(
        client.get_job("done").await.unwrap(),
        Answer::Ok(Value::new(3))
    );
    assert_eq!(
        client.get_job("on").await.unwrap(),
        Answer::Accepted(Progress::new(40))
    );
    assert_eq!(client.get_job("nothing").await.unwrap(), Answer::NoContent);
    let other = client.get_job("other").send().await.unwrap();
    assert_eq!(other.status(), 226);
    assert!(matches!(&*other, Answer::Success(text) if &**text == "used"));
    let error = client.get_job("refused").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
}

#[tokio::test]
async fn another_representation_is_asked_for_by_a_method() {
    let client = client!(replies_by_status, Jobs);
    assert_eq!(client.get_report().await.unwrap(), Value::new(3));
    assert_eq!(&*client.get_report().text().await.unwrap(), "value\n3\n");
    let pdf = client.get_report().download().await.unwrap();
    assert_eq!(pdf.media_type(), Some("application/pdf"));
    assert_eq!(pdf.bytes().await.unwrap(), "%PDF");
}

#[tokio::test]
async fn bytes_may_be_one_status_of_several() {
    let client = client!(replies_by_status, Jobs);
    let GetExportReply::Ok(export) = client.get_export().await.unwrap() else {
        panic!("the export");
    };
    assert_eq!(export.bytes().await.unwrap(), "PK");
    let later = client.get_export().header("later", "1").await.unwrap();
    assert_eq!(later, GetExportReply::Accepted(Progress::new(1)));
}
