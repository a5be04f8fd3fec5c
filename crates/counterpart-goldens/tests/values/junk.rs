//! JSON of any shape never panics a decoder, whatever the type and the mode; and what is read of it without passing over
//! anything survives.

use crate::types::Type;
use crate::{each, holds};
use counterpart_values::{Maker, Openness, any_json, anywhere};
use counterpart_wire::Mode;
use proptest::prelude::*;
use proptest::sample::Index;

/// Reads JSON in every mode.
fn take(ty: &Type, text: &str) {
    // An error is as good as a value.
    let _ = (ty.through)(text, Mode::Strict);
    for mode in [Mode::Valid, Mode::Tolerant, Mode::Lenient] {
        let _ = (ty.read)(text, mode);
    }
}

#[test]
fn any_json_is_a_value_or_an_error() {
    each(|fixture, ty| {
        let name = format!("{}: {}", fixture.name, ty.name);
        holds(&name, 12, &any_json(fixture.api()), |value| {
            take(ty, &value.to_string());
            Ok(())
        })
    });
}

/// Values with something else in one place, which get further into a decoder than what is all wrong.
#[test]
fn almost_a_value_is_a_value_or_an_error() {
    each(|fixture, ty| {
        let (api, schema) = (fixture.api(), fixture.schema_of(ty.name));
        let values = Maker::new(api, Openness::Open).values(schema);
        let values = (values, any::<Index>(), any_json(api));
        let name = format!("{}: {}", fixture.name, ty.name);
        holds(&name, 12, &values, |(mut value, place, other)| {
            *anywhere(&mut value, place) = other;
            take(ty, &value.to_string());
            Ok(())
        })
    });
}
