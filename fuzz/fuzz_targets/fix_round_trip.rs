//! Gives inputs of libFuzzer to the target of this name.
#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|input: &[u8]| targets::fix_round_trip(input));
