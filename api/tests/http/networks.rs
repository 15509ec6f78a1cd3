//! `/v1/office/networks`: from where people may work (S8).

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::{Value, json};
use werkbak::networks::policy::Networks;

use crate::support::{Office, PASSWORD, Person, Program, Request, Response, World};

const INSIDE: &str = "10.20.3.18";
const OUTSIDE: &str = "203.0.113.9";

/// A world behind a proxy on this machine, which is believed about who asked it.
async fn world() -> World {
    installed(|_| {}).await
}

async fn installed(change: impl FnOnce(&mut werkbak::config::Config)) -> World {
    World::with(|config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        change(config);
    })
    .await
}

fn from(request: Request, address: &str) -> Request {
    request.header("X-Forwarded-For", address)
}

async fn get(person: &Person, path: &str, address: &str) -> Response {
    from(person.request(Method::GET, path), address).send().await
}

async fn anyone(world: &World, path: &str, address: &str, body: &Value) -> Response {
    from(world.anyone.request(Method::POST, path), address).json(body).send().await
}

async fn sign_in(world: &World, username: &str, password: &str, address: &str) -> Response {
    let body = json!({ "username": username, "password": password });
    anyone(world, "/v1/sessions", address, &body).await
}

fn town_hall(enforced: bool) -> Value {
    json!({ "enforced": enforced, "outsideText": "Start eerst de VPN.", "networks": [
        { "label": "stadhuis", "cidr": "10.20.0.0/16" }, { "label": "mobiel werken", "cidr": "2001:db8:7::/48" }] })
}

async fn save(office: &Office, change: &Value, address: &str) -> Response {
    let admin = office.admin();
    let now: OfficeNetworks = get(admin, "/office/networks", address).await.ok();
    from(admin.request(Method::PUT, "/office/networks"), address).seen(now.version).json(change).send().await
}

fn refusals(world: &World) -> usize {
    world.addresses_of_events("network.refused").len()
}

#[actix_web::test]
async fn who_comes_from_elsewhere_is_refused_before_any_credential() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let elsewhere = world.office("almere").await;
    elsewhere.account("piet", &[]);
    let saved: OfficeNetworks = save(&office, &town_hall(true), INSIDE).await.ok();
    assert_eq!((saved.enforced, saved.version, saved.networks.len()), (true, 2, 2));
    assert_eq!(saved.your_address.label.as_deref(), Some("stadhuis"));

    // The same for the right password, a wrong one and nobody: nothing was tried.
    let before = world.recorded().len();
    let mut answers = Vec::new();
    for (username, password) in
        [("jan@zaanstad", PASSWORD), ("jan@zaanstad", "not the password"), ("nobody@zaanstad", "x")]
    {
        let mut problem =
            sign_in(&world, username, password, OUTSIDE).await.problem(ProblemCode::UntrustedNetwork);
        assert!(problem.detail.contains(OUTSIDE), "{}", problem.detail);
        problem.instance = None;
        answers.push(problem);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let kinds: Vec<String> = world.recorded().into_iter().skip(before).map(|event| event.kind).collect();
    assert_eq!(kinds, ["network.refused"; 3]);
    assert_eq!(world.addresses_of_events("network.refused"), [OUTSIDE; 3]);
    let reset = json!({ "username": "jan@zaanstad" });
    anyone(&world, "/v1/password-resets", OUTSIDE, &reset).await.problem(ProblemCode::UntrustedNetwork);
    assert!(world.mails().is_empty());

    // From within it works, over IPv4 and IPv6; and another office is its own master.
    for address in [INSIDE, "::ffff:10.20.0.1", "2001:db8:7:1::2"] {
        assert_eq!(sign_in(&world, "jan@zaanstad", PASSWORD, address).await.status, StatusCode::CREATED);
    }
    assert_eq!(sign_in(&world, "piet@almere", PASSWORD, OUTSIDE).await.status, StatusCode::CREATED);
    sign_in(&world, "jan@nowhere", PASSWORD, OUTSIDE).await.problem(ProblemCode::SignInFailed);
}

/// What the client says of itself counts only when a configured proxy says it.
#[actix_web::test]
async fn an_address_cannot_be_made_up() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let own = json!({ "enforced": true, "networks": [{ "label": "hier", "cidr": "127.0.0.1" }] });
    let _: OfficeNetworks = admin.put("/office/networks", 1, &own).await.ok();
    let spoofed: OfficeNetworks = get(admin, "/office/networks", OUTSIDE).await.ok();
    assert_eq!(spoofed.your_address.address, "127.0.0.1");
    let only = json!({ "enforced": true, "networks": [{ "label": "stadhuis", "cidr": "10.20.0.0/16" }] });
    let put = from(admin.request(Method::PUT, "/office/networks"), INSIDE).seen(2).json(&only);
    put.send().await.problem(ProblemCode::ShutsYouOut);

    // Through a proxy of ours, what stands before the first address that is not ours counts for nothing.
    let world = self::world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let _: OfficeNetworks = save(&office, &town_hall(true), INSIDE).await.ok();
    let chain = format!("{INSIDE}, {OUTSIDE}");
    sign_in(&world, "jan@zaanstad", PASSWORD, &chain).await.problem(ProblemCode::UntrustedNetwork);
}

#[actix_web::test]
async fn a_session_is_cut_off_outside_and_goes_on_within() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let opened = sign_in(&world, "jan@zaanstad", PASSWORD, OUTSIDE).await;
    let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let session: Session = opened.ok();
    let mut jan = office.person("kees").await;
    jan.token = session.access_token;
    let _: Me = get(&jan, "/me", OUTSIDE).await.ok();
    let _: OfficeNetworks = save(&office, &town_hall(true), INSIDE).await.ok();

    // At once, for reading, changing and going on.
    get(&jan, "/me", OUTSIDE).await.problem(ProblemCode::UntrustedNetwork);
    get(&jan, "/dossiers", OUTSIDE).await.problem(ProblemCode::UntrustedNetwork);
    let made =
        from(jan.request(Method::POST, "/dossiers"), OUTSIDE).json(&json!({ "name": "x" })).send().await;
    made.problem(ProblemCode::UntrustedNetwork);
    let refresh = |address: &'static str| {
        let request = world.anyone.request(Method::POST, "/v1/sessions/refresh");
        from(request, address).header("Cookie", cookie.clone()).send()
    };
    let refused = refresh(OUTSIDE).await;
    refused.problem(ProblemCode::UntrustedNetwork);
    assert!(refused.header("set-cookie").is_none(), "it is good again within");
    assert_eq!(refusals(&world), 4);
    let _: Me = get(&jan, "/me", INSIDE).await.ok();
    let _: Session = refresh(INSIDE).await.ok();
    // Signing out takes nothing from anyone but oneself.
    let out = from(jan.request(Method::DELETE, "/sessions/current"), OUTSIDE).send().await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    get(&jan, "/me", INSIDE).await.problem(ProblemCode::NotSignedIn);

    // A change of the list counts at once too.
    let wider = json!({ "enforced": true, "networks": [
        { "label": "stadhuis", "cidr": "10.20.0.0/16" }, { "label": "thuis", "cidr": OUTSIDE }] });
    let _: OfficeNetworks = save(&office, &wider, INSIDE).await.ok();
    assert_eq!(sign_in(&world, "jan@zaanstad", PASSWORD, OUTSIDE).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn an_administrator_cannot_shut_themself_out() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    let before: OfficeNetworks = get(office.admin(), "/office/networks", OUTSIDE).await.ok();
    assert_eq!((before.enforced, before.version, before.networks.len()), (false, 1, 0));
    assert_eq!((before.your_address.address.as_str(), before.your_address.trusted), (OUTSIDE, false));

    let refused = save(&office, &town_hall(true), OUTSIDE).await.problem(ProblemCode::ShutsYouOut);
    assert!(refused.detail.contains(OUTSIDE));
    let now: OfficeNetworks = get(office.admin(), "/office/networks", OUTSIDE).await.ok();
    assert_eq!(now, before, "nothing changed");
    // A list that does not shut anyone out may be made anywhere.
    let listed: OfficeNetworks = save(&office, &town_hall(false), OUTSIDE).await.ok();
    assert!(!listed.enforced && !listed.your_address.trusted);
    let empty = json!({ "enforced": true, "networks": [] });
    save(&office, &empty, OUTSIDE).await.problem(ProblemCode::ShutsYouOut);
    let stale = from(office.admin().request(Method::PUT, "/office/networks"), INSIDE).seen(1);
    stale.json(&town_hall(true)).send().await.problem(ProblemCode::Stale);
    let event = world.recorded().into_iter().rfind(|event| event.kind == "office.networks-updated").unwrap();
    assert_eq!(event.object_id, Some(office.id.0));
}

#[actix_web::test]
async fn an_address_is_tested_with_networks_that_are_not_saved() {
    let world = installed(|config| {
        config.networks = Networks::from_setting("Gemnet=100.64.0.0/10").unwrap();
    })
    .await;
    let office = world.office("zaanstad").await;
    let test = async |address: &str| {
        let body = json!({ "address": address, "networks": town_hall(true)["networks"] });
        office.admin().post("/office/networks/test", &body).await
    };
    let verdict = |response: Response| {
        let verdict: AddressVerdict = response.ok();
        (verdict.trusted, verdict.label)
    };
    assert_eq!(verdict(test(INSIDE).await), (true, Some("stadhuis".to_owned())));
    assert_eq!(verdict(test(" 2001:DB8:7::1 ").await), (true, Some("mobiel werken".to_owned())));
    assert_eq!(verdict(test("100.64.0.1").await), (true, Some("Gemnet".to_owned())));
    assert_eq!(verdict(test(OUTSIDE).await), (false, None));
    assert_eq!(test("stadhuis").await.invalid_fields(), ["address"]);
    let wrong = json!({ "address": "x", "networks": [{ "label": " ", "cidr": "10.0.0.0/40" },
        { "label": "thuis", "cidr": "0.0.0.0/0" }, { "label": "a", "cidr": "10.0.0.0/8" },
        { "label": "b", "cidr": "10.9.0.0/8" }] });
    let fields = office.admin().post("/office/networks/test", &wrong).await.invalid_fields();
    assert_eq!(fields, ["networks[0].label"]);
    let mut wrong = wrong;
    wrong["networks"][0]["label"] = json!("c");
    let fields = office.admin().post("/office/networks/test", &wrong).await.invalid_fields();
    assert_eq!(fields, ["networks[0].cidr", "networks[1].cidr", "networks[3].cidr", "address"]);
}

/// Allowed is the union of the installation's networks and the office's.
#[actix_web::test]
async fn the_installation_may_have_networks_of_its_own() {
    let world = installed(|config| {
        config.networks = Networks::from_setting("Gemnet=100.64.0.0/10, beheer=127.0.0.0/8").unwrap();
        config.networks_enforced = true;
    })
    .await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let status = async |address: &str| sign_in(&world, "jan@zaanstad", PASSWORD, address).await.status;
    assert_eq!(status("100.64.7.7").await, StatusCode::CREATED);
    assert_eq!(status(INSIDE).await, StatusCode::FORBIDDEN);
    // Of no office at all.
    sign_in(&world, "jan@nowhere", PASSWORD, OUTSIDE).await.problem(ProblemCode::UntrustedNetwork);
    // What the office adds counts, also when it does not enforce anything itself.
    let saved: OfficeNetworks = save(&office, &town_hall(false), "100.64.7.7").await.ok();
    assert!(saved.installation_enforced);
    assert_eq!(saved.installation_networks.len(), 2);
    assert_eq!(status(INSIDE).await, StatusCode::CREATED);
    assert_eq!(status(OUTSIDE).await, StatusCode::FORBIDDEN);
    // Who is let in by that list alone cannot empty it, although the office itself restricts nothing.
    let empty = json!({ "enforced": false, "networks": [] });
    save(&office, &empty, INSIDE).await.problem(ProblemCode::ShutsYouOut);
    let _: OfficeNetworks = save(&office, &empty, "100.64.7.7").await.ok();
    assert_eq!(status(INSIDE).await, StatusCode::FORBIDDEN);
}

/// S6, S8: what anyone may know before signing in.
#[actix_web::test]
async fn the_sign_in_page_says_whom_to_ask_and_whether_the_connection_is_trusted() {
    let world =
        installed(|config| config.networks = Networks::from_setting("Gemnet=100.64.0.0/10").unwrap()).await;
    let office = world.office("zaanstad").await;
    let help = async |query: &str, address: &str| -> SignInHelp {
        let request = world.anyone.request(Method::GET, &format!("/v1/sign-in-help{query}"));
        from(request, address).send().await.ok()
    };
    let only = help("", OUTSIDE).await;
    let of = only.office.clone().unwrap();
    assert_eq!((of.code.as_str(), of.contact.email.as_str()), ("zaanstad", "info@zaanstad.test"));
    assert!(only.trusted && only.networks.is_empty() && only.platform.is_none());
    assert_eq!(only.your_address, OUTSIDE);

    let settings: contract::Office = office.admin().get("/office").await.ok();
    let contact = json!({ "name": "Servicedesk", "phone": "14 075", "email": "desk@zaanstad.test" });
    let mut change = json!({ "name": settings.name, "email": settings.email, "defaultVisibility": "restricted",
        "onlyAdministratorsCreateDossiers": false, "contact": contact });
    let saved: contract::Office = office.admin().put("/office", settings.version, &change).await.ok();
    assert_eq!(json!(saved.contact), contact);
    change["contact"]["email"] = json!("niet een adres");
    change["contact"]["phone"] = json!("1".repeat(41));
    let fields = office.admin().put("/office", saved.version, &change).await.invalid_fields();
    assert_eq!(fields, ["contact.phone", "contact.email"]);

    let platform = world.office("platform").await;
    world.platform(&platform);
    let _: OfficeNetworks = save(&office, &town_hall(true), INSIDE).await.ok();
    let outside = help("?office=ZAANSTAD", OUTSIDE).await;
    assert_eq!(json!(outside.office.unwrap().contact), contact);
    assert_eq!(outside.platform.unwrap().code, "platform");
    assert!(!outside.trusted);
    assert_eq!(outside.networks, ["Gemnet", "stadhuis", "mobiel werken"]);
    assert_eq!(outside.outside_text, "Start eerst de VPN.");
    let inside = help("?office=zaanstad", INSIDE).await;
    assert!(inside.trusted && inside.networks.is_empty() && inside.outside_text.is_empty());
    // Which of several offices nobody said, or none has that code.
    for query in ["", "?office=nowhere", "?office="] {
        let help = help(query, OUTSIDE).await;
        assert!(help.office.is_none() && help.trusted, "{query}");
        assert_eq!(help.platform.unwrap().code, "platform");
    }
}

/// O1: when an office's people cannot get in any more, the operator lets them.
#[actix_web::test]
async fn the_operator_opens_an_office_that_shut_everybody_out() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let _: OfficeNetworks = save(&office, &town_hall(true), INSIDE).await.ok();
    sign_in(&world, "jan@zaanstad", PASSWORD, OUTSIDE).await.problem(ProblemCode::UntrustedNetwork);
    let run =
        |code: &str| Program::command(&world.database, &["office", "open-networks", code]).output().unwrap();
    assert!(!run("nowhere").status.success());
    assert!(run("Zaanstad").status.success());
    assert_eq!(sign_in(&world, "jan@zaanstad", PASSWORD, OUTSIDE).await.status, StatusCode::CREATED);
    let event = world.recorded().into_iter().rfind(|event| event.kind == "office.networks-updated").unwrap();
    assert_eq!(event.object_id, Some(office.id.0));
    let again = run("zaanstad");
    assert!(again.status.success() && String::from_utf8_lossy(&again.stdout).contains("already"));
}
