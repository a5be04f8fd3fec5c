//! A value with one thing wrong in it is refused by strict reading, with an error that names the
//! place; and by valid reading, unless the document says nothing against it.

use crate::document::{api, is_events, schema_of};
use crate::holds;
use crate::types;
use counterpart_values::{Maker, Openness, breaks};
use counterpart_wire::Mode;
use proptest::prelude::*;

#[test]
fn what_is_wrong_is_named() {
    let mut maker = Maker::new(api(), Openness::Listed);
    for ty in types::all() {
        let schema = schema_of(ty.name);
        if is_events(schema.schema) {
            // What is wrong with an event is wrong with its payload, which is a type of its own.
            continue;
        }
        holds(ty.name, 6, &maker.values(schema), |value| {
            for broken in breaks(api(), schema, &value) {
                let json = broken.done_to(&value).to_string();
                match (ty.read)(&json, Mode::Strict) {
                    Ok(()) => prop_assert!(false, "{:?} goes unseen in {}", broken, json),
                    Err(error) => {
                        prop_assert_eq!(&error.path, &broken.path, "{} in {}", error, json);
                    }
                }
                let valid = (ty.read)(&json, Mode::Valid);
                prop_assert_eq!(valid.is_ok(), broken.is_valid, "{:?} in {}", broken, json);
            }
            Ok(())
        });
    }
}
