//! The OpenAPI document: gathered from the handlers, completed with what holds for all operations.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::dev::HttpServiceFactory;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::{App, HttpResponse};
use contract::ProblemCode;
use serde_json::{Map, Value, json};
use utoipa_actix_web::AppExt;

use super::API_VERSION;
use crate::problem::Problem;

/// The document, made once.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(build)
}

/// As YAML, the way it is checked in.
pub fn yaml() -> Result<String, String> {
    yaml_serde::to_string(document()).map_err(|error| error.to_string())
}

/// `GET /v1/openapi.json`: public, for every origin.
pub async fn json() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .json(document())
}

/// The interactive documentation at `/docs`, without anything from the internet.
pub fn pages() -> impl HttpServiceFactory {
    (
        actix_web::web::redirect("/docs", "/docs/"),
        utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}")
            .config(utoipa_swagger_ui::Config::new(["/v1/openapi.json"]).try_it_out_enabled(true)),
    )
}

/// The methods of a path below `/v1`.
pub fn methods_of(path: &str) -> Vec<String> {
    let Some((_, item)) = described(path) else { return Vec::new() };
    item.keys().filter(|key| *key != "parameters").map(|key| key.to_uppercase()).collect()
}

/// A path below `/v1` with placeholders for what varies.
pub fn template_of(path: &str) -> Option<&'static str> {
    described(path).map(|(template, _)| template)
}

fn described(path: &str) -> Option<(&'static str, &'static Map<String, Value>)> {
    let paths = document()["paths"].as_object()?;
    // A literal segment wins from a placeholder: /sessions/current is not /sessions/{id}.
    let matching = paths.iter().filter_map(|(template, item)| {
        Some((placeholders(template, path)?, template.as_str(), item.as_object()?))
    });
    matching.min_by_key(|(placeholders, ..)| *placeholders).map(|(_, template, item)| (template, item))
}

fn placeholders(template: &str, path: &str) -> Option<usize> {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    let mut count = 0;
    loop {
        match (template.next(), path.next()) {
            (None, None) => return Some(count),
            (Some(expected), Some(found)) if expected.starts_with('{') && !found.is_empty() => count += 1,
            (Some(expected), Some(found)) if expected == found => {}
            _ => return None,
        }
    }
}

/// Whether a path names one case, which is never deleted (C9).
pub fn is_case(path: &str) -> bool {
    path.strip_prefix("/cases/").is_some_and(|id| !id.is_empty() && !id.contains('/'))
}

/// 405.
pub fn method_not_allowed() -> Problem {
    Problem::new(
        ProblemCode::MethodNotAllowed,
        "Deze bewerking bestaat hier niet; Allow noemt wat wel kan.",
        "This operation does not exist here; Allow lists what does.",
    )
}

/// Components of what has no version.
const CONTENT_TAG: &str = "Content-ETag";
const NOT_MODIFIED: &str = "NotModified";

const TAGS: &[(&str, &str)] = &[
    ("Sign-in", "Opening, refreshing and ending sessions (S1, S2, S7)."),
    ("Me", "The person signed in: profile, password, second factor, preferences (S5, T5)."),
    ("Office", "The office's settings (P1)."),
    ("Employees", "Who works here, and their accounts (P2, P4, S3)."),
    ("Groups", "Employee groups: teams that share access and a tray (G1 to G4)."),
    ("Client groups", "Dossiers that share a mail address (D6)."),
    ("Dossiers", "Dossiers and who has access to them (D1 to D5)."),
    ("Messages", "What is said about a dossier, to its one address (D6)."),
    ("Parties", "Whom a dossier concerns, and all that is recorded about it (D7)."),
    ("Reads", "Who read what (E2)."),
    ("Case types", "What kinds of cases there are, and who is authorised (C1, C2)."),
    ("Cases", "Cases, their team and their steps (C3 to C10)."),
    ("Tasks", "Tasks and the trays of teams (T1 to T7)."),
    ("Imports", "Bringing in lists and case types, after a look at what will happen (O1, C1)."),
    ("Exports", "Lists as files for a spreadsheet."),
    ("Support", "Support sessions of the platform's helpdesk in an office (P3)."),
];

fn build() -> Value {
    let (_, gathered) = App::new().into_utoipa_app().configure(super::routes).split_for_parts();
    let mut document = named_in_camel_case(&serde_json::to_value(gathered).unwrap_or_default());
    document["info"] = json!({
        "title": "Werkbak API",
        "version": API_VERSION,
        "description": "Who may see which dossier, who runs which case, which team picks up which task.\n\n\
            Errors are `application/problem+json` with a machine-readable `code`; invalid input lists all its \
            errors at once. Texts follow `Accept-Language` (nl, en). Things that are changed carry a version: \
            send the `ETag` you saw as `If-Match`. A POST with an `Idempotency-Key` may be repeated safely. \
            Lists are paged with `limit` and `cursor`; there is no total. An answer without a version has a weak `ETag` \
            of what it says: who asks again and again sends it as `If-None-Match`, and gets a 304 without a body as long \
            as it would say the same. A session lapses when no person uses it \
            (S7): a request that nobody asked for, such as a list that keeps itself up to date, says \
            `Werkbak-Unattended: true` and does not count as use.",
        "contact": {
            "name": "Werkbak",
            "email": "api@werkbak.example",
            "url": "https://werkbak.example"
        },
        "license": { "name": "EUPL-1.2", "url": "https://joinup.ec.europa.eu/collection/eupl" }
    });
    document["servers"] = json!([{ "url": "/v1", "description": "This installation" }]);
    document["security"] = json!([{ "accessToken": [] }]);
    document["tags"] =
        TAGS.iter().map(|(name, description)| json!({ "name": name, "description": description })).collect();
    document["components"]["securitySchemes"] = json!({
        "accessToken": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of a session; ten minutes." }
    });
    let versioned = schemas_with_version(&document);
    for (name, example) in super::examples::all() {
        if let Some(schema) = document["components"]["schemas"].get_mut(&name) {
            schema["example"] = example;
        }
    }
    let examples = document["components"]["schemas"].clone();
    let mut refusals = BTreeMap::new();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            let Some(item) = item.as_object_mut() else { continue };
            for (method, operation) in item {
                complete(path, method, operation, &versioned, &examples);
                refusals.extend(refer_to_problems(path, method, operation));
            }
        }
    }
    document["components"]["responses"] =
        refusals.into_iter().map(|(name, codes)| (name, problem_response(&codes))).collect();
    document["components"]["responses"][NOT_MODIFIED] = json!({
        "description": "It would say the same as the answer with that ETag.",
        "headers": {
            "API-Version": shared("headers", "API-Version"),
            "ETag": shared("headers", CONTENT_TAG)
        }
    });
    document["components"]["headers"] = json!({
        "API-Version": { "description": "The version of the API.",
            "schema": { "type": "string", "example": API_VERSION } },
        "ETag": { "description": "The version, for If-Match.",
            "schema": { "type": "string", "example": "\"3\"" } },
        (CONTENT_TAG): { "description": "Changes whenever this answer does, for If-None-Match.",
            "schema": { "type": "string", "example": "W/\"9f86d081884c7d659a2feaa0\"" } },
        "Location": { "description": "Where the new thing lives.", "schema": { "type": "string" } },
        "Retry-After": { "description": "After how many seconds trying again makes sense.",
            "schema": { "type": "integer", "minimum": 1, "example": 2 } }
    });
    document["components"]["parameters"] = json!({
        "Idempotency-Key": { "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key with the same body gets the first answer again, and changes nothing.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 } },
        "If-None-Match": { "name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of an answer one has: 304 as long as it would say the same.",
            "schema": { "type": "string", "example": "W/\"9f86d081884c7d659a2feaa0\"" } }
    });
    document
}

/// utoipa calls a page of tasks `Page_Task`; the Dutch API rules ask for `TaskPage`.
fn named_in_camel_case(document: &Value) -> Value {
    let mut text = document.to_string();
    let names = document["components"]["schemas"].as_object().map(|schemas| schemas.keys());
    for (name, item) in
        names.into_iter().flatten().filter_map(|name| Some((name, name.strip_prefix("Page_")?)))
    {
        for (before, after) in [("\"", "\""), ("schemas/", "\"")] {
            text = text.replace(&format!("{before}{name}{after}"), &format!("{before}{item}Page{after}"));
        }
    }
    serde_json::from_str(&text).unwrap_or_default()
}

fn schemas_with_version(document: &Value) -> Vec<String> {
    let Some(schemas) = document["components"]["schemas"].as_object() else { return Vec::new() };
    let has_version = |schema: &Value| {
        schema["properties"]["version"].is_object()
            || schema["allOf"]
                .as_array()
                .is_some_and(|parts| parts.iter().any(|part| part["properties"]["version"].is_object()))
    };
    schemas.iter().filter(|(_, schema)| has_version(schema)).map(|(name, _)| name.clone()).collect()
}

fn schema_name(content: &Value) -> Option<String> {
    let reference = content["application/json"]["schema"]["$ref"].as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// A reference to something all operations share.
fn shared(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// What every operation has: its path parameters, its headers, an example.
fn complete(path: &str, method: &str, operation: &mut Value, versioned: &[String], schemas: &Value) {
    let signed_in = operation.get("security").is_none();
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for name in path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}')) {
        // A query may have a key of the same name.
        if !parameters.iter().any(|parameter| parameter["name"] == name && parameter["in"] == "path") {
            parameters.push(json!({ "name": name, "in": "path", "required": true,
                "schema": if name.ends_with("Id") {
                    json!({ "type": "string", "format": "uuid" })
                } else {
                    json!({ "type": "string" })
                } }));
        }
    }
    // An answer with a secret is not kept, so it cannot be given again.
    let replays = !path.contains("/second-factor") || path.ends_with("-reset");
    if method == "post" && signed_in && replays {
        parameters.push(shared("parameters", "Idempotency-Key"));
    }
    // A body that may be left out is not one that is null.
    let schema = operation.pointer_mut("/requestBody/content/application~1json/schema");
    if let Some(schema) = schema
        && let Some(own) = schema["oneOf"].get(0).cloned()
    {
        *schema = own;
        operation["requestBody"]["required"] = json!(false);
    }
    if let Some(name) = schema_name(&operation["requestBody"]["content"])
        && schemas[&name]["example"] != Value::Null
    {
        operation["requestBody"]["content"]["application/json"]["example"] =
            schemas[&name]["example"].clone();
    }
    let mut responses = operation["responses"].as_object().cloned().unwrap_or_default();
    let mut tagged = false;
    for (status, response) in &mut responses {
        if !status.starts_with('2') {
            continue;
        }
        let mut headers = json!({ "API-Version": shared("headers", "API-Version") });
        if let Some(name) = schema_name(&response["content"]) {
            if versioned.contains(&name) {
                headers["ETag"] = shared("headers", "ETag");
            } else if method == "get" && signed_in {
                headers["ETag"] = shared("headers", CONTENT_TAG);
                tagged = true;
            }
            let example = example_of(&name, schemas);
            if example != Value::Null {
                response["content"]["application/json"]["example"] = example;
            }
        }
        if status == "201" {
            headers["Location"] = shared("headers", "Location");
        }
        response["headers"] = headers;
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = json!(match status.as_str() {
                "201" => "Created.",
                "204" => "Done.",
                _ => "As it is now.",
            });
        }
    }
    if tagged {
        // The design rules want a 400 wherever there are parameters, and whatever is in this one, it is never wrong.
        if !parameters.is_empty() {
            parameters.push(shared("parameters", "If-None-Match"));
        }
        responses.insert("304".to_owned(), shared("responses", NOT_MODIFIED));
    }
    operation["responses"] = Value::Object(responses);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
}

/// What can go wrong in an operation, by status: what its handler names, and what holds for all of its kind.
fn problems(path: &str, method: &str, operation: &Value) -> BTreeMap<u16, Vec<ProblemCode>> {
    let signed_in = operation.get("security").is_none();
    let has_body = operation["requestBody"].is_object();
    let takes_json = operation["requestBody"]["content"]["application/json"].is_object();
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let conditional = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
    let mut codes = named_problems(operation);
    let mut add = |when: bool, more: &[ProblemCode]| {
        if when {
            codes.extend(more);
        }
    };
    let judged = has_body || !parameters.is_empty() || matches!(method, "post" | "put" | "patch");
    add(judged, &[ProblemCode::InvalidInput]);
    add(takes_json, &[ProblemCode::InvalidJson]);
    add(has_body, &[ProblemCode::TooLarge, ProblemCode::UnsupportedMediaType]);
    let replays = !path.contains("/second-factor") || path.ends_with("-reset");
    add(method == "post" && signed_in && replays, &[ProblemCode::IdempotencyKeyReused]);
    let session = [
        ProblemCode::NotSignedIn,
        ProblemCode::PasswordRequired,
        ProblemCode::SecondFactorRequired,
        ProblemCode::UntrustedNetwork,
    ];
    add(signed_in, &session);
    add(path.contains('{'), &[ProblemCode::NotFound]);
    add(conditional, &[ProblemCode::Stale, ProblemCode::VersionRequired]);
    add(true, &[ProblemCode::Internal, ProblemCode::Busy]);
    let mut by_status: BTreeMap<u16, Vec<ProblemCode>> = BTreeMap::new();
    for code in codes {
        let named = by_status.entry(code.status()).or_default();
        if !named.contains(&code) {
            named.push(code);
        }
    }
    by_status
}

/// Lets an operation refer to its problems instead of repeating them; gives what it refers to.
fn refer_to_problems(path: &str, method: &str, operation: &mut Value) -> Vec<(String, Vec<ProblemCode>)> {
    let problems = problems(path, method, operation);
    let mut named = Vec::new();
    for (status, codes) in problems {
        let name = name_of(&codes);
        operation["responses"][status.to_string()] = shared("responses", &name);
        named.push((name, codes));
    }
    named
}

/// `not-eligible` and `conflict` are `NotEligibleOrConflict`.
fn name_of(codes: &[ProblemCode]) -> String {
    let in_capitals = |code: &ProblemCode| -> String {
        let words = code.as_str().split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
        words.collect()
    };
    codes.iter().map(in_capitals).collect::<Vec<_>>().join("Or")
}

/// Problems a handler documents: its `responses(...)` name the codes in their description.
fn named_problems(operation: &Value) -> Vec<ProblemCode> {
    let Some(responses) = operation["responses"].as_object() else { return Vec::new() };
    responses
        .iter()
        .filter(|(status, _)| status.starts_with('4'))
        .filter_map(|(_, response)| response["description"].as_str())
        .flat_map(|description| description.split(", "))
        .filter_map(|code| code.parse().ok())
        .collect()
}

/// A refusal for one of several reasons, with an example of each.
fn problem_response(codes: &[ProblemCode]) -> Value {
    let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
    let examples: Map<String, Value> =
        codes.iter().map(|code| (code.to_string(), json!({ "value": example_problem(*code) }))).collect();
    let mut headers = json!({ "API-Version": shared("headers", "API-Version") });
    if codes.contains(&ProblemCode::Busy) {
        headers["Retry-After"] = shared("headers", "Retry-After");
    }
    json!({
        "description": names.join(", "),
        "headers": headers,
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
            "examples": examples
        } }
    })
}

fn example_problem(code: ProblemCode) -> Value {
    json!({
        "type": format!("urn:werkbak:problem:{code}"),
        "title": code.title().en,
        "status": code.status(),
        "detail": code.title().en,
        "code": code.as_str(),
        "instance": "urn:uuid:019384aa-72a0-7c3e-9d5f-3f1f6a1c2b3d"
    })
}

/// The example of a schema; of a page, one item of its kind.
fn example_of(name: &str, schemas: &Value) -> Value {
    match name.strip_suffix("Page") {
        None => schemas[name]["example"].clone(),
        Some(item) => match &schemas[item]["example"] {
            Value::Null => Value::Null,
            example => json!({ "items": [example] }),
        },
    }
}

/// The version a change is based on, as a documented header.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documentation only; read in `conditional`")]
pub struct IfMatch {
    /// The ETag you saw, such as `"3"`.
    #[param(rename = "If-Match", required = true)]
    if_match: String,
}

/// The same where only some changes are based on a version.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documentation only; read in `conditional`")]
pub struct IfMatchWhenNeeded {
    /// The ETag you saw, such as `"3"`, where the description says that it is needed.
    #[param(rename = "If-Match", required = false)]
    if_match: String,
}

/// That nobody asked for a request, as a documented header.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documentation only; read in `http::attended`")]
pub struct Unattended {
    /// `true`: nobody asked for this; it does not count as use of the session.
    #[param(rename = "Werkbak-Unattended", required = false)]
    unattended: Option<bool>,
}
