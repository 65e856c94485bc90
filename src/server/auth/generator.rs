//! Passwords for those who would rather not think of one.

use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha20Rng};

use crate::{
    model::input::{NewPassword, PasswordPolicy},
    server::{
        auth::{Owner, blocklist},
        error::Error,
        random::{self, Randomness},
    },
};

/// At least so many characters: some 97 bits.
const LENGTH: usize = 16;

/// The classes of a policy, without what looks like something else: `I l 1`, `O o 0`, quotes, `|`.
const CLASSES: [&str; 4] = [
    "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "abcdefghijkmnpqrstuvwxyz",
    "23456789",
    "!#$%&*+-=?@^_",
];

/// Five of six tries have every class: so many failures say that the randomness is none.
const MAX_TRIES: usize = 1_000;

/// A password of every class that fits `policy` and is not on the blocklist for `owner`: each that
/// there is with the same chance, because whole ones are drawn until one fits.
pub fn generate_strong_password(
    policy: &PasswordPolicy,
    owner: &Owner,
    random: &dyn Randomness,
) -> Result<String, Error> {
    let mut rng = ChaCha20Rng::from_seed(random::bytes(random)?);
    let alphabet: Vec<char> = CLASSES.concat().chars().collect();
    let length = LENGTH.max(policy.min_length);
    for _ in 0..MAX_TRIES {
        let drawn: String = (0..length)
            .filter_map(|_| alphabet.get(rng.random_range(0..alphabet.len())))
            .collect();
        let has_all = CLASSES.iter().all(|class| drawn.contains(|c| class.contains(c)));
        if has_all
            && policy
                .check(&drawn)
                .is_ok_and(|password| is_acceptable(&password, owner))
        {
            return Ok(drawn);
        }
    }
    Err(Error::Internal("no password fits the policy".to_owned()))
}

fn is_acceptable(password: &NewPassword, owner: &Owner) -> bool {
    blocklist::opinion(password, owner).refusal.is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::server::random::{NoRandomness, OsRandomness};

    /// Bytes that a test knows.
    #[derive(Debug)]
    struct Fixed(u8);

    impl Randomness for Fixed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    #[derive(Debug)]
    struct None;

    impl Randomness for None {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
            Err(NoRandomness)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn every_policy_gets_a_password_that_fits(
            min_length in 4_usize..=128,
            classes in any::<[bool; 4]>(),
            user_id in "[a-z0-9_]{4,6}",
            seed: u8,
        ) {
            let [require_uppercase, require_lowercase, require_digit, require_special] = classes;
            let policy = PasswordPolicy { min_length, require_uppercase, require_lowercase, require_digit, require_special };
            let owner = Owner::parse(&user_id, "hong@example.com", "홍길동");
            for random in [&OsRandomness as &dyn Randomness, &Fixed(seed)] {
                let password = generate_strong_password(&policy, &owner, random).unwrap();
                prop_assert_eq!(password.chars().count(), min_length.max(16));
                prop_assert!(!password.contains(|c| "Il1Oo0|'\"`".contains(c)), "{}", password);
                let fine = policy.check(&password).unwrap();
                let opinion = blocklist::opinion(&fine, &owner);
                prop_assert_eq!((opinion.score, opinion.refusal), (4, Option::None));
            }
        }
    }

    #[test]
    fn every_character_has_the_same_chance() {
        let policy = PasswordPolicy::default();
        let mut counts = std::collections::BTreeMap::new();
        let drawn = 1_000;
        for seed in 0..drawn {
            let seed = Seed(seed);
            for c in generate_strong_password(&policy, &Owner::default(), &seed)
                .unwrap()
                .chars()
            {
                *counts.entry(c).or_insert(0_u32) += 1;
            }
        }
        let alphabet: usize = CLASSES.iter().map(|class| class.len()).sum();
        assert_eq!(counts.len(), alphabet, "{counts:?}");
        // Within a class: only that every class occurs makes digits a little more frequent.
        for class in CLASSES {
            let of_class: Vec<u32> = class.chars().map(|c| counts[&c]).collect();
            let mean = f64::from(of_class.iter().sum::<u32>()) / f64::from(u32::try_from(of_class.len()).unwrap());
            // Five standard deviations.
            let bound = 5.0 * mean.sqrt();
            assert!(
                of_class.iter().all(|n| (f64::from(*n) - mean).abs() < bound),
                "{class}: {of_class:?}"
            );
        }
    }

    /// A number as seed: the same passwords in each run of the test.
    #[derive(Debug)]
    struct Seed(u32);

    impl Randomness for Seed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            bytes
                .iter_mut()
                .zip(self.0.to_le_bytes())
                .for_each(|(byte, of_seed)| *byte = of_seed);
            Ok(())
        }
    }

    #[test]
    fn two_are_never_the_same_and_without_randomness_there_is_none() {
        let policy = PasswordPolicy::default();
        let generate = |random: &dyn Randomness| generate_strong_password(&policy, &Owner::default(), random);
        assert_ne!(generate(&OsRandomness).unwrap(), generate(&OsRandomness).unwrap());
        assert!(matches!(generate(&None), Err(Error::Internal(_))));
    }
}
