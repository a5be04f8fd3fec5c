//! Unions: one value out of several types.
//!
//! How a value's variant is told decides which trait its type implements: by a tag inside an object ([`Tagged`]), by its
//! JSON type ([`ByType`]), or, where nothing tells, by trying one after the other ([`InOrder`]).

mod budget;
mod by_type;
mod in_order;
mod json_type;
mod replay;
mod tag;
mod tagged;

pub use by_type::{ByType, by_type, constant};
pub use in_order::{Attempt, InOrder, in_order};
pub use json_type::JsonType;
pub use tagged::{Tagged, tagged, with_tag};

/// The name of a union's type, for messages.
pub(crate) fn name<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_short() {
        struct Tool;
        assert_eq!(super::name::<Tool>(), "Tool");
    }
}
