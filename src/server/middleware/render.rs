//! Pages that do not come to an end. Under load the renderer has been seen to lose a wake-up: the
//! data is there, both workers sleep, and the answer never leaves. Rendering changes nothing, so
//! it is simply done again.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tracing::warn;

use crate::server::error::Error;

/// Longer than any page takes that comes at all.
const PATIENCE: Duration = Duration::from_secs(5);
const RETRY_AFTER: u64 = 1;

/// Renders a page a second time when the first does not end.
pub async fn insist(request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    twice(|| next.clone().run(Request::from_parts(parts.clone(), Body::empty()))).await
}

/// The whole answer of `render`, of the first or the second attempt.
pub async fn twice<F: Future<Output = Response>>(render: impl Fn() -> F) -> Response {
    for attempt in 1..=2 {
        if let Ok(response) = tokio::time::timeout(PATIENCE, whole(render())).await {
            return response;
        }
        warn!(attempt, "a page was not rendered in time");
    }
    Error::Busy {
        retry_after: RETRY_AFTER,
    }
    .into_response()
}

async fn whole(rendering: impl Future<Output = Response>) -> Response {
    let (parts, body) = rendering.await.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(error) => Error::Internal(format!("a page broke off: {error}")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use axum::http::StatusCode;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_page_that_hangs_once_comes_and_one_that_always_hangs_is_refused() {
        let attempts = AtomicU32::new(0);
        let hangs_until = |last| {
            let attempts = &attempts;
            move || async move {
                if attempts.fetch_add(1, Ordering::Relaxed) < last {
                    std::future::pending::<()>().await;
                }
                "page".into_response()
            }
        };
        assert_eq!(twice(hangs_until(1)).await.status(), StatusCode::OK);
        attempts.store(0, Ordering::Relaxed);
        assert_eq!(twice(hangs_until(9)).await.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(attempts.load(Ordering::Relaxed), 2);
    }
}
