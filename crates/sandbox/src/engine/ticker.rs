//! The clock by which running guests are looked at.

use std::{
    io,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// How often a running guest is looked at. It is stopped at most this much too late.
const PERIOD: Duration = Duration::from_millis(2);

/// A thread that advances the epochs of engines while something runs, and sleeps otherwise.
pub(crate) struct Ticker {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    running: usize,
    closed: bool,
    /// Whether the thread waits to be told of a change; between two ticks it looks by itself.
    is_waiting: bool,
}

impl Ticker {
    /// Starts the thread.
    pub(crate) fn start(engines: Vec<wasmtime::Engine>) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        thread::Builder::new().name("sandbox-ticker".into()).spawn(move || theirs.tick(&engines))?;
        Ok(Self { shared })
    }

    /// Ticks until the answer is dropped.
    pub(crate) fn run(&self) -> impl Drop + use<> {
        self.shared.change(|state| state.running += 1);
        Running(Arc::clone(&self.shared))
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.change(|state| state.closed = true);
    }
}

struct Running(Arc<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.change(|state| state.running -= 1);
    }
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        let is_waiting = state.is_waiting;
        drop(state);
        if is_waiting {
            self.changed.notify_one();
        }
    }

    fn tick(&self, engines: &[wasmtime::Engine]) {
        loop {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let idle = |state: &mut State| state.running == 0 && !state.closed;
            state.is_waiting = true;
            let mut state = self.changed.wait_while(state, idle).unwrap_or_else(PoisonError::into_inner);
            state.is_waiting = false;
            if state.closed {
                return;
            }
            drop(state);
            thread::sleep(PERIOD);
            for engine in engines {
                engine.increment_epoch();
            }
        }
    }
}
