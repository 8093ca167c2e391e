//! Sends mails behind the scenes, so that an answer neither waits for one nor tells by its time whether there was one.

use std::{convert::Infallible, fmt::Display, sync::Arc, time::Duration};

use tokio::{
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};

use super::{Mail, Mailer};
use crate::metrics as names;

/// How many mails wait or are being sent at the most.
const CAPACITY: u32 = 256;

/// How many are being sent at a time.
const AT_ONCE: usize = 4;

/// How long a queue waits, and for what.
#[derive(Clone, Copy)]
struct Patience {
    /// Before each new attempt. Servers that have not met a sender before take a mail after some minutes only.
    delays: [Duration; 5],
    /// When closing, for the last mails.
    close: Duration,
}

const PATIENCE: Patience = Patience {
    delays: [
        Duration::from_secs(2),
        Duration::from_secs(8),
        Duration::from_secs(32),
        Duration::from_mins(2),
        Duration::from_mins(8),
    ],
    close: Duration::from_secs(10),
};

/// Sends mails, and tries again where that may help. A mail that is not sent when the process ends is lost: whoever waits for it
/// asks for it again.
#[derive(Clone)]
pub struct MailQueue(Arc<Shared>);

struct Shared {
    mailer: Arc<dyn Mailer>,
    patience: Patience,
    room: Arc<Semaphore>,
    places: Semaphore,
    closing: watch::Sender<bool>,
}

impl MailQueue {
    /// Sends by `mailer`.
    pub fn new(mailer: Arc<dyn Mailer>) -> Self {
        Self::with(PATIENCE, mailer)
    }

    fn with(patience: Patience, mailer: Arc<dyn Mailer>) -> Self {
        Self(Arc::new(Shared {
            mailer,
            patience,
            room: Arc::new(Semaphore::new(CAPACITY as usize)),
            places: Semaphore::new(AT_ONCE),
            closing: watch::Sender::new(false),
        }))
    }

    /// Takes a mail to be sent. It never waits: what there is no room for is not sent.
    pub fn send(&self, mail: Mail) {
        self.send_written(async { Ok::<_, Infallible>(Some(mail)) });
    }

    /// Takes a mail that is yet to be written, or turns out not to be needed.
    pub fn send_written<E: Display>(&self, writing: impl Future<Output = Result<Option<Mail>, E>> + Send + 'static) {
        let Ok(room) = Arc::clone(&self.0.room).try_acquire_owned() else {
            tracing::error!("a mail is not sent: too many wait");
            count("failed");
            return;
        };
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            let written = writing.await.map_err(|error| error.to_string());
            match written {
                Ok(Some(mail)) => shared.deliver(mail).await,
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(error, "a mail is not written");
                    count("failed");
                }
            }
            drop(room);
        });
    }

    /// Waits until all mails taken so far are sent, or given up.
    pub async fn settled(&self) {
        // A closed semaphore has nobody to wait for.
        let _ = self.0.room.acquire_many(CAPACITY).await;
    }

    /// Takes no more mails, tries those that wait once more, and waits for them a little.
    pub async fn close(&self) {
        self.0.closing.send_replace(true);
        if timeout(self.0.patience.close, self.settled()).await.is_err() {
            let left = CAPACITY as usize - self.0.room.available_permits();
            tracing::error!(left, "some mails are not sent: the mail server takes too long");
        }
        self.0.room.close();
    }
}

impl Shared {
    /// Tries until the mail is sent, or given up.
    async fn deliver(&self, mail: Mail) {
        let mut closing = self.closing.subscribe();
        let mut delays = self.patience.delays.iter();
        loop {
            let is_last = *closing.borrow_and_update();
            let sent = {
                let _place = self.places.acquire().await;
                self.mailer.send(&mail).await
            };
            let Err(error) = sent else {
                count("sent");
                return;
            };
            let delay = delays.next().filter(|_| !is_last && !error.is_permanent());
            let Some(delay) = delay else {
                tracing::error!(id = %mail.id, %error, "a mail is not sent");
                count("failed");
                return;
            };
            tracing::warn!(id = %mail.id, %error, "a mail is not sent yet");
            tokio::select! {
                () = sleep(*delay) => {}
                _ = closing.changed() => {}
            }
        }
    }
}

fn count(outcome: &'static str) {
    metrics::counter!(names::MAILS, "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;

    use super::{
        super::{MailError, tests::mail},
        *,
    };

    const IMPATIENT: Patience = Patience { delays: [Duration::from_millis(1); 5], close: Duration::from_mins(1) };

    /// Fails as often as it is told.
    struct Failing {
        failures: usize,
        error: MailError,
        attempts: AtomicUsize,
    }

    impl Failing {
        fn new(failures: usize, error: MailError) -> Arc<Self> {
            Arc::new(Self { failures, error, attempts: AtomicUsize::new(0) })
        }

        fn attempts(&self) -> usize {
            self.attempts.load(Ordering::SeqCst)
        }
    }

    #[async_trait]
    impl Mailer for Failing {
        async fn send(&self, _: &Mail) -> Result<(), MailError> {
            let before = self.attempts.fetch_add(1, Ordering::SeqCst);
            if before < self.failures { Err(self.error.clone()) } else { Ok(()) }
        }
    }

    #[tokio::test]
    async fn a_mail_is_tried_again_until_it_is_sent_or_given_up() {
        for (failures, error, attempts) in [
            (0, MailError::TimedOut, 1),
            (3, MailError::Deferred(451), 4),
            (usize::MAX, MailError::TimedOut, 6),
            (usize::MAX, MailError::Refused(550), 1),
        ] {
            let mailer = Failing::new(failures, error.clone());
            let queue = MailQueue::with(IMPATIENT, mailer.clone());
            queue.send(mail("ada@example.com"));
            queue.settled().await;
            assert_eq!(mailer.attempts(), attempts, "{error} {failures} times");
        }
    }

    #[test]
    fn each_delay_is_longer_than_the_one_before() {
        assert!(PATIENCE.delays.is_sorted_by(|before, after| *before * 3 < *after));
    }

    /// Waits until it is let go, and remembers how many came and how many at a time.
    struct Held {
        gate: Semaphore,
        began: AtomicUsize,
        at_once: AtomicUsize,
        most: AtomicUsize,
    }

    impl Held {
        fn new() -> Arc<Self> {
            Arc::new(Self {
                gate: Semaphore::new(0),
                began: AtomicUsize::default(),
                at_once: AtomicUsize::default(),
                most: AtomicUsize::default(),
            })
        }
    }

    #[async_trait]
    impl Mailer for Held {
        async fn send(&self, _: &Mail) -> Result<(), MailError> {
            self.began.fetch_add(1, Ordering::SeqCst);
            self.most.fetch_max(self.at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            self.gate.acquire().await.unwrap().forget();
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
    }

    #[tokio::test]
    async fn there_is_room_for_so_many_and_few_are_sent_at_a_time() {
        let mailer = Held::new();
        let queue = MailQueue::new(mailer.clone());
        for _ in 0..CAPACITY + 10 {
            queue.send(mail("ada@example.com"));
        }
        while mailer.began.load(Ordering::SeqCst) < AT_ONCE {
            tokio::task::yield_now().await;
        }
        mailer.gate.add_permits(CAPACITY as usize);
        queue.settled().await;
        assert_eq!(mailer.began.load(Ordering::SeqCst), CAPACITY as usize);
        assert_eq!(mailer.most.load(Ordering::SeqCst), AT_ONCE);
    }

    #[tokio::test]
    async fn a_mail_may_turn_out_not_to_be_needed() {
        let mailer = Failing::new(0, MailError::TimedOut);
        let queue = MailQueue::new(mailer.clone());
        queue.send_written(async { Ok::<_, MailError>(None) });
        queue.send_written(async { Err(MailError::Unsendable) });
        queue.send_written(async { Ok::<_, MailError>(Some(mail("ada@example.com"))) });
        queue.settled().await;
        assert_eq!(mailer.attempts(), 1);
    }

    #[tokio::test]
    async fn closing_tries_once_more_instead_of_waiting() {
        let slow = Patience { delays: [Duration::from_hours(1); 5], ..IMPATIENT };
        for (failures, attempts) in [(1, 2), (usize::MAX, 2)] {
            let mailer = Failing::new(failures, MailError::TimedOut);
            let queue = MailQueue::with(slow, mailer.clone());
            queue.send(mail("ada@example.com"));
            while mailer.attempts() == 0 {
                tokio::task::yield_now().await;
            }
            queue.close().await;
            assert_eq!(mailer.attempts(), attempts);
            queue.send(mail("ada@example.com"));
            queue.settled().await;
            assert_eq!(mailer.attempts(), attempts, "nothing is taken any more");
        }
    }

    #[tokio::test]
    async fn closing_does_not_wait_for_a_server_that_hangs() {
        let mailer = Held::new();
        let queue = MailQueue::with(Patience { close: Duration::from_millis(1), ..IMPATIENT }, mailer.clone());
        queue.send(mail("ada@example.com"));
        queue.close().await;
        assert_eq!(mailer.gate.available_permits(), 0);
    }
}
