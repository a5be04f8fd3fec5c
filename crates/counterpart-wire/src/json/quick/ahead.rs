//! Passing over what will be read later.
//!
//! Unions stand inside unions, and each looks ahead over all that the inner ones do. So the first one to pass over a
//! container remembers where it ends, and where those inside it do.

use super::scan::Scan;
use super::{DEEPEST, Misfit};

/// The containers that were passed over.
#[derive(Default)]
pub(super) struct Passed {
    /// Where each begins and how it ends, in the order of the text.
    containers: Vec<(usize, usize)>,
    /// Where the last one ends that is not inside another.
    end: usize,
}

impl Passed {
    /// Forgets what lies before a place that will not be gone behind any more.
    #[inline]
    pub(super) fn forget_before(&mut self, place: usize) {
        if place >= self.end {
            self.containers.clear();
        }
    }

    /// Goes past a value without a look at whether it is one.
    #[inline]
    pub(super) fn pass_over(&mut self, scan: &mut Scan<'_>) -> Result<(), Misfit> {
        if !matches!(scan.peek(), Some(b'{' | b'[')) {
            return scan.pass_over_scalar();
        }
        let start = scan.place();
        if start >= self.end {
            return self.pass_over_container(scan);
        }
        let found = self
            .containers
            .binary_search_by_key(&start, |(start, _)| *start);
        let (_, end) = found
            .ok()
            .and_then(|index| self.containers.get(index))
            .ok_or(Misfit)?;
        scan.go_to(*end);
        Ok(())
    }

    fn pass_over_container(&mut self, scan: &mut Scan<'_>) -> Result<(), Misfit> {
        let mut open = [0; DEEPEST as usize];
        let mut depth = 0;
        loop {
            let byte = scan.bracket()?;
            let place = scan.place();
            scan.pass();
            if let b'{' | b'[' = byte {
                *open.get_mut(depth).ok_or(Misfit)? = self.containers.len();
                depth += 1;
                self.containers.push((place, place));
                continue;
            }
            // The first bracket opens, and behind the last one nothing is read here.
            depth -= 1;
            self.containers[open[depth]].1 = scan.place();
            if depth == 0 {
                self.end = scan.place();
                return Ok(());
            }
        }
    }
}
