//! Ends connections on which nothing moves.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// A stream that fails when it has neither read nor written anything for some time: whoever connects and says nothing,
/// or does not fetch an answer, gives the place to somebody else.
pub(crate) struct IdleLimit<S> {
    stream: S,
    limit: Duration,
    last_progress: Instant,
    timer: Pin<Box<Sleep>>,
}

impl<S> IdleLimit<S> {
    pub(crate) fn new(stream: S, limit: Duration) -> Self {
        let now = Instant::now();
        Self { stream, limit, last_progress: now, timer: Box::pin(sleep_until(now + limit)) }
    }

    /// What becomes of an attempt to read or write.
    fn watch<T>(&mut self, context: &mut Context<'_>, attempt: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if attempt.is_ready() {
            self.last_progress = Instant::now();
            return attempt;
        }
        // Progress does not touch the timer: it is set anew here, at most once in a limit's time.
        loop {
            ready!(self.timer.as_mut().poll(context));
            let end = self.last_progress + self.limit;
            if end <= Instant::now() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.timer.as_mut().reset(end);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for IdleLimit<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watch(context, attempt)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for IdleLimit<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, attempt)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watch(context, attempt)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, attempt)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let attempt = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, attempt)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    /// A connection of which a byte can be on its way, and whose timer has run out: `since` ago something moved last.
    fn connection(since: Duration, limit: Duration) -> (DuplexStream, IdleLimit<DuplexStream>) {
        let (client, server) = duplex(1);
        let mut server = IdleLimit::new(server, limit);
        server.timer.as_mut().reset(server.last_progress - LONG);
        server.last_progress -= since;
        (client, server)
    }

    fn is_over<T>(attempt: Option<io::Result<T>>) -> bool {
        attempt.is_some_and(|attempt| attempt.is_err_and(|error| error.kind() == io::ErrorKind::TimedOut))
    }

    #[tokio::test]
    async fn a_client_that_says_nothing_is_given_up() {
        let (_client, mut server) = connection(LONG, LONG);
        assert!(is_over(server.read_u8().now_or_never()));
    }

    #[tokio::test]
    async fn one_that_said_something_is_waited_for_until_its_limit() {
        let (mut client, mut server) = connection(Duration::ZERO, LONG);
        assert!(server.read_u8().now_or_never().is_none());
        assert!(server.timer.deadline() >= server.last_progress + LONG, "the timer is set anew");

        let (mut talkative, mut server_of_talkative) = connection(LONG, LONG);
        talkative.write_u8(7).await.unwrap();
        assert_eq!(server_of_talkative.read_u8().await.unwrap(), 7);
        assert!(server_of_talkative.read_u8().now_or_never().is_none(), "what it said counts");

        client.write_u8(8).await.unwrap();
        assert_eq!(server.read_u8().await.unwrap(), 8);
    }

    #[tokio::test]
    async fn an_answer_that_nobody_fetches_ends_and_one_that_is_fetched_keeps_the_connection() {
        let (_client, mut server) = connection(LONG, LONG);
        server.write_u8(1).await.unwrap();
        assert!(server.write_u8(2).now_or_never().is_none(), "there was room for the first a moment ago");
        assert!(server.read_u8().now_or_never().is_none());
        server.last_progress -= LONG;
        server.timer.as_mut().reset(server.last_progress);
        assert!(is_over(server.write_u8(2).now_or_never()));
    }
}
