//! How much a first visit loads.

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;

use super::compress::beside;
use crate::digest;
use crate::error::{Context, Error, Result};

/// What WebAssembly, scripts and styles together, compressed with brotli, are to become.
const AIM: u64 = 300_000;
/// What they may be today: the app has not reached the aim yet. Lower this whenever it gets smaller; it only goes down.
const CEILING: u64 = 455_000;

/// Bytes of the built app by kind, with brotli as far as compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    wasm: u64,
    js: u64,
    css: u64,
}

impl Sizes {
    pub fn measure(dist: &Path) -> Result<Self> {
        let mut sizes = Self::default();
        for file in digest::files_below(dist)? {
            let total = match file.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") => &mut sizes.wasm,
                Some("js") => &mut sizes.js,
                Some("css") => &mut sizes.css,
                _ => continue,
            };
            let compressed = beside(&file, "br");
            let loaded = if compressed.is_file() { &compressed } else { &file };
            *total += fs::metadata(loaded).context(format!("measuring {}", loaded.display()))?.len();
        }
        Ok(sizes)
    }

    fn total(self) -> u64 {
        self.wasm + self.js + self.css
    }

    /// An error if a first visit loads more than it may.
    pub fn check(self) -> Result {
        if self.total() <= CEILING {
            Ok(())
        } else {
            Err(Error::new(format!("the web app is too large: {self}")))
        }
    }
}

impl Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kb = |bytes: u64| format!("{}.{}", bytes / 1000, bytes % 1000 / 100);
        let (wasm, js, css) = (kb(self.wasm), kb(self.js), kb(self.css));
        write!(f, "wasm {wasm} + js {js} + css {css} = {} KB of {} KB", kb(self.total()), CEILING / 1000)?;
        if self.total() > AIM { write!(f, "; the aim is {} KB", AIM / 1000) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_for_everything_together() {
        let sizes = Sizes { wasm: 405_000, js: 30_000, css: 20_000 };
        assert!(sizes.check().is_ok());
        let sizes = Sizes { css: 20_001, ..sizes };
        assert_eq!(
            sizes.check().unwrap_err().to_string(),
            "the web app is too large: wasm 405.0 + js 30.0 + css 20.0 = 455.0 KB of 455 KB; the aim is 300 KB"
        );
        let sizes = Sizes { wasm: 250_000, js: 30_000, css: 20_000 };
        assert_eq!(sizes.to_string(), "wasm 250.0 + js 30.0 + css 20.0 = 300.0 KB of 455 KB");
    }
}
