//! `.br` and `.gz` beside each file that gets smaller by it, so that the server never compresses the app itself.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
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
            for (extension, compressed) in [("br", brotli(&content)), ("gz", gzip(&content))] {
                let compressed = compressed.context(format!("compressing {}", file.display()))?;
                if compressed.len() < content.len() {
                    fs::write(beside(&file, extension), compressed)
                        .context(format!("compressing {}", file.display()))?;
                }
            }
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

fn brotli(mut content: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
