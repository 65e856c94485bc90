//! `import-users`: from the original application.

use clap::Args;
use indicatif::ProgressIterator as _;

use super::{Failure, progress};
use crate::server::{
    auth::{Adoption, Auth, Trial},
    store::original,
};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The original's database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`
    database_url: String,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(auth: &Auth, arguments: Arguments) -> Result<(), Failure> {
    let users = original::users(&arguments.database_url).await?;
    let (mut made, mut there, mut refused) = (0, 0, Vec::new());
    let mut trial = arguments.dry_run.then(Trial::default);
    let bar = progress::bar(users.len());
    for user in users.iter().progress_with(bar) {
        match auth.adopt(user, trial.as_mut()).await? {
            Adoption::Made => made += 1,
            Adoption::There => there += 1,
            Adoption::Refused(reason) => {
                let id = user.user_id.as_deref().unwrap_or("(without an id)");
                refused.push(format!("{}: {reason}", id.escape_debug()));
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
