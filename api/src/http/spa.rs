//! The app's files, kept in memory as `cargo xtask web` made them, with their compressed forms.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};

use super::compress::{Coding, accepts};
use super::conditional::Known;
use crate::problem::Problem;

/// All files of the app.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<HashMap<String, File>>);

#[derive(Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: &'static str,
    etag: String,
}

impl Files {
    /// Reads the folder; without one the server still serves the API.
    pub fn read(root: &Path) -> Self {
        let mut files = HashMap::new();
        if let Err(error) = collect(root, "", &mut files) {
            tracing::warn!(%error, "the app's files cannot be read; serving the API only");
        }
        Self(Arc::new(files))
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut HashMap<String, File>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if !name.ends_with(".br") && !name.ends_with(".gz") {
            let plain = Bytes::from(std::fs::read(entry.path())?);
            let beside = |ending: &str| {
                let mut file = entry.path().into_os_string();
                file.push(ending);
                std::fs::read(file).ok().map(Bytes::from)
            };
            files.insert(
                path,
                File {
                    brotli: beside(".br"),
                    gzip: beside(".gz"),
                    content_type: content_type(name),
                    etag: format!("\"{}\"", &crate::secrets::sha256_hex(&plain)[..24]),
                    plain,
                },
            );
        }
    }
    Ok(())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Answers a file, or the app itself for one of its pages.
pub async fn serve(request: HttpRequest, files: Data<Files>) -> actix_web::Result<HttpResponse> {
    let path = request.path();
    let asset = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let file = match files.0.get(path) {
        Some(file) => file,
        None if asset => return Err(Problem::not_found().into()),
        None => files.0.get("/index.html").ok_or_else(Problem::not_found)?,
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((ETAG, file.etag.as_str())).insert_header((VARY, "Accept-Encoding"));
    // Names below /assets carry a hash of their content, so they never change.
    response.insert_header((
        CACHE_CONTROL,
        if path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" },
    ));
    if Known::to(&request).includes(&file.etag) {
        return Ok(response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    response.insert_header((CONTENT_TYPE, file.content_type));
    let (coding, body) = match file {
        File { brotli: Some(brotli), .. } if accepts(request.headers(), Coding::Brotli) => ("br", brotli),
        File { gzip: Some(gzip), .. } if accepts(request.headers(), Coding::Gzip) => ("gzip", gzip),
        file => ("identity", &file.plain),
    };
    response.insert_header((CONTENT_ENCODING, coding));
    Ok(response.body(body.clone()))
}
