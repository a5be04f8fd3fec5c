//! What a caller shows to prove who it is: the schemes of the document in, the credentials of a request out.
//!
//! ```
//! use counterpart_server::Scheme;
//!
//! const KEY: Scheme = Scheme::bearer("ApiKeyAuth");
//! assert_eq!(KEY.name(), "ApiKeyAuth");
//! ```
//!
//! No secret is ever part of a `Debug` output.

use std::fmt;

use counterpart_wire::params::Pairs;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use crate::base64;
use crate::context::Context;
use crate::error::ApiError;
use crate::rejection::Rejection;

/// A way to prove who one is, from the document's `securitySchemes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    place: Place,
    scopes: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Bearer,
    Basic,
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// Outside of the request.
    Elsewhere,
}

/// What an operation asks for: any one of these alternatives, of which each asks for all of its schemes.
pub type Security = &'static [&'static [Scheme]];

impl Scheme {
    /// `Authorization: Bearer …`. OAuth 2 and OpenID Connect use it too.
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, Place::Bearer)
    }

    /// `Authorization: Basic …`: a user and a password.
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Place::Basic)
    }

    /// A key in this header.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, Place::Header(header))
    }

    /// A key in this query parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Place::Query(parameter))
    }

    /// A key in this cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Place::Cookie(cookie))
    }

    /// A proof that is not in the request, such as a client's certificate. Only
    /// [`Authenticate::known`](crate::Authenticate::known) can tell.
    pub const fn elsewhere(name: &'static str) -> Self {
        Self::new(name, Place::Elsewhere)
    }

    /// The same where the operation asks for these scopes.
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Its name in the document.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    const fn new(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
            scopes: &[],
        }
    }

    /// What `WWW-Authenticate` says of it.
    fn challenge(&self) -> Option<String> {
        let key = |place: &str, name: &str| Some(format!("ApiKey in=\"{place}\", name=\"{name}\""));
        match self.place {
            Place::Bearer => Some("Bearer".to_owned()),
            Place::Basic => Some("Basic realm=\"api\", charset=\"UTF-8\"".to_owned()),
            Place::Header(name) => key("header", name),
            Place::Query(name) => key("query", name),
            Place::Cookie(name) => key("cookie", name),
            Place::Elsewhere => None,
        }
    }

    /// What the request shows for it; an error if that cannot be understood.
    fn find(&self, cx: &Context) -> Result<Option<Secret>, Malformed> {
        match self.place {
            Place::Bearer => match authorization(cx.headers(), "bearer")? {
                Some("") => Err(Malformed),
                token => Ok(token.map(|token| Secret::Key(token.to_owned()))),
            },
            Place::Basic => authorization(cx.headers(), "basic")?.map(basic).transpose(),
            Place::Header(name) => Ok(key(single(cx.headers(), name)?)),
            Place::Query(name) => match cx.uri().query() {
                Some(query) => in_pairs(Pairs::parse_query(query), name),
                None => Ok(None),
            },
            Place::Cookie(name) => {
                // HTTP/2 may split the header at its semicolons.
                let lines = cx.headers().get_all(COOKIE).into_iter();
                let lines: Result<Vec<&str>, _> = lines.map(|line| line.to_str()).collect();
                let text = lines.map_err(|_| Malformed)?.join("; ");
                in_pairs(Pairs::parse_cookies(&text), name)
            }
            Place::Elsewhere => Ok(None),
        }
    }
}

/// `Authorization: Bearer …`, for people.
impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Bearer => f.write_str("the header 'Authorization: Bearer ...'"),
            Place::Basic => f.write_str("the header 'Authorization: Basic ...'"),
            Place::Header(name) => write!(f, "the header '{name}'"),
            Place::Query(name) => write!(f, "the query parameter '{name}'"),
            Place::Cookie(name) => write!(f, "the cookie '{name}'"),
            Place::Elsewhere => write!(f, "what '{}' asks for", self.name),
        }
    }
}

/// The value of `WWW-Authenticate`: every scheme that would do, once.
pub(crate) fn challenges(security: Security) -> String {
    let mut challenges: Vec<String> = Vec::new();
    for scheme in security.iter().copied().flatten() {
        let new = scheme.challenge().filter(|new| !challenges.contains(new));
        challenges.extend(new);
    }
    challenges.join(", ")
}

/// What a request shows for one alternative of an operation's security: one credential for each of its schemes.
///
/// ```
/// # use counterpart_server::{ApiError, Credentials};
/// fn check(credentials: &Credentials) -> Result<(), ApiError> {
///     match credentials.bearer() {
///         Some(token) if token.is("sk-1") => Ok(()),
///         _ => Err(credentials.refused()),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Credentials(Vec<(Scheme, Secret)>);

#[derive(Clone)]
enum Secret {
    Key(String),
    Login { user: String, password: String },
}

/// A key, a token or a password. It shows itself only when asked for by [`reveal`](Self::reveal).
#[derive(Clone, Copy)]
pub struct Key<'c>(&'c str);

impl Credentials {
    /// What the request shows for this alternative; `None` unless it shows something for all of it.
    pub(crate) fn find(wanted: &[Scheme], cx: &Context) -> Result<Option<Self>, Rejection> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut malformed = None;
        for scheme in wanted {
            match scheme.find(cx) {
                Ok(Some(secret)) => found.push((*scheme, secret)),
                Ok(None) => return Ok(None),
                Err(Malformed) => malformed = Some(*scheme),
            }
        }
        match malformed {
            Some(scheme) => Err(Rejection::CredentialMalformed { scheme }),
            None => Ok(Some(Self(found))),
        }
    }

    /// The bearer token.
    pub fn bearer(&self) -> Option<Key<'_>> {
        self.key_at(|place| place == Place::Bearer)
    }

    /// User and password.
    pub fn basic(&self) -> Option<(&str, Key<'_>)> {
        self.0.iter().find_map(|(_, secret)| match secret {
            Secret::Login { user, password } => Some((user.as_str(), Key(password))),
            Secret::Key(_) => None,
        })
    }

    /// The key or token for the scheme of this name in the document.
    pub fn key(&self, scheme: &str) -> Option<Key<'_>> {
        let mut all = self.0.iter();
        let (_, secret) = all.find(|(found, _)| found.name == scheme)?;
        secret.key()
    }

    /// Names of the schemes, as in the document: more than one where the operation asks for several at once.
    pub fn schemes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(scheme, _)| scheme.name)
    }

    /// The scopes that the operation asks for.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> {
        let scopes = self.0.iter().map(|(scheme, _)| scheme.scopes);
        scopes.flatten().copied()
    }

    /// The error for credentials that are worth nothing: 401, without a word on what is wrong with them.
    pub fn refused(&self) -> ApiError {
        Rejection::CredentialRefused.into()
    }

    fn key_at(&self, fits: impl Fn(Place) -> bool) -> Option<Key<'_>> {
        let (_, secret) = self.0.iter().find(|(scheme, _)| fits(scheme.place))?;
        secret.key()
    }
}

impl Secret {
    fn key(&self) -> Option<Key<'_>> {
        match self {
            Self::Key(key) => Some(Key(key)),
            Self::Login { .. } => None,
        }
    }
}

impl<'c> Key<'c> {
    /// Whether it is this one. The time that this takes does not depend on where the two differ.
    pub fn is(self, expected: &str) -> bool {
        let pairs = self.0.bytes().zip(expected.bytes());
        let differing = pairs.fold(0, |all, (left, right)| all | (left ^ right));
        self.0.len() == expected.len() && std::hint::black_box(differing) == 0
    }

    /// The secret itself, for a look-up. Never to be logged.
    pub fn reveal(self) -> &'c str {
        self.0
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|(scheme, _)| scheme.name);
        f.debug_set().entries(names).finish()
    }
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// A credential that is there, but cannot be understood.
struct Malformed;

/// The only line of a header; two of them would leave it to each reader whom to believe.
fn single<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Malformed> {
    let mut lines = headers.get_all(name).into_iter();
    let (first, second) = (lines.next(), lines.next());
    if second.is_some() {
        return Err(Malformed);
    }
    let text = first.map(|line| line.to_str().map_err(|_| Malformed));
    text.transpose()
}

/// What stands behind the scheme in `Authorization`; `None` if it is another scheme.
fn authorization<'h>(headers: &'h HeaderMap, scheme: &str) -> Result<Option<&'h str>, Malformed> {
    let Some(text) = single(headers, AUTHORIZATION.as_str())? else {
        return Ok(None);
    };
    let (found, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    Ok(found.eq_ignore_ascii_case(scheme).then_some(rest.trim()))
}

/// `dXNlcjpwYXNz` is the user `user` with the password `pass` (RFC 7617).
fn basic(encoded: &str) -> Result<Secret, Malformed> {
    let bytes = base64::decode(encoded).ok_or(Malformed)?;
    let text = String::from_utf8(bytes).map_err(|_| Malformed)?;
    let (user, password) = text.split_once(':').ok_or(Malformed)?;
    Ok(Secret::Login {
        user: user.to_owned(),
        password: password.to_owned(),
    })
}

fn in_pairs<E>(pairs: Result<Pairs, E>, name: &str) -> Result<Option<Secret>, Malformed> {
    let pairs = pairs.map_err(|_| Malformed)?;
    let mut values = pairs.iter().filter(|(found, _)| *found == name);
    let (first, second) = (values.next(), values.next());
    match second {
        Some(_) => Err(Malformed),
        None => Ok(key(first.as_ref().map(|(_, value)| value.as_ref()))),
    }
}

/// An empty key proves nothing: it is as if there were none.
fn key(text: Option<&str>) -> Option<Secret> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| Secret::Key(text.to_owned()))
}
