//! The program's entry: parse the command line, run the command.

use std::process::ExitCode;

fn main() -> ExitCode {
    secondarymarket::server::cli::run()
}
