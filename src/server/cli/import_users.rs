//! `import-users`: from the original application.

use clap::Args;
use indicatif::ProgressIterator as _;

use super::{Failure, progress};
use crate::{
    model::input::UserId,
    server::{
        auth::{Adoption, Auth, Trial},
        store::original::{self, OriginalUser},
    },
};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The original's database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`
    database_url: String,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub async fn run(auth: &Auth, arguments: Arguments) -> Result<(), Failure> {
    let users = original::users(&arguments.database_url).await?;
    let (mut made, mut there, mut refused) = (0, 0, Vec::new());
    let mut trial = arguments.dry_run.then(Trial::default);
    let bar = progress::bar(users.len());
    for (number, user) in (1..).zip(users.iter().progress_with(bar)) {
        match auth.adopt(user, trial.as_mut()).await? {
            Adoption::Made => made += 1,
            Adoption::There => there += 1,
            Adoption::Refused(reason) => {
                refused.push(format!("user {number}{}: {reason}", named(user)));
            }
        }
    }
    for reason in &refused {
        eprintln!("{reason}");
    }
    let verb = if arguments.dry_run {
        "would be imported"
    } else {
        "imported"
    };
    println!("{made} users {verb}, {there} there already, {} not.", refused.len());
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Other(
            "Not all users can be imported: mend those named above in the original, and call it again.".to_owned(),
        ))
    }
}

/// An id that is one; anything else may be an address.
fn named(user: &OriginalUser) -> String {
    let id = user.user_id.as_deref().and_then(|id| UserId::parse(id).ok());
    id.map(|id| format!(" ({})", id.as_str())).unwrap_or_default()
}
