//! `/v1/openapi.json` and `/docs`.

use awc::http::{Method, StatusCode};
use serde_json::Value;

use crate::support::World;

#[actix_web::test]
async fn the_document_is_public_and_the_documentation_needs_no_internet() {
    let world = World::new().await;
    let answer = world.anyone.get("/openapi.json").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let document = answer.json();
    assert_eq!(document["servers"][0]["url"], "/v1");
    assert!(document["paths"]["/sessions"]["post"].is_object());

    let get = |path: &'static str| world.anyone.request(Method::GET, path).send();
    assert!(get("/docs").await.status.is_redirection());
    let page = get("/docs/").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = String::from_utf8(page.body.clone()).unwrap();
    assert!(!html.contains("http://") && !html.contains("https://"), "{html}");
    let script = get("/docs/swagger-initializer.js").await;
    assert!(String::from_utf8_lossy(&script.body).contains("/v1/openapi.json"));
    assert_eq!(get("/docs/swagger-ui-bundle.js").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn the_server_says_that_it_lives_and_is_ready() {
    let world = World::new().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(world.anyone.request(Method::GET, path).send().await.status, StatusCode::OK);
    }
}

/// Each operation names its permission, has an example for what it takes and gives, and says what can go
/// wrong.
#[actix_web::test]
async fn every_operation_is_documented() {
    let document = werkbak::http::document::document();
    let mut wrong = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            if !operation["description"].as_str().unwrap_or("").contains("**Permission**") {
                wrong.push(format!("{name}: no permission"));
            }
            let body = &operation["requestBody"]["content"]["application/json"];
            if body.is_object() && body["example"] == Value::Null {
                wrong.push(format!("{name}: no example of its body"));
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                let content = &response["content"]["application/json"];
                if status.starts_with('2') && content.is_object() && content["example"] == Value::Null {
                    wrong.push(format!("{name}: no example of its {status}"));
                }
                if status.starts_with('4') || status.starts_with('5') {
                    let problem = referred(document, response);
                    let examples = &problem["content"]["application/problem+json"]["examples"];
                    let codes = problem["description"].as_str().unwrap_or("").split(", ");
                    for code in codes.filter(|code| examples[code]["value"]["code"] != **code) {
                        wrong.push(format!("{name}: no example of its {status} {code:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a `$ref` stands for.
fn referred<'a>(document: &'a Value, reference: &Value) -> &'a Value {
    let path = reference["$ref"].as_str().unwrap_or_default();
    document.pointer(path.trim_start_matches('#')).unwrap_or(&Value::Null)
}

/// Every operation lists everything that can go wrong in it: what its kind brings, and what its handler names.
#[actix_web::test]
async fn every_operation_lists_its_problems() {
    let document = werkbak::http::document::document();
    let listed = |path: &str, method: &str| -> Vec<String> {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        let refusals =
            responses.iter().filter(|(status, _)| status.starts_with('4') || status.starts_with('5'));
        let described =
            refusals.map(|(_, response)| referred(document, response)["description"].as_str().unwrap());
        described.flat_map(|codes| codes.split(", ")).map(str::to_owned).collect()
    };
    assert_eq!(
        listed("/cases/{caseId}/closure", "post"),
        [
            "invalid-input",
            "invalid-json",
            "idempotency-key-reused",
            "not-signed-in",
            "forbidden",
            "password-required",
            "second-factor-required",
            "untrusted-network",
            "not-found",
            "unfinished",
            "conflict",
            "stale",
            "too-large",
            "unsupported-media-type",
            "version-required",
            "internal",
            "busy"
        ]
    );
    assert_eq!(
        listed("/sessions", "post"),
        [
            "invalid-input",
            "invalid-json",
            "sign-in-failed",
            "untrusted-network",
            "too-large",
            "unsupported-media-type",
            "too-many-requests",
            "internal",
            "busy"
        ]
    );
    let responses = document["components"]["responses"].as_object().unwrap();
    let text = document["paths"].to_string();
    for name in responses.keys() {
        assert!(text.contains(&format!("#/components/responses/{name}\"")), "{name} is not used");
    }
}
