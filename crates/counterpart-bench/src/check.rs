//! Holding figures against what they have to be, where `--check` is among the arguments.

use std::process::ExitCode;

/// What was found to be worse than it has to be.
pub struct Check {
    is_asked_for: bool,
    misses: Vec<String>,
}

impl Check {
    /// As the arguments of this process say.
    pub fn from_args() -> Self {
        Self::new(std::env::args().any(|argument| argument == "--check"))
    }

    fn new(is_asked_for: bool) -> Self {
        Self {
            is_asked_for,
            misses: Vec::new(),
        }
    }

    /// A figure that may be no larger.
    pub fn at_most(&mut self, name: &str, figure: f64, limit: f64) {
        if figure > limit {
            self.misses
                .push(format!("{name}: {figure:.3}, but at most {limit}"));
        }
    }

    /// A figure that may be no smaller.
    pub fn at_least(&mut self, name: &str, figure: f64, limit: f64) {
        if figure < limit {
            self.misses
                .push(format!("{name}: {figure:.3}, but at least {limit}"));
        }
    }

    /// Says what was missed. It is a failure only where that was asked for: figures vary with what else a machine does.
    pub fn finish(self) -> ExitCode {
        for miss in &self.misses {
            eprintln!("missed: {miss}");
        }
        match self.is_asked_for && !self.misses.is_empty() {
            true => ExitCode::FAILURE,
            false => ExitCode::SUCCESS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_a_failure_only_where_that_is_asked_for() {
        for (is_asked_for, ratio, expected) in [
            (true, 1.05, ExitCode::SUCCESS),
            (true, 1.06, ExitCode::FAILURE),
            (false, 1.06, ExitCode::SUCCESS),
        ] {
            let mut check = Check::new(is_asked_for);
            check.at_most("a call", ratio, 1.05);
            check.at_least("frames", 4.0, 3.0);
            assert_eq!(check.finish(), expected, "{ratio}");
        }
        let mut check = Check::new(true);
        check.at_least("frames", 2.9, 3.0);
        assert_eq!(check.finish(), ExitCode::FAILURE);
    }
}
