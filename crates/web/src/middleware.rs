//! Middleware that costs little: as `axum::middleware::from_fn`, which for every request boxes a copy of all that is
//! below it, but with the service itself in its hands.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use tower::{Layer, Service};

/// The service that a middleware is put around.
pub trait Inner:
    Service<Request, Response: IntoResponse, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static
{
    /// The answer of this service, which has to be ready.
    fn answer(&mut self, request: Request) -> impl Future<Output = Response> + Send {
        let answering = self.call(request);
        async move {
            match answering.await {
                Ok(response) => response.into_response(),
                Err(never) => match never {},
            }
        }
    }
}

impl<S> Inner for S where
    S: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static
{
}

/// Something that is done around the answering of requests. It is cloned for every one of them.
pub trait Middleware: Clone + Send + Sync + 'static {
    /// Answers `request`, by `inner` or otherwise.
    fn answer(self, request: Request, inner: impl Inner) -> impl Future<Output = Response> + Send;
}

/// The layer of a middleware.
#[derive(Clone, Debug)]
pub struct Around<M>(pub M);

impl<M: Clone, S> Layer<S> for Around<M> {
    type Service = Surrounded<M, S>;

    fn layer(&self, inner: S) -> Surrounded<M, S> {
        Surrounded { middleware: self.0.clone(), inner }
    }
}

/// A service with a middleware around it.
#[derive(Clone, Debug)]
pub struct Surrounded<M, S> {
    middleware: M,
    inner: S,
}

impl<M: Middleware, S: Inner> Service<Request> for Surrounded<M, S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The service that said it is ready, and not its clone.
        let next = self.inner.clone();
        let inner = mem::replace(&mut self.inner, next);
        let middleware = self.middleware.clone();
        Box::pin(async move { Ok(middleware.answer(request, inner).await) })
    }
}
