//! The Python guest: CPython as a component, pre-initialised when it was built.

use std::time::Duration;

use bugdrill_guest::{Answer, Ended, Program, Stream};
use bytes::Bytes;
use tokio::io::AsyncWrite;
use wasmtime::{
    Engine, Store, StoreContextMut,
    component::{Component, HasSelf, InstancePre, Linker, Resource, ResourceTable, TypedFunc},
};
use wasmtime_wasi::{
    I32Exit, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView,
    cli::{IsTerminal, StdoutStream},
    p2::{
        DynPollable, OutputStream, Pollable, StreamError, StreamResult,
        bindings::{
            clocks::{monotonic_clock, wall_clock},
            random::{insecure, insecure_seed, random},
        },
        subscribe,
    },
};

use super::{
    EngineError, GuestInstance,
    compile::{Cache, EmbeddedGuest, Notice},
    config,
    meter::{Meter, Recorder, SharedOutput, lock, monotonic_time, real_time},
};

const GUEST: EmbeddedGuest = EmbeddedGuest {
    name: "Python",
    compressed: include_bytes!(concat!(env!("OUT_DIR"), "/python.wasm.zst")),
    digest: &[env!("BUGDRILL_PYTHON_DIGEST")],
};

/// More is slower: CPython touches few pages of its snapshot.
const KEEP_RESIDENT: usize = 4 << 20;

/// The most bytes that pass from the guest to the host in one call, besides the result or step itself.
const CALL_OVERHEAD: usize = 64 << 10;

type CallOfText = TypedFunc<(String,), (String,)>;
type CallOfTwoTexts = TypedFunc<(String, String), (String,)>;

/// The Python engine.
pub(crate) struct PythonEngine {
    engine: Engine,
    instance: InstancePre<State>,
}

impl PythonEngine {
    /// Loads the guest, compiling it first where that has not been done.
    pub(crate) fn new(instances: u32, cache: &Cache, tell: &mut dyn FnMut(Notice)) -> Result<Self, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(GUEST.name, &format!("{error:#}"));
        let engine = Engine::new(&config(KEEP_RESIDENT, instances)).map_err(explain)?;
        let compile = |component: Vec<u8>| engine.precompile_component(&component);
        let component: Component = cache.get(&engine, &GUEST, compile, tell)?;
        let instance = link(&engine).and_then(|linker| linker.instantiate_pre(&component)).map_err(explain)?;
        Ok(Self { engine, instance })
    }

    /// The engine, whose epoch has to be advanced while a guest runs.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// A fresh guest, for one run.
    pub(crate) fn instantiate(&self) -> Result<PythonInstance, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(GUEST.name, &format!("{error:#}"));
        let mut store =
            Store::new(&self.engine, State { meter: Meter::waiting(), table: ResourceTable::new(), wasi: None });
        store.limiter(|state| &mut state.meter);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut context| {
            context.data_mut().meter.check()?;
            Ok(wasmtime::UpdateDeadline::Continue(1))
        });
        let instance = self.instance.instantiate(&mut store).map_err(explain)?;
        let load = instance.get_typed_func(&mut store, "load").map_err(explain)?;
        let call = instance.get_typed_func(&mut store, "call").map_err(explain)?;
        Ok(PythonInstance { store, load, call })
    }
}

/// A fresh instance of the Python guest.
pub(crate) struct PythonInstance {
    store: Store<State>,
    load: CallOfTwoTexts,
    call: CallOfText,
}

impl GuestInstance for PythonInstance {
    fn begin(&mut self, meter: Meter, result_bytes: u32) {
        let state = self.store.data_mut();
        state.meter.begin(meter);
        // Nothing is allowed that is not named here: no files, no network, no environment, an empty input.
        let wasi = WasiCtxBuilder::new()
            .stdout(OutputPipe { output: state.meter.output.clone(), stream: Stream::Out })
            .stderr(OutputPipe { output: state.meter.output.clone(), stream: Stream::Error })
            .build();
        state.wasi = Some(wasi);
        self.store.set_hostcall_fuel((2 * result_bytes as usize).max(Recorder::MAX_BYTES) + CALL_OVERHEAD);
    }

    fn meter(&self) -> &Meter {
        &self.store.data().meter
    }

    fn meter_mut(&mut self) -> &mut Meter {
        &mut self.store.data_mut().meter
    }

    fn load(&mut self, program: &Program<'_>) -> Result<Answer, Ended> {
        let arguments = (program.code.to_owned(), program.description.clone());
        match self.load.call(&mut self.store, arguments) {
            Ok((answer,)) => Ok(program.read(&answer)),
            Err(error) => Err(self.ended(&error)),
        }
    }

    fn call(&mut self, program: &Program<'_>, test: String) -> Result<Answer, Ended> {
        match self.call.call(&mut self.store, (test,)) {
            Ok((answer,)) => Ok(program.read(&answer)),
            Err(error) => Err(self.ended(&error)),
        }
    }
}

impl PythonInstance {
    fn ended(&self, error: &wasmtime::Error) -> Ended {
        let meter = &self.store.data().meter;
        if let Some(ended) = &meter.ended {
            return ended.clone();
        }
        if error.downcast_ref::<I32Exit>().is_some() {
            return Ended::Exit;
        }
        super::ended_by_trap(meter, error)
    }
}

struct State {
    meter: Meter,
    table: ResourceTable,
    /// None until a run begins: nothing asks for it before.
    wasi: Option<WasiCtx>,
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        let ctx = self.wasi.as_mut().expect("nothing runs in an instance before a run begins");
        WasiCtxView { ctx, table: &mut self.table }
    }
}

fn link(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
    // Sleeping is a call of the host, which the epoch cannot interrupt: here it passes at once and is charged.
    // And it is noted who asks for the time or for randomness.
    linker.allow_shadowing(true);
    monotonic_clock::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state)?;
    linker.root().func_wrap("step", |mut context: StoreContextMut<'_, State>, (step,): (String,)| {
        Ok(context.data_mut().meter.record(step.as_bytes())?)
    })?;
    wall_clock::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state)?;
    random::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state)?;
    insecure::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state)?;
    insecure_seed::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state)?;
    Ok(linker)
}

impl State {
    /// What the guest gets to know now, no other run will.
    fn look_outside(&mut self) {
        self.meter.is_repeatable = false;
    }
}

impl monotonic_clock::Host for State {
    fn now(&mut self) -> wasmtime::Result<u64> {
        self.look_outside();
        let now = monotonic_time().saturating_add(self.meter.slept);
        Ok(u64::try_from(now.as_nanos()).unwrap_or(u64::MAX))
    }

    fn resolution(&mut self) -> wasmtime::Result<u64> {
        Ok(1)
    }

    fn subscribe_instant(&mut self, when: u64) -> wasmtime::Result<Resource<DynPollable>> {
        let now = self.now()?;
        self.subscribe_duration(when.saturating_sub(now))
    }

    fn subscribe_duration(&mut self, duration: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.meter.sleep(Duration::from_nanos(duration))?;
        let past = self.table.push(Past)?;
        subscribe(&mut self.table, past)
    }
}

/// A moment that has come.
struct Past;

#[async_trait::async_trait]
impl Pollable for Past {
    async fn ready(&mut self) {}
}

impl wall_clock::Host for State {
    fn now(&mut self) -> wasmtime::Result<wall_clock::Datetime> {
        self.look_outside();
        let now = real_time().saturating_add(self.meter.slept);
        Ok(wall_clock::Datetime { seconds: now.as_secs(), nanoseconds: now.subsec_nanos() })
    }

    fn resolution(&mut self) -> wasmtime::Result<wall_clock::Datetime> {
        Ok(wall_clock::Datetime { seconds: 0, nanoseconds: 1 })
    }
}

impl random::Host for State {
    fn get_random_bytes(&mut self, length: u64) -> wasmtime::Result<Vec<u8>> {
        self.look_outside();
        random::Host::get_random_bytes(self.ctx().ctx.random(), length)
    }

    fn get_random_u64(&mut self) -> wasmtime::Result<u64> {
        self.look_outside();
        random::Host::get_random_u64(self.ctx().ctx.random())
    }
}

impl insecure::Host for State {
    fn get_insecure_random_bytes(&mut self, length: u64) -> wasmtime::Result<Vec<u8>> {
        self.look_outside();
        insecure::Host::get_insecure_random_bytes(self.ctx().ctx.random(), length)
    }

    fn get_insecure_random_u64(&mut self) -> wasmtime::Result<u64> {
        self.look_outside();
        insecure::Host::get_insecure_random_u64(self.ctx().ctx.random())
    }
}

impl insecure_seed::Host for State {
    fn insecure_seed(&mut self) -> wasmtime::Result<(u64, u64)> {
        self.look_outside();
        insecure_seed::Host::insecure_seed(self.ctx().ctx.random())
    }
}

/// Standard output or error.
#[derive(Clone)]
struct OutputPipe {
    output: SharedOutput,
    stream: Stream,
}

impl IsTerminal for OutputPipe {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for OutputPipe {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        // Asked for by newer versions of WASI only, which this guest does not use.
        Box::new(tokio::io::sink())
    }
}

impl OutputStream for OutputPipe {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        if lock(&self.output).write(self.stream, &bytes) { Ok(()) } else { Err(StreamError::Trap(Flood.into())) }
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(64 << 10)
    }
}

#[async_trait::async_trait]
impl Pollable for OutputPipe {
    async fn ready(&mut self) {}
}

/// The error that stops a guest that prints too much: a stream cannot reach the meter.
#[derive(Debug, thiserror::Error)]
#[error("too much output")]
pub(super) struct Flood;
