//! What all readers on a thread share: the mode, the notes, and on a second look the way to the value being read.
//!
//! A value is first read as fast as can be ([`Look::Away`]): nothing follows where the reader is, and whatever is
//! unexpected only raises a flag. Where that turns out to matter, the value is read again from a buffer, and the way is
//! kept in a [`Walk`].

use crate::drift::{Drift, DriftKind, Notes};
use crate::mode::Mode;
use crate::trail::{self, Step, Trail};
use crate::walk::{Judgement, Walk};
use std::cell::{Cell, RefCell};
use std::fmt;

/// How closely the reading is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Not at all: the first, fast reading, by a reader that can [look ahead](crate::json::LOOK_AHEAD).
    Quick,
    /// Not at all: the first reading by any other.
    Away,
    /// The way to each value is kept, so that notes have their paths.
    Following,
    /// The same, and what does not fit is repaired.
    Repairing,
}

/// What the readers of one value share.
pub(crate) struct State {
    mode: Mode,
    /// Whether a constant with another value is an error in any mode.
    exact: bool,
    /// Whether anybody will ask for the trail.
    active: bool,
    look: Look,
    notes: Notes,
    /// There once there is an error. In a box, as is the walk, for states to be small: there are two for each value.
    trail: Option<Box<Trail>>,
    /// There unless the look is away.
    walk: Option<Box<Walk>>,
}

impl State {
    const OUTSIDE: Self = Self {
        mode: Mode::Lenient,
        exact: false,
        active: false,
        look: Look::Away,
        notes: Notes::Ignored,
        trail: None,
        walk: None,
    };

    /// For a first reading.
    pub(crate) fn reading(mode: Mode, notes: Notes) -> Self {
        Self {
            mode,
            active: true,
            notes,
            ..Self::OUTSIDE
        }
    }

    /// For a second reading.
    pub(crate) fn looking(mode: Mode, look: Look, notes: Notes) -> Self {
        Self {
            look,
            walk: Some(Box::default()),
            ..Self::reading(mode, notes)
        }
    }
}

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State::OUTSIDE) };
    /// The look of the state, apart from it because it is asked for at every buffered value: this costs nothing.
    static LOOK: Cell<Look> = const { Cell::new(Look::Away) };
}

/// Every access to the state, none of which calls foreign code, so that it is never borrowed twice.
fn with<T>(access: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(access)
}

/// An access to the walk, where there is one.
fn with_walk<T: Default>(access: impl FnOnce(&mut Walk) -> T) -> T {
    with(|state| state.walk.as_deref_mut().map(access).unwrap_or_default())
}

/// A state that is in force, until it is left.
///
/// A guard and not a function around the reading, which would have to hand the value on: they are large.
pub(crate) struct Scope(Option<State>);

impl Scope {
    pub(crate) fn enter(inner: State) -> Self {
        LOOK.set(inner.look);
        Self(Some(with(|state| std::mem::replace(state, inner))))
    }

    /// For a first reading of a value that may be inside another one. Notes matter if they do outside.
    pub(crate) fn enter_within(mode: Mode) -> Self {
        LOOK.set(Look::Away);
        Self(Some(with(|state| {
            let notes = match state.notes {
                Notes::Ignored => Notes::Ignored,
                Notes::Flagged(_) | Notes::Kept(_) => Notes::Flagged(false),
            };
            std::mem::replace(state, State::reading(mode, notes))
        })))
    }

    /// Puts the outer state back and gives the inner one.
    pub(crate) fn leave(mut self) -> State {
        let outer = self.0.take().unwrap_or(State::OUTSIDE);
        Self::restore(outer)
    }

    fn restore(outer: State) -> State {
        LOOK.set(outer.look);
        with(|state| std::mem::replace(state, outer))
    }
}

impl Drop for Scope {
    /// Where a panic has come in between.
    fn drop(&mut self) {
        if let Some(outer) = self.0.take() {
            Self::restore(outer);
        }
    }
}

/// Says that the reading to come in this scope is quick.
pub(crate) fn read_quickly() {
    with(|state| state.look = Look::Quick);
    LOOK.set(Look::Quick);
}

/// Whether the value may come from a reader that can look ahead.
#[inline]
pub(crate) fn is_quick() -> bool {
    LOOK.get() == Look::Quick
}

/// Runs `body` to find out whether a value fits one variant of a union.
///
/// Constants are compared even where `mode` tolerates others, since they are what tells variants apart; and nothing is
/// repaired, or anything would fit. What `body` notes is kept only when it gives something. Also gives the trail of its
/// error.
pub(crate) fn attempt<T, E>(
    mode: Mode,
    body: impl FnOnce() -> Result<T, E>,
) -> Result<T, (E, Trail)> {
    let (restore, noted) = RestoreAttempt::entering(mode);
    let result = body();
    let trail = take_trail();
    drop(restore);
    result.map_err(|error| {
        forget_notes(noted);
        (error, trail)
    })
}

/// The mode by which this thread reads now.
pub(crate) fn mode() -> Mode {
    with(|state| state.mode)
}

/// Whether what the document does not allow is an error.
pub(crate) fn refuses_unlisted() -> bool {
    mode().refuses_unlisted()
}

/// Whether a key that the document neither lists nor rules out is an error too.
pub(crate) fn is_strict() -> bool {
    mode() == Mode::Strict
}

/// Whether a constant with another value is an error.
pub(crate) fn refuses_other_constants() -> bool {
    with(|state| state.exact || state.mode.refuses_unlisted())
}

/// Whether the way to each value is kept.
#[inline]
pub(crate) fn is_following() -> bool {
    matches!(LOOK.get(), Look::Following | Look::Repairing)
}

/// Whether what does not fit is repaired.
#[inline]
pub(crate) fn is_repairing() -> bool {
    LOOK.get() == Look::Repairing
}

/// Notes something about the value being read that the document does not allow for, if anybody wants to know.
#[cold]
pub(crate) fn note(kind: DriftKind, of: &'static str, value: fmt::Arguments<'_>) {
    with(|state| state.add(kind, of, None, value));
}

/// Notes something about the member `key` of the object being read.
#[cold]
pub(crate) fn note_at(key: &str, kind: DriftKind, of: &'static str, value: fmt::Arguments<'_>) {
    with(|state| state.add(kind, of, Some(key), value));
}

impl State {
    pub(crate) fn notes(&self) -> &Notes {
        &self.notes
    }

    pub(crate) fn into_notes(self) -> Notes {
        self.notes
    }

    pub(crate) fn into_trail(self) -> Trail {
        self.trail.map(|trail| *trail).unwrap_or_default()
    }

    fn add(
        &mut self,
        kind: DriftKind,
        of: &'static str,
        key: Option<&str>,
        value: fmt::Arguments<'_>,
    ) {
        match &self.walk {
            // What a made-up value has in it is no news.
            Some(walk) if walk.is_making_up() => {}
            walk => self.notes.add(kind, of, value, || {
                let mut path = walk.as_ref().map(|walk| walk.path()).unwrap_or_default();
                if let Some(key) = key {
                    trail::add_key(&mut path, key);
                }
                path
            }),
        }
    }
}

/// Whether what is noted is kept, with all its text.
pub(crate) fn keeps_notes() -> bool {
    with(|state| matches!(state.notes, Notes::Kept(_)))
}

/// Takes over the notes of a value that was read by itself, inside the value being read.
pub(crate) fn pass_on(drifts: Vec<Drift>) {
    if drifts.is_empty() {
        return;
    }
    with(|state| {
        let outer = state.walk.as_ref().map(|walk| walk.path());
        state.notes.take_over(drifts, &outer.unwrap_or_default());
    });
}

/// How many notes there are, to [forget](forget_notes) what comes after them.
pub(crate) fn noted() -> usize {
    with(|state| state.notes.len())
}

/// Forgets all notes but the first ones.
pub(crate) fn forget_notes(but: usize) {
    with(|state| state.notes.truncate(but));
}

/// Goes into the member or item at `step`, and gives how many notes there were before.
pub(crate) fn enter(step: Step) -> usize {
    with_walk(|walk| walk.enter(step));
    noted()
}

/// Leaves a member or item that was read.
pub(crate) fn leave() {
    with_walk(Walk::leave);
}

/// Leaves a member or item that could not be read, and forgets what was noted in it.
pub(crate) fn give_up(noted: usize, error: &dyn fmt::Display, is_null: bool) {
    forget_notes(noted);
    // Formatted outside `with`, as in `extend_trail`.
    let message = (!with_walk(|walk| walk.has_blame())).then(|| error.to_string());
    with_walk(|walk| walk.give_up(message, is_null));
}

/// Whether what failed, inside the value being read or its member `key`, is worth another reading without the item
/// that is to blame.
pub(crate) fn again(key: Option<&str>) -> bool {
    with_walk(|walk| walk.again(key))
}

/// What was decided about the item or entry at `step` when an earlier reading failed there. What is decided is noted.
pub(crate) fn judge(step: &Step, is_null: bool) -> Judgement {
    with(|state| {
        let Some(walk) = &mut state.walk else {
            return Judgement::Read;
        };
        let (judgement, message) = walk.judge(step, is_null);
        let kind = match judgement {
            Judgement::Read => return judgement,
            Judgement::ReadAsNull => DriftKind::Misfit,
            Judgement::LeaveOut => DriftKind::LeftOut,
        };
        let message = message.to_owned();
        let mut path = walk.path();
        trail::add(&mut path, step);
        let notes = &mut state.notes;
        notes.add(kind, "", format_args!("{message}"), || path);
        judgement
    })
}

/// Whether the value being read is the whole input.
pub(crate) fn is_at_root() -> bool {
    with_walk(|walk| walk.is_at_root())
}

/// Begins to make up a value, if that has not gone on for too long.
pub(crate) fn begin_making_up() -> bool {
    with_walk(Walk::begin_making_up)
}

/// Ends making up a value.
pub(crate) fn end_making_up() {
    with_walk(Walk::end_making_up);
}

/// Records that the error with this message came from `step` below the value being read.
pub(crate) fn extend_trail(message: &dyn fmt::Display, step: Step) {
    if with(|state| state.active) {
        // Formatted outside `with`: a foreign `Display` must not run while the state is borrowed.
        let message = message.to_string();
        with(|state| state.trail.get_or_insert_default().extend(message, step));
    }
}

/// The trail of the last error, which is thereby forgotten.
pub(crate) fn take_trail() -> Trail {
    let trail = with(|state| state.trail.take());
    trail.map(|trail| *trail).unwrap_or_default()
}

/// Puts back what an attempt changes; notes and the walk go on through it.
struct RestoreAttempt {
    mode: Mode,
    exact: bool,
    active: bool,
    look: Look,
    trail: Option<Box<Trail>>,
}

impl RestoreAttempt {
    /// Also gives how many notes there are.
    fn entering(mode: Mode) -> (Self, usize) {
        with(|state| {
            let outer = Self {
                mode: state.mode,
                exact: state.exact,
                active: state.active,
                look: state.look,
                trail: state.trail.take(),
            };
            (state.mode, state.exact, state.active) = (mode, true, true);
            if state.look == Look::Repairing {
                state.look = Look::Following;
            }
            LOOK.set(state.look);
            (outer, state.notes.len())
        })
    }
}

impl Drop for RestoreAttempt {
    fn drop(&mut self) {
        LOOK.set(self.look);
        with(|state| {
            (state.mode, state.exact, state.active) = (self.mode, self.exact, self.active);
            state.look = self.look;
            state.trail = self.trail.take();
        });
    }
}

#[cfg(test)]
mod tests;
