//! The JavaScript guest: QuickJS-NG as a module, snapshotted after it evaluated the harness.

use std::{
    future::Future,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use bugdrill_guest::{Answer, Ended, JAVASCRIPT_HARNESS, Output, Program, Stream};
use wasmtime::{Caller, Engine, Extern, Instance, InstancePre, Linker, Memory, Module, Store, TypedFunc, Val};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

use super::{
    EngineError, GuestInstance,
    compile::{Cache, EmbeddedGuest, Notice},
    config,
    instrument::{Instrumented, instrument},
    meter::{Meter, lock, monotonic_time, real_time},
};

const GUEST: EmbeddedGuest = EmbeddedGuest {
    name: "JavaScript",
    compressed: include_bytes!(concat!(env!("OUT_DIR"), "/javascript.wasm.zst")),
    digest: &[env!("BUGDRILL_JAVASCRIPT_DIGEST"), JAVASCRIPT_HARNESS],
};

/// More than an instance touches.
const KEEP_RESIDENT: usize = 16 << 20;

/// The instrumented code in a function, which gets the tracer and returns what the code calls `name`.
fn wrap(instrumented: &Instrumented, name: &str) -> String {
    let Instrumented { tracer, code } = instrumented;
    format!("(function ({tracer}) {{{code}\n;return typeof {name} === 'undefined' ? undefined : {name};}})")
}

/// How much of its stack, of twice the size (`scripts/build-guests`), QuickJS lets JavaScript use.
const STACK_LIMIT: u32 = 4 << 20;

/// The JavaScript engine.
pub(crate) struct JavaScriptEngine {
    engine: Engine,
    instance: InstancePre<State>,
}

impl JavaScriptEngine {
    /// Loads the guest, compiling it first where that has not been done.
    pub(crate) fn new(instances: u32, cache: &Cache, tell: &mut dyn FnMut(Notice)) -> Result<Self, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(GUEST.name, &format!("{error:#}"));
        let engine = Engine::new(&config(KEEP_RESIDENT, instances)).map_err(explain)?;
        let compile = |module: Vec<u8>| engine.precompile_module(&snapshot(&module)?);
        let module: Module = cache.get(&engine, &GUEST, compile, tell)?;
        let instance = link(&engine).and_then(|linker| linker.instantiate_pre(&module)).map_err(explain)?;
        Ok(Self { engine, instance })
    }

    /// The engine, whose epoch has to be advanced while a guest runs.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// A fresh guest, for one run.
    pub(crate) fn instantiate(&self) -> Result<JavaScriptInstance, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(GUEST.name, &format!("{error:#}"));
        let mut store = Store::new(&self.engine, State { meter: Some(Meter::waiting()) });
        store.limiter(|state| state.meter.as_mut().expect("an instance that runs code has a meter"));
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut context| {
            if let Some(meter) = &mut context.data_mut().meter {
                meter.check()?;
            }
            Ok(wasmtime::UpdateDeadline::Continue(1))
        });
        let instance = self.instance.instantiate(&mut store).map_err(explain)?;
        let guest = Guest::new(&mut store, instance).map_err(explain)?;
        Ok(JavaScriptInstance { store, guest, answer_bytes: 0 })
    }
}

struct State {
    /// None while the snapshot is taken.
    meter: Option<Meter>,
}

/// A fresh instance of the JavaScript guest.
pub(crate) struct JavaScriptInstance {
    store: Store<State>,
    guest: Guest,
    answer_bytes: u32,
}

impl GuestInstance for JavaScriptInstance {
    fn begin(&mut self, meter: Meter, result_bytes: u32) {
        self.meter_mut().begin(meter);
        self.answer_bytes = 2 * result_bytes + (64 << 10);
    }

    fn meter(&self) -> &Meter {
        self.store.data().meter.as_ref().expect("an instance that runs code has a meter")
    }

    fn meter_mut(&mut self) -> &mut Meter {
        self.store.data_mut().meter.as_mut().expect("an instance that runs code has a meter")
    }

    fn load(&mut self, program: &Program<'_>) -> Result<Answer, Ended> {
        self.try_load(program).map_err(|error| self.ended(&error))
    }

    fn call(&mut self, program: &Program<'_>, test: String) -> Result<Answer, Ended> {
        self.try_call(program, &test).map_err(|error| self.ended(&error))
    }
}

impl JavaScriptInstance {
    fn try_load(&mut self, program: &Program<'_>) -> wasmtime::Result<Answer> {
        if program.trace && self.load_traced(program)? {
            return Ok(Answer::Loaded);
        }
        let (code, length) = self.guest.write(&mut self.store, program.code)?;
        let (name, _) = self.guest.write(&mut self.store, &program.name)?;
        let (description, description_length) = self.guest.write(&mut self.store, &program.description)?;
        let parameters = (code, length, name, description, description_length);
        let answer = self.guest.load.call(&mut self.store, parameters)?;
        Ok(self.answer(program, answer)?.unwrap_or(Answer::Loaded))
    }

    /// Loads the code so that it tells its steps. False where it cannot: the run goes on without a trace, or its code
    /// is wrong.
    fn load_traced(&mut self, program: &Program<'_>) -> wasmtime::Result<bool> {
        // Parsed alone first: code that ends the wrapper and begins another has an error.
        let code = self.guest.write(&mut self.store, program.code)?;
        if self.guest.check.call(&mut self.store, code)? != 0 {
            return Ok(false);
        }
        let instrumented = match instrument(program.code) {
            Ok(instrumented) => instrumented,
            Err(problem) => {
                eprintln!("a run is not traced: {problem}");
                return Ok(false);
            }
        };
        let (code, length) = self.guest.write(&mut self.store, &wrap(&instrumented, &program.name))?;
        let (description, description_length) = self.guest.write(&mut self.store, &program.description)?;
        let parameters = (code, length, description, description_length);
        let is_loaded = self.guest.load_traced.call(&mut self.store, parameters)? == 0;
        if !is_loaded {
            eprintln!("a run is not traced: the guest cannot parse the instrumented code");
        }
        Ok(is_loaded)
    }

    fn try_call(&mut self, program: &Program<'_>, test: &str) -> wasmtime::Result<Answer> {
        let test = self.guest.write(&mut self.store, test)?;
        let answer = self.guest.call.call(&mut self.store, test)?;
        self.answer(program, answer)?.ok_or_else(|| wasmtime::format_err!("there is no answer"))
    }

    /// Reads the answer at this address; None at 0.
    fn answer(&self, program: &Program<'_>, address: u32) -> wasmtime::Result<Option<Answer>> {
        if address == 0 {
            return Ok(None);
        }
        let data = self.guest.memory.data(&self.store);
        let word = |index: u32| read_u32(data, address.wrapping_add(4 * index));
        let (kind, text, length) = (word(0)?, word(1)?, word(2)?);
        if length > self.answer_bytes {
            return Ok(Some(Answer::TooLarge));
        }
        let text = String::from_utf8_lossy(slice(data, text, length)?);
        Ok(Some(match u8::try_from(kind)? {
            0 => program.read(&text),
            b'P' => Answer::invalid_result("the promise that the code returned is never settled"),
            b'X' => return Err(wasmtime::format_err!("an error cannot be described")),
            kind => program.read(&format!("{}{text}", char::from(kind))),
        }))
    }

    fn ended(&mut self, error: &wasmtime::Error) -> Ended {
        let meter = self.meter();
        match &meter.ended {
            Some(ended) => ended.clone(),
            None => super::ended_by_trap(meter, error),
        }
    }
}

/// The streams of the guest; errors are the third.
const OUTPUT: i32 = 1;
const TRACE: i32 = 3;

/// Random bits. The standard library's own source needs no file, and games are all that depends on it.
fn draw() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// What the guest exports (`guests/javascript/guest.c`).
struct Guest {
    memory: Memory,
    allocate: TypedFunc<u32, u32>,
    check: TypedFunc<(u32, u32), u32>,
    load: TypedFunc<(u32, u32, u32, u32, u32), u32>,
    load_traced: TypedFunc<(u32, u32, u32, u32), u32>,
    call: TypedFunc<(u32, u32), u32>,
}

impl Guest {
    fn new(store: &mut Store<State>, instance: Instance) -> wasmtime::Result<Self> {
        Ok(Self {
            memory: instance
                .get_memory(&mut *store, "memory")
                .ok_or_else(|| wasmtime::format_err!("there is no memory"))?,
            allocate: instance.get_typed_func(&mut *store, "allocate")?,
            check: instance.get_typed_func(&mut *store, "check")?,
            load: instance.get_typed_func(&mut *store, "load")?,
            load_traced: instance.get_typed_func(&mut *store, "load_traced")?,
            call: instance.get_typed_func(&mut *store, "call")?,
        })
    }

    /// Copies a text into the guest, with a zero behind it; its address and length.
    fn write(&self, store: &mut Store<State>, text: &str) -> wasmtime::Result<(u32, u32)> {
        let length = u32::try_from(text.len())?;
        let address = self.allocate.call(&mut *store, length.saturating_add(1))?;
        if address == 0 {
            return Err(wasmtime::format_err!("the guest has no memory left"));
        }
        let start = address as usize;
        self.memory.write(&mut *store, start, text.as_bytes())?;
        self.memory.write(&mut *store, start + text.len(), &[0])?;
        Ok((address, length))
    }
}

fn read_u32(data: &[u8], address: u32) -> wasmtime::Result<u32> {
    let bytes = slice(data, address, 4)?;
    Ok(u32::from_le_bytes(bytes.try_into()?))
}

fn slice(data: &[u8], address: u32, length: u32) -> wasmtime::Result<&[u8]> {
    data.get(address as usize..)
        .and_then(|rest| rest.get(..length as usize))
        .ok_or_else(|| wasmtime::format_err!("out of the guest's memory"))
}

/// What the guest imports: five functions of WASI and three of its own.
fn link(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    const SUCCESS: i32 = 0;
    const BAD_FILE: i32 = 8;
    const NOT_SUPPORTED: i32 = 52;

    let mut linker = Linker::new(engine);
    let wasi = "wasi_snapshot_preview1";
    linker.func_wrap(wasi, "clock_time_get", |mut caller: Caller<'_, State>, id: i32, _: i64, result: u32| {
        look_outside(&mut caller);
        let time = if id == 0 { real_time() } else { monotonic_time() };
        let time = time.saturating_add(caller.data().meter.as_ref().map(Meter::ahead).unwrap_or_default());
        let bytes = (time.as_nanos() as u64).to_le_bytes();
        memory_of(&mut caller)?.write(&mut caller, result as usize, &bytes)?;
        Ok(SUCCESS)
    })?;
    // The C library writes here when it aborts. The console has a way of its own.
    linker.func_wrap(wasi, "fd_write", |_: i32, _: i32, _: i32, _: i32| BAD_FILE)?;
    linker.func_wrap(wasi, "fd_close", |_: i32| NOT_SUPPORTED)?;
    linker.func_wrap(wasi, "fd_fdstat_get", |_: i32, _: i32| BAD_FILE)?;
    linker.func_wrap(wasi, "fd_seek", |_: i32, _: i64, _: i32, _: i32| NOT_SUPPORTED)?;

    linker.func_wrap("host", "write", print)?;
    linker.func_wrap("host", "wait", wait)?;
    linker.func_wrap("host", "draw", |mut caller: Caller<'_, State>| {
        look_outside(&mut caller);
        draw() as u32
    })?;
    Ok(linker)
}

/// Notes that the guest gets to know what no other run will.
fn look_outside(caller: &mut Caller<'_, State>) {
    if let Some(meter) = &mut caller.data_mut().meter {
        meter.is_repeatable = false;
    }
}

/// Lets time pass in which the guest waits for a timer. It takes none; until the test has an answer it is charged.
fn wait(mut caller: Caller<'_, State>, milliseconds: f64, is_charged: i32) -> wasmtime::Result<()> {
    let duration = Duration::try_from_secs_f64(milliseconds / 1_000.0).unwrap_or_default();
    if let Some(meter) = &mut caller.data_mut().meter {
        if is_charged == 0 {
            meter.pass(duration);
        } else {
            meter.sleep(duration)?;
        }
    }
    Ok(())
}

/// Takes output, errors and the steps of a trace.
fn print(mut caller: Caller<'_, State>, stream: i32, text: u32, length: u32) -> wasmtime::Result<()> {
    let (data, state) = memory_of(&mut caller)?.data_and_store_mut(&mut caller);
    let text = slice(data, text, length)?;
    let Some(meter) = &mut state.meter else {
        return Ok(());
    };
    if stream == TRACE {
        return Ok(meter.record(text)?);
    }
    let stream = if stream == OUTPUT { Stream::Out } else { Stream::Error };
    let bearable = Output::write(&mut lock(&meter.output), stream, text);
    if !bearable {
        meter.stop(Ended::Output)?;
    }
    Ok(())
}

fn memory_of(caller: &mut Caller<'_, State>) -> wasmtime::Result<Memory> {
    match caller.get_export("memory") {
        Some(Extern::Memory(memory)) => Ok(memory),
        _ => Err(wasmtime::format_err!("there is no memory")),
    }
}

// ---- the snapshot ------------------------------------------------------------------------------------------------

/// The module, as it is after it evaluated the harness.
fn snapshot(module: &[u8]) -> wasmtime::Result<Vec<u8>> {
    let wizer = Wizer::new();
    let (context, instrumented) = wizer.instrument(module)?;
    let engine = Engine::default();
    let mut store = Store::new(&engine, State { meter: None });
    let instance = link(&engine)?.instantiate(&mut store, &Module::new(&engine, &instrumented)?)?;
    initialise(&mut store, instance)?;
    ready(wizer.snapshot(&context, &mut Snapshot { store, instance }))
}

fn initialise(store: &mut Store<State>, instance: Instance) -> wasmtime::Result<()> {
    instance.get_typed_func::<(), ()>(&mut *store, "_initialize")?.call(&mut *store, ())?;
    let guest = Guest::new(store, instance)?;
    let (harness, length) = guest.write(store, JAVASCRIPT_HARNESS)?;
    let start = instance.get_typed_func::<(u32, u32, u32), u32>(&mut *store, "start")?;
    let problem = start.call(&mut *store, (harness, length, STACK_LIMIT))?;
    if problem != 0 {
        let data = guest.memory.data(&*store);
        let text = slice(data, read_u32(data, problem + 4)?, read_u32(data, problem + 8)?)?;
        return Err(wasmtime::format_err!("the harness fails: {}", String::from_utf8_lossy(text)));
    }
    Ok(())
}

struct Snapshot {
    store: Store<State>,
    instance: Instance,
}

impl InstanceState for Snapshot {
    async fn global_get(&mut self, name: &str, _: ValType) -> SnapshotVal {
        let global = self.instance.get_global(&mut self.store, name).expect("the instrumented module exports it");
        match global.get(&mut self.store) {
            Val::I32(value) => SnapshotVal::I32(value),
            Val::I64(value) => SnapshotVal::I64(value),
            Val::F32(value) => SnapshotVal::F32(value),
            Val::F64(value) => SnapshotVal::F64(value),
            other => unreachable!("QuickJS has no global of this kind: {other:?}"),
        }
    }

    async fn memory_contents(&mut self, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        let memory = self.instance.get_memory(&mut self.store, name).expect("the instrumented module exports it");
        contents(memory.data(&self.store));
    }
}

/// The result of a future that never waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("the snapshot waits for nothing"),
    }
}
