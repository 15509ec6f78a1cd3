//! Sends the mails of the outbox: leases one, sends it, notes how it went. Several workers share the work.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use contract::{EmployeeState, Language};
use lettre::message::Mailbox;
use uuid::Uuid;

use super::message::{self, MailKind, Params};
use super::store::{self, Employee, Ending, Leased, Recipient, Temporary};
use super::transport::Transport;
use crate::clock;
use crate::db::Conn;
use crate::employees::locked;
use crate::problem::Outcome;
use crate::sign_in::resets;
use crate::state::State;

/// How long a worker that says nothing any more keeps a mail from the others: several times as long as one that sends it
/// waits before it says so again.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// After this many attempts a mail is dead: about a day, given the pauses.
const ATTEMPTS: i32 = 16;
/// How many of the passwords that were asked for, and of the accounts that were locked, are looked up before mail is sent.
const LOOKED_UP: usize = 20;
/// How often the outbox is looked at when nothing rings.
const PAUSE: Duration = Duration::from_secs(5);
/// How often what is out of date is removed.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// How long an invited or reactivated person's temporary password works (S4).
const INVITED: TimeDelta = TimeDelta::hours(72);

/// Rings when a change may have queued a mail, and when it is time to go home.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<(Mutex<Heard>, Condvar)>);

#[derive(Debug, Default)]
struct Heard {
    rang: bool,
    over: bool,
}

impl Bell {
    /// Wakes the worker.
    pub fn ring(&self) {
        self.hear(|heard| heard.rang = true);
    }

    /// The worker takes no further mail.
    pub fn end(&self) {
        self.hear(|heard| heard.over = true);
    }

    fn hear(&self, what: impl FnOnce(&mut Heard)) {
        what(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.1.notify_one();
    }

    fn is_over(&self) -> bool {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).over
    }

    fn wait(&self, longest: Duration) {
        let heard = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = |heard: &mut Heard| !heard.rang && !heard.over;
        let (mut heard, _) =
            self.0.1.wait_timeout_while(heard, longest, quiet).unwrap_or_else(PoisonError::into_inner);
        heard.rang = false;
    }
}

/// A worker.
#[derive(Debug)]
pub struct Worker {
    state: State,
    transport: Transport,
    public_url: String,
}

impl Worker {
    /// A worker for an installation that people reach at `public_url`.
    pub fn new(state: State, public_url: String) -> Result<Self, String> {
        let transport = Transport::new(state.config.smtp_url.as_deref(), &state.config.data)?;
        Ok(Self { state, transport, public_url })
    }

    /// Works until the bell says that it is over.
    fn run(&self) {
        let mut tidied: Option<Instant> = None;
        while !self.state.bell.is_over() {
            if tidied.is_none_or(|tidied| tidied.elapsed() >= HOUR) {
                tidied = Some(Instant::now());
                if let Err(problem) = self.tidy() {
                    tracing::warn!(%problem, "what is out of date could not be removed");
                }
            }
            match self.send_due() {
                Ok(0) => self.state.bell.wait(PAUSE),
                Ok(_) => {}
                Err(problem) => {
                    tracing::warn!(%problem, "the outbox cannot be worked on now");
                    self.state.bell.wait(PAUSE);
                }
            }
        }
    }

    /// Removes what nobody can use any more: answers kept for repeated requests after a day, and sessions that
    /// are over with their refresh tokens. At the start, and every hour.
    pub fn tidy(&self) -> Outcome<()> {
        let now = clock::stamp();
        let answers = self
            .state
            .db
            .write(|conn| crate::http::idempotency::store::forget(conn, now - TimeDelta::hours(24)))?;
        let sessions = self.state.db.write(|conn| crate::sign_in::store::forget_sessions(conn, now))?;
        tracing::info!(answers, sessions, "removed what is out of date");
        Ok(())
    }

    /// Sends everything that is due; returns how many mails were tried.
    pub fn send_due(&self) -> Outcome<usize> {
        let mut tried = 0;
        self.look_up(resets::settle_one);
        self.look_up(locked::tell_one);
        // Nothing is leased that another worker would have to wait for.
        while !self.state.bell.is_over()
            && let Some(mail) = self.state.db.write(|conn| store::lease_one(conn, LEASE))?
        {
            tried += 1;
            let ending = self.attempt(&mail)?;
            self.state.db.write(|conn| store::finish(conn, &mail, &ending))?;
            match &ending {
                Ending::Dead(why) => tracing::error!(mail = %mail.id, %why, "a mail cannot be sent"),
                Ending::Again(_, why) => tracing::warn!(mail = %mail.id, %why, "a mail will be tried again"),
                Ending::Late => tracing::warn!(mail = %mail.id, "a mail could not be sent in time"),
                Ending::Sent(_) => tracing::info!(mail = %mail.id, "a mail was sent"),
                Ending::Cancelled => {}
            }
        }
        Ok(tried)
    }

    /// Looks up some of what sign-in left for the worker; who asks for very many holds up nobody's mail.
    fn look_up(&self, one: fn(&mut Conn) -> Outcome<bool>) {
        for _ in 0..LOOKED_UP {
            match self.state.db.write(one) {
                Ok(true) => {}
                Ok(false) => return,
                Err(problem) => {
                    tracing::warn!(%problem, "what sign-in left could not be looked up");
                    return;
                }
            }
        }
    }

    fn attempt(&self, mail: &Leased) -> Outcome<Ending> {
        let Ok(kind) = mail.kind.parse::<MailKind>() else {
            return Ok(Ending::Dead("unknown kind of mail".to_owned()));
        };
        let Ok(mut params) = serde_json::from_str::<Params>(&mail.params) else {
            return Ok(Ending::Dead("unreadable particulars".to_owned()));
        };
        let Recipient { employee, address, office, office_code } = &mail.recipient;
        if employee.as_ref().is_some_and(|employee| employee.state == EmployeeState::Deactivated) {
            return Ok(Ending::Cancelled);
        }
        let state = employee.as_ref().map(|employee| employee.state);
        // A reset never unlocks, and who was locked meanwhile could not use it (S4).
        let kind = match (kind, state) {
            (MailKind::PasswordReset, Some(EmployeeState::Locked)) => MailKind::AccountLocked,
            // They were told by now that it is active again.
            (MailKind::AccountLocked | MailKind::LockedOut, Some(EmployeeState::Active)) => {
                return Ok(Ending::Cancelled);
            }
            _ => kind,
        };
        let temporary = match (kind, employee) {
            (MailKind::Invitation | MailKind::Reactivation, Some(employee)) => {
                Some(self.temporary_password(employee, INVITED, false))
            }
            (MailKind::PasswordReset, Some(employee)) => {
                // Late, or asked for again: this one would void the one that is already there.
                if self.state.db.read(|conn| store::has_newer(conn, mail.id, kind, employee.id))? {
                    return Ok(Ending::Cancelled);
                }
                if mail.created_at + resets::VALID < clock::stamp() {
                    return Ok(Ending::Late);
                }
                Some(self.temporary_password(employee, resets::VALID, true))
            }
            _ => None,
        };
        params.username = employee.as_ref().map(|employee| format!("{}@{office_code}", employee.username));
        let name = match employee {
            Some(employee) => employee.name.clone(),
            None => params.recipient_name.clone().unwrap_or_else(|| office.clone()),
        };
        let message = message::compose(
            kind,
            employee.as_ref().map_or_else(Language::default, |employee| employee.language),
            &name,
            office,
            &params,
            &self.public_url,
            temporary.as_ref().map(|(password, expires, _)| (password.as_str(), *expires)),
        );
        let own = employee.as_ref().map(|employee| employee.email.as_str()).or(address.as_deref());
        let Some(Ok(address)) = params.address.as_deref().or(own).map(str::parse) else {
            return Ok(Ending::Dead("the address is not one".to_owned()));
        };
        let to = Mailbox::new(Some(name), address);
        let sent = self.transport.send(
            &self.state.config.mail_from,
            &to,
            &message,
            Uuid::from(mail.id),
            self.state.config.mail_from.email.domain(),
            || {
                if let Err(problem) = self.state.db.write(|conn| store::renew(conn, mail, LEASE)) {
                    tracing::warn!(mail = %mail.id, %problem, "a lease could not be renewed");
                }
            },
        );
        Ok(match sent {
            Ok(()) => Ending::Sent(temporary.map(|(.., kept)| kept)),
            Err(error) if error.is_permanent() || mail.attempts >= ATTEMPTS => {
                Ending::Dead(error.to_string())
            }
            Err(error) => Ending::Again(clock::stamp() + pause(mail.attempts), error.to_string()),
        })
    }

    /// Made when the mail is sent, so that it is never stored in clear (S4), and kept when the mail server took it. A mail
    /// that is sent again carries a new one.
    fn temporary_password(
        &self,
        whose: &Employee,
        valid: TimeDelta,
        asked: bool,
    ) -> (String, DateTime<Utc>, Temporary) {
        let password = message::temporary_password();
        let expires = clock::now() + valid;
        let kept = Temporary {
            whose: whose.id,
            email: whose.email.clone(),
            asked,
            hash: self.state.tokens.secrets().keyed_hash(&password),
            expires: expires.naive_utc(),
        };
        (password, expires, kept)
    }
}

/// Waits longer after every failure: 15 s, 30 s, 1 min … 4 h.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(10);
    TimeDelta::seconds(15 * (1_i64 << doublings))
}

/// A worker on a thread of its own.
#[derive(Debug)]
pub struct Running {
    ended: Receiver<()>,
}

impl Running {
    /// Waits, until `deadline`, for the mail that is being sent: one that left is not sent again by another worker. To be
    /// called when the bell has said that it is over.
    pub fn finish(self, deadline: Instant) {
        let left = deadline.saturating_duration_since(Instant::now());
        if self.ended.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!(
                "a mail is still being sent; another worker sends it again when its lease has run out"
            );
        }
    }
}

/// Starts a worker on a thread of its own.
pub fn start(state: State, public_url: String) -> Result<Running, String> {
    let worker = Worker::new(state, public_url)?;
    // Nothing is ever sent: the thread drops its end when it is done.
    let (working, ended) = mpsc::sync_channel(0);
    std::thread::Builder::new()
        .name("mail".to_owned())
        .spawn(move || {
            let _working = working;
            worker.run();
        })
        .map_err(|error| format!("the mail worker does not start: {error}"))?;
    Ok(Running { ended })
}

#[cfg(test)]
mod tests {
    use super::Mailbox;

    /// What the contract lets through can be mailed: nothing that was saved turns out to be no address.
    #[test]
    fn every_address_that_is_accepted_can_be_sent_to() {
        let locals = [
            "jan",
            "j.de.vries",
            "jan..b",
            ".jan",
            "jan.",
            "o'brien",
            "a+b",
            "é",
            "a b",
            "\"a\"",
            "a(b)",
            "",
        ];
        let domains =
            ["x.nl", "x-y.nl", "-x.nl", "x-.nl", "x..nl", "x", "123.nl", "é.nl", "x_y.nl", "x.n", "1.2.3.4"];
        let mut accepted = 0;
        for local in locals {
            for domain in domains {
                let address = format!("{local}@{domain}");
                let mut errors = contract::Errors::default();
                errors.email("email", &address);
                if errors.is_empty() {
                    accepted += 1;
                    let parsed = address.parse().map(|address| Mailbox::new(None, address));
                    assert!(parsed.is_ok(), "{address}");
                }
            }
        }
        assert!(accepted > 12, "{accepted}");
    }
}
