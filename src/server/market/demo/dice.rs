//! Chance that falls the same way every time, on every machine.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

/// A seeded source of draws. The draws are made here from plain bits, because how a library makes
/// them may change with its releases.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A whole number from 0 to below `end`, which must be positive.
    pub fn below(&mut self, end: u64) -> u64 {
        // The bias is far below what anybody could see in a few thousand draws.
        self.0.next_u64() % end.max(1)
    }

    /// A whole number of a range, ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.below(span))
    }

    /// True in so many of a thousand cases.
    pub fn per_mille(&mut self, cases: u64) -> bool {
        self.below(1_000) < cases
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(from.len()).unwrap_or(1));
        from.get(usize::try_from(place).ok()?)
    }

    /// A real number from 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly normal, with mean 0 and variance 1: twelve draws added, which needs no function
    /// that machines round differently.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Log-normal around a median.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }
}

/// The nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded; beyond the ends of i64 it stops there"
)]
pub(super) fn whole(real: f64) -> i64 {
    real.round() as i64
}

/// A whole number for calculating with.
#[expect(clippy::cast_precision_loss, reason = "made-up figures need no more")]
pub(super) fn real(whole: i64) -> f64 {
    whole as f64
}
