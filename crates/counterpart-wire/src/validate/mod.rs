//! Whether values keep within what the document allows: ranges, lengths, patterns, numbers of items.
//!
//! A type with limits implements [`Validate`]: it says for each of its fields, by a [`Checker`], what holds for it.
//! [`validate`](Validate::validate) then reports every [`Violation`] at once, those of nested values included, each with
//! its place.
//!
//! ```
//! use counterpart_wire::{Checker, Validate, pattern};
//!
//! struct Model {
//!     name: String,
//!     temperature: Option<f64>,
//!     stop: Vec<String>,
//! }
//!
//! impl Validate for Model {
//!     fn check(&self, checker: &mut Checker<'_>) {
//!         checker.required("name", &self.name).max_length(8).pattern(pattern!("^[a-z]+$"));
//!         checker.optional("temperature", &self.temperature).minimum(0.0).maximum(2.0);
//!         checker.required("stop", &self.stop).max_items(4).each(|item| item.min_length(1));
//!     }
//! }
//!
//! let model = Model { name: "mini".to_owned(), temperature: Some(3.0), stop: vec![String::new()] };
//! let violations = model.validate().unwrap_err();
//! assert_eq!(
//!     violations.to_string(),
//!     "/temperature: greater than 2 (3); /stop/0: shorter than 1 character (0)"
//! );
//! ```

mod checker;
mod format;
mod keys;
mod path;
mod pattern;
mod spot;
#[cfg(test)]
mod tests;
mod violation;

pub use checker::Checker;
pub use keys::Keys;
pub use pattern::Pattern;
pub use spot::{Count, Limit, Spot};
pub use violation::{Rule, Violation, Violations};

use indexmap::IndexMap;

use crate::nullable::Nullable;
use path::Step;

/// A type with limits of its own, or that holds values with limits. The module has an example.
pub trait Validate {
    /// Checks every limit and reports what does not keep it.
    fn check(&self, checker: &mut Checker<'_>);

    /// Everything that is wrong with the value, or `Ok`.
    fn validate(&self) -> Result<(), Violations> {
        let mut found = Violations::default();
        self.check(&mut Checker::new(&mut found));
        match found.is_empty() {
            true => Ok(()),
            false => Err(found),
        }
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(value) = self {
            value.check(checker);
        }
    }
}

impl<T: Validate> Validate for Nullable<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(value) = self.value() {
            value.check(checker);
        }
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        (**self).check(checker);
    }
}

/// Every item, by its index.
impl<T: Validate> Validate for Vec<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        for (index, item) in self.iter().enumerate() {
            checker.inside(Step::Index(index), |checker| item.check(checker));
        }
    }
}

/// Every value, by its key.
impl<T: Validate> Validate for IndexMap<String, T> {
    fn check(&self, checker: &mut Checker<'_>) {
        for (key, value) in self {
            checker.inside(Step::Key(key), |checker| value.check(checker));
        }
    }
}
