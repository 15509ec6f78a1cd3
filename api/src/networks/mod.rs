//! Trusted networks (S8), and whom to ask when signing in does not work (S6).

pub mod handlers;
pub mod help;
pub mod policy;
pub mod store;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Data;
use contract::{EmployeeId, OfficeId, ProblemCode};

use self::policy::Networks;
use self::store::Rule;
use crate::db::Conn;
use crate::events::{self, By, Event};
use crate::http::Routes;
use crate::problem::{Outcome, Problem};
use crate::sign_in::policy::SignInName;
use crate::state::State;

/// The operations.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::get_networks)
        .service(handlers::update_networks)
        .service(handlers::test_address)
        .service(help::get_sign_in_help);
}

/// From where requests may come.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    installation: Arc<Networks>,
    enforced: bool,
    offices: Arc<Mutex<Lists>>,
}

/// The lists of offices as they were read last, with the version they had: one statement per change, not per request.
type Lists = HashMap<OfficeId, (i64, Arc<Networks>)>;

impl Trust {
    /// With the installation's networks.
    pub fn new(installation: Networks, enforced: bool) -> Self {
        Self { installation: Arc::new(installation), enforced, offices: Arc::default() }
    }

    /// What is trusted throughout the installation.
    pub fn installation(&self) -> &Networks {
        &self.installation
    }

    /// Whether the installation refuses requests from elsewhere.
    pub const fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// What the network is called that an address is in, of the installation's and these.
    pub fn label(&self, address: Option<IpAddr>, networks: &Networks) -> Option<String> {
        let address = address?;
        self.installation.label_of(address).or_else(|| networks.label_of(address)).map(str::to_owned)
    }

    /// Whether someone of an office may work from an address. `None`: of no office, only the installation's rule counts.
    pub fn admits(&self, conn: &mut Conn, rule: Option<Rule>, address: Option<IpAddr>) -> Outcome<bool> {
        if !self.enforced && !rule.is_some_and(|rule| rule.enforced) {
            return Ok(true);
        }
        let Some(address) = address else { return Ok(false) };
        if self.installation.label_of(address).is_some() {
            return Ok(true);
        }
        let Some(rule) = rule else { return Ok(false) };
        Ok(self.networks(conn, rule)?.label_of(address).is_some())
    }

    fn networks(&self, conn: &mut Conn, rule: Rule) -> Outcome<Arc<Networks>> {
        let lists = || self.offices.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, networks)) = lists().get(&rule.office)
            && *version == rule.version
        {
            return Ok(networks.clone());
        }
        let networks = Arc::new(store::networks(conn, rule.office)?);
        lists().insert(rule.office, (rule.version, networks.clone()));
        Ok(networks)
    }

    /// 403 unless [`Trust::admits`].
    pub fn require(&self, conn: &mut Conn, rule: Rule, address: Option<IpAddr>) -> Outcome<()> {
        if self.admits(conn, Some(rule), address)? { Ok(()) } else { Err(untrusted(address)) }
    }
}

/// 403: from outside (S8).
pub fn untrusted(address: Option<IpAddr>) -> Problem {
    let address = address.map(|address| address.to_string()).unwrap_or_default();
    Problem::new(
        ProblemCode::UntrustedNetwork,
        format!(
            "Uw organisatie laat alleen werken vanaf een vertrouwd netwerk. U komt nu van het adres {address}; dat hoort er niet bij."
        ),
        format!(
            "Your organisation lets people work from trusted networks only. You now come from the address {address}, which is not in one."
        ),
    )
}

/// Refuses who comes from outside, by the code of the office they name and before anything else of what they typed counts
/// (S8). Recorded (E3).
pub async fn admit_by_name(state: &Data<State>, name: &SignInName, address: Option<IpAddr>) -> Outcome<()> {
    let code = name.office.clone();
    let trust = state.trust.clone();
    let outside = state
        .read(move |conn| {
            let office = store::named(conn, code.as_deref())?;
            let rule = office.as_ref().map(store::PublicRow::rule);
            Ok((!trust.admits(conn, rule, address)?).then(|| rule.map(|rule| rule.office)))
        })
        .await?;
    let Some(office) = outside else { return Ok(()) };
    record_refusal(state, office, None, address).await?;
    Err(untrusted(address))
}

/// Records that someone was refused for where they came from (E3).
pub async fn record_refusal(
    state: &Data<State>,
    office: Option<OfficeId>,
    employee: Option<EmployeeId>,
    address: Option<IpAddr>,
) -> Outcome<()> {
    let by = By {
        office_id: office,
        employee_id: employee,
        address: address.map(|address| address.to_string()).unwrap_or_default(),
    };
    let about = employee.unwrap_or(EmployeeId(uuid::Uuid::nil()));
    if !state.rates.is_worth_recording(address) {
        return Ok(());
    }
    state
        .write(move |conn| {
            events::record_by(conn, &by, Event::of("network.refused", "employee", about)).map(drop)
        })
        .await
}
