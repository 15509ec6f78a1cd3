//! The app's files, as `cargo xtask web` leaves them.

use awc::http::{Method, StatusCode};

use crate::support::{Response, World};

const SCRIPT: &str = "/assets/app-0123456789abcdef.js";

/// An installation with an app of two files.
async fn stage() -> World {
    World::with(|config| {
        std::fs::create_dir_all(config.web_root.join("assets")).unwrap();
        let put = |name: &str, content: &str| {
            std::fs::write(config.web_root.join(name.trim_start_matches('/')), content).unwrap();
        };
        put("index.html", "<!doctype html>");
        put(SCRIPT, "plain");
        put(&format!("{SCRIPT}.br"), "brotli");
        put(&format!("{SCRIPT}.gz"), "gzip");
    })
    .await
}

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = world.anyone.request(Method::GET, path);
    headers.iter().fold(request, |request, (name, value)| request.header(name, *value)).send().await
}

#[actix_web::test]
async fn a_file_goes_out_as_it_was_compressed_when_the_app_was_built() {
    let world = stage().await;
    for (accepted, coding, body) in [
        ("gzip, br", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("br;q=0", None, "plain"),
        ("", None, "plain"),
    ] {
        let answer = get(&world, SCRIPT, &[("Accept-Encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.body, body.as_bytes(), "{accepted}");
        assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert!(answer.headers.iter().any(|(name, value)| name == "vary" && value == "Accept-Encoding"));
    }
}

#[actix_web::test]
async fn a_file_with_a_hash_in_its_name_is_kept_for_ever_and_the_page_is_asked_for_again() {
    let world = stage().await;
    let script = get(&world, SCRIPT, &[]).await;
    assert_eq!(script.header("cache-control"), Some("public, max-age=31536000, immutable"));
    for path in ["/", "/dossiers/een-pagina-van-de-app"] {
        let page = get(&world, path, &[]).await;
        assert_eq!(page.header("cache-control"), Some("no-cache"), "{path}");
        let tag = page.header("etag").expect("a tag");
        // Proxies that compress make it weak.
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}")] {
            let same = get(&world, path, &[("If-None-Match", &known)]).await;
            assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        }
        assert_eq!(get(&world, path, &[("If-None-Match", "\"other\"")]).await.status, StatusCode::OK);
    }
    assert_eq!(get(&world, "/assets/gone.js", &[]).await.status, StatusCode::NOT_FOUND);
}
