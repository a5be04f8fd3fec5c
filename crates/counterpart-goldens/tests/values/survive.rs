//! Values that are of their type survive being read and written, in every mode.

use crate::{each, holds};
use counterpart_values::{Maker, Openness};
use counterpart_wire::{Mode, Value};
use proptest::prelude::*;

#[test]
fn what_the_document_lists_survives() {
    let modes = [Mode::Strict, Mode::Valid, Mode::Tolerant, Mode::Lenient];
    assert_survive(Openness::Listed, &modes);
}

#[test]
fn what_the_document_does_not_list_survives() {
    assert_survive(Openness::Open, &[Mode::Tolerant, Mode::Lenient]);
}

#[track_caller]
fn assert_survive(openness: Openness, modes: &[Mode]) {
    each(|fixture, ty| {
        let values = Maker::new(fixture.api(), openness).values(fixture.schema_of(ty.name));
        let name = format!("{}: {}", fixture.name, ty.name);
        holds(&name, 24, &values, |value| {
            let text = value.to_string();
            for mode in modes {
                let written = (ty.through)(&text, *mode)
                    .map_err(|error| TestCaseError::fail(format!("{mode:?}: {error}: {text}")))?;
                let written: Value = serde_json::from_str(&written).expect("it is JSON");
                prop_assert_eq!(&written, &value, "{:?}", mode);
            }
            Ok(())
        })
    });
}
