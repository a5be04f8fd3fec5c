//! Headers of replies: a struct for those of one status, which a variant of the reply holds.

use crate::api::{Location, Operation, Response, Status};
use crate::name::OperationNames;

use super::Input;
use super::body::uneven;
use super::client::Layout;
use super::docs::Docs;
use super::ty::Type;

/// The headers of the replies of one status.
#[derive(Debug, Clone)]
pub struct Headers {
    /// The struct.
    pub ident: String,
    /// Its words.
    pub docs: Docs,
    /// The headers.
    pub fields: Vec<HeaderField>,
}

/// A header of a reply.
#[derive(Debug, Clone)]
pub struct HeaderField {
    /// Its identifier.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// How it is written.
    pub layout: Layout,
    /// Its type; an [`Option`] where the reply may do without it.
    pub ty: Type,
    /// Its words.
    pub docs: Docs,
}

impl Headers {
    /// Whether a reply may do without any of them.
    pub fn is_optional(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.all(|field| matches!(field.ty, Type::Option(_)))
    }

    /// Whether some are not written as headers usually are.
    pub fn has_styles(&self) -> bool {
        self.fields.iter().any(|field| !field.is_usual())
    }
}

impl HeaderField {
    /// Whether it is written as headers usually are.
    pub fn is_usual(&self) -> bool {
        self.layout.is_usual(Location::Header)
    }
}

impl Input<'_> {
    /// Whether clippy would call the replies of an operation unequal in size.
    pub(super) fn replies_uneven(&self, operation: &Operation) -> bool {
        let sizes = operation.responses.iter().flat_map(|response| {
            let headers = response.headers.iter();
            let headers: usize = headers.map(|header| self.held_size(header.ty)).sum();
            let contents = response.contents.iter();
            let sizes = contents.filter_map(|content| self.content_size(content));
            let mut sizes: Vec<usize> = sizes.map(|size| size + headers).collect();
            if sizes.is_empty() {
                sizes.push(headers);
            }
            sizes
        });
        uneven(sizes)
    }

    /// The headers of each status that has any.
    pub(super) fn reply_headers(
        &self,
        operation: &Operation,
        names: &OperationNames,
    ) -> Vec<Headers> {
        let responses = operation.responses.iter().zip(&names.headers);
        let headed = responses.filter(|(response, _)| !response.headers.is_empty());
        headed
            .map(|(response, idents)| self.headers_of(response, idents, names))
            .collect()
    }

    fn headers_of(
        &self,
        response: &Response,
        idents: &[String],
        names: &OperationNames,
    ) -> Headers {
        let fields = response.headers.iter().zip(idents);
        let fields = fields.map(|(header, ident)| {
            let ty = self.ty(header.ty);
            HeaderField {
                ident: ident.clone(),
                wire: header.name.clone(),
                layout: Layout::of(header),
                ty: match header.required {
                    true => ty,
                    false => ty.optional(),
                },
                docs: Docs::of_or(
                    header.docs.as_deref(),
                    &format!("The header `{}`.", header.name.replace('`', "'")),
                ),
            }
        });
        let status = match response.status {
            Status::Code(code) => format!("the status {code}"),
            Status::Range(digit) => format!("a status of the range {digit}XX"),
            Status::Default => "any other status".to_owned(),
        };
        let docs = format!("The headers of [`{}Reply`] with {status}.", names.ty);
        Headers {
            ident: names.headers_ty(response.status),
            docs: Docs::raw(&docs),
            fields: fields.collect(),
        }
    }
}
