//! Where a request comes from: X-Forwarded-For counts only from configured proxies (S8).

use awc::http::Method;
use contract::*;
use serde_json::json;

use crate::support::{PASSWORD, World};

/// The addresses recorded for a change, a refused permission, a session and a refused sign-in, all asked
/// with these headers.
async fn recorded(proxies: &[&str], forwarded: &[&str]) -> Vec<String> {
    let world = World::with(|config| {
        config.trusted_proxies = proxies.iter().map(|range| range.parse().unwrap()).collect();
    })
    .await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let through = |mut request: crate::support::Request| {
        for value in forwarded {
            request = request.header("X-Forwarded-For", *value);
        }
        request.send()
    };
    let group = json!({ "name": "Wijkteam" });
    let made = through(office.admin().request(Method::POST, "/groups").json(&group)).await;
    let _: Group = made.ok();
    through(jan.request(Method::POST, "/groups").json(&group)).await.problem(ProblemCode::Forbidden);
    for password in [PASSWORD, "not the password"] {
        let body = json!({ "username": "jan@zaanstad", "password": password });
        through(world.anyone.request(Method::POST, "/v1/sessions").json(&body)).await;
    }
    let mut addresses = world.addresses_of_events("group.created");
    addresses.extend(world.addresses_of_events("permission.refused"));
    addresses.extend(world.addresses_of_sessions().pop());
    addresses.extend(world.addresses_of_events("session.refused"));
    assert_eq!(addresses.len(), 4);
    addresses
}

#[actix_web::test]
async fn what_a_client_says_of_itself_counts_for_nothing() {
    assert_eq!(recorded(&[], &["203.0.113.9"]).await, ["127.0.0.1"; 4]);
    // Somebody else's proxy is not ours.
    assert_eq!(recorded(&["192.0.2.0/24"], &["203.0.113.9"]).await, ["127.0.0.1"; 4]);
}

#[actix_web::test]
async fn a_configured_proxy_is_believed_about_who_asked_it_and_no_further() {
    let ours = ["127.0.0.0/8", "10.0.0.0/8"];
    assert_eq!(recorded(&ours, &["203.0.113.9"]).await, ["203.0.113.9"; 4]);
    // What came before the first address that is not ours was written by who knows whom.
    assert_eq!(recorded(&ours, &["198.51.100.1, 203.0.113.9, 10.0.0.7"]).await, ["203.0.113.9"; 4]);
    assert_eq!(recorded(&ours, &["198.51.100.1", "2001:db8::9, 10.0.0.7"]).await, ["2001:db8::9"; 4]);
    for written in ["203.0.113.9:51544", "198.51.100.1, 203.0.113.9:51544, 10.0.0.7"] {
        assert_eq!(recorded(&ours, &[written]).await, ["203.0.113.9"; 4], "{written}");
    }
    for written in ["2001:db8::9", "[2001:db8::9]", "[2001:db8::9]:51544"] {
        assert_eq!(recorded(&ours, &[written]).await, ["2001:db8::9"; 4], "{written}");
    }
    // What cannot be read is nobody's address, and not the proxy's.
    assert_eq!(recorded(&ours, &["203.0.113.9, nonsense, 10.0.0.7"]).await, [""; 4]);
    assert_eq!(recorded(&ours, &[]).await, ["127.0.0.1"; 4]);
}
