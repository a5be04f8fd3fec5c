//! Names that are taken: by the language, by the prelude, by what generated code calls.

use super::symbols;

/// Every keyword, strict, reserved and weak where it matters (The Rust Reference, Keywords).
const KEYWORDS: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types and traits that are in scope everywhere, or that generated code spells. (A `New`
/// would have a constructor of its own name.)
const PRELUDE: [&str; 55] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "Arc",
    "Display",
    "FromStr",
    "Infallible",
    "Path",
    "Client",
    "Accumulator",
    "Apply",
    "Nullable",
    "New",
    "Str",
    "Unknown",
];

/// Methods that every value has, or that clippy wants to be a trait's.
const METHODS: [&str; 43] = [
    "new",
    "clone",
    "eq",
    "ne",
    "fmt",
    "into",
    "try_into",
    "to_owned",
    "to_string",
    "borrow",
    "borrow_mut",
    "as_ref",
    "as_mut",
    "hash",
    "cmp",
    "partial_cmp",
    "default",
    "drop",
    "deref",
    "deref_mut",
    "add",
    "sub",
    "mul",
    "div",
    "rem",
    "neg",
    "not",
    "shl",
    "shr",
    "bitand",
    "bitor",
    "bitxor",
    "index",
    "index_mut",
    "next",
    "from_iter",
    "from_str",
    "read",
    "write",
    "serialize",
    "type_id",
    "validate",
    "builder",
];

/// Types that the crates of a client and a server bring into scope where the types of
/// operations are defined or exported.
const OPERATION_SCOPE: [&str; 89] = [
    "ApiError",
    "Attempt",
    "Authenticate",
    "Base64",
    "Binary",
    "Body",
    "BoxError",
    "Builder",
    "Call",
    "Checker",
    "Config",
    "ConfigError",
    "Content",
    "Context",
    "Credentials",
    "DecodeError",
    "DecodeFailure",
    "Download",
    "Drift",
    "Empty",
    "EncodeError",
    "Encoded",
    "Encoding",
    "Error",
    "EventData",
    "EventStream",
    "FilePart",
    "Form",
    "FromRequest",
    "Http",
    "HttpService",
    "IndexMap",
    "IntoReply",
    "Items",
    "Json",
    "JsonAs",
    "JsonLine",
    "JsonRecord",
    "Map",
    "Misfit",
    "Mode",
    "Multipart",
    "NoBody",
    "NotSent",
    "Open",
    "OperationId",
    "OptionalJson",
    "Options",
    "Outcome",
    "Paged",
    "Pages",
    "Param",
    "Partial",
    "Payload",
    "PendingEvents",
    "PendingValue",
    "Plain",
    "Poll",
    "Polled",
    "Received",
    "Rejection",
    "Reply",
    "Request",
    "RequestError",
    "RequestProblem",
    "Response",
    "ResponseBody",
    "RetryPolicy",
    "Route",
    "Router",
    "Routes",
    "Scheme",
    "Secret",
    "Security",
    "Send",
    "Sequence",
    "Shutdown",
    "StatusCode",
    "StreamError",
    "StreamFault",
    "Text",
    "Trail",
    "TransportError",
    "TransportKind",
    "Unfinished",
    "Upload",
    "Validate",
    "Value",
    "Verdict",
];

/// Methods that every client has, or every service that looks at credentials.
const CLIENT_METHODS: [&str; 8] = [
    "authenticate",
    "builder",
    "from",
    "from_env",
    "http",
    "into",
    "known",
    "to_builder",
];

/// Names of modules that a crate root already has.
const MODULES: [&str; 13] = [
    "lib",
    "main",
    "build",
    "builders",
    "std",
    "core",
    "alloc",
    "types",
    "client",
    "api",
    "router",
    "runtime",
    "unanswered",
];

/// Names that clippy takes for placeholders (`clippy::disallowed_names`).
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];

/// `name`, with a trailing `_` if no field or argument may be called so.
pub(super) fn no_placeholder(name: String) -> String {
    match PLACEHOLDERS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => no_keyword(name),
    }
}

/// `name`, with a trailing `_` if it is a keyword.
pub(super) fn no_keyword(name: String) -> String {
    match KEYWORDS.contains(&name.as_str()) && name != "union" {
        true => format!("{name}_"),
        false => name,
    }
}

/// Whether Rust takes this as a name, by itself and as part of others.
pub(super) fn is_identifier(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_alphabetic());
    let keyword = KEYWORDS.contains(&name) && name != "union";
    begins && !keyword && syn::parse_str::<proc_macro2::Ident>(name).is_ok()
}

/// Whether a type may not have this name without a qualifier.
pub(super) fn is_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

/// Whether a setter of this name would hide or mimic a method of a trait.
pub fn is_method_taken(name: &str) -> bool {
    METHODS.contains(&name)
}

/// Whether the type of an operation may not have this name without a qualifier.
pub(super) fn is_operation_scope(name: &str) -> bool {
    is_prelude(name) || OPERATION_SCOPE.contains(&name)
}

/// Whether the method of an operation would hide one that every client has.
pub(super) fn is_client_method(name: &str) -> bool {
    CLIENT_METHODS.contains(&name) || is_method_taken(name)
}

/// The name of the module of a type. Its file is found only under a name in ASCII.
pub fn module(type_name: &str) -> String {
    let name = match type_name.is_ascii() {
        true => super::snake(type_name),
        false => super::snake(&symbols::spelled_out(type_name)),
    };
    let name = no_keyword(name);
    match MODULES.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// A local variable named after a field, where the generated function has others.
pub fn local(field: &str, taken: &[&str]) -> String {
    match taken.contains(&field) {
        true => format!("{}_", field.trim_end_matches('_')),
        false => field.to_owned(),
    }
}
