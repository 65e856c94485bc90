//! Load on keep-alive connections: as fast as answers come, or at a set rate. All clients run on the
//! one thread of this program, so that it takes as little as it can of the cores that it measures.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    Result,
    http::{Answer, Connection},
    process::{Cpu, Process},
    stats::percentile,
};

/// No answer takes longer; a step that hangs ends as a failure.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a client says, and what it makes of the answer.
pub trait Talk: Send + 'static {
    fn request(&self) -> &[u8];
    fn answered(&mut self, _answer: &Answer<'_>) -> Result<()> {
        Ok(())
    }
}

/// The same request again and again.
pub struct Same(pub Vec<u8>);

impl Talk for Same {
    fn request(&self) -> &[u8] {
        &self.0
    }
}

/// A connection and who speaks on it.
pub struct Client<T> {
    connection: Connection,
    talk: T,
}

/// A connection for each of `talks`.
pub async fn clients<T>(address: SocketAddr, talks: impl IntoIterator<Item = T>) -> Result<Vec<Client<T>>> {
    let mut clients = Vec::new();
    for talk in talks {
        let connection = Connection::open(address).await?;
        clients.push(Client { connection, talk });
    }
    Ok(clients)
}

/// What came of a step.
#[derive(Default)]
pub struct Outcome {
    /// Answers with status 200 within the window.
    pub done: f64,
    /// How many there were of other status.
    pub refused: BTreeMap<u16, u64>,
    /// Of the answers with status 200, in milliseconds.
    pub latencies: Vec<f64>,
    /// The window, in seconds.
    pub seconds: f64,
    /// Seconds of a core that the server took in the window.
    pub server: f64,
    /// Likewise this program.
    pub client: f64,
}

impl Outcome {
    pub fn rate(&self) -> f64 {
        self.done / self.seconds
    }

    /// In milliseconds.
    pub fn percentile(&mut self, share: f64) -> f64 {
        percentile(&mut self.latencies, share)
    }

    /// Microseconds of a core that the server took for an answer.
    pub fn server_micros(&self) -> f64 {
        self.server * 1e6 / self.done.max(1.0)
    }

    /// Percent of one core that this program took.
    pub fn client_share(&self) -> f64 {
        100.0 * self.client / self.seconds
    }

    fn add(&mut self, other: Self) {
        self.done += other.done;
        self.latencies.extend(other.latencies);
        for (status, count) in other.refused {
            *self.refused.entry(status).or_default() += count;
        }
    }

    fn count(&mut self, status: u16, took: Duration) {
        if status == 200 {
            self.done += 1.0;
            self.latencies.push(took.as_secs_f64() * 1e3);
        } else {
            *self.refused.entry(status).or_default() += 1;
        }
    }
}

/// When answers count.
#[derive(Clone, Copy)]
struct Window {
    opens: Instant,
    closes: Instant,
}

impl Window {
    fn after(warm_up: f64, seconds: f64) -> Self {
        let opens = Instant::now() + Duration::from_secs_f64(warm_up);
        Self {
            opens,
            closes: opens + Duration::from_secs_f64(seconds),
        }
    }

    fn seconds(self) -> f64 {
        (self.closes - self.opens).as_secs_f64()
    }
}

/// Every client asks again as soon as it has its answer. The first `warm_up` seconds do not count.
pub async fn closed<T: Talk>(
    server: &Process,
    clients: Vec<Client<T>>,
    warm_up: f64,
    seconds: f64,
) -> Result<(Outcome, Vec<Client<T>>)> {
    let window = Window::after(warm_up, seconds);
    let mut tasks = JoinSet::new();
    for mut client in clients {
        tasks.spawn(async move {
            let mut outcome = Outcome::default();
            while Instant::now() < window.closes {
                let asked = Instant::now();
                let status = client.ask().await?;
                let answered = Instant::now();
                if answered >= window.opens && answered < window.closes {
                    outcome.count(status, answered - asked);
                }
            }
            Ok((outcome, client))
        });
    }
    let cpu = watch(server, window).await?;
    gather(tasks, window, cpu).await
}

/// All clients together ask `rate` times a second, at fixed moments. An answer that comes too late
/// for the client's next moment makes that one wait, and its wait counts.
pub async fn paced<T: Talk>(
    server: &Process,
    clients: Vec<Client<T>>,
    rate: f64,
    warm_up: f64,
    seconds: f64,
) -> Result<(Outcome, Vec<Client<T>>)> {
    let window = Window::after(warm_up, seconds);
    let begin = Instant::now();
    let every = clients.len() as f64 / rate;
    let mut tasks = JoinSet::new();
    for (place, mut client) in clients.into_iter().enumerate() {
        tasks.spawn(async move {
            let mut outcome = Outcome::default();
            let mut moment = begin + Duration::from_secs_f64(place as f64 / rate);
            while moment < window.closes {
                // A timer that fires late is this program's fault; an answer that is late is not.
                let asked = if Instant::now() < moment {
                    tokio::time::sleep_until(moment.into()).await;
                    Instant::now()
                } else {
                    moment
                };
                let status = client.ask().await?;
                if moment >= window.opens {
                    outcome.count(status, asked.elapsed());
                }
                moment += Duration::from_secs_f64(every);
            }
            Ok((outcome, client))
        });
    }
    let cpu = watch(server, window).await?;
    gather(tasks, window, cpu).await
}

impl<T: Talk> Client<T> {
    async fn ask(&mut self) -> Result<u16> {
        let answer = self.connection.send(self.talk.request()).await?;
        self.talk.answered(&answer)?;
        Ok(answer.status)
    }
}

/// What the server and this program take of the cores within the window.
async fn watch(server: &Process, window: Window) -> Result<(f64, f64)> {
    tokio::time::sleep_until(window.opens.into()).await;
    let before = (server.cpu()?, Cpu::own()?);
    tokio::time::sleep_until(window.closes.into()).await;
    Ok((server.cpu()? - before.0, Cpu::own()? - before.1))
}

async fn gather<T: Talk>(
    mut tasks: JoinSet<Result<(Outcome, Client<T>)>>,
    window: Window,
    (server, client): (f64, f64),
) -> Result<(Outcome, Vec<Client<T>>)> {
    let mut sum = Outcome {
        seconds: window.seconds(),
        server,
        client,
        ..Outcome::default()
    };
    let mut clients = Vec::new();
    let all = async {
        while let Some(ended) = tasks.join_next().await {
            let (outcome, client) = ended??;
            sum.add(outcome);
            clients.push(client);
        }
        Ok::<(), crate::Error>(())
    };
    tokio::time::timeout(PATIENCE, all)
        .await
        .map_err(|_| "answers did not come within 30 seconds")??;
    Ok((sum, clients))
}
