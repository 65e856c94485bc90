//! `user`: see and manage accounts.

use std::io::BufRead as _;

use clap::Subcommand;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::Failure;
use crate::{
    model::{User, input::UserId},
    server::auth::{Auth, NewAccount, in_lines},
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List all accounts
    List,
    /// Show one account
    Show { user_id: String },
    /// Make an account; without --password-stdin a strong password is made and printed once
    Create {
        user_id: String,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Let a deactivated user in again
    Activate { user_id: String },
    /// Keep a user out and sign all their devices out
    Deactivate { user_id: String },
    /// Forget the failed sign-ins that lock an account
    Unlock { user_id: String },
    /// Sign all devices of a user out
    SignOut { user_id: String },
    /// Give a user another password, unlock the account and sign all devices out; without
    /// --password-stdin a strong password is made and printed once
    ResetPassword {
        user_id: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Delete an account with everything that belongs to it; cannot be undone
    Delete {
        user_id: String,
        /// Without it nothing is deleted
        #[arg(long)]
        yes: bool,
    },
}

pub async fn run(auth: &Auth, command: Command) -> Result<(), Failure> {
    let refused = |error| Failure::Other(in_lines(&error));
    match command {
        Command::List => {
            for user in auth.accounts().await? {
                println!("{}", line(&user));
            }
        }
        Command::Show { user_id } => show(auth, &find(auth, &user_id).await?).await?,
        Command::Create {
            user_id,
            email,
            name,
            password_stdin,
        } => {
            let account = NewAccount {
                user_id,
                email,
                name,
                password: given(password_stdin)?,
            };
            let (user, made) = auth.create_account(account).await.map_err(refused)?;
            println!("{} is made.", user.user_id);
            print_once(made);
        }
        Command::Activate { user_id } => {
            let user = find(auth, &user_id).await?;
            auth.activate(user.id).await?;
            println!("{} is active.", user.user_id);
        }
        Command::Deactivate { user_id } => {
            let user = find(auth, &user_id).await?;
            let devices = auth.deactivate(user.id).await?;
            println!("{} is deactivated; devices signed out: {devices}.", user.user_id);
        }
        Command::Unlock { user_id } => {
            let user = find(auth, &user_id).await?;
            let Ok(id) = UserId::parse(&user.user_id) else {
                return Err(unknown(&user_id));
            };
            let was = auth.unlock(&id).await?;
            let how = if was { "is unlocked" } else { "was not locked" };
            println!("{} {how}.", user.user_id);
        }
        Command::SignOut { user_id } => {
            let user = find(auth, &user_id).await?;
            let devices = auth.end_all_sessions(user.id).await?;
            println!("Devices of {} signed out: {devices}.", user.user_id);
        }
        Command::ResetPassword {
            user_id,
            password_stdin,
        } => {
            let user = find(auth, &user_id).await?;
            let given = given(password_stdin)?;
            let made = auth.reset_password(user.id, given.as_deref()).await.map_err(refused)?;
            println!("{} has another password; all devices are signed out.", user.user_id);
            print_once(made);
        }
        Command::Delete { user_id, yes } => {
            let user = find(auth, &user_id).await?;
            if !yes {
                return Err(Failure::Other(format!(
                    "{} is not deleted; say --yes to do it",
                    user.user_id
                )));
            }
            auth.delete_user(user.id).await?;
            println!("{} is deleted.", user.user_id);
        }
    }
    Ok(())
}

async fn show(auth: &Auth, user: &User) -> Result<(), Failure> {
    println!(
        "id             {}\nuser_id        {}\nemail          {}\nname           {}",
        user.id, user.user_id, user.email, user.name
    );
    println!("is_active      {}\nis_verified    {}", user.is_active, user.is_verified);
    println!("created_at     {}", user.created_at);
    println!("last_login_at  {}", user.last_login_at.as_deref().unwrap_or("never"));
    let locked_until = match UserId::parse(&user.user_id) {
        Ok(id) => auth.locked_until(&id).await?,
        Err(_) => None,
    };
    println!(
        "locked_until   {}",
        locked_until.map_or_else(|| "not locked".to_owned(), written)
    );
    Ok(())
}

fn written(instant: OffsetDateTime) -> String {
    let seconds = instant.replace_nanosecond(0).unwrap_or(instant);
    seconds.format(&Rfc3339).unwrap_or_default()
}

async fn find(auth: &Auth, user_id: &str) -> Result<User, Failure> {
    auth.account(user_id).await?.ok_or_else(|| unknown(user_id))
}

fn unknown(user_id: &str) -> Failure {
    Failure::Other(format!("{user_id}: there is no such user"))
}

/// Not from the arguments: those are seen by everybody on the machine.
fn given(from_stdin: bool) -> Result<Option<String>, Failure> {
    if !from_stdin {
        return Ok(None);
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::Other(format!("the password cannot be read from standard input: {error}")))?;
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn print_once(made: Option<String>) {
    if let Some(password) = made {
        println!("password  {password}");
    }
}

fn line(user: &User) -> String {
    let state = if user.is_active { "active" } else { "deactivated" };
    format!("{:>6}  {:<20}  {state:<11}  {}", user.id, user.user_id, user.email)
}
