//! Accepts connections, and ends in time.

use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::io::InspectReader;
use tower::ServiceExt;

use crate::{
    framing::{self, Heads},
    idle::IdleLimit,
    tls::Tls,
};

/// How long a client may take for the head of a request in HTTP/1, also of the next one on an idle connection, and for
/// agreeing on encryption.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of a request's head is kept until it is complete, in bytes: many connections may be in the middle of one.
const MAX_HEAD: usize = 64 << 10;

/// How many requests may be under way on a connection of HTTP/2, and how many bytes of their bodies on the way here.
const MAX_STREAMS: u32 = 32;
const WINDOW: u32 = 128 << 10;

/// How long nothing may move on a connection. It is more than a request may take.
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);

/// How long running requests have once the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// A connection's bytes, encrypted on their way or not.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The connection, once it is encrypted where it has to be. None when the client does not manage that.
async fn secure(stream: TcpStream, tls: Option<&Tls>) -> Option<Box<dyn Stream>> {
    match tls {
        None => Some(Box::new(IdleLimit::new(stream, IDLE_TIMEOUT))),
        Some(Tls(acceptor)) => {
            let encrypted = tokio::time::timeout(HEAD_TIMEOUT, acceptor.accept(stream)).await.ok()?.ok()?;
            Some(Box::new(IdleLimit::new(encrypted, IDLE_TIMEOUT)))
        }
    }
}

/// Serves `router`, which has to have the [`standard`](crate::layers::standard) layers or at least
/// [`framing::refuse_malformed`], until `stop` is done, then lets running
/// requests finish, for [`GRACE`] at the most. Only so many `connections` are open at a time; more wait in the operating
/// system's queue.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Tls>,
    connections: usize,
    stop: impl Future<Output = ()>,
) {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD);
    http.http2()
        .max_concurrent_streams(MAX_STREAMS)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW);
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(connections));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            // The semaphore is never closed, so there is always a place in the end.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: trying again at once would only spin.
                tracing::error!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Answers are small and written at once; waiting to fill a packet would only delay them.
        let _ = stream.set_nodelay(true);
        let (router, heads) = (router.clone(), Heads::default());
        let heads_of_service = heads.clone();
        let service = tower::service_fn(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
            if let Err(malformed) = framing::check(&request, heads_of_service.next_has_both()) {
                request.extensions_mut().insert(malformed);
            }
            router.clone().oneshot(request.map(Body::new))
        });
        let (http, tls, watcher) = (http.clone(), tls.clone(), running.watcher());
        tokio::spawn(async move {
            if let Some(stream) = secure(stream, tls.as_ref()).await {
                let stream = InspectReader::new(stream, move |bytes: &[u8]| heads.read(bytes));
                let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
                // A client that breaks off or speaks no HTTP is its own problem.
                let _ = watcher.watch(connection.into_owned()).await;
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}
