//! What generated clients and servers share at run time: values and their encodings.
//!
//! Generated types are thin over this crate. An object implements [`Object`], which says how it is read and written
//! key by key; enums are open ([`open_enum!`]), unions are dispatched by a tag ([`Tagged`]), by JSON type ([`ByType`]) or
//! by trying ([`InOrder`]). All of them are ordinary serde types that work with every self-describing format;
//! [`json`] adds the strictness of [`Mode`] and errors that name the place.

#![deny(missing_docs)]

pub mod apply;
pub mod event;
pub mod json;
pub mod mode;
pub mod object;
pub mod params;
pub mod validate;

mod base64;
mod binary;
mod constant;
mod content;
mod defaults;
mod drift;
mod enums;
mod json_map;
mod key;
mod nullable;
mod reader;
mod repair;
mod sequence;
mod shorten;
mod state;
mod trail;
mod union;
mod walk;
mod writer;

pub use apply::{Accumulator, Applied, Apply, Index, Merger};
pub use base64::Base64;
pub use binary::{Binary, BoxError, Chunks, FilePart};
pub use constant::Constant;
pub use defaults::{Defaults, MayBeAbsent, fill, fill_inside, filled};
pub use drift::{Drift, DriftHook, DriftKind};
pub use enums::{OpenEnum, OpenIntEnum, read_enum, read_int_enum};
pub use event::{Event, EventData, JsonLine, JsonRecord, RawEvent};
pub use json::{DecodeError, EncodeError};
pub use mode::Mode;
pub use nullable::{Nullable, Presence};
pub use object::Object;
pub use params::form;
pub use reader::Reader;
pub use sequence::Sequence;
pub use union::{Attempt, ByType, InOrder, JsonType, Tagged};
pub use union::{by_type, constant, in_order, tagged, with_tag};
pub use validate::{Checker, Validate, Violation, Violations};
pub use writer::Writer;

// What generated code names, so that it needs no dependency of its own for it.
pub use bytes::Bytes;
pub use indexmap::IndexMap;
pub use serde::de::MapAccess;
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[doc(hidden)]
pub use serde_json;
pub use serde_json::{Map, Value};
