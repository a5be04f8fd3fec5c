//! A value with one thing wrong in it is refused, with an error that names the place.

use crate::{each, holds};
use counterpart_values::{Maker, Openness, breaks};
use counterpart_wire::Mode;
use proptest::prelude::*;

#[test]
fn what_is_wrong_is_named() {
    each(|fixture, ty| {
        let (api, schema) = (fixture.api(), fixture.schema_of(ty.name));
        if api.events.contains_key(&schema.schema) {
            // What is wrong with an event is wrong with its payload, which is a type of its own.
            return Ok(());
        }
        let values = Maker::new(api, Openness::Listed).values(schema);
        let name = format!("{}: {}", fixture.name, ty.name);
        holds(&name, 8, &values, |value| {
            for broken in breaks(api, schema, &value) {
                let json = broken.done_to(&value).to_string();
                match (ty.through)(&json, Mode::Strict) {
                    Ok(_) => prop_assert!(false, "{:?} goes unseen in {}", broken, json),
                    Err(error) => {
                        prop_assert_eq!(&error.path, &broken.path, "{} in {}", error, json);
                    }
                }
                let valid = (ty.through)(&json, Mode::Valid);
                prop_assert_eq!(valid.is_ok(), broken.is_valid, "{:?} in {}", broken, json);
            }
            Ok(())
        })
    });
}
