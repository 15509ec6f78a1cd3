//! Configuration, from the environment. README.md lists it.

use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use lettre::message::Mailbox;

use crate::db::Address;
use crate::sign_in::limits::Limits;

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
    /// `WERKBAK_SECRETS_FILE`.
    pub secrets_file: PathBuf,
    /// `SMTP_URL`: the mail server; without it mails are files in the data folder.
    pub smtp_url: Option<String>,
    /// `WERKBAK_MAIL_FROM`.
    pub mail_from: Mailbox,
    /// `WERKBAK_WORKER`: whether `serve` also sends mail.
    pub worker: bool,
    /// `WERKBAK_TRUSTED_PROXIES`: whose X-Forwarded-For counts (S8).
    pub trusted_proxies: Vec<IpNet>,
    /// `WERKBAK_SESSION_IDLE` and `WERKBAK_SESSION_LENGTH`: when a session ends by itself (S7).
    pub sessions: Limits,
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

    fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut wrong: Vec<String> = Vec::new();
        let data = PathBuf::from(get("WERKBAK_DATA").unwrap_or_else(|| "data".to_owned()));
        let database =
            get("DATABASE_URL").unwrap_or_else(|| format!("sqlite:{}", data.join("werkbak.db").display()));
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
        let worker = match get("WERKBAK_WORKER").as_deref() {
            None | Some("on") => true,
            Some("off") => false,
            Some(_) => {
                wrong.push("WERKBAK_WORKER is on or off".to_owned());
                true
            }
        };
        let mut trusted_proxies = Vec::new();
        for range in get("WERKBAK_TRUSTED_PROXIES").unwrap_or_default().split(',').map(str::trim) {
            if range.is_empty() {
                continue;
            }
            match range.parse::<IpNet>().or_else(|_| range.parse::<std::net::IpAddr>().map(IpNet::from)) {
                Ok(net) => trusted_proxies.push(net),
                Err(_) => wrong.push(format!("WERKBAK_TRUSTED_PROXIES: {range} is not an address or range")),
            }
        }
        let sessions = Limits::read(&get, &mut wrong);
        let smtp_url = get("SMTP_URL");
        if smtp_url.as_deref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://"))
        {
            wrong.push("SMTP_URL must start with smtp:// or smtps://".to_owned());
        }
        let public_url = get("WERKBAK_PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned());
        match (database, bind, mail_from) {
            (Some(database), Some(bind), Some(mail_from)) if wrong.is_empty() => Ok(Self {
                database,
                bind,
                public_url,
                web_root: PathBuf::from(get("WERKBAK_WEB_ROOT").unwrap_or_else(|| "web/dist".to_owned())),
                secrets_file: get("WERKBAK_SECRETS_FILE")
                    .map_or_else(|| data.join("secrets.json"), PathBuf::from),
                smtp_url,
                mail_from,
                worker,
                trusted_proxies,
                sessions,
                data,
            }),
            _ => Err(wrong.join("\n")),
        }
    }
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
            "SMTP_URL" => Some("http://x".to_owned()),
            "WERKBAK_SESSION_IDLE" => Some("soon".to_owned()),
            "WERKBAK_SESSION_LENGTH" => Some("1y".to_owned()),
            _ => None,
        })
        .unwrap_err();
        assert_eq!(told.lines().count(), 6, "{told}");
    }
}
