//! The generator's tests: documents in, plans, files and diagnostics out.

mod goldens;
mod layering;
mod mistakes;
mod plans;
mod properties;
mod references;
mod reject;
mod support;
