use super::{Result, connect, out};
use crate::config::Config;
use crate::db::migrations;
use crate::mail::transport::Transport;

/// Says of each part whether it is good; fails when one is not.
pub(super) fn check(config: &Config) -> Result<()> {
    let database = connect(config).and_then(|mut conn| {
        if migrations::are_current(&mut conn)? {
            let (queued, dead) =
                crate::mail::store::backlog(&mut conn).map_err(|problem| problem.to_string())?;
            Ok(format!("up to date; {queued} mails wait, {dead} could not be sent"))
        } else {
            Err("not up to date: run `werkbak migrate`".to_owned())
        }
    });
    let secrets = config.secrets.is_there().map(|there| {
        if there { "readable".to_owned() } else { "not there yet: the first start makes them".to_owned() }
    });
    let mail = Transport::new(config.smtp_url.as_deref(), &config.data).map(|_| {
        if config.smtp_url.is_some() {
            "goes to the mail server of SMTP_URL".to_owned()
        } else {
            format!("goes to files in {}", config.data.join("mail").display())
        }
    });
    let transport = config.check_transport().and_then(|()| match &config.tls {
        Some(files) => crate::http::tls::Certificate::open(files).map(|_| "TLS".to_owned()),
        None if config.trusted_proxies.is_empty() => Ok("on this machine only".to_owned()),
        None => Ok("TLS is the named proxies' work".to_owned()),
    });
    let app = if config.web_root.join("index.html").exists() {
        Ok("found".to_owned())
    } else {
        Err(format!("no index.html in {}: run `cargo xtask web`", config.web_root.display()))
    };
    let sessions = Ok(config.sessions.to_string());
    let mut wrong = 0;
    let parts = [
        ("database", database),
        ("secrets", secrets),
        ("transport", transport),
        ("mail", mail),
        ("app", app),
        ("sessions", sessions),
    ];
    let count = parts.len();
    for (name, found) in parts {
        match found {
            Ok(good) => out(&format!("{name}: {good}"))?,
            Err(bad) => {
                wrong += 1;
                out(&format!("{name}: NOT GOOD: {bad}"))?;
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} of {count} parts are not good")) }
}
