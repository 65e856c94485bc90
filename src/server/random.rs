//! Randomness, handed in like the time.

use std::sync::Arc;

/// Where unpredictable bytes come from.
pub trait Randomness: Send + Sync + std::fmt::Debug {
    /// Fills `bytes`; fails only when the operating system has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

pub type SharedRandomness = Arc<dyn Randomness>;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct OsRandomness;

impl Randomness for OsRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        use rand::TryRng as _;
        rand::rngs::SysRng.try_fill_bytes(bytes).map_err(|_| NoRandomness)
    }
}

/// `N` unpredictable bytes.
pub fn bytes<const N: usize>(source: &dyn Randomness) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    source.fill(&mut bytes)?;
    Ok(bytes)
}
