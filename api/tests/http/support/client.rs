//! Who acts is the subject: `anyone.get(..)`, `jan.put(..)`.

use awc::http::{Method, StatusCode};
use contract::{EmployeeId, ProblemCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: StatusCode,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What was asked, for messages.
    pub request: String,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}: not JSON: {}", self.request, String::from_utf8_lossy(&self.body)))
    }

    /// The body as one of the contract's types; fails unless the status is a success.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(
            self.status.is_success(),
            "{}: {} {}",
            self.request,
            self.status,
            String::from_utf8_lossy(&self.body)
        );
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{}: {error}: {}", self.request, String::from_utf8_lossy(&self.body))
        })
    }

    /// The problem; fails unless it is this one, in its full form.
    #[track_caller]
    pub fn problem(&self, code: ProblemCode) -> contract::Problem {
        let problem: contract::Problem = serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{}: {} {error}: {}", self.request, self.status, String::from_utf8_lossy(&self.body))
        });
        assert_eq!(problem.code, code, "{}: {}", self.request, problem.detail);
        assert_eq!(self.status.as_u16(), code.status(), "{}", self.request);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.request);
        problem
    }

    /// The fields of an `invalid-input` problem.
    #[track_caller]
    pub fn invalid_fields(&self) -> Vec<String> {
        let problem = self.problem(ProblemCode::InvalidInput);
        problem.errors.into_iter().map(|error| error.field).collect()
    }
}

/// One request being made.
#[derive(Debug, Clone)]
pub struct Request {
    base: String,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Says which version was seen.
    pub fn seen(self, version: i64) -> Self {
        self.header("If-Match", format!("\"{version}\""))
    }

    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = Some(serde_json::to_vec(body).unwrap());
        self.header("Content-Type", "application/json")
    }

    /// A file from a spreadsheet.
    pub fn csv(self, text: impl Into<Vec<u8>>) -> Self {
        self.header("Content-Type", "text/csv").raw(text)
    }

    /// An export of another system.
    pub fn xml(self, text: impl Into<Vec<u8>>) -> Self {
        self.header("Content-Type", "application/xml").raw(text)
    }

    /// A body of the right kind that says nothing: whoever gets past the permission is told so.
    pub fn nonsense(self, path: &str) -> Self {
        match path {
            _ if self.method == Method::GET => self,
            path if path.starts_with("/imports/case-types") => self.xml("?"),
            path if path.starts_with("/imports/") => self.csv("?"),
            _ => self.json(&serde_json::json!({ "?": 1 })),
        }
    }

    pub fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    pub async fn send(self) -> Response {
        let asked = format!("{} {}", self.method, self.path);
        self.try_send().await.unwrap_or_else(|| panic!("{asked}: no answer"))
    }

    /// The answer, unless the server breaks off.
    pub async fn try_send(self) -> Option<Response> {
        let client =
            awc::Client::builder().timeout(std::time::Duration::from_secs(60)).disable_redirects().finish();
        let mut request = client.request(self.method.clone(), format!("{}{}", self.base, self.path));
        for (name, value) in &self.headers {
            request = request.append_header((name.as_str(), value.as_str()));
        }
        let asked = format!("{} {}", self.method, self.path);
        let sent = match self.body {
            Some(body) => request.send_body(body).await,
            None => request.send().await,
        };
        let mut answer = sent.ok()?;
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        let status = answer.status();
        let body = answer.body().limit(20_000_000).await.unwrap().to_vec();
        Some(Response { status, headers, body, request: asked })
    }
}

/// Someone who is not signed in.
#[derive(Debug, Clone)]
pub struct Anonymous {
    /// `http://127.0.0.1:port`
    pub base: String,
}

impl Anonymous {
    /// Any path, `/v1` included.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request { base: self.base.clone(), method, path: path.to_owned(), headers: Vec::new(), body: None }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, &format!("/v1{path}")).send().await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Response {
        self.request(Method::POST, &format!("/v1{path}")).json(body).send().await
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, username: &str, password: &str) -> Response {
        self.post("/sessions", &serde_json::json!({ "username": username, "password": password })).await
    }
}

/// Someone signed in.
#[derive(Debug, Clone)]
pub struct Person {
    pub anyone: Anonymous,
    pub id: EmployeeId,
    pub name: String,
    /// `jan@zaanstad`
    pub username: String,
    pub token: String,
}

impl Person {
    /// Any operation below `/v1`.
    pub fn request(&self, method: Method, path: &str) -> Request {
        self.anyone
            .request(method, &format!("/v1{path}"))
            .header("Authorization", format!("Bearer {}", self.token))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Response {
        self.request(Method::POST, path).json(body).send().await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Response {
        self.request(Method::POST, path).send().await
    }

    /// A POST about the version that was seen.
    pub async fn act_on(&self, path: &str, version: i64) -> Response {
        self.request(Method::POST, path).seen(version).send().await
    }

    pub async fn post_on(&self, path: &str, version: i64, body: &impl Serialize) -> Response {
        self.request(Method::POST, path).seen(version).json(body).send().await
    }

    pub async fn put(&self, path: &str, version: i64, body: &impl Serialize) -> Response {
        self.request(Method::PUT, path).seen(version).json(body).send().await
    }

    pub async fn delete(&self, path: &str) -> Response {
        self.request(Method::DELETE, path).send().await
    }
}
