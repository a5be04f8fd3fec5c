//! What a type is given to say what holds for its fields.

use crate::nullable::Nullable;
use crate::object::Object;

use super::Validate;
use super::keys::Keys;
use super::path::{Path, Step};
use super::spot::Spot;
use super::violation::Violations;

/// Collects what is wrong with one value, and knows where that value stands. [`Validate`](super::Validate) is given one.
#[derive(Debug)]
pub struct Checker<'a> {
    found: &'a mut Violations,
    path: Option<&'a Path<'a>>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(found: &'a mut Violations) -> Self {
        Self { found, path: None }
    }

    /// A property that is always there.
    pub fn required<'b, T>(&'b mut self, name: &'b str, value: &'b T) -> Spot<'b, T> {
        self.spot(Step::Key(name), Some(value))
    }

    /// A property that may be absent or `null`: limits hold for its value only.
    pub fn optional<'b, T>(
        &'b mut self,
        name: &'b str,
        value: &'b impl Held<Value = T>,
    ) -> Spot<'b, T> {
        self.spot(Step::Key(name), value.held())
    }

    /// The value itself, such as the text that a union holds.
    pub fn value<'b, T>(&'b mut self, value: &'b T) -> Spot<'b, T> {
        self.spot(Step::Here, Some(value))
    }

    /// The keys of an object: how many there are, and which go together.
    pub fn keys(&mut self, object: &impl Object) -> Keys<'_> {
        Keys::new(self.spot(Step::Here, None), object)
    }

    /// An item of a sequence that is not all there: checks it as what stands at this index.
    pub fn item(&mut self, index: usize, item: &impl Validate) {
        self.inside(Step::Index(index), |checker| item.check(checker));
    }

    /// Checks a value that stands one step further in.
    pub(super) fn inside(&mut self, step: Step<'_>, check: impl FnOnce(&mut Checker<'_>)) {
        let path = Path {
            parent: self.path,
            step,
        };
        check(&mut Checker {
            found: self.found,
            path: Some(&path),
        });
    }

    fn spot<'b, T>(&'b mut self, step: Step<'b>, value: Option<&'b T>) -> Spot<'b, T> {
        let path = Path {
            parent: self.path,
            step,
        };
        Spot::new(self.found, path, value)
    }

    pub(super) fn at<'b>(found: &'b mut Violations, path: &'b Path<'b>) -> Checker<'b> {
        Checker {
            found,
            path: Some(path),
        }
    }
}

/// What may hold no value: an `Option` or a [`Nullable`].
pub trait Held {
    /// The value.
    type Value;

    /// The value, if there is one.
    fn held(&self) -> Option<&Self::Value>;
}

impl<T> Held for Option<T> {
    type Value = T;

    fn held(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Held for Nullable<T> {
    type Value = T;

    fn held(&self) -> Option<&T> {
        self.value()
    }
}
