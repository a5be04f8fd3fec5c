//! Request bodies, in one media type or in several.

use crate::api::{Content, Media, Operation, Style, Use, chosen};

use super::Input;
use super::docs::Docs;
use super::ty::Type;
use super::types::Check;

/// A request body.
#[derive(Debug, Clone)]
pub struct BodyPlan {
    /// Its identifier.
    pub ident: String,
    /// Its type.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// Its words.
    pub docs: Docs,
    /// The media types that it may have; there is one at least.
    pub choices: Vec<BodyChoice>,
    /// The payloads that convert into a body of several types, by the position of the choice.
    pub conversions: Vec<usize>,
    /// Whether the types of several choices differ much in size.
    pub uneven: bool,
}

/// A media type that a request body may have.
#[derive(Debug, Clone)]
pub struct BodyChoice {
    /// The variant, where the body is an enum.
    pub ident: String,
    /// What kind of media type it is.
    pub media: Media,
    /// The media type.
    pub media_type: String,
    /// The type.
    pub ty: Type,
    /// Whether that has limits.
    pub checked: bool,
    /// What is checked of one that has no type of its own to say it, such as a list.
    pub check: Option<Check>,
    /// Whether there are defaults to fill in inside it.
    pub filled: bool,
    /// How some properties of a form are written.
    pub encodings: Vec<EncodingPlan>,
}

/// How a property of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingPlan {
    /// The property.
    pub wire: String,
    /// Its style or its media type.
    pub how: EncodingHow,
}

/// How a property of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodingHow {
    /// In a style, exploded or not.
    Style(Style, bool),
    /// In a media type.
    MediaType(String),
}

impl BodyPlan {
    /// The enum of the body, where its choices have several types.
    pub fn enumeration(&self) -> Option<&str> {
        match &self.ty {
            Type::Own(name) => Some(name),
            _ => None,
        }
    }

    /// What is checked of a body that has no type of its own to say it, nor is one of several.
    pub fn check(&self) -> Option<&Check> {
        match &self.choices[..] {
            [only] => only.check.as_ref(),
            _ => None,
        }
    }

    /// Whether it is JSON by its usual name and nothing else.
    pub fn is_plain_json(&self) -> bool {
        matches!(&self.choices[..], [choice] if choice.media == Media::Json && choice.is_usual())
    }

    /// Whether it may be items that follow each other.
    pub fn has_sequence(&self) -> bool {
        let mut types = self.types();
        types.any(|ty| matches!(ty, Type::Sequence(_)))
    }

    /// Every type that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.choices.iter().map(|choice| &choice.ty)
    }
}

impl BodyChoice {
    /// Whether the media type is what a runtime sends for its kind anyway.
    pub fn is_usual(&self) -> bool {
        is_usual_json(&self.media_type)
    }

    /// The constant that holds the encodings.
    pub fn encodings_ident(&self) -> String {
        crate::name::constant(&format!("{} encodings", self.ident))
    }
}

/// How well what is said piece by piece, by flags or by options, says what a body of this kind holds: first what has
/// properties.
pub(super) fn preference(media: Media) -> usize {
    let order = [Media::Json, Media::Multipart, Media::Form];
    let place = order.iter().position(|known| *known == media);
    place.unwrap_or(order.len())
}

/// The representation of a body that a shell would send.
pub(super) fn sent(operation: &Operation) -> Option<&Content> {
    let contents = chosen(&operation.body.as_ref()?.contents).into_iter();
    contents.min_by_key(|content| preference(content.media))
}

/// Whether JSON of this media type may as well be called `application/json`.
pub(super) fn is_usual_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence == "*/*" || essence == "text/json"
}

/// The name of a kind of media types, as a variant.
pub(super) fn media_ident(media: Media) -> &'static str {
    match media {
        Media::Json => "Json",
        Media::Form => "Form",
        Media::Multipart => "Multipart",
        Media::Text => "Text",
        Media::Binary => "Binary",
        Media::Events => "Events",
    }
}

impl Input<'_> {
    /// The body of a request. `name` is that of its enum, should it need one.
    pub(super) fn body(&self, operation: &Operation, ident: &str, name: &str) -> Option<BodyPlan> {
        let body = operation.body.as_ref()?;
        let contents = chosen(&body.contents).into_iter();
        let mut choices: Vec<BodyChoice> = contents.map(|content| self.choice(content)).collect();
        // JSON is what a client sends where it may choose.
        choices.sort_by_key(|choice| choice.media != Media::Json);
        let first = choices.first()?;
        let ty = match choices.iter().all(|choice| choice.ty == first.ty) {
            true => first.ty.clone(),
            false => Type::Own(name.to_owned()),
        };
        // A text, and a text in JSON, are one type in Rust.
        let is_text = |ty: &Type| matches!(ty, Type::Text | Type::PlainText);
        let once = |choice: &BodyChoice| {
            let same = choices.iter().filter(|other| {
                other.ty == choice.ty || (is_text(&other.ty) && is_text(&choice.ty))
            });
            same.count() == 1 && choice.ty != Type::Value
        };
        let conversions = (0..choices.len()).filter(|index| once(&choices[*index]));
        Some(BodyPlan {
            ident: ident.to_owned(),
            conversions: conversions.collect(),
            uneven: self.contents_uneven(body.contents.iter()),
            ty,
            required: body.required,
            docs: Docs::of_or(body.docs.as_deref(), "The request body."),
            choices,
        })
    }

    fn choice(&self, content: &Content) -> BodyChoice {
        let encodings = content.encodings.iter().filter_map(|encoding| {
            let how = match (encoding.style, &encoding.media_type) {
                (Some((style, explode)), _) => EncodingHow::Style(style, explode),
                (None, Some(media_type)) => EncodingHow::MediaType(media_type.clone()),
                (None, None) => return None,
            };
            Some(EncodingPlan {
                wire: encoding.name.clone(),
                how,
            })
        });
        // The events of a union are checked by nobody.
        let is_value = content.media.is_structured() || content.framing.is_some();
        let used = content.ty.filter(|_| is_value);
        let check = used.map(|ty| self.check(ty));
        BodyChoice {
            ident: match content.is_event_stream() {
                true => "Sequence".to_owned(),
                false => media_ident(content.media).to_owned(),
            },
            media: content.media,
            media_type: content.media_type.clone(),
            ty: self.body_ty(content),
            checked: check.as_ref().is_some_and(Check::is_nested),
            // What limits the items of a sequence without a type of their own is not checked.
            check: check.filter(|check| {
                !check.is_nested() && !check.is_empty() && content.framing.is_none()
            }),
            filled: used.is_some_and(|ty| self.holds(ty, self.filled)),
            encodings: match content.media {
                Media::Form | Media::Multipart => encodings.collect(),
                Media::Json | Media::Text | Media::Binary | Media::Events => Vec::new(),
            },
        }
    }

    /// The type of a representation of a request's body.
    fn body_ty(&self, content: &Content) -> Type {
        let ty = self.content_ty(content);
        match (content.framing, content.media) {
            (Some(framing), _) => Type::Sequence(Box::new(Type::Item(framing, Box::new(ty)))),
            (None, Media::Events) => Type::Sequence(Box::new(ty)),
            (None, _) => ty,
        }
    }

    /// The type of a representation.
    pub(super) fn content_ty(&self, content: &Content) -> Type {
        match content.media {
            Media::Text => Type::PlainText,
            Media::Binary => Type::Binary,
            Media::Json | Media::Form | Media::Multipart | Media::Events => {
                content.ty.map_or(Type::Value, |ty| self.value_ty(ty))
            }
        }
    }

    /// Whether clippy would call an enum of these representations unequal in size.
    pub(super) fn contents_uneven<'c>(&self, contents: impl Iterator<Item = &'c Content>) -> bool {
        uneven(contents.filter_map(|content| self.content_size(content)))
    }

    /// About how many bytes a representation takes where it is held, if it is more than a few.
    pub(super) fn content_size(&self, content: &Content) -> Option<usize> {
        match (content.media, content.ty) {
            (Media::Text | Media::Events, _) => None,
            // With its media type and its name.
            (Media::Binary, _) => Some(104),
            (_, ty) => ty.map(|ty| self.held_size(ty)),
        }
    }

    /// About how many bytes a value takes where it is held.
    pub(super) fn held_size(&self, ty: Use) -> usize {
        let id = self.names.canonical(ty.schema);
        self.sizes.get(&id).copied().unwrap_or(24)
    }
}

/// Whether clippy would call an enum of variants of these sizes unequal.
pub(super) fn uneven(sizes: impl Iterator<Item = usize>) -> bool {
    let mut sizes: Vec<usize> = sizes.chain([16]).collect();
    sizes.sort_unstable();
    matches!(sizes[..], [.., second, first] if first - second > 120)
}
