use tracing_subscriber::EnvFilter;

use super::{Result, connect_current, out};
use crate::config::Config;
use crate::mail::worker::{self, Worker};
use crate::secrets::Secrets;
use crate::sign_in::usage;
use crate::state::State;

fn start_logging() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,werkbak::request=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("WERKBAK_LOG_FORMAT").as_deref() == Ok("json") {
        builder.json().init();
    } else {
        builder.init();
    }
}

pub(super) fn serve(config: Config) -> Result<()> {
    start_logging();
    drop(connect_current(&config)?);
    let (bind, works) = (config.bind, config.worker);
    let public_url = config.public_url.clone();
    let state = State::open(config)?;
    actix_web::rt::System::new().block_on(async move {
        let (server, address) = crate::http::serve::start(state.clone(), bind)
            .map_err(|error| format!("cannot listen on {bind}: {error}"))?;
        let writer = usage::Writer::start(&state)?;
        if works {
            worker::start(state, public_url.unwrap_or_else(|| format!("http://{address}")))?;
        }
        out(&format!("listening on http://{address}"))?;
        let served = server.await.map_err(|error| error.to_string());
        writer.finish();
        served
    })
}

pub(super) fn worker(config: Config) -> Result<()> {
    start_logging();
    drop(connect_current(&config)?);
    drop(Secrets::load(&config.secrets_file)?);
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.bind));
    let worker = Worker::new(State::open(config)?, public_url)?;
    out("sending mail")?;
    worker.run()
}
