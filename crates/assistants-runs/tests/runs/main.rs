//! Runs that are driven against a service that plays a story, over a wire that fails as it is told. Time is paused.

mod adaptors;
mod broken;
mod calls;
mod cancelled;
mod creation;
mod definitions;
mod outcomes;
mod polling;
mod story;
mod streams;
mod wire;
mod world;
