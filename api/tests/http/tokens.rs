//! Access tokens that are not ours, or no longer (S7): whatever is tried, the answer is the same.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use contract::ProblemCode;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Response, Token, World};

/// Asks with a token; the answer without what differs from request to request.
async fn ask(world: &World, authorization: &str) -> (contract::Problem, Vec<String>, Option<String>) {
    let request = world.anyone.request(awc::http::Method::GET, "/v1/me");
    let answer: Response = request.header("Authorization", authorization).send().await;
    let mut problem = answer.problem(ProblemCode::NotSignedIn);
    problem.instance = None;
    let mut names: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    (problem, names, answer.header("www-authenticate").map(ToOwned::to_owned))
}

#[actix_web::test]
async fn a_token_that_is_not_ours_is_nobody_s_whatever_is_tried() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let piet = office.person("piet").await;
    let refresh_cookie = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    let refresh_token =
        refresh_cookie.header("set-cookie").unwrap().split(['=', ';']).nth(1).unwrap().to_owned();

    let (kid, secret) = world.database.key(0);
    let own = Token::read(&jan.token);
    let others = Token::read(&piet.token);
    let with_claims = |change: &dyn Fn(&mut Value)| {
        let mut claims = own.claims.clone();
        change(&mut claims);
        Token::new(&kid, &claims)
    };
    let with_header = |change: &dyn Fn(&mut Value)| {
        let mut token = Token::new(&kid, &own.claims);
        change(&mut token.header);
        token
    };
    // The tools work: a token made the right way is good.
    let mut forger = jan.clone();
    forger.token = Token::new(&kid, &own.claims).signed(&secret);
    assert!(forger.get("/me").await.status.is_success());

    let mut tried: Vec<(String, String)> = Vec::new();
    let mut attack = |name: &str, token: String| tried.push((name.to_owned(), format!("Bearer {token}")));

    attack("another key", Token::new(&kid, &own.claims).signed(&[7; 64]));
    attack("no signature", own.unsigned().rsplit_once('.').map(|(rest, _)| format!("{rest}.")).unwrap());
    attack("two parts", own.unsigned().rsplit_once('.').unwrap().0.to_owned());
    attack("four parts", format!("{}.x", jan.token));
    attack("a changed signature", format!("{}A", jan.token));
    attack("the hash key", {
        let hash_key = world.database.secrets()["hashKey"].as_str().unwrap().as_bytes().to_vec();
        Token::new(&kid, &own.claims).signed(&hash_key)
    });
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let token = with_header(&|header| header["alg"] = json!(algorithm));
        attack(algorithm, token.unsigned());
        attack(algorithm, token.signed(&secret));
        attack(algorithm, Token { signature: own.signature.clone(), ..token }.unsigned());
    }
    for algorithm in ["HS384", "RS256", "PS256", "ES256", "EdDSA"] {
        let token = with_header(&|header| header["alg"] = json!(algorithm));
        attack(algorithm, token.signed(&secret));
        attack(algorithm, token.signed(kid.as_bytes()));
    }
    attack("HS512", with_header(&|header| header["alg"] = json!("HS512")).signed_512(&secret));
    // What everyone knows, as the secret.
    for public in [kid.as_bytes(), b"", b"werkbak-api", b"secret", b"null"] {
        attack("a public secret", Token::new(&kid, &own.claims).signed(public));
    }
    for path in ["../../../../dev/null", "/dev/null", "' OR '1'='1", "*", "", "0", "\0", &"k".repeat(3000)] {
        for known in [&b""[..], &secret] {
            attack("another kid", Token::new(path, &own.claims).signed(known));
        }
    }
    for odd in [json!(null), json!(0), json!([kid]), json!({ "kid": kid })] {
        attack("an odd kid", with_header(&|header| header["kid"] = odd.clone()).signed(&secret));
    }
    attack(
        "no kid",
        with_header(&|header| drop(header.as_object_mut().unwrap().remove("kid"))).signed(&secret),
    );
    let own_key = json!({ "kty": "oct", "k": BASE64.encode([7; 64]), "alg": "HS256" });
    let with_key = |header: &mut Value| {
        header["jwk"] = own_key.clone();
        header["jku"] = json!("https://example.com/keys");
        header["x5u"] = json!("https://example.com/keys");
    };
    attack("a key of one's own", with_header(&with_key).signed(&[7; 64]));

    let now = own.claims["iat"].as_i64().unwrap();
    for (claim, values) in [
        (
            "exp",
            vec![json!(now - 60), json!(0), json!(-1), json!("tomorrow"), json!(null), json!([now + 600])],
        ),
        ("aud", vec![json!("other"), json!(null), json!(""), json!(["other"]), json!("werkbak-api ")]),
        ("sub", vec![json!(null), json!(""), json!([own.claims["sub"]]), json!(uuid::Uuid::nil()), json!(1)]),
        ("sid", vec![json!(null), json!("x"), json!(uuid::Uuid::nil()), json!(uuid::Uuid::now_v7())]),
    ] {
        for value in values {
            attack(
                &format!("{claim} {value}"),
                with_claims(&|claims| claims[claim] = value.clone()).signed(&secret),
            );
        }
        let without = with_claims(&|claims| drop(claims.as_object_mut().unwrap().remove(claim)));
        attack(&format!("no {claim}"), without.signed(&secret));
    }
    // A good signature, and a mixture of two people.
    attack(
        "another's session",
        with_claims(&|claims| claims["sid"] = others.claims["sid"].clone()).signed(&secret),
    );
    attack(
        "another's name",
        with_claims(&|claims| claims["sub"] = others.claims["sub"].clone()).signed(&secret),
    );
    attack("changed claims", {
        let changed = with_claims(&|claims| claims["sub"] = others.claims["sub"].clone());
        Token { signature: own.signature.clone(), header: own.header.clone(), ..changed }.unsigned()
    });
    attack("the refresh token", refresh_token);
    attack("nothing", String::new());
    attack("nonsense", "a.b.c".to_owned());
    tried.push(("another scheme".to_owned(), format!("Basic {}", jan.token)));
    tried.push(("no scheme".to_owned(), jan.token.clone()));

    let usual = ask(&world, "Bearer x").await;
    for (name, authorization) in &tried {
        assert_eq!(ask(&world, authorization).await, usual, "{name}: {authorization}");
    }
    // Nobody was harmed.
    assert!(jan.get("/me").await.status.is_success() && piet.get("/me").await.status.is_success());

    // And one that was good, until its session ended.
    let ended = format!("Bearer {}", jan.token);
    assert!(jan.delete("/sessions/current").await.status.is_success());
    let (over, names, scheme) = ask(&world, &ended).await;
    assert_eq!((over.session_end, names, scheme), (Some(contract::SessionEnd::Ended), usual.1, usual.2));
}
