//! Has the crate compiled again when a file of a built-in theme changes: `include_dir!` alone does not tell Cargo of them.

fn main() {
    println!("cargo::rerun-if-changed=themes");
}
