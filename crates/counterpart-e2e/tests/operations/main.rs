//! Every operation from the generated client to the generated server and back, in process and over a socket.

mod cases;
mod coverage;
mod credentials;
mod errors;
mod fixtures;
mod harness;
mod layers;
mod pages;
mod rejections;
mod scripted;
mod stories;
mod streams;
mod waits;
mod wire;
