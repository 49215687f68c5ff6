#![no_main]

libfuzzer_sys::fuzz_target!(init: daysheet_fuzz::begin(), |bytes: &[u8]| daysheet_fuzz::memo(bytes));
