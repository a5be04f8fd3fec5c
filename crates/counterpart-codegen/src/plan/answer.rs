//! What a client is answered with: one type, or one for each status.

use crate::api::{Content, Media, Operation, Response, Status, chosen};

use super::Input;
use super::body::is_usual_json;
use super::docs::Docs;
use super::ty::Type;

/// What a success gives.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its type.
    pub ty: Type,
    /// The media type to ask for, where that does not follow from the type.
    pub accept: Option<String>,
    /// The statuses, where they have several types.
    pub variants: Vec<AnswerVariant>,
    /// Whether the types of these differ much in size.
    pub uneven: bool,
    /// Further representations that may be asked for instead: the method, the type, the media
    /// type.
    pub others: Vec<(String, Type, String)>,
}

/// What a status gives.
#[derive(Debug, Clone)]
pub struct AnswerVariant {
    /// The variant.
    pub ident: String,
    /// The status.
    pub status: Status,
    /// What it holds; nothing is [`Type::Unit`].
    pub ty: Type,
    /// Its words.
    pub docs: Docs,
}

impl Answer {
    /// Every type that is named.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        [&self.ty]
            .into_iter()
            .chain(self.variants.iter().map(|variant| &variant.ty))
    }
}

impl Input<'_> {
    /// What the successes of an operation give. `name` is that of their enum, should they
    /// differ.
    pub(super) fn answer(&self, operation: &Operation, name: &str) -> Answer {
        let successes = successes(operation);
        let mut variants: Vec<AnswerVariant> = Vec::new();
        for response in &successes {
            let ty = main(response).map_or(Type::Unit, |content| self.content_ty(content));
            variants.push(variant(response, ty));
        }
        let same = variants.windows(2).all(|pair| pair[0].ty == pair[1].ty);
        let first = variants.first().map(|variant| variant.ty.clone());
        let contents = successes.iter().filter_map(|response| main(response));
        let uneven = self.contents_uneven(contents);
        match same {
            true => Answer {
                ty: first.unwrap_or(Type::Unit),
                accept: successes.first().and_then(|response| accept(response)),
                variants: Vec::new(),
                uneven,
                others: self.others(&successes),
            },
            false => Answer {
                ty: Type::Own(name.to_owned()),
                accept: None,
                variants,
                uneven,
                others: Vec::new(),
            },
        }
    }

    /// What else may be asked for: text or bytes in place of JSON.
    fn others(&self, successes: &[&Response]) -> Vec<(String, Type, String)> {
        let Some(response) = successes.first() else {
            return Vec::new();
        };
        let contents = chosen(&response.contents).into_iter();
        let json = main(response).is_some_and(|content| content.media == Media::Json);
        let others = contents.filter(|_| json).filter_map(|content| {
            let method = match content.media {
                Media::Text => "text",
                Media::Binary => "download",
                Media::Json | Media::Form | Media::Multipart | Media::Events => return None,
            };
            Some((
                method.to_owned(),
                self.content_ty(content),
                content.media_type.clone(),
            ))
        });
        others.collect()
    }
}

/// The responses that stand for success. A document that says nothing of success means it by
/// `default`.
pub(super) fn successes(operation: &Operation) -> Vec<&Response> {
    let responses = operation.responses.iter();
    let successes: Vec<&Response> = responses.filter(|reply| is_success(reply)).collect();
    match (&successes[..], &operation.responses[..]) {
        ([], [only]) if only.status == Status::Default => vec![only],
        _ => successes,
    }
}

pub(super) fn is_success(response: &Response) -> bool {
    matches!(response.status, Status::Code(200..=299) | Status::Range(2))
}

/// What a response is read as: JSON where it has that, else the first there is.
fn main(response: &Response) -> Option<&Content> {
    let contents = chosen(&response.contents);
    let json = contents.iter().find(|content| content.is_json()).copied();
    json.or_else(|| {
        let mut values = contents.into_iter();
        values.find(|content| matches!(content.media, Media::Text | Media::Binary))
    })
}

fn accept(response: &Response) -> Option<String> {
    let content = main(response)?;
    let usual = match content.media {
        Media::Json => is_usual_json(&content.media_type),
        _ => content.media_type == "*/*",
    };
    (!usual).then(|| content.media_type.clone())
}

fn variant(response: &Response, ty: Type) -> AnswerVariant {
    let status = match response.status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(digit) => format!("Another status of the range {digit}XX."),
        Status::Default => "Any other status.".to_owned(),
    };
    let docs = Docs::of(response.docs.as_deref());
    AnswerVariant {
        ident: response.status.name(),
        status: response.status,
        ty,
        docs: match docs.is_empty() {
            true => Docs::raw(&status),
            false => docs.paragraph(&status),
        },
    }
}
