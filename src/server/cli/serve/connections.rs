//! Connections of clients, and what a client may do to one: be slow, be idle, send a head without
//! end, be one of very many.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;
use tracing::{debug, warn};

use super::until;

/// How long a client may take for the head of a request, and be idle between two.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an answer may lie there without the client taking any of it.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// The largest head of a request, in bytes; a larger one is answered with 431.
const MAX_HEAD: usize = 32 * 1024;
/// So many connections are served at the same time; others wait until one ends.
const MAX_CONNECTIONS: usize = 4_096;
/// How long nothing is accepted after the system ran out of something.
const BREATHER: Duration = Duration::from_millis(200);

/// Serves until told to stop, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, stopped: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let under_way = GracefulShutdown::new();
    let mut stop = std::pin::pin!(until(stopped));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many open files, most likely: those that end make room.
                if !is_of_the_client(&error) {
                    warn!(%error, "no connection can be taken at the moment");
                    tokio::time::sleep(BREATHER).await;
                }
                continue;
            }
        };
        let connection = under_way.watch(connection(stream, client, router.clone()));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "a connection ended badly");
            }
            drop(place);
        });
    }
    // The address is free for the next server while the last answers go out.
    drop(listener);
    under_way.shutdown().await;
}

/// One client's requests, one after the other.
fn connection(
    stream: TcpStream,
    client: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Answers are written whole: there is nothing to wait for.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(client));
        router.clone().oneshot(request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), answer)
}

/// The client hung up before it was its turn.
fn is_of_the_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
