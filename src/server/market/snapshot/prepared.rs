//! A board's whole listing as bytes, made once a snapshot: what is the same for everybody who asks.
//!
//! An answer begins with the name of who asked, so that only what comes behind it can be prepared.

use std::sync::OnceLock;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use sha2::{Digest as _, Sha256};

/// The members `id1` to `os` of a gzip file (RFC 1952, 2.3): deflate, no name, no time, any system.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The part of an answer that everybody gets.
#[derive(Debug)]
pub struct Prepared {
    tail: Bytes,
    /// Names the content.
    digest: [u8; 8],
    /// Compressed when somebody wants it so.
    compressed: OnceLock<Compressed>,
}

#[derive(Debug)]
struct Compressed {
    deflate: Bytes,
    /// Of the text.
    checksum: Crc,
}

impl Prepared {
    /// From the end of a JSON object, after its first member.
    #[must_use]
    pub fn new(tail: String) -> Self {
        let digest = Sha256::digest(tail.as_bytes());
        let mut first = [0; 8];
        first.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self {
            tail: tail.into(),
            digest: first,
            compressed: OnceLock::new(),
        }
    }

    /// What names the content, for whoever may see it.
    #[must_use]
    pub fn digest(&self) -> u64 {
        u64::from_be_bytes(self.digest)
    }

    /// `head` and what comes behind it, as it is.
    #[must_use]
    pub fn plain(&self, head: String) -> Vec<Bytes> {
        vec![head.into(), self.tail.clone()]
    }

    /// The same as one gzip member: `head` in a block of its own, the rest as it was compressed for
    /// everybody, and the checksum of both. `None` when the compressor refuses.
    #[must_use]
    pub fn gzip(&self, head: &str) -> Option<Vec<Bytes>> {
        let prepared = if let Some(prepared) = self.compressed.get() {
            prepared
        } else {
            let compressed = Compressed::of(&self.tail)?;
            self.compressed.get_or_init(|| compressed)
        };
        // Flushed, not finished: the stream goes on at the next byte.
        let mut begin = GZIP_HEADER.to_vec();
        begin.extend(deflate(head.as_bytes(), Compression::fast(), FlushCompress::Sync)?);
        let mut checksum = Crc::new();
        checksum.update(head.as_bytes());
        checksum.combine(&prepared.checksum);
        let mut end = checksum.sum().to_le_bytes().to_vec();
        end.extend(checksum.amount().to_le_bytes());
        Some(vec![begin.into(), prepared.deflate.clone(), end.into()])
    }
}

impl Compressed {
    fn of(text: &[u8]) -> Option<Self> {
        let mut checksum = Crc::new();
        checksum.update(text);
        Some(Self {
            deflate: deflate(text, Compression::default(), FlushCompress::Finish)?.into(),
            checksum,
        })
    }
}

/// Raw deflate of a whole text.
fn deflate(text: &[u8], level: Compression, flush: FlushCompress) -> Option<Vec<u8>> {
    let mut compress = Compress::new(level, false);
    let mut out = Vec::with_capacity(text.len() / 4 + 64);
    loop {
        let done = usize::try_from(compress.total_in()).ok()?;
        let status = compress.compress_vec(text.get(done..)?, &mut out, flush).ok()?;
        let all_taken = usize::try_from(compress.total_in()).ok()? == text.len();
        // A flush is done when it leaves room.
        let is_flushed = all_taken && out.len() < out.capacity();
        match status {
            Status::StreamEnd => return Some(out),
            Status::Ok | Status::BufError if flush == FlushCompress::Sync && is_flushed => return Some(out),
            Status::Ok | Status::BufError => out.reserve(out.capacity().max(64)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    fn unzipped(parts: &[Bytes]) -> String {
        let whole = parts.concat();
        let mut text = String::new();
        let mut decoder = GzDecoder::new(whole.as_slice());
        decoder.read_to_string(&mut text).unwrap();
        // One member, and nothing behind it.
        assert!(decoder.into_inner().is_empty());
        text
    }

    #[test]
    fn whoever_asks_gets_one_whole_text() {
        let prepared = Prepared::new(format!(",\"stocks\":[{}]}}", "가나다,".repeat(50_000)));
        for user in ["{\"user\":\"hong_gd\"", "{\"user\":\"k\"", ""] {
            let parts = prepared.gzip(user).unwrap();
            assert_eq!(
                unzipped(&parts),
                String::from_utf8(prepared.plain(user.to_owned()).concat()).unwrap()
            );
            assert!(parts.concat().len() < 20_000);
        }
    }

    #[test]
    fn the_digest_names_the_content() {
        let digest = |text: &str| Prepared::new(text.to_owned()).digest();
        assert_eq!(digest("a"), digest("a"));
        assert_ne!(digest("a"), digest("b"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(head in ".{0,300}", tail in ".{0,3000}") {
            let prepared = Prepared::new(tail.clone());
            let parts = prepared.gzip(&head).unwrap();
            prop_assert_eq!(unzipped(&parts), format!("{head}{tail}"));
        }
    }
}
