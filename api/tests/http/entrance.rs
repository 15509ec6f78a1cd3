//! Who may ask at all: over what connection, and from which website (S7, E3).

use actix_web::test::TestRequest;
use actix_web::web::Data;
use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;
use werkbak::http::entrance;

use crate::support::{PASSWORD, Request, Response, World};

async fn behind(proxies: &[&str]) -> World {
    World::with(|config| {
        config.trusted_proxies = proxies.iter().map(|range| range.parse().unwrap()).collect();
    })
    .await
}

/// Whether a request from an address is turned away without TLS of our own.
async fn turned_away(world: &World, peer: &str, path: &str, says: &[(&'static str, &'static str)]) -> bool {
    let mut request = TestRequest::get().uri(path).peer_addr(peer.parse().unwrap());
    for header in says {
        request = request.insert_header(*header);
    }
    entrance::refusal(&request.to_http_request(), &Data::new(world.state.clone())).await.is_some()
}

#[actix_web::test]
async fn without_tls_only_this_machine_and_the_named_proxies_are_answered() {
    let https = [("X-Forwarded-Proto", "https")];
    let http = [("X-Forwarded-Proto", "http")];
    let alone = behind(&[]).await;
    for (peer, away) in
        [("127.0.0.1:9", false), ("[::1]:9", false), ("[::ffff:127.0.0.1]:9", false), ("192.0.2.1:9", true)]
    {
        for says in [&[][..], &https] {
            assert_eq!(turned_away(&alone, peer, "/v1/me", says).await, away, "{peer}");
        }
    }
    let proxied = behind(&["192.0.2.0/28"]).await;
    for (peer, says, away) in [
        ("192.0.2.1:9", &[][..], false),
        ("192.0.2.1:9", &https, false),
        ("[::ffff:192.0.2.1]:9", &https, false),
        // The proxy was asked in clear.
        ("192.0.2.1:9", &http, true),
        // Someone goes round it, and says what the proxy would.
        ("192.0.2.99:9", &https, true),
        ("[2001:db8::1]:9", &https, true),
        ("127.0.0.1:9", &[], false),
    ] {
        for path in ["/", "/v1/me", "/v1/sessions", "/docs/"] {
            assert_eq!(turned_away(&proxied, peer, path, says).await, away, "{peer} {path} {says:?}");
        }
        assert!(!turned_away(&proxied, peer, "/healthz", says).await, "{peer}");
    }
}

#[actix_web::test]
async fn browsers_are_told_to_come_back_over_tls_only_by_an_answer_that_came_over_tls() {
    let ask = async |world: &World, says: &[&str]| -> Response {
        let mut request = world.anyone.request(Method::GET, "/v1/openapi.json");
        for proto in says {
            request = request.header("X-Forwarded-Proto", *proto);
        }
        request.send().await
    };
    let hsts = |answer: &Response| answer.header("strict-transport-security").map(ToOwned::to_owned);
    let alone = World::new().await;
    assert_eq!(hsts(&ask(&alone, &[]).await), None);
    assert_eq!(hsts(&ask(&alone, &["https"]).await), None, "anyone can say that");

    let proxied = behind(&["127.0.0.1/32"]).await;
    assert_eq!(hsts(&ask(&proxied, &[]).await), None);
    for says in [&["https"][..], &["http, HTTPS"], &["http", "https"]] {
        let value = hsts(&ask(&proxied, says).await).unwrap();
        assert!(value.contains("includeSubDomains"), "{value}");
        let age: u64 = value.split(['=', ';']).nth(1).unwrap().parse().unwrap();
        assert!(age >= 365 * 24 * 60 * 60, "{value}");
    }
    ask(&proxied, &["http"]).await.problem(ProblemCode::Forbidden);
}

#[actix_web::test]
async fn every_answer_carries_the_headers_that_keep_browsers_careful() {
    let world = World::new().await;
    for path in ["/", "/v1/me", "/v1/openapi.json", "/docs/", "/healthz", "/nowhere.js"] {
        let answer = world.anyone.request(Method::GET, path).send().await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path} {name}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        let script = policy.split(';').find(|part| part.contains("script-src")).unwrap_or_default();
        assert!(!script.contains("unsafe-inline") && !script.contains("'unsafe-eval'"), "{policy}");
        if !path.starts_with("/docs") {
            assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        }
        if !path.starts_with("/v1") {
            assert_eq!(answer.header("cross-origin-embedder-policy"), Some("require-corp"), "{path}");
        }
    }
}

/// What a request says of where it comes from, and whether it is let in.
const FROM: &[(&[(&str, &str)], bool)] = &[
    (&[], true),
    (&[("Sec-Fetch-Site", "same-origin")], true),
    (&[("Sec-Fetch-Site", "none")], true),
    (&[("Sec-Fetch-Site", "cross-site")], false),
    (&[("Sec-Fetch-Site", "same-site")], false),
    (&[("Sec-Fetch-Site", "")], false),
    (&[("Origin", "OWN")], true),
    (&[("Origin", "https://werkbak.test")], true),
    (&[("Origin", "http://werkbak.test")], false),
    (&[("Origin", "https://werkbak.test.example.com")], false),
    (&[("Origin", "https://example.com")], false),
    (&[("Origin", "null")], false),
    (&[("Origin", "")], false),
    (&[("Origin", "https://example.com"), ("X-Forwarded-Host", "example.com")], false),
    // A browser that says both is believed about the one that no page can influence.
    (&[("Origin", "OWN"), ("Sec-Fetch-Site", "cross-site")], false),
];

fn said(mut request: Request, world: &World, headers: &[(&str, &str)]) -> Request {
    for (name, value) in headers {
        let value = if *value == "OWN" { world.anyone.base.as_str() } else { value };
        request = request.header(name, value);
    }
    request
}

#[actix_web::test]
async fn another_website_cannot_use_or_set_a_visitor_s_cookie_or_ask_for_their_password() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let post = |path: &str| world.anyone.request(Method::POST, path);
    for (headers, welcome) in FROM {
        let opened = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
        let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let sign_in = post("/v1/sessions").json(&json!({ "username": "jan@zaanstad", "password": PASSWORD }));
        let reset = post("/v1/password-resets").json(&json!({ "username": "nobody@zaanstad" }));
        let refresh = post("/v1/sessions/refresh").header("Cookie", cookie);
        for (request, good) in
            [(sign_in, StatusCode::CREATED), (reset, StatusCode::ACCEPTED), (refresh, StatusCode::OK)]
        {
            let before = world.recorded().len();
            let answer = said(request, &world, headers).send().await;
            if *welcome {
                assert_eq!(answer.status, good, "{headers:?}");
                continue;
            }
            answer.problem(ProblemCode::Forbidden);
            assert_eq!(answer.header("set-cookie"), None, "{headers:?}");
            let recorded: Vec<String> =
                world.recorded().into_iter().skip(before).map(|event| event.kind).collect();
            assert_eq!(recorded, ["session.cross-site-refused"], "{headers:?}");
        }
    }
}

#[actix_web::test]
async fn a_proxy_says_under_which_name_it_was_asked() {
    let world = behind(&["127.0.0.1/32"]).await;
    let ask = |headers: &'static [(&str, &str)]| {
        let reset = json!({ "username": "nobody@zaanstad" });
        said(world.anyone.request(Method::POST, "/v1/password-resets").json(&reset), &world, headers).send()
    };
    let good = ask(&[("Origin", "https://staff.example"), ("X-Forwarded-Host", "staff.example")]).await;
    assert_eq!(good.status, StatusCode::ACCEPTED);
    ask(&[("Origin", "https://other.example"), ("X-Forwarded-Host", "staff.example")])
        .await
        .problem(ProblemCode::Forbidden);
    // The page was not read over TLS, so whoever is on the line may have written it.
    ask(&[
        ("Origin", "http://staff.example"),
        ("X-Forwarded-Host", "staff.example"),
        ("X-Forwarded-Proto", "https"),
    ])
    .await
    .problem(ProblemCode::Forbidden);
}

/// With an access token nothing is judged: no page of another website has one, and integrators are where they are.
#[actix_web::test]
async fn who_has_an_access_token_may_be_anywhere() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let request = office.admin().request(Method::POST, "/groups").json(&json!({ "name": "Wijkteam" }));
    let made = request.header("Origin", "https://integrator.example").send().await;
    assert_eq!(made.status, StatusCode::CREATED);
}
