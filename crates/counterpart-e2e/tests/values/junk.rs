//! JSON of any shape never panics a decoder, whatever the type and the mode.

use crate::document::{api, schema_of};
use crate::holds;
use crate::types;
use counterpart_values::{Maker, Openness, any_json, anywhere};
use counterpart_wire::Mode;
use proptest::prelude::*;
use proptest::sample::Index;

#[test]
fn any_json_is_a_value_or_an_error() {
    let types = types::all();
    holds("any JSON", 48, &any_json(api()), |value| {
        let text = value.to_string();
        types.iter().try_for_each(|ty| (ty.takes_anything)(&text))
    });
}

/// Values with something else in one place, which get further into a decoder than what is all wrong.
#[test]
fn almost_a_value_is_a_value_or_an_error() {
    let mut maker = Maker::new(api(), Openness::Open);
    for ty in types::all() {
        let values = maker.values(schema_of(ty.name));
        let values = (values, any::<Index>(), any_json(api()));
        holds(ty.name, 24, &values, |(mut value, place, other)| {
            *anywhere(&mut value, place) = other;
            (ty.takes_anything)(&value.to_string())
        });
    }
}

#[test]
fn a_torn_value_is_an_error() {
    let mut maker = Maker::new(api(), Openness::Listed);
    for ty in types::all()
        .into_iter()
        .filter(|ty| ty.name != "AssistantStreamEvent")
    {
        let values = (maker.values(schema_of(ty.name)), any::<Index>());
        holds(ty.name, 8, &values, |(value, cut)| {
            let text = value.to_string();
            let ends = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            let torn = &text[..ends[cut.index(ends.len())]];
            // The beginning of a number is a number.
            if !value.is_number() {
                for mode in [Mode::Strict, Mode::Lenient] {
                    prop_assert!((ty.read)(torn, mode).is_err(), "{}", torn);
                }
            }
            Ok(())
        });
    }
}
