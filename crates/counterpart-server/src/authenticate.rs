//! What a credential is worth: the service's own answer, asked for before anything else is done with a request.
//!
//! ```
//! use counterpart_server::{ApiError, Authenticate, Context, Credentials};
//!
//! struct Service {
//!     key: String,
//! }
//!
//! /// Who is calling.
//! struct Team(&'static str);
//!
//! impl Authenticate for Service {
//!     type Principal = Team;
//!
//!     async fn authenticate(&self, _: &Context, credentials: Credentials) -> Result<Team, ApiError> {
//!         match credentials.bearer() {
//!             Some(token) if token.is(&self.key) => Ok(Team("red")),
//!             _ => Err(credentials.refused()),
//!         }
//!     }
//! }
//! ```

use http::StatusCode;
use http::header::WWW_AUTHENTICATE;

use crate::context::Context;
use crate::credentials::{Credentials, Security, challenges};
use crate::error::ApiError;
use crate::rejection::Rejection;

/// Says what credentials are worth. A service of an API that asks for credentials implements this, or [`Open`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a credential is worth",
    label = "the API asks its callers for credentials",
    note = "implement `Authenticate` for it, which makes a principal of a credential",
    note = "or `Open`, which serves everybody: `impl Open for {Self} {{}}`"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// Who is calling: what methods find in [`Context::principal`].
    type Principal: Send + Sync + 'static;

    /// Whom these credentials stand for. An error is the reply; [`Credentials::refused`] makes one, and a 401 of any
    /// making gets its `WWW-Authenticate`.
    ///
    /// Where an operation offers alternatives, this is called for each that the request shows something for, until
    /// one is worth something. A request that shows nothing does not come here: it is a 401.
    fn authenticate(
        &self,
        cx: &Context,
        credentials: Credentials,
    ) -> impl Future<Output = Result<Self::Principal, ApiError>> + Send;

    /// Who is calling, if that is known without a look at credentials: from a layer in front, perhaps, that has put
    /// it into the request's extensions. Nobody if not said otherwise.
    fn known(&self, _: &Context) -> Option<Self::Principal> {
        None
    }
}

/// A service that serves everybody and looks at no credential, although the document asks for some.
///
/// ```
/// # struct Service;
/// impl counterpart_server::Open for Service {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a credential is worth",
    label = "the API asks its callers for credentials",
    note = "implement `Authenticate` for it, which makes a principal of a credential",
    note = "or `Open`, which serves everybody: `impl Open for {Self} {{}}`"
)]
pub trait Open: Send + Sync + 'static {}

impl<T: Open> Authenticate for T {
    type Principal = ();

    async fn authenticate(&self, _: &Context, _: Credentials) -> Result<(), ApiError> {
        Ok(())
    }

    fn known(&self, _: &Context) -> Option<()> {
        Some(())
    }
}

/// Who may call an operation of the service `A`, and what its method learns of the caller.
pub trait Guard<A>: Clone + Send + Sync + 'static {
    /// What the method's [`Context`] holds.
    type Principal: Send + Sync + 'static;

    /// Lets a request pass, or refuses it.
    fn admit(
        &self,
        api: &A,
        cx: &Context,
    ) -> impl Future<Output = Result<Self::Principal, ApiError>> + Send;
}

/// Everybody may call.
#[derive(Debug, Clone, Copy)]
pub struct Anyone;

/// Those with credentials may call.
#[derive(Debug, Clone, Copy)]
pub struct Secured(pub(crate) Security);

/// Everybody may call. Who shows credentials is asked what they are worth, and refused if that is nothing.
#[derive(Debug, Clone, Copy)]
pub struct Optional(pub(crate) Security);

impl<A: Sync> Guard<A> for Anyone {
    type Principal = ();

    async fn admit(&self, _: &A, _: &Context) -> Result<(), ApiError> {
        Ok(())
    }
}

impl<A: Authenticate> Guard<A> for Secured {
    type Principal = A::Principal;

    async fn admit(&self, api: &A, cx: &Context) -> Result<A::Principal, ApiError> {
        let security = self.0;
        let principal = principal(api, cx, security).await?;
        principal
            .ok_or_else(|| challenged(Rejection::CredentialMissing { security }.into(), security))
    }
}

impl<A: Authenticate> Guard<A> for Optional {
    type Principal = Option<A::Principal>;

    async fn admit(&self, api: &A, cx: &Context) -> Result<Option<A::Principal>, ApiError> {
        principal(api, cx, self.0).await
    }
}

/// The caller's principal; `None` if the request shows no credential at all.
async fn principal<A: Authenticate>(
    api: &A,
    cx: &Context,
    security: Security,
) -> Result<Option<A::Principal>, ApiError> {
    if let Some(known) = api.known(cx) {
        return Ok(Some(known));
    }
    let mut refusal: Option<ApiError> = None;
    for wanted in security.iter().filter(|wanted| !wanted.is_empty()) {
        let outcome = match Credentials::find(wanted, cx) {
            Ok(Some(credentials)) => api.authenticate(cx, credentials).await,
            Ok(None) => continue,
            Err(rejection) => Err(rejection.into()),
        };
        match outcome {
            Ok(principal) => return Ok(Some(principal)),
            // The first alternative is the one that the document would rather see.
            Err(error) => _ = refusal.get_or_insert(error),
        }
    }
    match refusal {
        Some(error) => Err(challenged(error, security)),
        None => Ok(None),
    }
}

/// A 401 says which credentials would do (RFC 9110, section 11.6.1).
fn challenged(error: ApiError, security: Security) -> ApiError {
    let unproven = error.status() == StatusCode::UNAUTHORIZED;
    let challenges = match unproven && !error.headers().contains_key(WWW_AUTHENTICATE) {
        true => challenges(security),
        false => String::new(),
    };
    match challenges.is_empty() {
        true => error,
        false => error.with_header(WWW_AUTHENTICATE, challenges),
    }
}
