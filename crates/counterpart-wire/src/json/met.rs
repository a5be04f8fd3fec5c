//! The keys of an object that were met so far, where none may come twice.

use std::borrow::Cow;
use std::collections::HashSet;

/// How many keys are compared one by one. Hardly any map has more.
const FEW: usize = 16;

/// The keys that were met.
#[derive(Default)]
pub(super) struct Met<'de> {
    few: Vec<Cow<'de, str>>,
    /// Those beyond the few, whoever may have sent how many.
    many: Option<HashSet<Cow<'de, str>>>,
}

impl<'de> Met<'de> {
    /// Adds a key and says whether it was there before.
    pub(super) fn insert(&mut self, key: Cow<'de, str>) -> bool {
        if self.few.contains(&key) {
            return true;
        }
        if self.few.len() < FEW {
            self.few.push(key);
            return false;
        }
        !self.many.get_or_insert_default().insert(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_any_number_of_keys() {
        let mut met = Met::default();
        for number in 0..100 {
            assert!(!met.insert(number.to_string().into()), "{number}");
        }
        for number in 0..100 {
            assert!(met.insert(number.to_string().into()), "{number}");
        }
    }
}
