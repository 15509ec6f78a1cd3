//! TLS of our own (S7): TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1, with a certificate that may be renewed while we run.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{Error, ServerConfig};

use crate::config::TlsFiles;
use crate::secrets;
use crate::watch::Watch;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_secs(5);

/// The certificate as it is now. While its files are no good, the one before.
pub struct Certificate {
    files: TlsFiles,
    watch: Watch,
    current: RwLock<Arc<CertifiedKey>>,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, is not what it should be, can be read by everyone, or the two do not belong together.
    pub fn open(files: &TlsFiles) -> Result<Self, String> {
        let watch = Watch::over(vec![files.certificate.clone(), files.key.clone()]);
        let current = RwLock::new(Arc::new(read(files)?));
        Ok(Self { files: files.clone(), watch, current })
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if self.watch.changed(PAUSE) {
            match read(&self.files) {
                Ok(renewed) => {
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(renewed);
                    tracing::info!("the certificate was renewed");
                }
                Err(why) => {
                    tracing::error!(%why, "the new certificate is no good; going on with the old one");
                }
            }
        }
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn provider() -> CryptoProvider {
    ring::default_provider()
}

fn read(files: &TlsFiles) -> Result<CertifiedKey, String> {
    let TlsFiles { certificate, key } = files;
    let shown = certificate.display();
    let text = std::fs::read(certificate)
        .map_err(|error| format!("WERKBAK_TLS_CERTIFICATE: cannot read {shown}: {error}"))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|_| format!("WERKBAK_TLS_CERTIFICATE: {shown} is not a PEM file"))?;
    if chain.is_empty() {
        return Err(format!("WERKBAK_TLS_CERTIFICATE: there is no certificate in {shown} (PEM)"));
    }
    let hidden = key.display();
    let secret = match secrets::file::read(key) {
        Ok(Some(text)) => PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(|_| {
            format!("WERKBAK_TLS_KEY: there is no private key in {hidden} (PEM, without password)")
        }),
        Ok(None) => Err(format!("WERKBAK_TLS_KEY: there is no file {hidden}")),
        Err(why) => Err(format!("WERKBAK_TLS_KEY: {why}")),
    }?;
    CertifiedKey::from_der(chain, secret, &provider()).map_err(|error| match error {
        Error::InconsistentKeys(_) => {
            format!("WERKBAK_TLS_KEY: the key in {hidden} does not belong to the certificate in {shown}")
        }
        error => format!("WERKBAK_TLS_CERTIFICATE: {shown} and {hidden} cannot be used: {error}"),
    })
}

/// How we speak TLS.
///
/// # Errors
///
/// As [`Certificate::open`].
pub fn configuration(files: &TlsFiles) -> Result<ServerConfig, String> {
    let certificate = Arc::new(Certificate::open(files)?);
    let config = ServerConfig::builder_with_provider(Arc::new(provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_no_client_auth().with_cert_resolver(certificate))
}
