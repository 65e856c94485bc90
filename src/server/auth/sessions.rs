//! Signing in, going on, signing out. A session is a signed-in device: one row in
//! `refresh_tokens`.

use time::OffsetDateTime;
use tracing::{info, warn};

use crate::{
    model::{
        FieldError, User,
        input::{NewPassword, UserId},
        text,
    },
    server::{
        auth::{
            Auth, Client, DeviceToken,
            limits::Limited,
            lockout,
            own_account::existing_password,
            refresh_token::RefreshToken,
            rotation::{self, Decision},
        },
        error::Error,
        metrics,
        store::{
            known_devices, login_failures,
            login_history::Attempt,
            refresh_tokens::{self, NewSession, Opened, SessionRow},
            users::{self, UserRow},
        },
    },
};

/// How often a password is verified again because the user was changed meanwhile: by another
/// sign-in that renewed an old hash, or by the user.
const MAX_TRIES: u32 = 3;
/// What a client is asked to wait after that, in seconds.
const RETRY_AFTER: u64 = 1;

/// What somebody who signs in typed, from whichever door.
#[derive(Clone, Default)]
pub struct SignIn {
    pub user_id: String,
    pub password: String,
    pub remember_me: bool,
}

/// A signed-in device with its tokens.
#[derive(Clone)]
pub struct SignedIn {
    pub identity: Identity,
    pub access_token: String,
    pub refresh_token: String,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    /// Whether the browser should keep the tokens after it is closed.
    pub remember_me: bool,
    /// When the refresh token ends at the latest.
    pub expires_at: OffsetDateTime,
    /// For the browser to keep; only after the password was given.
    pub device: Option<DeviceToken>,
}

/// Where somebody signs in.
struct Device {
    token: DeviceToken,
    /// Whether they did so before.
    is_known: bool,
}

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub user: User,
    /// The device's row in `refresh_tokens`.
    pub session_id: i64,
}

impl Auth {
    /// Signs a device in.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when the client tried too often; [`Error::InvalidCredentials`] for an
    /// unknown user as for a wrong password and a locked account, after the same work;
    /// [`Error::AccountDeactivated`] only to who knows the password.
    pub async fn sign_in(&self, input: &SignIn, client: &Client) -> Result<SignedIn, Error> {
        let outcome = self.try_sign_in(input, client).await;
        match &outcome {
            Ok(_) => metrics::count_sign_in("success"),
            Err(Error::AccountDeactivated) => metrics::count_sign_in("deactivated"),
            Err(Error::RateLimited { .. }) => metrics::count_sign_in("rate_limited"),
            Err(Error::Busy { .. }) => metrics::count_sign_in("busy"),
            // Counted where it is known whether the account is locked; a faulty form is no attempt.
            Err(Error::InvalidCredentials | Error::InvalidInput(_)) => {}
            Err(_) => metrics::count_sign_in("error"),
        }
        outcome
    }

    async fn try_sign_in(&self, input: &SignIn, client: &Client) -> Result<SignedIn, Error> {
        let password = check_sign_in(input)?;
        self.limits.take(Limited::SignIn, client).await?;
        for _ in 0..MAX_TRIES {
            if let Some(signed_in) = self.verify_and_open(input, &password, client).await? {
                return Ok(signed_in);
            }
        }
        Err(Error::Busy {
            retry_after: RETRY_AFTER,
        })
    }

    /// `None` when the user was changed while the password was being verified.
    async fn verify_and_open(
        &self,
        input: &SignIn,
        password: &NewPassword,
        client: &Client,
    ) -> Result<Option<SignedIn>, Error> {
        // An id that nobody can have is an unknown user, not a different answer.
        let key = UserId::parse(&input.user_id).map(|id| id.key()).ok();
        let user = match &key {
            Some(key) => users::find_by_key(&self.db, key).await?,
            None => None,
        };
        let device = self.device(client, user.as_ref()).await?;
        let hash = user.as_ref().map(|user| user.password_hash.expose());
        let verified = self.passwords.verify(password, hash).await?;
        let now = self.clock.now();
        let account = lockout::account(&input.user_id);
        let device_hash = device.token.hash();
        let guard = self.guard(&account, device.is_known.then_some(&*device_hash), now);
        let ip_address = client.ip.to_string();
        let attempt = Attempt {
            user_id: user.as_ref().map(|user| user.id),
            failure_reason: None,
            ip_address: &ip_address,
            user_agent: &client.user_agent,
            login_at: now.into(),
        };
        let Some(user) = user.filter(|_| verified.matches) else {
            let attempt = attempt.failed("invalid_credentials");
            let locked = login_failures::record(&self.db, &guard, &attempt, true).await?;
            info!(target: "security", event = "sign_in_failed", user = attempt.user_id, ip = %client.ip, locked, "wrong id or password");
            metrics::count_sign_in(if locked { "locked" } else { "invalid_credentials" });
            return Err(Error::InvalidCredentials);
        };
        if !user.is_active {
            let attempt = attempt.failed("account_deactivated");
            let locked = login_failures::record(&self.db, &guard, &attempt, false).await?;
            info!(target: "security", event = "sign_in_refused", user = user.id, ip = %client.ip, locked, "account is deactivated");
            return Err(if locked {
                metrics::count_sign_in("locked");
                Error::InvalidCredentials
            } else {
                Error::AccountDeactivated
            });
        }
        let session = NewSession {
            user_id: user.id,
            password_hash: &user.password_hash,
            created_at: now.into(),
            expires_at: rotation::expiry(now, now, input.remember_me, self.config.refresh_token_lifetime).into(),
            device_info: &client.user_agent,
            device_hash: &device_hash,
            ip_address: &ip_address,
            remember_me: input.remember_me,
        };
        // The right password for a locked account is answered as a wrong one: else a lock would
        // only slow down the answer to a guess.
        let id = match refresh_tokens::open(&self.db, &session, &guard, &attempt).await? {
            Opened::Session(id) => id,
            Opened::Locked => {
                info!(target: "security", event = "sign_in_failed", user = user.id, ip = %client.ip, locked = true, "account is locked");
                metrics::count_sign_in("locked");
                return Err(Error::InvalidCredentials);
            }
            Opened::Changed => return Ok(None),
        };
        info!(target: "security", event = "sign_in", user = user.id, session = id, ip = %client.ip, "signed in");
        // Who knows the password is let in even when there is no time for another hash.
        if verified.outdated
            && let Ok(hash) = self.passwords.hash(password).await
        {
            users::replace_password_hash(&self.db, user.id, &user.password_hash, &hash.into(), now.into()).await?;
        }
        let signed_in = self.signed_in(SessionRow {
            id,
            generation: 0,
            created_at: session.created_at,
            rotated_at: session.created_at,
            expires_at: session.expires_at,
            revoked_at: None,
            remember_me: session.remember_me,
            user: UserRow {
                last_login_at: Some(session.created_at),
                ..user.clone()
            },
        })?;
        Ok(Some(SignedIn {
            device: Some(device.token),
            ..signed_in
        }))
    }

    /// The device that signs in. A token that no account knows did not come from us, or not to
    /// this browser: it gets another one, so that nobody can plant theirs.
    async fn device(&self, client: &Client, user: Option<&UserRow>) -> Result<Device, Error> {
        if let Some(token) = &client.device {
            let users = known_devices::users_of(&self.db, &token.hash()).await?;
            if !users.is_empty() {
                return Ok(Device {
                    token: token.clone(),
                    is_known: user.is_some_and(|user| users.contains(&user.id)),
                });
            }
        }
        Ok(Device {
            token: DeviceToken::new(&*self.random)?,
            is_known: false,
        })
    }

    /// Gives a device its next pair of tokens. Of any number of calls with the same token at the
    /// same time, one rotates and all get the same successor.
    ///
    /// # Errors
    /// [`Error::InvalidRefreshToken`]; a token that was rotated longer ago than the grace has
    /// been stolen, from us or by us: its device is signed out.
    pub async fn refresh(&self, token: &str, client: &Client) -> Result<SignedIn, Error> {
        let outcome = self.try_refresh(token, client).await;
        match &outcome {
            // Counted where it is known why.
            Ok(_) | Err(Error::InvalidRefreshToken) => {}
            Err(Error::AccountDeactivated) => metrics::count_refresh("deactivated"),
            Err(_) => metrics::count_refresh("error"),
        }
        outcome
    }

    async fn try_refresh(&self, token: &str, client: &Client) -> Result<SignedIn, Error> {
        let invalid = || {
            metrics::count_refresh("invalid");
            Error::InvalidRefreshToken
        };
        let token = self.refresh_tokens.decode(token).ok_or_else(invalid)?;
        let now = self.clock.now();
        let mut session = refresh_tokens::find(&self.db, token.id).await?.ok_or_else(invalid)?;
        if !session.user.is_active {
            return Err(Error::AccountDeactivated);
        }
        let mut decision = rotation::decide(&session, token, now);
        if decision == Decision::Rotate {
            let expires_at = session.next_expiry(now, self.config.refresh_token_lifetime);
            let ip = client.ip.to_string();
            let rotated =
                refresh_tokens::rotate(&self.db, token.id, token.generation, now.into(), expires_at.into(), &ip)
                    .await?;
            if rotated {
                // Its expiry has moved.
                self.session_cache.forget(token.id);
                metrics::count_refresh("rotated");
                return self.signed_in(SessionRow {
                    generation: token.generation + 1,
                    expires_at: expires_at.into(),
                    ..session
                });
            }
            // Another call was faster, or the device has ended meanwhile.
            session = refresh_tokens::find(&self.db, token.id).await?.ok_or_else(invalid)?;
            decision = rotation::decide(&session, token, now);
        }
        match decision {
            Decision::SameSuccessor => {
                metrics::count_refresh("repeated");
                self.signed_in(session)
            }
            Decision::Theft => {
                refresh_tokens::revoke(&self.db, token.id, "reuse", now.into()).await?;
                self.session_cache.forget(token.id);
                warn!(target: "security", event = "refresh_token_reuse", user = session.user.id, session = session.id, ip = %client.ip, "an old refresh token came back: its device is signed out");
                metrics::count_refresh("reused");
                Err(Error::InvalidRefreshToken)
            }
            Decision::Rotate | Decision::Dead => Err(invalid()),
        }
    }

    /// Signs the device of a refresh token out.
    ///
    /// # Errors
    /// [`Error::DeadRefreshToken`] when the token no longer signs anybody in.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let token = self.refresh_tokens.decode(token).ok_or(Error::DeadRefreshToken)?;
        let now = self.clock.now();
        let session = refresh_tokens::find(&self.db, token.id)
            .await?
            .filter(|session| {
                let decision = rotation::decide(session, token, now);
                matches!(decision, Decision::Rotate | Decision::SameSuccessor)
            })
            .ok_or(Error::DeadRefreshToken)?;
        self.sign_out_session(session.id).await
    }

    /// Signs a device out, by its row.
    pub async fn sign_out_session(&self, session_id: i64) -> Result<(), Error> {
        let revoked = refresh_tokens::revoke(&self.db, session_id, "signed_out", self.clock.now().into()).await?;
        self.session_cache.forget(session_id);
        if revoked {
            info!(target: "security", event = "sign_out", session = session_id, "signed out");
        }
        Ok(())
    }

    /// Who holds an access token. What this node did to the session or its user counts at once,
    /// what another one or the command line did within a second.
    ///
    /// # Errors
    /// [`Error::InvalidToken`], [`Error::ExpiredToken`], [`Error::AccountDeactivated`].
    pub async fn authenticate(&self, access_token: &str) -> Result<Identity, Error> {
        let claims = self.access_tokens.verify(access_token)?;
        let session = match self.session_cache.get(claims.sid) {
            Ok(session) => session,
            Err(ticket) => {
                let session = refresh_tokens::find(&self.db, claims.sid).await?;
                self.session_cache.keep(ticket, session.ok_or(Error::InvalidToken)?)
            }
        };
        if session.user.id != claims.user_db_id || session.user.user_id != claims.sub {
            return Err(Error::InvalidToken);
        }
        if !session.user.is_active {
            return Err(Error::AccountDeactivated);
        }
        if !session.is_alive(self.clock.now()) {
            return Err(Error::InvalidToken);
        }
        Ok(Identity {
            user: session.user.clone().into(),
            session_id: session.id,
        })
    }

    fn signed_in(&self, session: SessionRow) -> Result<SignedIn, Error> {
        let token = RefreshToken {
            id: session.id,
            generation: session.generation,
        };
        Ok(SignedIn {
            access_token: self
                .access_tokens
                .issue(&session.user.user_id, session.user.id, session.id)?,
            refresh_token: self.refresh_tokens.encode(token),
            expires_in: self.access_tokens.lifetime(),
            remember_me: session.remember_me,
            expires_at: session.expires_at.into(),
            device: None,
            identity: Identity {
                session_id: session.id,
                user: session.user.into(),
            },
        })
    }
}

/// What can be said of a sign-in without looking anybody up.
fn check_sign_in(input: &SignIn) -> Result<crate::model::input::NewPassword, Error> {
    let mut faults = Vec::new();
    if input.user_id.trim().is_empty() {
        faults.push(FieldError::new("user_id", text::auth::user_id_missing()));
    } else if input.user_id.trim().chars().any(char::is_control) {
        faults.push(FieldError::new("user_id", text::auth::user_id_form()));
    }
    let password = existing_password("password", &input.password)
        .map_err(|fault| faults.push(fault))
        .ok();
    match password {
        Some(password) if faults.is_empty() => Ok(password),
        _ => Err(Error::InvalidInput(faults)),
    }
}
