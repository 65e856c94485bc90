//! The log, and where else its lines go when the operator says so: traces to a collector by OTLP,
//! errors to a service that speaks Sentry's protocol. Both are off by default.

use std::{io::IsTerminal as _, time::Duration};

use async_trait::async_trait;
use opentelemetry::{KeyValue, trace::TracerProvider as _};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{
    Resource,
    trace::{Sampler, SdkTracerProvider},
};
use secrecy::ExposeSecret as _;
use sentry::integrations::tracing::ErrorLayer;
use tracing::Metadata;
use tracing_subscriber::{
    EnvFilter, Layer, filter::filter_fn, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::server::config::{Config, LogFormat};

const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// How long a collector may take for one batch.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the program waits at its end until the last lines have left.
const FLUSH: Duration = Duration::from_secs(2);

/// What has to be told that the program ends.
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    /// Sends what waits when it is dropped.
    errors: Option<sentry::ClientInitGuard>,
}

impl Telemetry {
    /// Begins to log, once a process.
    ///
    /// # Errors
    /// When the exporter of traces cannot be made.
    pub fn start(config: &Config) -> Result<Self, ExporterBuildError> {
        let filter = EnvFilter::try_new(&config.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal());
        let lines = match config.log_format {
            LogFormat::Text => lines.boxed(),
            LogFormat::Json => lines.json().boxed(),
        };
        let traces = config.otlp_traces.as_ref().map(exporter).transpose()?;
        let errors = config.sentry_dsn.as_ref().map(|dsn| {
            sentry::init(
                sentry::ClientOptions::new()
                    .dsn(dsn.expose_secret())
                    .release(format!("{NAME}@{VERSION}"))
                    .send_default_pii(false),
            )
        });
        tracing_subscriber::registry()
            .with(filter)
            .with(lines)
            .with(
                // Requests only: what is said within them names users and addresses.
                traces.as_ref().map(|provider| {
                    tracing_opentelemetry::layer()
                        .with_tracer(provider.tracer(NAME))
                        .with_filter(filter_fn(is_request))
                }),
            )
            // With the fields of its span: the request's number.
            .with(errors.as_ref().map(|_| ErrorLayer::new().enable_span_attributes()))
            .init();
        Ok(Self { traces, errors })
    }

    /// Sends what waits. Blocks for a moment: not for the async threads.
    pub fn stop(self) {
        if let Some(traces) = self.traces {
            // Nobody is left who could be told.
            let _ = traces.shutdown_with_timeout(FLUSH);
        }
        drop(self.errors);
    }
}

/// Not by the method's own name, which is of one lifetime only.
fn is_request(metadata: &Metadata<'_>) -> bool {
    metadata.is_span()
}

/// Where traces go, and how many.
#[derive(Debug, Clone)]
pub struct Traces {
    /// The collector's address, without `/v1/traces`.
    pub endpoint: url::Url,
    /// The part of requests that is traced, from 0 to 1.
    pub ratio: f64,
}

fn exporter(traces: &Traces) -> Result<SdkTracerProvider, ExporterBuildError> {
    let base = traces.endpoint.as_str().trim_end_matches('/');
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Client::new())
        .with_endpoint(format!("{base}/v1/traces"))
        .with_timeout(EXPORT_TIMEOUT)
        .build()?;
    Ok(SdkTracerProvider::builder()
        // On a thread of its own.
        .with_batch_exporter(exporter)
        .with_sampler(Sampler::TraceIdRatioBased(traces.ratio))
        .with_resource(
            Resource::builder_empty()
                .with_service_name(NAME)
                .with_attribute(KeyValue::new("service.version", VERSION))
                .build(),
        )
        .build())
}

/// The client that market data are fetched with.
#[derive(Debug)]
struct Client(ureq::Agent);

impl Client {
    fn new() -> Self {
        Self(
            ureq::Agent::config_builder()
                .timeout_global(Some(EXPORT_TIMEOUT))
                .http_status_as_error(false)
                .max_redirects(0)
                .build()
                .into(),
        )
    }
}

#[async_trait]
impl HttpClient for Client {
    /// Blocks: the exporter calls it on a thread of its own.
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let answer = self.0.run(Request::from_parts(parts, body.to_vec()))?;
        let (parts, mut body) = answer.into_parts();
        Ok(Response::from_parts(parts, body.read_to_vec()?.into()))
    }
}
