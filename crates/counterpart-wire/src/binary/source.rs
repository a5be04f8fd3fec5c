//! Where bytes come from.

use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::BoxError;

/// Bytes that come while they are read.
pub(super) type Live = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// Where bytes come from.
#[derive(Clone)]
pub(super) enum Source {
    /// They are there.
    Bytes(Bytes),
    /// From a file.
    Path(Arc<Path>),
    /// From something that can be read once; it is gone when it has been taken.
    Once(Arc<Mutex<Option<Live>>>),
}

impl Source {
    pub(super) fn once(
        stream: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
    ) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(Box::pin(stream)))))
    }

    pub(super) fn is_spent(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Path(_) => false,
            Self::Once(live) => live
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_none(),
        }
    }
}

/// What is still to be read equals only itself.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(two)) => one == two,
            (Self::Path(one), Self::Path(two)) => one == two,
            (Self::Once(one), Self::Once(two)) => Arc::ptr_eq(one, two),
            (Self::Bytes(_) | Self::Path(_) | Self::Once(_), _) => false,
        }
    }
}
