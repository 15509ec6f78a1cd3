//! The `werkbak` command.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match werkbak::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "werkbak: {message}");
            ExitCode::FAILURE
        }
    }
}
