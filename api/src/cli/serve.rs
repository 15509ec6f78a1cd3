use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::{Result, connect_current, out};
use crate::config::Config;
use crate::mail::worker::{self, Worker};
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
    let state = State::open(config)?;
    actix_web::rt::System::new().block_on(async move {
        let (server, address) = crate::http::serve::start(state.clone(), bind)
            .map_err(|why| format!("cannot listen on {bind}: {why}"))?;
        let writer = usage::Writer::start(&state)?;
        if works {
            worker::start(state, public_url.unwrap_or_else(|| format!("{scheme}://{address}")))?;
        }
        out(&format!("listening on {scheme}://{address}"))?;
        let served = server.await.map_err(|error| error.to_string());
        writer.finish();
        served
    })
}

pub(super) fn worker(config: Config) -> Result<()> {
    start_logging();
    drop(connect_current(&config)?);
    drop(config.secrets.load()?);
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", config.bind));
    let worker = Worker::new(State::open(config)?, public_url)?;
    out("sending mail")?;
    worker.run()
}
