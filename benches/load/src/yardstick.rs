//! What the server is held against, in the same run on the same cores: the hash alone, a handler
//! that does nothing but send the same bytes, the disk's own word that something is written.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::SocketAddr,
    os::unix::fs::FileExt as _,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    routing::get,
};

use crate::{Result, http::Connection, process::Process};

/// The cost of a password hash.
#[derive(Clone, Copy)]
pub struct Argon2Parameters {
    pub memory_kib: u32,
    pub iterations: u32,
    pub parallelism: u32,
}

impl Argon2Parameters {
    /// The program's own, see `.env.example`.
    pub const DEFAULT: Self = Self {
        memory_kib: 19_456,
        iterations: 2,
        parallelism: 1,
    };

    fn hasher(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.iterations, self.parallelism, None)
            .map_err(|error| format!("Argon2 parameters: {error}"))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Hashes a second, by a thread on each core. Each thread keeps its memory from hash to hash, which
/// is the fastest that can be had.
pub fn argon2_rate(seconds: f64) -> Result<f64> {
    let hasher = Argon2Parameters::DEFAULT.hasher()?;
    let (counting, over, done) = (AtomicBool::new(false), AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores())
            .map(|_| {
                scope.spawn(|| -> std::result::Result<(), argon2::Error> {
                    let mut memory = vec![Block::default(); hasher.params().block_count()];
                    let mut hash = [0; 32];
                    while !over.load(Ordering::Relaxed) {
                        hasher.hash_password_into_with_memory(
                            crate::server::PASSWORD.as_bytes(),
                            b"0123456789abcdef",
                            &mut hash,
                            &mut memory,
                        )?;
                        if counting.load(Ordering::Relaxed) {
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(200));
        let begun = Instant::now();
        counting.store(true, Ordering::Relaxed);
        std::thread::sleep(Duration::from_secs_f64(seconds));
        counting.store(false, Ordering::Relaxed);
        let took = begun.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        for thread in threads {
            thread
                .join()
                .map_err(|_| "a hashing thread panicked")?
                .map_err(|error| format!("Argon2: {error}"))?;
        }
        Ok(done.load(Ordering::Relaxed) as f64 / took)
    })
}

/// How often a second the disk under `folder` confirms that a page of 4 KiB is written.
pub fn sync_rate(folder: &Path, seconds: f64) -> Result<f64> {
    let path = folder.join("sync.bin");
    let file = File::create(&path)?;
    let page = [7; 4096];
    let (begun, mut count) = (Instant::now(), 0_u64);
    while begun.elapsed().as_secs_f64() < seconds {
        file.write_all_at(&page, (count % 1000) * 4096)?;
        file.sync_data()?;
        count += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(count as f64 / took)
}

/// A handler in a process of its own that sends what the server sent.
pub struct Bare {
    pub process: Process,
    pub address: SocketAddr,
}

impl Bare {
    /// Asks `server` once and sends that answer ever after.
    pub async fn like(server: SocketAddr, request: &[u8]) -> Result<Self> {
        let mut connection = Connection::open(server).await?;
        let answer = connection.send(request).await?;
        if answer.status != 200 {
            return Err(format!("the server answers {}: {}", answer.status, answer.text()).into());
        }
        let mut dump = String::new();
        for (name, value) in answer.headers() {
            // Those hyper sends by itself.
            if !["date", "content-length", "transfer-encoding", "connection"].contains(&name) {
                writeln!(dump, "{name}: {value}")?;
            }
        }
        let body = answer.body();
        let mut process = Process::start(
            Command::new(std::env::current_exe()?)
                .arg("bare")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped()),
        )?;
        // It ends when this pipe does: kept open by the child's handle.
        let stdin = process.child().stdin.as_mut().ok_or("no standard input")?;
        stdin.write_all(format!("{} {}\n{dump}", dump.len(), body.len()).as_bytes())?;
        stdin.write_all(&body)?;
        stdin.flush()?;
        let stdout = process.child().stdout.take().ok_or("no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().parse().map_err(|_| "the bare handler did not start")?;
        Ok(Self { process, address })
    }
}

/// The other process's part: reads headers and body, says its address, answers until its standard
/// input ends.
pub fn run_bare() -> Result<()> {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut lengths = String::new();
    input.read_line(&mut lengths)?;
    let (head, body) = lengths.trim().split_once(' ').ok_or("two lengths are expected")?;
    let mut head = vec![0; head.parse()?];
    input.read_exact(&mut head)?;
    let mut body = vec![0; body.parse()?];
    input.read_exact(&mut body)?;
    drop(input);
    let mut headers = HeaderMap::new();
    for line in String::from_utf8(head)?.lines() {
        let (name, value) = line.split_once(": ").ok_or("a header has no value")?;
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(0);
    });
    // As many threads as the server has.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores().max(2))
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let router = Router::new()
            .route("/api/stocks/listings", get(send))
            .with_state((headers, Bytes::from(body)));
        Ok(axum::serve(listener, router).await?)
    })
}

async fn send(State((headers, body)): State<(HeaderMap, Bytes)>) -> (HeaderMap, Bytes) {
    (headers, body)
}
