//! How often what guesses passwords may be tried: by account and by address. Per server; several servers allow several
//! times as much.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use contract::{EmployeeId, ProblemCode};
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::policy::SignInName;
use crate::problem::{Outcome, Problem};

/// Every key falls in one of these buckets, in a way nobody outside can predict: that bounds the memory, whoever attacks.
const BUCKETS: u64 = 1 << 16;

/// At most `burst` at once, and one more every `every`.
#[derive(Debug)]
struct Limit {
    buckets: RateLimiter<u32, HashMapStateStore<u32>, DefaultClock>,
    clock: DefaultClock,
    hasher: RandomState,
}

impl Limit {
    fn new(burst: u32, every: Duration) -> Self {
        let clock = DefaultClock::default();
        let quota = Quota::with_period(every)
            .unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN))
            .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN));
        let buckets = RateLimiter::new(quota, HashMapStateStore::default(), clock.clone());
        Self { buckets, clock, hasher: RandomState::new() }
    }

    fn bucket(&self, key: impl Hash) -> u32 {
        u32::try_from(self.hasher.hash_one(key) % BUCKETS).unwrap_or_default()
    }

    /// Counts one; how long to wait when it is one too many.
    fn count(&self, key: impl Hash) -> Result<(), Duration> {
        self.buckets.check_key(&self.bucket(key)).map_err(|until| until.wait_time_from(self.clock.now()))
    }
}

/// Where a request comes from, as far as one attacker has it: of IPv6 whoever has one address has the whole /64.
fn origin(address: Option<IpAddr>) -> Option<IpAddr> {
    address.map(|address| match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    })
}

/// The limits of an installation's server.
#[derive(Debug, Clone)]
pub struct Rates(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Whole offices share one address: only a flood is refused before it is known whether it fails.
    addresses: Limit,
    /// Failures tell a guesser from an office.
    failures: Limit,
    /// Addresses with too many of them, and until when; as many as there are buckets at the most.
    blocked: Mutex<HashMap<u32, Instant>>,
    accounts: Limit,
    reset_addresses: Limit,
    reset_accounts: Limit,
    refreshes: Limit,
    refreshers: Limit,
    looks: Limit,
    /// How often it is recorded what an address is refused for.
    records: Limit,
}

impl Default for Rates {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self(Arc::new(Inner {
            addresses: Limit::new(200, Duration::from_millis(50)),
            failures: Limit::new(60, seconds(2)),
            blocked: Mutex::default(),
            accounts: Limit::new(30, seconds(5)),
            reset_addresses: Limit::new(60, seconds(10)),
            reset_accounts: Limit::new(12, seconds(300)),
            refreshes: Limit::new(1000, Duration::from_millis(20)),
            refreshers: Limit::new(60, seconds(1)),
            looks: Limit::new(200, Duration::from_millis(50)),
            records: Limit::new(60, seconds(60)),
        }))
    }
}

/// 429 (S1: the same whatever the account).
fn too_many(wait: Duration) -> Problem {
    Problem::new(
        ProblemCode::TooManyRequests,
        "Dit is te vaak geprobeerd. Wacht even en probeer het dan opnieuw.",
        "This was tried too often. Wait a moment and try again.",
    )
    .retry_in(wait.as_secs() + 1)
}

impl Rates {
    /// Before a sign-in, whoever it is.
    pub fn sign_in(&self, name: &SignInName, address: Option<IpAddr>) -> Outcome<()> {
        let origin = origin(address);
        let bucket = self.0.failures.bucket(origin);
        let blocked = self.0.blocked.lock().unwrap_or_else(PoisonError::into_inner).get(&bucket).copied();
        if let Some(wait) = blocked.and_then(|until| until.checked_duration_since(Instant::now())) {
            return Err(too_many(wait));
        }
        self.0.addresses.count(origin).map_err(too_many)?;
        self.0.accounts.count((&name.username, &name.office)).map_err(too_many)
    }

    /// After one that failed.
    pub fn sign_in_failed(&self, address: Option<IpAddr>) {
        let origin = origin(address);
        if let Err(wait) = self.0.failures.count(origin) {
            let mut blocked = self.0.blocked.lock().unwrap_or_else(PoisonError::into_inner);
            blocked.insert(self.0.failures.bucket(origin), Instant::now() + wait);
        }
    }

    /// Before a temporary password is asked for.
    pub fn reset(&self, name: &SignInName, address: Option<IpAddr>) -> Outcome<()> {
        self.0.reset_addresses.count(origin(address)).map_err(too_many)?;
        self.0.reset_accounts.count((&name.username, &name.office)).map_err(too_many)
    }

    /// Before a session is refreshed.
    pub fn refresh(&self, address: Option<IpAddr>) -> Outcome<()> {
        self.0.refreshes.count(origin(address)).map_err(too_many)
    }

    /// When it is known whose session it is.
    pub fn refresh_of(&self, employee: EmployeeId) -> Outcome<()> {
        self.0.refreshers.count(employee.0).map_err(too_many)
    }

    /// Whether one more refusal of an address is worth recording (E3): who asks without end fills no log with it.
    pub fn is_worth_recording(&self, address: Option<IpAddr>) -> bool {
        self.0.records.count(origin(address)).is_ok()
    }

    /// Before anyone is told whom to ask.
    pub fn look(&self, address: Option<IpAddr>) -> Outcome<()> {
        self.0.looks.count(origin(address)).map_err(too_many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(username: &str) -> SignInName {
        SignInName::parse(&format!("{username}@zaanstad"))
    }

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([203, 0, 113, last]))
    }

    #[test]
    fn an_account_is_guarded_whatever_the_address() {
        let rates = Rates::default();
        let allowed = |who: &str, from: u8| rates.sign_in(&name(who), address(from)).is_ok();
        assert!((0..30).all(|from| allowed("jan", from)));
        assert!(!allowed("jan", 99));
        assert!(allowed("piet", 99));
    }

    #[test]
    fn failures_stop_an_address_and_successes_do_not() {
        let rates = Rates::default();
        let allowed = |who: u32, from: Option<IpAddr>| rates.sign_in(&name(&format!("p{who}")), from).is_ok();
        assert!((0..150).all(|who| allowed(who, address(1))), "an office that comes in at nine");
        for _ in 0..=60 {
            rates.sign_in_failed(address(2));
        }
        let refused = rates.sign_in(&name("jan"), address(2)).unwrap_err();
        assert_eq!(refused.code(), ProblemCode::TooManyRequests);
        assert!(refused.retry_after().is_some_and(|seconds| (1..=3).contains(&seconds)));
        assert!(allowed(1, address(3)));
        // Of IPv6 an attacker has more than one address.
        let six = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for last in 0..=60 {
            rates.sign_in_failed(six(&format!("2001:db8:0:1::{last}")));
        }
        assert!(!allowed(2, six("2001:db8:0:1:ffff::9")));
        assert!(allowed(2, six("2001:db8:0:2::9")));
    }

    #[test]
    fn memory_is_bounded() {
        let limit = Limit::new(1, Duration::from_secs(1));
        for key in 0..300_000u32 {
            let _ = limit.count(key);
        }
        assert!(limit.buckets.len() <= usize::try_from(BUCKETS).unwrap());
    }
}
