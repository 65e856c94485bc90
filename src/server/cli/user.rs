//! `user`: see and manage accounts.

use clap::Subcommand;
use time::OffsetDateTime;

use super::Failure;
use crate::{
    model::input::UserId,
    server::store::{
        Db, Timestamp, refresh_tokens,
        users::{self, UserRow},
    },
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List all accounts
    List,
    /// Show one account
    Show { user_id: String },
    /// Let a deactivated user in again
    Activate { user_id: String },
    /// Keep a user out and sign all their devices out
    Deactivate { user_id: String },
    /// Sign all devices of a user out
    SignOut { user_id: String },
    /// Delete an account with everything that belongs to it; cannot be undone
    Delete {
        user_id: String,
        /// Without it nothing is deleted
        #[arg(long)]
        yes: bool,
    },
}

pub async fn run(db: &Db, now: OffsetDateTime, command: Command) -> Result<(), Failure> {
    match command {
        Command::List => {
            for user in users::list(db).await? {
                println!("{}", line(&user));
            }
        }
        Command::Show { user_id } => {
            let user = find(db, &user_id).await?;
            println!(
                "id             {}\nuser_id        {}\nemail          {}\nname           {}",
                user.id, user.user_id, user.email, user.name
            );
            println!("is_active      {}\nis_verified    {}", user.is_active, user.is_verified);
            println!("created_at     {}", user.created_at.to_rfc3339());
            println!(
                "last_login_at  {}",
                user.last_login_at
                    .map_or_else(|| "never".to_owned(), Timestamp::to_rfc3339)
            );
        }
        Command::Activate { user_id } => {
            let user = find(db, &user_id).await?;
            users::activate(db, user.id, now.into()).await?;
            println!("{} is active.", user.user_id);
        }
        Command::Deactivate { user_id } => {
            let user = find(db, &user_id).await?;
            let devices = users::deactivate(db, user.id, now.into()).await?;
            println!("{} is deactivated; devices signed out: {devices}.", user.user_id);
        }
        Command::SignOut { user_id } => {
            let user = find(db, &user_id).await?;
            let devices = refresh_tokens::revoke_all(db, user.id, "operator", now.into()).await?;
            println!("Devices of {} signed out: {devices}.", user.user_id);
        }
        Command::Delete { user_id, yes } => {
            let user = find(db, &user_id).await?;
            if !yes {
                return Err(Failure::Other(format!(
                    "{} is not deleted; say --yes to do it",
                    user.user_id
                )));
            }
            users::delete(db, user.id).await?;
            println!("{} is deleted.", user.user_id);
        }
    }
    Ok(())
}

async fn find(db: &Db, user_id: &str) -> Result<UserRow, Failure> {
    let unknown = || Failure::Other(format!("{user_id}: there is no such user"));
    let key = UserId::parse(user_id).map_err(|_| unknown())?.key();
    users::find_by_key(db, &key).await?.ok_or_else(unknown)
}

fn line(user: &UserRow) -> String {
    let state = if user.is_active { "active" } else { "deactivated" };
    format!("{:>6}  {:<20}  {state:<11}  {}", user.id, user.user_id, user.email)
}
