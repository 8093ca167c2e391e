//! Accepts connections, and ends in time.

use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::ServiceExt;

/// How long a client may take for the head of a request, also of the next one on an idle connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How many connections are open at a time; more wait in the operating system's queue.
const MAX_CONNECTIONS: usize = 4_096;

/// How long running requests have once the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves `router` until `stop` is done, then lets running requests finish, for [`GRACE`] at the most.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
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
        let router = router.clone();
        let service = tower::service_fn(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
        let connection = running.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off or speaks no HTTP is its own problem.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}
