//! `.br` and `.gz` beside each file that gets smaller by it, so that the server never compresses the app itself.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digest;
use crate::error::{Context, Result};

/// Pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

pub fn all(folder: &Path) -> Result {
    for file in digest::files_below(folder)? {
        if file.extension().is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known)) {
            let content = fs::read(&file).context(format!("reading {}", file.display()))?;
            brotli(&content, &beside(&file, "br")).context(format!("compressing {}", file.display()))?;
            gzip(&content, &beside(&file, "gz")).context(format!("compressing {}", file.display()))?;
        }
    }
    Ok(())
}

/// `app.js` → `app.js.br`.
pub fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn brotli(mut content: &[u8], target: &Path) -> std::io::Result<()> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut content, &mut File::create(target)?, &parameters).map(drop)
}

fn gzip(content: &[u8], target: &Path) -> std::io::Result<()> {
    let mut encoder = GzEncoder::new(File::create(target)?, Compression::best());
    encoder.write_all(content)?;
    encoder.finish().map(drop)
}
