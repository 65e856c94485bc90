//! Random histories of devices, on the real service and its database, beside a model small enough
//! to be seen to be right. A history is made from its seed alone; a divergence names both.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rand::{Rng as _, RngExt as _, SeedableRng as _, rngs::ChaCha8Rng};
use secrecy::SecretString;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::server::{
    auth::{Auth, Client, Keys, SignIn, SignUp, SignedIn},
    clock::{Clock as _, ManualClock, SharedClock},
    config::Config,
    error::Error,
    random::OsRandomness,
    store::testing::TestDb,
};

/// In microseconds, as written in the documentation and not as the code has them.
const SECOND: i64 = 1_000_000;
const GRACE: i64 = 30 * SECOND;
const DAY: i64 = 24 * 3600 * SECOND;
const MONTH: i64 = 30 * DAY;
const ACCESS: i64 = 15 * 60;
const LEEWAY: i64 = 5;

const USERS: usize = 3;
/// Devices in use; an older one is forgotten when a new one signs in.
const DEVICES: usize = 6;
const PASSWORD: &str = "Quartz-Zebra-71!";

/// What the service may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    /// The token of this generation.
    Token(i64),
    Fine,
    Invalid,
    Expired,
    Deactivated,
}

/// A device as the model sees it: what it may do follows from this alone.
#[derive(Debug)]
struct Device {
    user: usize,
    remembered: bool,
    id: i64,
    generation: i64,
    created: i64,
    rotated: i64,
    expires: i64,
    ended: bool,
    /// The generation that the honest client holds: behind when an answer was lost.
    held: i64,
    /// Every token ever given out: its key, its generation.
    tokens: BTreeMap<String, (u32, i64)>,
    /// The last access token: its key, when it was issued.
    access: (String, u32, i64),
}

impl Device {
    fn is_alive(&self, now: i64) -> bool {
        !self.ended && now < self.expires
    }

    fn is_acceptable(&self, generation: i64, now: i64) -> bool {
        generation == self.generation || generation + 1 == self.generation && now - self.rotated <= GRACE
    }

    fn refresh(&mut self, generation: i64, active: bool, now: i64) -> Answer {
        if !active {
            return Answer::Deactivated;
        }
        if !self.is_alive(now) {
            return Answer::Invalid;
        }
        if !self.is_acceptable(generation, now) {
            self.ended = true;
            return Answer::Invalid;
        }
        if generation == self.generation {
            self.generation += 1;
            self.rotated = now;
            if !self.remembered {
                self.expires = self.expires.max(now + DAY).min(self.created + MONTH);
            }
        }
        Answer::Token(self.generation)
    }

    fn sign_out(&mut self, generation: i64, now: i64) -> Answer {
        if !self.is_alive(now) || !self.is_acceptable(generation, now) {
            return Answer::Invalid;
        }
        self.ended = true;
        Answer::Fine
    }

    fn authenticate(&self, active: bool, now: i64) -> Answer {
        let (_, _, issued) = &self.access;
        let (issued, seconds) = (issued.div_euclid(SECOND), now.div_euclid(SECOND));
        if issued - LEEWAY > seconds {
            Answer::Invalid
        } else if issued + ACCESS <= seconds {
            Answer::Expired
        } else if !active {
            Answer::Deactivated
        } else if self.is_alive(now) {
            Answer::Fine
        } else {
            Answer::Invalid
        }
    }
}

/// The service under test and the model beside it.
struct World {
    test: TestDb,
    clock: Arc<ManualClock>,
    auth: Auth,
    /// The number of the current key; the two before it still verify.
    key: u32,
    users: Vec<i64>,
    active: [bool; USERS],
    devices: Vec<Device>,
    client: Client,
    rng: ChaCha8Rng,
    seen: BTreeSet<&'static str>,
}

fn secret(key: u32) -> SecretString {
    SecretString::from(format!("{key:0>40}"))
}

fn service(test: &TestDb, clock: &Arc<ManualClock>, key: u32) -> Auth {
    let config = Config::from_values(&|name| match name {
        "ARGON2_MEMORY_KIB" => Some("64".to_owned()),
        "ARGON2_ITERATIONS" => Some("1".to_owned()),
        // The model is about refreshing; it signs in as often as it likes.
        "RATE_LIMIT_ENABLED" => Some("false".to_owned()),
        _ => None,
    });
    let keys = Keys {
        current: secret(key),
        previous: (key.saturating_sub(2)..key).map(secret).collect(),
    };
    let shared: SharedClock = clock.clone();
    Auth::new(
        test.db.clone(),
        shared,
        Arc::new(OsRandomness),
        Arc::new(config.unwrap()),
        &keys,
    )
    .unwrap()
}

impl World {
    async fn new(test: TestDb, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::new(datetime!(2026-03-20 09:00 UTC)));
        let auth = service(&test, &clock, 0);
        let client = Client::new([127, 0, 0, 1].into(), "model", None);
        let mut ids = Vec::new();
        for user in 0..USERS {
            let input = SignUp {
                user_id: format!("user_{user}"),
                email: format!("user_{user}@example.com"),
                name: "홍길동".to_owned(),
                password: PASSWORD.to_owned(),
                password_confirm: PASSWORD.to_owned(),
                agree_terms: true,
                agree_privacy: true,
                agree_marketing: false,
            };
            ids.push(auth.sign_up(&input, &client).await.unwrap().id);
        }
        Self {
            test,
            clock,
            auth,
            key: 0,
            users: ids,
            active: [true; USERS],
            devices: Vec::new(),
            client,
            rng: ChaCha8Rng::seed_from_u64(seed),
            seen: BTreeSet::new(),
        }
    }

    fn now(&self) -> i64 {
        let since = self.clock.now() - OffsetDateTime::UNIX_EPOCH;
        i64::try_from(since.whole_microseconds()).unwrap()
    }

    fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end)
    }

    /// One step of the history; gives what was done, for the report.
    async fn step(&mut self) -> Result<String, String> {
        if self.devices.len() < 2 {
            return self.sign_in().await;
        }
        match self.below(100) {
            0..=3 => self.sign_in().await,
            4..=33 => self.refresh(Whose::Held).await,
            34..=43 => self.refresh(Whose::HeldAndLost).await,
            44..=53 => self.refresh(Whose::Before).await,
            54..=56 => self.refresh(Whose::Any).await,
            57..=58 => self.forged().await,
            59..=61 => self.sign_out().await,
            62..=63 => self.set_active().await,
            64..=75 => self.authenticate().await,
            76 => self.restart(),
            _ => self.pass_time(),
        }
    }

    async fn sign_in(&mut self) -> Result<String, String> {
        let user = self.below(USERS);
        let remembered = self.rng.random_bool(0.3);
        let input = SignIn {
            user_id: format!("user_{user}"),
            password: PASSWORD.to_owned(),
            remember_me: remembered,
        };
        let what = format!("sign in user {user}, remembered: {remembered}");
        let now = self.now();
        match self.auth.sign_in(&input, &self.client).await {
            Ok(signed_in) if self.active[user] => {
                if self.devices.len() == DEVICES {
                    let gone = self.below(DEVICES);
                    self.devices.remove(gone);
                }
                self.devices.push(Device {
                    user,
                    remembered,
                    id: signed_in.identity.session_id,
                    generation: 0,
                    created: now,
                    rotated: now,
                    expires: now + if remembered { MONTH } else { DAY },
                    ended: false,
                    held: 0,
                    tokens: BTreeMap::from([(signed_in.refresh_token, (self.key, 0))]),
                    access: (signed_in.access_token, self.key, now),
                });
                Ok(what)
            }
            Err(Error::AccountDeactivated) if !self.active[user] => Ok(what),
            Ok(_) => Err(format!("{what}: let in although deactivated")),
            Err(error) => Err(format!("{what}: {error}")),
        }
    }

    async fn refresh(&mut self, whose: Whose) -> Result<String, String> {
        let at = self.below(self.devices.len());
        let device = &self.devices[at];
        let generation = match whose {
            Whose::Held | Whose::HeldAndLost => device.held,
            Whose::Before => (device.generation - 1).max(0),
            Whose::Any => self.rng.random_range(0..=device.generation),
        };
        let Some((token, key)) = self.token(at, generation) else {
            return Ok("nothing".to_owned());
        };
        let what = format!("refresh device {at} with generation {generation} of key {key} ({whose:?})");
        let now = self.now();
        let active = self.active[self.devices[at].user];
        let result = self.auth.refresh(&token, &self.client).await;
        let device = &mut self.devices[at];
        let was = device.generation;
        let expected = if key + 2 < self.key {
            Answer::Invalid
        } else {
            device.refresh(generation, active, now)
        };
        self.seen.insert(match expected {
            Answer::Token(_) if generation == was => "rotated",
            Answer::Token(_) => "the same successor",
            Answer::Deactivated => "deactivated",
            _ if key + 2 < self.key => "of a key that is gone",
            _ if device.ended => "theft, or ended",
            _ => "over",
        });
        let actual = match result {
            Ok(signed_in) => {
                let given = generation_of(&signed_in, device.id)?;
                self.keep(at, signed_in, given, whose, now)?;
                Answer::Token(given)
            }
            Err(Error::InvalidRefreshToken) => Answer::Invalid,
            Err(Error::AccountDeactivated) => Answer::Deactivated,
            Err(error) => return Err(format!("{what}: {error}")),
        };
        compare(what, expected, actual)
    }

    /// A token of that generation, of the newest key for which there is one.
    fn token(&self, at: usize, generation: i64) -> Option<(String, u32)> {
        let tokens = self.devices[at].tokens.iter();
        tokens
            .filter(|(_, (_, of))| *of == generation)
            .max_by_key(|(_, (key, _))| *key)
            .map(|(token, (key, _))| (token.clone(), *key))
    }

    fn keep(&mut self, at: usize, signed_in: SignedIn, given: i64, whose: Whose, now: i64) -> Result<(), String> {
        let device = &mut self.devices[at];
        let key = self.key;
        let twin = device.tokens.iter().find(|(_, of)| **of == (key, given));
        if twin.is_some_and(|(token, _)| *token != signed_in.refresh_token) {
            return Err(format!("device {at}: two tokens of one key and generation"));
        }
        let ends = signed_in.expires_at - OffsetDateTime::UNIX_EPOCH;
        if ends.whole_microseconds() != i128::from(device.expires) {
            return Err(format!("device {at}: ends at {ends}, and not at {}", device.expires));
        }
        device.tokens.insert(signed_in.refresh_token, (key, given));
        if whose != Whose::HeldAndLost {
            device.access = (signed_in.access_token, key, now);
        }
        if whose == Whose::Held {
            device.held = given;
        }
        Ok(())
    }

    /// A token that was never given out: nothing changes.
    async fn forged(&mut self) -> Result<String, String> {
        let at = self.below(self.devices.len());
        let device = &self.devices[at];
        let Some((token, _)) = self.token(at, device.generation) else {
            return Ok("nothing".to_owned());
        };
        let tag = token.rsplit('.').next().unwrap_or_default();
        let forged = match self.rng.next_u32() % 3 {
            0 => format!("{}.{}.{tag}", device.id, device.generation + 1),
            1 => format!("{}.{}.{tag}", device.id + 1, device.generation),
            _ => format!("{}.0.{}", device.id, tag.chars().rev().collect::<String>()),
        };
        match self.auth.refresh(&forged, &self.client).await {
            Err(Error::InvalidRefreshToken) => Ok("forge".to_owned()),
            other => Err(format!(
                "forged {forged}: {:?}",
                other.map(|signed_in| signed_in.identity)
            )),
        }
    }

    async fn sign_out(&mut self) -> Result<String, String> {
        let at = self.below(self.devices.len());
        let generation = self.devices[at].held;
        let Some((token, key)) = self.token(at, generation) else {
            return Ok("nothing".to_owned());
        };
        let what = format!("sign out device {at} with generation {generation}");
        let now = self.now();
        let expected = if key + 2 < self.key {
            Answer::Invalid
        } else {
            self.devices[at].sign_out(generation, now)
        };
        let actual = match self.auth.sign_out(&token).await {
            Ok(()) => Answer::Fine,
            Err(Error::DeadRefreshToken) => Answer::Invalid,
            Err(error) => return Err(format!("{what}: {error}")),
        };
        compare(what, expected, actual)
    }

    async fn set_active(&mut self) -> Result<String, String> {
        let user = self.below(USERS);
        // Mostly active, or nothing else is seen.
        let active = self.rng.random_bool(0.8);
        self.active[user] = active;
        let id = self.users[user];
        if active {
            self.auth.activate(id).await.map_err(|error| error.to_string())?;
        } else {
            self.auth.deactivate(id).await.map_err(|error| error.to_string())?;
            for device in self.devices.iter_mut().filter(|device| device.user == user) {
                device.ended = true;
            }
        }
        Ok(format!("user {user} active: {active}"))
    }

    async fn authenticate(&mut self) -> Result<String, String> {
        let at = self.below(self.devices.len());
        let device = &self.devices[at];
        let (token, key, _) = &device.access;
        let what = format!("access of device {at} with key {key}");
        let expected = if key + 2 < self.key {
            Answer::Invalid
        } else {
            device.authenticate(self.active[device.user], self.now())
        };
        let actual = match self.auth.authenticate(token).await {
            Ok(identity) if identity.session_id == device.id => Answer::Fine,
            Ok(identity) => return Err(format!("{what}: is {identity:?}")),
            Err(Error::InvalidToken) => Answer::Invalid,
            Err(Error::ExpiredToken) => Answer::Expired,
            Err(Error::AccountDeactivated) => Answer::Deactivated,
            Err(error) => return Err(format!("{what}: {error}")),
        };
        self.seen.insert(match expected {
            Answer::Fine => "access",
            Answer::Expired => "access expired",
            _ => "no access",
        });
        compare(what, expected, actual)
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn restart(&mut self) -> Result<String, String> {
        // Now and then without another secret.
        if self.rng.random_bool(0.7) {
            self.key += 1;
        }
        self.auth = service(&self.test, &self.clock, self.key);
        Ok(format!("restart with key {}", self.key))
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn pass_time(&mut self) -> Result<String, String> {
        let by = match self.below(20) {
            0..=5 => Duration::seconds(self.rng.random_range(0..=40)),
            6..=8 => Duration::seconds(30),
            9 => Duration::seconds(30) + Duration::microseconds(1),
            10..=12 => Duration::minutes(self.rng.random_range(1..=20)),
            13..=15 => Duration::hours(self.rng.random_range(1..=23)),
            16 => Duration::hours(24) - Duration::microseconds(i64::from(self.rng.random_bool(0.5))),
            17 => Duration::days(self.rng.random_range(1..=29)),
            // A clock that is set back.
            _ => -Duration::seconds(self.rng.random_range(1..=7_200)),
        };
        self.clock.advance(by);
        Ok(format!("{by} passes"))
    }
}

/// Which token the device's client, or somebody else, hands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Held,
    HeldAndLost,
    Before,
    Any,
}

fn generation_of(signed_in: &SignedIn, id: i64) -> Result<i64, String> {
    let mut parts = signed_in.refresh_token.split('.');
    let (of, generation) = (parts.next(), parts.next());
    if of != Some(id.to_string().as_str()) || signed_in.identity.session_id != id {
        return Err(format!("device {id} got a token of another"));
    }
    generation
        .and_then(|generation| generation.parse().ok())
        .ok_or_else(|| "no generation".to_owned())
}

fn compare(what: String, expected: Answer, actual: Answer) -> Result<String, String> {
    if expected == actual {
        Ok(what)
    } else {
        Err(format!("{what}: {actual:?}, and not {expected:?}"))
    }
}

/// A history; panics with its seed and its last steps when service and model part.
async fn history(test: TestDb, seed: u64, steps: usize) {
    let mut world = World::new(test, seed).await;
    let mut past = Vec::new();
    for step in 0..steps {
        match world.step().await {
            Ok(what) => past.push(what),
            Err(fault) => {
                let last = past.iter().rev().take(40).rev().cloned().collect::<Vec<_>>();
                panic!("seed {seed}, step {step}: {fault}\nbefore:\n  {}", last.join("\n  "));
            }
        }
    }
    // A history that never comes to the interesting places proves nothing.
    for place in [
        "rotated",
        "the same successor",
        "theft, or ended",
        "over",
        "deactivated",
        "of a key that is gone",
        "access",
        "access expired",
        "no access",
    ] {
        assert!(world.seen.contains(place), "seed {seed} never came to: {place}");
    }
    world.test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_thousand_steps_go_as_the_model_says() {
    let histories =
        (0..8).map(|seed| tokio::spawn(async move { history(TestDb::volatile().await, seed, 100_000 / 8).await }));
    for history in histories.collect::<Vec<_>>() {
        history.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_they_do_on_postgres() {
    let histories = (100..102).map(|seed| {
        tokio::spawn(async move {
            if let Some(test) = TestDb::postgres().await {
                history(test, seed, 4_000).await;
            }
        })
    });
    for history in histories.collect::<Vec<_>>() {
        history.await.unwrap();
    }
}
