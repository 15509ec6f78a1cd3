//! A database per test: a copy of one that was migrated once.

use std::path::PathBuf;
use std::sync::OnceLock;

use diesel::RunQueryDsl;
use uuid::Uuid;
use werkbak::db::{Address, Conn, migrations};

/// Whether this run is on PostgreSQL.
pub fn on_postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// One database, gone when dropped.
#[derive(Debug)]
pub struct TestDatabase {
    pub url: String,
    /// The folder for files, and for the SQLite database.
    pub folder: PathBuf,
    name: Option<String>,
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("werkbak-test-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn open(url: &str) -> Conn {
    Address::parse(url).unwrap().connect().unwrap()
}

/// The same server, another database.
fn sibling(url: &str, name: &str) -> String {
    let (rest, query) = url.split_once('?').map_or((url, None), |(rest, query)| (rest, Some(query)));
    let slash = rest.rfind('/').unwrap();
    let base = &rest[..slash];
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}

fn on_server(url: &str, statement: &str) {
    let mut conn = open(url);
    diesel::sql_query(statement).execute(&mut conn).unwrap();
}

fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let file = folder().join("template.db");
        let mut conn = open(&format!("sqlite:{}", file.display()));
        migrations::run(&mut conn).unwrap();
        // All of it into the one file that is copied.
        diesel::sql_query("PRAGMA journal_mode = DELETE").execute(&mut conn).unwrap();
        file
    })
}

fn postgres_template(url: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("werkbak_template_{}", Uuid::now_v7().simple());
        on_server(url, &format!("CREATE DATABASE {name}"));
        migrations::run(&mut open(&sibling(url, &name))).unwrap();
        name
    })
}

impl TestDatabase {
    /// A migrated database without content.
    pub fn migrated() -> Self {
        let mut database = Self::empty_with(|url| Some(postgres_template(url)));
        if database.name.is_none() {
            std::fs::copy(sqlite_template(), database.folder.join("werkbak.db")).unwrap();
        }
        database.url = std::mem::take(&mut database.url);
        database
    }

    /// A database without tables.
    pub fn empty() -> Self {
        Self::empty_with(|_| None)
    }

    fn empty_with(template: impl Fn(&str) -> Option<&'static str>) -> Self {
        let folder = folder();
        match on_postgres() {
            Some(server) => {
                let name = format!("werkbak_test_{}", Uuid::now_v7().simple());
                let from = template(&server).map(|name| format!(" TEMPLATE {name}")).unwrap_or_default();
                on_server(&server, &format!("CREATE DATABASE {name}{from}"));
                Self { url: sibling(&server, &name), folder, name: Some(name) }
            }
            None => {
                Self { url: format!("sqlite:{}", folder.join("werkbak.db").display()), folder, name: None }
            }
        }
    }

    /// A connection, for looking at what no operation shows.
    pub fn connect(&self) -> Conn {
        open(&self.url)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let (Some(server), Some(name)) = (on_postgres(), &self.name)
            && let Ok(mut conn) = Address::parse(&server).unwrap().connect()
        {
            let _ = diesel::sql_query(format!("DROP DATABASE {name} WITH (FORCE)")).execute(&mut conn);
        }
    }
}
