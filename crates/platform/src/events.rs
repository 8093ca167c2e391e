//! Tells what happens in this process to whoever listens.
//!
//! For what may be missed: who publishes never waits, and who listens too slowly is told how much they missed. What must
//! not be lost is written to the database by the transaction in which it happens.

use tokio::sync::broadcast::{self, error::RecvError};

/// How many events wait for the slowest listener before it misses the oldest.
const KEPT: usize = 4_096;

/// Where events are published.
#[derive(Clone, Debug)]
pub struct EventBus<T>(broadcast::Sender<T>);

impl<T: Clone> Default for EventBus<T> {
    fn default() -> Self {
        Self(broadcast::channel(KEPT).0)
    }
}

impl<T: Clone> EventBus<T> {
    /// Tells all who listen.
    pub fn publish(&self, event: T) {
        // Nobody listens: that is nobody's fault.
        let _ = self.0.send(event);
    }

    /// Listens to what is published from now on.
    pub fn listen(&self) -> Listener<T> {
        Listener(self.0.subscribe())
    }
}

/// Somebody who listens.
#[derive(Debug)]
pub struct Listener<T>(broadcast::Receiver<T>);

/// What a listener is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<T> {
    /// It happened.
    Event(T),
    /// So many events were missed, because they came faster than they were taken.
    Missed(u64),
}

impl<T: Clone> Listener<T> {
    /// The next thing; `None` when nobody can publish any more.
    pub async fn next(&mut self) -> Option<Told<T>> {
        match self.0.recv().await {
            Ok(event) => Some(Told::Event(event)),
            Err(RecvError::Lagged(missed)) => Some(Told::Missed(missed)),
            Err(RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_who_listens_is_told_in_order_until_there_is_nobody_to_tell() {
        let bus = EventBus::default();
        bus.publish(0);
        let mut listeners = [bus.listen(), bus.listen()];
        bus.publish(1);
        bus.clone().publish(2);
        drop(bus);
        for listener in &mut listeners {
            assert_eq!(listener.next().await, Some(Told::Event(1)));
            assert_eq!(listener.next().await, Some(Told::Event(2)));
            assert_eq!(listener.next().await, None);
        }
    }

    #[tokio::test]
    async fn who_is_too_slow_misses_the_oldest_and_is_told_so() {
        let bus = EventBus::default();
        let mut listener = bus.listen();
        for number in 0..KEPT + 10 {
            bus.publish(number);
        }
        assert_eq!(listener.next().await, Some(Told::Missed(10)));
        assert_eq!(listener.next().await, Some(Told::Event(10)));
    }
}
