//! Which fields of an object were met.

/// The fields that were met.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The first 64 of them: hardly any object has more.
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    /// Adds a field and says whether it was there before.
    #[inline]
    pub(super) fn insert(&mut self, index: usize) -> bool {
        if index < 64 {
            let bit = 1 << index;
            let before = self.first & bit != 0;
            self.first |= bit;
            return before;
        }
        let index = index - 64;
        if self.rest.len() <= index {
            self.rest.resize(index + 1, false);
        }
        std::mem::replace(&mut self.rest[index], true)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.is_empty()
    }

    #[inline]
    pub(super) fn contains(&self, index: usize) -> bool {
        if index < 64 {
            return self.first & (1 << index) != 0;
        }
        self.rest.get(index - 64).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_any_number_of_fields() {
        let mut seen = Seen::default();
        for index in [0, 63, 64, 300] {
            assert!(!seen.contains(index));
            assert!(!seen.insert(index));
            assert!(seen.contains(index));
            assert!(seen.insert(index));
        }
        assert!(
            ![1, 62, 65, 299, 301]
                .iter()
                .any(|index| seen.contains(*index))
        );
    }
}
