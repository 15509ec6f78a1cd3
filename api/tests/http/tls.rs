//! TLS of our own, over real connections (S7).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use awc::http::{Method, StatusCode, Version};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use serde_json::json;
use werkbak::config::TlsFiles;

use crate::support::{PASSWORD, Program, TestDatabase, World};

/// A certificate for this machine, in files, and what a client that trusts it needs.
struct Made {
    certificate: String,
    key: String,
    der: CertificateDer<'static>,
}

fn make() -> Made {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    Made { certificate: made.cert.pem(), key: made.signing_key.serialize_pem(), der: made.cert.der().clone() }
}

impl Made {
    /// Puts it into a folder, at once for whoever reads there.
    fn put(&self, folder: &std::path::Path) -> TlsFiles {
        use std::os::unix::fs::PermissionsExt;
        let file = |name: &str, text: &str| -> PathBuf {
            let (path, draft) = (folder.join(name), folder.join("draft.pem"));
            std::fs::write(&draft, text).unwrap();
            std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o600)).unwrap();
            std::fs::rename(draft, &path).unwrap();
            path
        };
        TlsFiles { certificate: file("certificate.pem", &self.certificate), key: file("key.pem", &self.key) }
    }

    fn client(&self, protocols: &[&str], versions: &[&'static SupportedProtocolVersion]) -> awc::Client {
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let connector = awc::Connector::new().rustls_0_23(Arc::new(config));
        awc::Client::builder().timeout(Duration::from_secs(30)).connector(connector).finish()
    }
}

/// Where the world's server answers over TLS.
fn address(world: &World, path: &str) -> String {
    format!("{}{path}", world.anyone.base.replace("http://", "https://"))
}

/// A server with a certificate.
async fn serving(made: &Made) -> (World, tempfolder::Folder) {
    let folder = tempfolder::Folder::new();
    let files = made.put(&folder.0);
    (World::with(|config| config.tls = Some(files)).await, folder)
}

mod tempfolder {
    /// A folder that goes when dropped.
    pub struct Folder(pub std::path::PathBuf);

    impl Folder {
        pub fn new() -> Self {
            let path = std::env::temp_dir().join(format!("werkbak-tls-{}", uuid::Uuid::now_v7()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

#[actix_web::test]
async fn signing_in_and_going_on_work_over_tls_with_http_2_and_browsers_are_told_to_stay() {
    let made = make();
    let (world, _folder) = serving(&made).await;
    let office = {
        // The tools of these tests speak plain HTTP, which this server does not.
        let refused = world.anyone.request(Method::GET, "/healthz").try_send().await;
        assert!(refused.is_none(), "plain HTTP on a port with TLS: {refused:?}");
        world.state.db.write(|conn| {
            let office = werkbak::offices::store::insert(conn, "zaanstad", "Gemeente", "info@zaanstad.test")?;
            let new = contract::NewEmployee {
                username: "jan".to_owned(),
                name: "Jan".to_owned(),
                email: "jan@zaanstad.test".to_owned(),
                roles: Vec::new(),
                group_ids: Vec::new(),
                language: contract::Language::Dutch,
            };
            let id = werkbak::employees::store::insert(conn, office.unwrap(), &new)?.unwrap();
            let hash = werkbak::sign_in::hashing::hash_now(PASSWORD).unwrap();
            werkbak::sign_in::store::set_password(conn, id, &hash)
        })
    };
    office.unwrap();

    let body = json!({ "username": "jan@zaanstad", "password": PASSWORD });
    for (protocols, versions, spoken) in [
        (&["h2", "http/1.1"][..], rustls::ALL_VERSIONS, Version::HTTP_2),
        (&["http/1.1"], rustls::ALL_VERSIONS, Version::HTTP_11),
        (&["h2"], &[&rustls::version::TLS12], Version::HTTP_2),
        (&["h2"], &[&rustls::version::TLS13], Version::HTTP_2),
    ] {
        let client = made.client(protocols, versions);
        let opened = client.post(address(&world, "/v1/sessions")).send_json(&body).await.unwrap();
        assert_eq!((opened.status(), opened.version()), (StatusCode::CREATED, spoken));
        let hsts = opened.headers().get("strict-transport-security").unwrap().to_str().unwrap();
        assert!(hsts.starts_with("max-age=63072000"), "{hsts}");
        let cookie = opened.headers().get("set-cookie").unwrap().to_str().unwrap().split(';').next().unwrap();
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        // As a browser sends it from our own page.
        let refresh = |origin: String| {
            let request = client.post(address(&world, "/v1/sessions/refresh"));
            request.insert_header(("Cookie", cookie)).insert_header(("Origin", origin)).send()
        };
        let other = refresh(world.anyone.base.clone()).await.unwrap();
        assert_eq!(other.status(), StatusCode::FORBIDDEN, "the same host, read without TLS");
        let session = refresh(address(&world, "")).await.unwrap();
        assert_eq!((session.status(), session.version()), (StatusCode::OK, spoken));
    }
    // A client of others does not trust it: this is a certificate, not a formality.
    let stranger = make().client(&["h2"], rustls::ALL_VERSIONS);
    assert!(stranger.get(address(&world, "/healthz")).send().await.is_err());
}

#[actix_web::test]
async fn a_renewed_certificate_is_shown_without_a_restart_and_a_bad_one_is_not() {
    let (old, new) = (make(), make());
    let (world, folder) = serving(&old).await;
    let works = async |made: &Made| {
        let client = made.client(&["http/1.1"], rustls::ALL_VERSIONS);
        client.get(address(&world, "/healthz")).send().await.is_ok()
    };
    assert!(works(&old).await && !works(&new).await);
    // Half of a renewal: the key does not belong to the certificate.
    Made { key: make().key, ..make() }.put(&folder.0);
    assert!(works(&old).await);
    new.put(&folder.0);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !works(&new).await {
        assert!(Instant::now() < deadline, "the new certificate is never shown");
    }
    assert!(!works(&old).await);
}

#[test]
fn a_certificate_that_cannot_be_used_is_told_at_the_start() {
    use std::os::unix::fs::PermissionsExt;

    let database = TestDatabase::migrated();
    let folder = tempfolder::Folder::new();
    let (one, other) = (make(), make());
    let told = |change: &dyn Fn(&TlsFiles)| {
        let files = one.put(&folder.0);
        change(&files);
        for command in ["serve", "check"] {
            let refused = Program::command(&database, &[command])
                .env("WERKBAK_TLS_CERTIFICATE", &files.certificate)
                .env("WERKBAK_TLS_KEY", &files.key)
                .output()
                .unwrap();
            assert!(!refused.status.success(), "{command}");
            if command == "serve" {
                return String::from_utf8_lossy(&refused.stderr).into_owned();
            }
        }
        unreachable!()
    };
    let write = |path: &PathBuf, text: &str| std::fs::write(path, text).unwrap();
    for (why, change) in [
        (
            "cannot read",
            &(|files: &TlsFiles| std::fs::remove_file(&files.certificate).unwrap()) as &dyn Fn(&TlsFiles),
        ),
        ("there is no certificate in", &|files| write(&files.certificate, "hello")),
        ("there is no certificate in", &|files| write(&files.certificate, &one.key)),
        ("there is no file", &|files| std::fs::remove_file(&files.key).unwrap()),
        ("there is no private key in", &|files| write(&files.key, &one.certificate)),
        ("does not belong to the certificate", &|files| write(&files.key, &other.key)),
        ("chmod o=", &|files| {
            std::fs::set_permissions(&files.key, std::fs::Permissions::from_mode(0o644)).unwrap();
        }),
    ] {
        let told = told(change);
        assert!(told.contains(why) && told.contains("WERKBAK_TLS_"), "{why}: {told}");
        assert!(!told.contains(one.key.lines().nth(1).unwrap()), "{told}");
    }
}
