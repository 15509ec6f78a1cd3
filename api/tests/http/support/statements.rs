//! Which statements the server sends to its database, per test: every database has an address of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Once, OnceLock};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::World;

/// What is being written down, while something is.
type Recorder = Arc<Mutex<Option<Vec<String>>>>;

fn recorder(address: &str) -> Recorder {
    static ALL: OnceLock<Mutex<HashMap<String, Recorder>>> = OnceLock::new();
    let mut all = ALL.get_or_init(Mutex::default).lock().unwrap();
    Arc::clone(all.entry(address.to_owned()).or_default())
}

/// Watches one connection.
#[derive(Default)]
struct Watch(Option<Recorder>);

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.0 = Some(recorder(url)),
            InstrumentationEvent::StartQuery { query, .. } => {
                let Some(recorder) = &self.0 else { return };
                if let Some(statements) = recorder.lock().unwrap().as_mut() {
                    let text = query.to_string();
                    // How a connection begins its life belongs to the pool, not to a request.
                    if !["PRAGMA", "SET "].iter().any(|begin| text.starts_with(begin)) {
                        statements.push(text);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Watches every connection made from now on.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(|| Some(Box::new(Watch::default()))).unwrap());
}

impl World {
    /// What a request brings, and the statements it took. Nothing else may run meanwhile.
    pub async fn counting<T>(&self, request: impl Future<Output = T>) -> (T, Vec<String>) {
        let url = &self.database.url;
        let recorder = recorder(url.strip_prefix("sqlite:").unwrap_or(url));
        *recorder.lock().unwrap() = Some(Vec::new());
        let answer = request.await;
        let statements = recorder.lock().unwrap().take().unwrap();
        assert!(!statements.is_empty(), "nothing is watched");
        (answer, statements)
    }
}
