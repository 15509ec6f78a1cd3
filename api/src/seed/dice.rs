//! Chance that is the same everywhere: no clock and no source of randomness of the machine.

use chrono::NaiveDateTime;
use uuid::Uuid;

/// What a sequence of throws is for: one for another purpose has nothing to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Offices, people, groups and case types, in the order they are made.
    Office,
    /// One dossier: its rules, manager and the like.
    Dossier,
    /// The words of one dossier, and its parties.
    Words,
    /// One case with its steps and tasks.
    Case,
    /// Which dossiers the employees of a class work in.
    Class,
}

/// SplitMix64: small, fast, and the same for the same seed on every machine.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Dice {
    /// For the thing with number `index`, whatever was thrown for others: things can be made in any order, and again.
    pub(super) fn of(seed: u64, what: For, office: usize, index: usize) -> Self {
        let mut dice = Self(seed);
        for part in [what as usize, office, index] {
            dice.0 = dice.throw() ^ u64::try_from(part).unwrap_or(u64::MAX).wrapping_mul(GOLDEN);
        }
        dice
    }

    pub(super) const fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `most`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, most: usize) -> usize {
        let most = u128::try_from(most).unwrap_or(u128::MAX);
        // The upper half of the product is always below `most`.
        usize::try_from((u128::from(self.throw()) * most) >> 64).unwrap_or(0)
    }

    /// One of a range; its start when it is empty.
    pub(super) fn within(&mut self, range: &std::ops::Range<usize>) -> usize {
        range.start + self.below(range.len())
    }

    /// Whether something happens that does so in `of_thousand` of a thousand cases.
    pub(super) fn happens(&mut self, of_thousand: usize) -> bool {
        self.below(1000) < of_thousand
    }

    /// One of some words.
    pub(super) fn word(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }

    /// So many different ones of a range, or all of it.
    pub(super) fn some(&mut self, range: &std::ops::Range<usize>, count: usize) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count.min(range.len()) {
            let one = self.within(range);
            if !chosen.contains(&one) {
                chosen.push(one);
            }
        }
        chosen
    }

    /// An id made at a moment (UUIDv7): it sorts by the millisecond.
    pub(super) fn id(&mut self, at: NaiveDateTime) -> Uuid {
        let millis = u64::try_from(at.and_utc().timestamp_millis()).unwrap_or(0);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.throw().to_be_bytes());
        random[8..].copy_from_slice(&self.throw().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_throws_and_another_gives_others() {
        let throws = |seed, what, index| {
            let mut dice = Dice::of(seed, what, 0, index);
            [dice.throw(), dice.throw()]
        };
        assert_eq!(throws(1, For::Case, 7), throws(1, For::Case, 7));
        assert_ne!(throws(1, For::Case, 7), throws(2, For::Case, 7));
        assert_ne!(throws(1, For::Case, 7), throws(1, For::Case, 8));
        assert_ne!(throws(1, For::Case, 7), throws(1, For::Dossier, 7));
    }

    #[test]
    fn what_is_chosen_is_within_bounds_and_everything_is_chosen() {
        let mut dice = Dice::of(1, For::Office, 0, 0);
        let mut seen = [0; 5];
        for _ in 0..5000 {
            seen[dice.below(5)] += 1;
        }
        assert!(seen.iter().all(|times| (900..1100).contains(times)), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        let mut all = dice.some(&(3..7), 10);
        all.sort_unstable();
        assert_eq!(all, [3, 4, 5, 6]);
    }

    #[test]
    fn ids_sort_by_when_they_were_made() {
        let mut dice = Dice::of(1, For::Office, 0, 0);
        let at = |millis| chrono::DateTime::from_timestamp_millis(millis).unwrap().naive_utc();
        let (first, second) = (dice.id(at(1_700_000_000_000)), dice.id(at(1_700_000_000_001)));
        assert!(first < second);
        assert_eq!((first.get_version_num(), first.get_variant()), (7, uuid::Variant::RFC4122));
    }
}
