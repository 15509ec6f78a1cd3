//! Configuration, from the environment. README.md lists it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;

use crate::db::Address;
use crate::networks::policy::Networks;
use crate::secrets::{self, Secrets, Source};
use crate::sign_in::limits::{self, Limits};

/// How an installation is set up.
#[derive(Clone)]
pub struct Config {
    /// `DATABASE_URL`.
    pub database: Address,
    /// `WERKBAK_BIND`: where the server listens.
    pub bind: SocketAddr,
    /// `WERKBAK_PUBLIC_URL`: where people reach it, for links in mails.
    pub public_url: Option<String>,
    /// `WERKBAK_DATA`: the folder for everything that is not in the database.
    pub data: PathBuf,
    /// `WERKBAK_WEB_ROOT`: the app, as `cargo xtask web` builds it.
    pub web_root: PathBuf,
    /// `WERKBAK_SECRETS_FILE`, or `WERKBAK_SECRETS` itself.
    pub secrets: Source,
    /// `SMTP_URL`: the mail server; without it mails are files in the data folder.
    pub smtp_url: Option<String>,
    /// `WERKBAK_MAIL_FROM`.
    pub mail_from: Mailbox,
    /// `WERKBAK_WORKER`: whether `serve` also sends mail.
    pub worker: bool,
    /// `WERKBAK_TRUSTED_PROXIES`: whose X-Forwarded-… headers count (S8).
    pub trusted_proxies: Vec<IpNet>,
    /// `WERKBAK_NETWORKS`: trusted throughout the installation (S8).
    pub networks: Networks,
    /// `WERKBAK_NETWORKS_ENFORCED`: whether requests from elsewhere are refused, whatever an office chose.
    pub networks_enforced: bool,
    /// `WERKBAK_SESSION_IDLE` and `WERKBAK_SESSION_LENGTH`: when a session ends by itself (S7).
    pub sessions: Limits,
    /// `WERKBAK_DRAIN`: how long a server that is asked to stop goes on answering, while it says that it is not ready.
    pub drain: Duration,
    /// `WERKBAK_TLS_CERTIFICATE` and `WERKBAK_TLS_KEY`.
    pub tls: Option<TlsFiles>,
}

/// The certificate the server shows, and its key: PEM files.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, and those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // SMTP_URL may carry a password.
        f.debug_struct("Config").field("bind", &self.bind).field("data", &self.data).finish_non_exhaustive()
    }
}

impl Config {
    /// Reads the environment; all mistakes at once.
    pub fn from_env() -> Result<Self, String> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Passwords and sessions travel over TLS, or do not leave this machine.
    ///
    /// # Errors
    ///
    /// When they would: with the ways out of it.
    pub fn check_transport(&self) -> Result<(), String> {
        if self.tls.is_some() || self.bind.ip().is_loopback() || !self.trusted_proxies.is_empty() {
            return Ok(());
        }
        Err(format!(
            "listening on {} without TLS would send passwords in clear. Either\n\
             - set WERKBAK_TLS_CERTIFICATE and WERKBAK_TLS_KEY to PEM files, or\n\
             - let WERKBAK_BIND name this machine only, such as 127.0.0.1:8080, or\n\
             - put a proxy that speaks TLS in front, and name its address in WERKBAK_TRUSTED_PROXIES",
            self.bind
        ))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut wrong: Vec<String> = Vec::new();
        let data = PathBuf::from(get("WERKBAK_DATA").unwrap_or_else(|| "data".to_owned()));
        let database = secret(&get, "DATABASE_URL", &mut wrong)
            .unwrap_or_else(|| format!("sqlite:{}", data.join("werkbak.db").display()));
        let database = Address::parse(&database).map_err(|why| wrong.push(why)).ok();
        let bind = get("WERKBAK_BIND").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let bind = bind
            .parse()
            .map_err(|_| {
                wrong.push("WERKBAK_BIND is not an address and port, such as 127.0.0.1:8080".to_owned());
            })
            .ok();
        let mail_from = get("WERKBAK_MAIL_FROM").unwrap_or_else(|| "Werkbak <werkbak@localhost>".to_owned());
        let mail_from = mail_from
            .parse()
            .map_err(|_| wrong.push("WERKBAK_MAIL_FROM is not a mail address".to_owned()))
            .ok();
        let mut switch = |name: &str, usual: bool| match get(name).as_deref() {
            None => usual,
            Some("on") => true,
            Some("off") => false,
            Some(_) => {
                wrong.push(format!("{name} is on or off"));
                usual
            }
        };
        let worker = switch("WERKBAK_WORKER", true);
        let networks_enforced = switch("WERKBAK_NETWORKS_ENFORCED", false);
        let networks = Networks::from_setting(&get("WERKBAK_NETWORKS").unwrap_or_default())
            .map_err(|why| wrong.push(format!("WERKBAK_NETWORKS: {why}")))
            .unwrap_or_default();
        if networks_enforced && networks.is_empty() {
            wrong.push(
                "WERKBAK_NETWORKS_ENFORCED is on, and WERKBAK_NETWORKS names none: nobody could come in"
                    .to_owned(),
            );
        }
        let trusted_proxies = proxies(&get("WERKBAK_TRUSTED_PROXIES").unwrap_or_default(), &mut wrong);
        let smtp_url = secret(&get, "SMTP_URL", &mut wrong);
        let sessions = Limits::read(&get, &mut wrong);
        let drain = limits::setting(&get, "WERKBAK_DRAIN", Duration::ZERO, 0..=300, &mut wrong);
        if smtp_url.as_deref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://"))
        {
            wrong.push("SMTP_URL must start with smtp:// or smtps://".to_owned());
        }
        let tls = match (get("WERKBAK_TLS_CERTIFICATE"), get("WERKBAK_TLS_KEY")) {
            (Some(certificate), Some(key)) => {
                Some(TlsFiles { certificate: certificate.into(), key: key.into() })
            }
            (None, None) => None,
            _ => {
                wrong.push("WERKBAK_TLS_CERTIFICATE and WERKBAK_TLS_KEY go together".to_owned());
                None
            }
        };
        let secrets = secrets_of(&get, &data, &mut wrong);
        let public_url = get("WERKBAK_PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned());
        match (database, bind, mail_from) {
            (Some(database), Some(bind), Some(mail_from)) if wrong.is_empty() => Ok(Self {
                database,
                bind,
                public_url,
                web_root: PathBuf::from(get("WERKBAK_WEB_ROOT").unwrap_or_else(|| "web/dist".to_owned())),
                secrets,
                smtp_url,
                mail_from,
                worker,
                trusted_proxies,
                networks,
                networks_enforced,
                tls,
                sessions,
                drain: drain.unwrap_or_default(),
                data,
            }),
            _ => Err(wrong.join("\n")),
        }
    }
}

fn proxies(text: &str, wrong: &mut Vec<String>) -> Vec<IpNet> {
    let mut proxies = Vec::new();
    for range in text.split(',').map(str::trim).filter(|range| !range.is_empty()) {
        match range.parse::<IpNet>().or_else(|_| range.parse::<std::net::IpAddr>().map(IpNet::from)) {
            Ok(net) => proxies.push(net),
            Err(_) => wrong.push(format!("WERKBAK_TRUSTED_PROXIES: {range} is not an address or range")),
        }
    }
    proxies
}

/// A setting that may hold a password: itself, or the file that holds it.
fn secret(get: &impl Fn(&str) -> Option<String>, name: &str, wrong: &mut Vec<String>) -> Option<String> {
    let in_file = format!("{name}_FILE");
    match (get(name), get(&in_file)) {
        (Some(_), Some(_)) => {
            wrong.push(format!("{name} and {in_file} are both set: leave one of them out"));
            None
        }
        (Some(value), None) => Some(value),
        (None, None) => None,
        (None, Some(path)) => match secrets::file::read(Path::new(&path)) {
            Ok(Some(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Ok(_) => {
                wrong.push(format!("{in_file}: there is nothing in {path}"));
                None
            }
            Err(why) => {
                wrong.push(format!("{in_file}: {why}"));
                None
            }
        },
    }
}

fn secrets_of(get: &impl Fn(&str) -> Option<String>, data: &Path, wrong: &mut Vec<String>) -> Source {
    let file = get("WERKBAK_SECRETS_FILE");
    let text = get("WERKBAK_SECRETS");
    if file.is_some() && text.is_some() {
        wrong.push("WERKBAK_SECRETS and WERKBAK_SECRETS_FILE are both set: leave one of them out".to_owned());
    }
    match text.map(|text| Secrets::parse(&text)) {
        Some(Ok(secrets)) => return Source::Given(Arc::new(secrets)),
        Some(Err(why)) => wrong.push(format!("WERKBAK_SECRETS: {why}")),
        None => {}
    }
    Source::File(file.map_or_else(|| data.join("secrets.json"), PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_at_once() {
        let told = Config::read(|name| match name {
            "DATABASE_URL" => Some("mysql://x".to_owned()),
            "WERKBAK_BIND" => Some("everywhere".to_owned()),
            "WERKBAK_WORKER" => Some("maybe".to_owned()),
            "WERKBAK_NETWORKS" => Some("stadhuis".to_owned()),
            "WERKBAK_NETWORKS_ENFORCED" => Some("yes".to_owned()),
            "SMTP_URL" => Some("http://x".to_owned()),
            "WERKBAK_SESSION_IDLE" => Some("soon".to_owned()),
            "WERKBAK_SESSION_LENGTH" => Some("1y".to_owned()),
            "WERKBAK_DRAIN" => Some("6m".to_owned()),
            _ => None,
        })
        .unwrap_err();
        assert_eq!(told.lines().count(), 9, "{told}");
    }

    fn with(settings: &[(&str, &str)]) -> Result<Config, String> {
        Config::read(|name| {
            settings.iter().find(|(found, _)| *found == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_password_comes_from_a_setting_or_from_a_file_that_is_not_for_everyone() {
        let file = std::env::temp_dir().join(format!("werkbak-setting-{}", secrets::random_hex::<8>()));
        std::fs::write(&file, "smtp://mail.example\n").unwrap();
        let path = file.to_str().unwrap();
        let mode = |mode| {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(0o640);
        let found = with(&[("SMTP_URL_FILE", path)]).unwrap();
        assert_eq!(found.smtp_url.as_deref(), Some("smtp://mail.example"));
        let both = with(&[("SMTP_URL_FILE", path), ("SMTP_URL", "smtp://x")]).unwrap_err();
        assert!(both.contains("SMTP_URL and SMTP_URL_FILE are both set"), "{both}");
        mode(0o644);
        let open = with(&[("SMTP_URL_FILE", path)]).unwrap_err();
        assert!(open.contains("chmod o="), "{open}");
        std::fs::remove_file(&file).unwrap();
        assert!(with(&[("DATABASE_URL_FILE", path)]).unwrap_err().contains("there is nothing in"));
    }

    #[test]
    fn secrets_come_from_one_place_and_are_not_quoted_when_they_are_wrong() {
        let good = serde_json::to_string(&Secrets::generate()).unwrap();
        assert!(with(&[("WERKBAK_SECRETS", &good)]).unwrap().secrets.file().is_none());
        let both = with(&[("WERKBAK_SECRETS", &good), ("WERKBAK_SECRETS_FILE", "x")]).unwrap_err();
        assert!(both.contains("are both set"), "{both}");
        for bad in [r#"{"accessTokenKeys":"hunter2","hashKey":"hunter2"}"#, r#""hunter2""#, "hunter2"] {
            let told = with(&[("WERKBAK_SECRETS", bad)]).unwrap_err();
            assert!(told.contains("these are no secrets") && !told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn passwords_leave_this_machine_over_tls_or_through_a_named_proxy() {
        let refused = |settings: &[(&str, &str)]| with(settings).unwrap().check_transport().err();
        for safe in ["127.0.0.1:8080", "[::1]:8080", "127.0.0.2:80"] {
            assert_eq!(refused(&[("WERKBAK_BIND", safe)]), None, "{safe}");
        }
        for open in ["0.0.0.0:8080", "[::]:8080", "192.0.2.1:8080"] {
            let why = refused(&[("WERKBAK_BIND", open)]).unwrap();
            for way in ["WERKBAK_TLS_CERTIFICATE", "127.0.0.1:8080", "WERKBAK_TRUSTED_PROXIES"] {
                assert!(why.contains(way), "{why}");
            }
            assert_eq!(refused(&[("WERKBAK_BIND", open), ("WERKBAK_TRUSTED_PROXIES", "192.0.2.9")]), None);
            let tls = [("WERKBAK_BIND", open), ("WERKBAK_TLS_CERTIFICATE", "c"), ("WERKBAK_TLS_KEY", "k")];
            assert_eq!(refused(&tls), None);
            assert!(with(&tls[..2]).unwrap_err().contains("go together"));
        }
    }
}
