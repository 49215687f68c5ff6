//! The `daysheet` program: hands its arguments to the library and exits with its code.

// Half the time of a change under `daysheet serve`, and a fifth of a build, went into the system's allocator; that of musl, for the
// static program, is slower still.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    daysheet::cli::run()
}
