//! How much a first visit loads.

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;

use super::compress::beside;
use crate::digest;
use crate::error::{Context, Error, Result};

/// What a first visit may load: WebAssembly, scripts and styles together, compressed with brotli.
const BUDGET: u64 = 300_000;

/// Bytes of the built app by kind, with brotli as far as compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    wasm: u64,
    js: u64,
    css: u64,
    /// The parts of the app that the first visit does not need.
    later: u64,
}

impl Sizes {
    pub fn measure(dist: &Path) -> Result<Self> {
        let mut sizes = Self::default();
        for file in digest::files_below(dist)? {
            let first = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("app-"));
            let total = match file.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") if first => &mut sizes.wasm,
                Some("wasm") => &mut sizes.later,
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

    /// What signing in and the start page load.
    pub fn first_visit(self) -> u64 {
        self.wasm + self.js + self.css
    }

    /// An error if a first visit loads more than it may.
    pub fn check(self) -> Result {
        if self.first_visit() <= BUDGET {
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
        let (first, later) = (kb(self.first_visit()), kb(self.later));
        write!(f, "wasm {wasm} + js {js} + css {css} = {first} KB of {} KB; later {later} KB", BUDGET / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_for_what_the_first_visit_loads() {
        let sizes = Sizes { wasm: 250_000, js: 30_000, css: 20_000, later: 900_000 };
        assert!(sizes.check().is_ok());
        let sizes = Sizes { css: 20_001, ..sizes };
        assert_eq!(
            sizes.check().unwrap_err().to_string(),
            "the web app is too large: wasm 250.0 + js 30.0 + css 20.0 = 300.0 KB of 300 KB; later 900.0 KB"
        );
    }
}
