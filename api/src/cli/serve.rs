use std::pin::pin;
use std::time::Instant;

use futures_util::future::{Either, select};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::signals::{Asked, Signals};
use super::{Result, connect_current, out};
use crate::config::Config;
use crate::http::serve::PATIENCE;
use crate::mail::worker;
use crate::sign_in::usage;
use crate::state::State;

/// Logs what RUST_LOG asks for. What we log has no secrets, names or addresses; what libraries have to say about a
/// request in detail does, so of those no more than what they think everyone should know.
fn start_logging() {
    let asked =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,werkbak::request=warn"));
    let ours = |target: &str| target == "werkbak" || target.starts_with("werkbak::");
    let careful = filter_fn(move |about| *about.level() <= tracing::Level::INFO || ours(about.target()));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(asked).with(careful);
    if std::env::var("WERKBAK_LOG_FORMAT").as_deref() == Ok("json") {
        registry.with(lines.json()).init();
    } else {
        registry.with(lines).init();
    }
}

pub(super) fn serve(config: Config) -> Result<()> {
    start_logging();
    config.check_transport()?;
    drop(connect_current(&config)?);
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let (bind, works) = (config.bind, config.worker);
    let public_url = config.public_url.clone();
    let drain = config.drain;
    let state = State::open(config)?;
    actix_web::rt::System::new().block_on(async move {
        let mut signals = Signals::listen()?;
        let (server, address) = crate::http::serve::start(state.clone(), bind)
            .map_err(|why| format!("cannot listen on {bind}: {why}"))?;
        let writer = usage::Writer::start(&state)?;
        let url = public_url.unwrap_or_else(|| format!("{scheme}://{address}"));
        let mail = works.then(|| worker::start(state.clone(), url)).transpose()?;
        out(&format!("listening on {scheme}://{address}"))?;
        let handle = server.handle();
        // Unless told to, it stops only when something is wrong with it.
        let (broken, asked) = match select(Box::pin(server), pin!(signals.next())).await {
            Either::Left((ended, _)) => (Some(ended), Asked::AtOnce),
            Either::Right((asked, server)) => {
                actix_web::rt::spawn(server);
                (None, asked)
            }
        };
        state.leave();
        if asked == Asked::Gently && !drain.is_zero() {
            tracing::info!(
                seconds = drain.as_secs(),
                "asked to stop: not ready any more, and still answering"
            );
            // Asked again, nobody waits for that any more.
            select(pin!(tokio::time::sleep(drain)), pin!(signals.next())).await;
        }
        state.bell.end();
        tracing::info!("stopping: what is under way is finished");
        let deadline = Instant::now() + PATIENCE;
        handle.stop(asked == Asked::Gently).await;
        if let Some(mail) = mail {
            mail.finish(deadline);
        }
        writer.finish();
        broken.unwrap_or(Ok(())).map_err(|error| error.to_string())
    })
}

pub(super) fn worker(config: Config) -> Result<()> {
    start_logging();
    drop(connect_current(&config)?);
    drop(config.secrets.load()?);
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", config.bind));
    let state = State::open(config)?;
    actix_web::rt::System::new().block_on(async move {
        let mut signals = Signals::listen()?;
        let mail = worker::start(state.clone(), public_url)?;
        out("sending mail")?;
        signals.next().await;
        tracing::info!("stopping: what is under way is finished");
        state.bell.end();
        mail.finish(Instant::now() + PATIENCE);
        Ok(())
    })
}
