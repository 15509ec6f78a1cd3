//! What SQLite could do at best: the same read by the server's own code without HTTP, on as many threads as there are cores.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use super::load::Round;
use super::site::{Data, Person};
use crate::error::{Context, Result};

/// Requests that are read again and again.
pub struct Baseline<'a> {
    data: &'a Data<'a>,
    requests: PathBuf,
}

impl<'a> Baseline<'a> {
    /// Notes what to read, and as whom.
    pub fn new<'b>(data: &'a Data<'a>, requests: impl Iterator<Item = (&'b Person, String)>) -> Result<Self> {
        let file = data.folder.join("requests");
        let mut lines = String::new();
        for (person, path) in requests {
            lines.push_str(&format!("{} {path}\n", person.token));
        }
        fs::File::create(&file)
            .and_then(|mut to| {
                to.set_permissions(Permissions::from_mode(0o600))?;
                to.write_all(lines.as_bytes())
            })
            .context("writing what to read")?;
        Ok(Self { data, requests: file })
    }

    /// Reads for a while.
    pub fn run(&self, length: Duration) -> Result<Round> {
        let seconds = length.as_secs_f64().to_string();
        let run = self.data.werkbak(&["bench", "--seconds", &seconds, "--requests"]);
        let said: serde_json::Value =
            serde_json::from_str(&run.arg(&self.requests).read()?).context("reading what was measured")?;
        Ok(Round::of(said["perSecond"].as_f64().context("nothing was measured")?))
    }
}
