//! The JavaScript guest: QuickJS-NG as a module, snapshotted after it evaluated the harness.

use std::{
    future::Future,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    path::Path,
    pin::pin,
    task::{Context, Poll, Waker},
};

use bugdrill_model::Language;
use wasmtime::{
    Caller, Engine, Extern, Instance, InstancePre, Linker, Memory, Module, Store, TypedFunc, Val, WasmParams,
    WasmResults,
};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

use super::{
    EngineError, GuestInstance,
    compile::{Cache, EmbeddedGuest, load_module},
    config,
    instrument::instrument,
    meter::{Ended, Meter, Output, Stream, lock, monotonic_time, real_time},
    program::{Answer, Program, file_name},
};

const HARNESS: &str = include_str!("../../guests/javascript/harness.js");

const GUEST: EmbeddedGuest = EmbeddedGuest {
    name: "JavaScript",
    compressed: include_bytes!(concat!(env!("OUT_DIR"), "/javascript.wasm.zst")),
    digest: &[env!("BUGDRILL_JAVASCRIPT_DIGEST"), HARNESS],
};

/// More than an instance touches.
const KEEP_RESIDENT: usize = 16 << 20;

/// What stands before the learner's code, on its first line: each test gets a function's scope of its own.
pub(super) const WRAPPER_HEAD: &str = "(function () {";

/// The code in a function that returns what it calls `name`.
fn wrap(head: &str, code: &str, name: &str) -> String {
    format!("{head}{code}\n;return typeof {name} === 'undefined' ? undefined : {name};}})")
}

/// The stack of the snapshot, and how much of it QuickJS lets JavaScript use.
const STACK_BYTES: u32 = 8 << 20;
const STACK_LIMIT: u32 = 4 << 20;

const PAGE_BYTES: u32 = 64 << 10;

/// The global by which the harness is found in a fresh instance. It removes it when it loads a program.
const HARNESS_GLOBAL: &str = "__bugdrill";

/// The functions of the host that the harness has: `write(stream, text)`, and `draw()`, a random integer of 32 bits.
const WRITE: &str = "write";
const DRAW: &str = "draw";

/// `JS_EVAL_FLAG_COMPILE_ONLY`.
const COMPILE_ONLY: i32 = 1 << 5;

/// The JavaScript engine.
pub(crate) struct JavaScriptEngine {
    engine: Engine,
    instance: InstancePre<State>,
}

impl JavaScriptEngine {
    /// Loads the guest, compiling it first where that has not been done.
    pub(crate) fn new(instances: u32, cache: &Cache, progress: &mut dyn FnMut(&str)) -> Result<Self, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(GUEST.name, &format!("{error:#}"));
        let engine = Engine::new(&config(KEEP_RESIDENT, instances)).map_err(explain)?;
        let load = |engine: &Engine, path: &Path| load_module(engine, path);
        let compile = |module: Vec<u8>| engine.precompile_module(&snapshot(&module)?);
        let module: Module = cache.get(&engine, &GUEST, load, compile, progress)?;
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
        let quickjs = QuickJs::new(&mut store, instance).map_err(explain)?;
        Ok(JavaScriptInstance { store, quickjs, harness: None, answer_bytes: 0 })
    }
}

struct State {
    /// None while the snapshot is taken.
    meter: Option<Meter>,
}

/// A fresh instance of the JavaScript guest.
pub(crate) struct JavaScriptInstance {
    store: Store<State>,
    quickjs: QuickJs,
    harness: Option<Harness>,
    answer_bytes: u32,
}

#[derive(Clone, Copy)]
struct Harness {
    call: Handle,
    describe: Handle,
}

impl GuestInstance for JavaScriptInstance {
    fn begin(&mut self, meter: Meter, result_bytes: u32) {
        self.meter().begin(meter);
        self.answer_bytes = 2 * result_bytes + (64 << 10);
    }

    fn meter(&mut self) -> &mut Meter {
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
        let (store, quickjs) = (&mut self.store, &self.quickjs);
        let global = quickjs.global(store)?;
        let api = quickjs.property(store, global, HARNESS_GLOBAL)?;
        let harness = Harness {
            call: quickjs.property(store, api, "call")?,
            describe: quickjs.property(store, api, "describe")?,
        };
        self.harness = Some(harness);
        let load = quickjs.property(store, api, "load")?;

        let file = file_name(Language::JavaScript);
        // Parsed alone first: an error has its right place, and code that ends the wrapper and begins another is one.
        let script = quickjs.evaluate(store, program.code, file, COMPILE_ONLY)?;
        if quickjs.is_exception(store, script)? {
            let error = quickjs.exception(store)?;
            return self.describe(program, error, "C");
        }
        let traced = if program.trace { evaluate_instrumented(store, quickjs, program)? } else { None };
        let factory = match traced {
            Some(factory) => factory,
            None => quickjs.evaluate(store, &wrap(WRAPPER_HEAD, program.code, &program.name), file, 0)?,
        };
        if quickjs.is_exception(store, factory)? {
            let error = quickjs.exception(store)?;
            return self.describe(program, error, "C");
        }
        let description = quickjs.string(store, &program.description)?;
        let loaded = quickjs.call(store, load, &[factory, description])?;
        if quickjs.is_exception(store, loaded)? {
            let error = quickjs.exception(store)?;
            return self.describe(program, error, "E");
        }
        Ok(Answer::Loaded)
    }

    fn try_call(&mut self, program: &Program<'_>, test: &str) -> wasmtime::Result<Answer> {
        let Some(harness) = self.harness else {
            return Err(wasmtime::format_err!("nothing is loaded"));
        };
        let (store, quickjs) = (&mut self.store, &self.quickjs);
        let test = quickjs.string(store, test)?;
        let answer = quickjs.call(store, harness.call, &[test])?;
        if quickjs.is_exception(store, answer)? {
            let error = quickjs.exception(store)?;
            return self.describe(program, error, "E");
        }
        quickjs.run_jobs(store)?;
        let settled = match quickjs.promise_state.call(&mut *store, answer)? {
            NO_PROMISE => answer,
            FULFILLED => quickjs.promise_result.call(&mut *store, answer)?,
            REJECTED => {
                let error = quickjs.promise_result.call(&mut *store, answer)?;
                return self.describe(program, error, "E");
            }
            _ => {
                let message = "the promise that the code returned is never settled";
                return Ok(Answer::Raised(super::program::error_report("InvalidResult", message)));
            }
        };
        let answer = quickjs.text(store, settled, self.answer_bytes)?;
        Ok(answer.map_or(Answer::TooLarge, |answer| program.read(&answer)))
    }

    /// The error report on a thrown value.
    fn describe(&mut self, program: &Program<'_>, error: Handle, kind: &str) -> wasmtime::Result<Answer> {
        let (store, quickjs) = (&mut self.store, &self.quickjs);
        let Some(harness) = self.harness else {
            return Err(wasmtime::format_err!("nothing is loaded"));
        };
        let report = quickjs.call(store, harness.describe, &[error])?;
        if quickjs.is_exception(store, report)? {
            return Err(wasmtime::format_err!("an error cannot be described"));
        }
        let report = quickjs.text(store, report, self.answer_bytes)?.unwrap_or_default();
        Ok(program.read(&format!("{kind}{report}")))
    }

    fn ended(&mut self, error: &wasmtime::Error) -> Ended {
        let meter = self.meter();
        match &meter.ended {
            Some(ended) => ended.clone(),
            None => super::ended_by_trap(meter, error),
        }
    }
}

/// The function around the code that tells its steps. None where there is none: the run goes on without a trace.
fn evaluate_instrumented(
    store: &mut Store<State>,
    quickjs: &QuickJs,
    program: &Program<'_>,
) -> wasmtime::Result<Option<Handle>> {
    let instrumented = match instrument(program.code) {
        Ok(instrumented) => instrumented,
        Err(problem) => {
            eprintln!("a run is not traced: {problem}");
            return Ok(None);
        }
    };
    let wrapped = wrap(&format!("(function ({}) {{", instrumented.tracer), &instrumented.code, &program.name);
    let factory = quickjs.evaluate(store, &wrapped, file_name(Language::JavaScript), 0)?;
    if quickjs.is_exception(store, factory)? {
        quickjs.exception(store)?;
        eprintln!("a run is not traced: the guest cannot parse the instrumented code");
        return Ok(None);
    }
    Ok(Some(factory))
}

/// Random bits. The standard library's own source needs no file, and games are all that depends on it.
fn draw() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A value in the guest, by its address there.
type Handle = i32;

// The states of a promise.
const NO_PROMISE: i32 = -1;
const FULFILLED: i32 = 1;
const REJECTED: i32 = 2;

/// What the guest exports.
struct QuickJs {
    memory: Memory,
    allocate: TypedFunc<i32, i32>,
    free: TypedFunc<i32, ()>,
    new_string: TypedFunc<(i32, i32), i32>,
    get_undefined: TypedFunc<(), i32>,
    get_global: TypedFunc<(), i32>,
    get_property: TypedFunc<(i32, i32), i32>,
    eval: TypedFunc<(i32, i32, i32, i32), i32>,
    call: TypedFunc<(i32, i32, i32, i32), i32>,
    is_exception: TypedFunc<i32, i32>,
    get_exception: TypedFunc<(), i32>,
    get_string: TypedFunc<(i32, i32), i32>,
    free_string: TypedFunc<i32, ()>,
    is_job_pending: TypedFunc<(), i32>,
    execute_job: TypedFunc<(), i32>,
    promise_state: TypedFunc<i32, i32>,
    promise_result: TypedFunc<i32, i32>,
}

impl QuickJs {
    fn new(store: &mut Store<State>, instance: Instance) -> wasmtime::Result<Self> {
        fn function<P: WasmParams, R: WasmResults>(
            store: &mut Store<State>,
            instance: Instance,
            name: &str,
        ) -> wasmtime::Result<TypedFunc<P, R>> {
            instance.get_typed_func(store, name)
        }
        let memory =
            instance.get_memory(&mut *store, "memory").ok_or_else(|| wasmtime::format_err!("there is no memory"))?;
        Ok(Self {
            memory,
            allocate: function(store, instance, "wasm_malloc")?,
            free: function(store, instance, "wasm_free")?,
            new_string: function(store, instance, "qjs_new_string")?,
            get_undefined: function(store, instance, "qjs_get_undefined")?,
            get_global: function(store, instance, "qjs_get_global")?,
            get_property: function(store, instance, "qjs_get_prop_string")?,
            eval: function(store, instance, "qjs_eval")?,
            call: function(store, instance, "qjs_call")?,
            is_exception: function(store, instance, "qjs_is_exception")?,
            get_exception: function(store, instance, "qjs_get_exception")?,
            get_string: function(store, instance, "qjs_get_string_len")?,
            free_string: function(store, instance, "qjs_free_cstring")?,
            is_job_pending: function(store, instance, "qjs_is_job_pending")?,
            execute_job: function(store, instance, "qjs_execute_pending_job")?,
            promise_state: function(store, instance, "qjs_promise_state")?,
            promise_result: function(store, instance, "qjs_promise_result")?,
        })
    }

    /// Copies bytes into the guest, with a zero behind them.
    fn write(&self, store: &mut Store<State>, bytes: &[u8]) -> wasmtime::Result<(i32, i32)> {
        let length = i32::try_from(bytes.len())?;
        let address = self.allocate.call(&mut *store, length.saturating_add(1))?;
        if address == 0 {
            return Err(wasmtime::format_err!("the guest has no memory left"));
        }
        let start = address.cast_unsigned() as usize;
        self.memory.write(&mut *store, start, bytes)?;
        self.memory.write(&mut *store, start + bytes.len(), &[0])?;
        Ok((address, length))
    }

    fn string(&self, store: &mut Store<State>, text: &str) -> wasmtime::Result<Handle> {
        let (address, length) = self.write(store, text.as_bytes())?;
        let handle = self.new_string.call(&mut *store, (address, length))?;
        self.free.call(&mut *store, address)?;
        Ok(handle)
    }

    fn global(&self, store: &mut Store<State>) -> wasmtime::Result<Handle> {
        self.get_global.call(store, ())
    }

    fn property(&self, store: &mut Store<State>, object: Handle, name: &str) -> wasmtime::Result<Handle> {
        let (address, _) = self.write(store, name.as_bytes())?;
        let handle = self.get_property.call(&mut *store, (object, address))?;
        self.free.call(&mut *store, address)?;
        Ok(handle)
    }

    fn evaluate(&self, store: &mut Store<State>, code: &str, file: &str, flags: i32) -> wasmtime::Result<Handle> {
        let (code, length) = self.write(store, code.as_bytes())?;
        let (file, _) = self.write(store, file.as_bytes())?;
        let handle = self.eval.call(&mut *store, (code, length, file, flags))?;
        self.free.call(&mut *store, code)?;
        self.free.call(&mut *store, file)?;
        Ok(handle)
    }

    fn call(&self, store: &mut Store<State>, function: Handle, arguments: &[Handle]) -> wasmtime::Result<Handle> {
        let bytes: Vec<u8> = arguments.iter().flat_map(|argument| argument.to_le_bytes()).collect();
        let (list, _) = self.write(store, &bytes)?;
        let undefined = self.get_undefined.call(&mut *store, ())?;
        let count = i32::try_from(arguments.len())?;
        let handle = self.call.call(&mut *store, (function, undefined, count, list))?;
        self.free.call(&mut *store, list)?;
        Ok(handle)
    }

    fn is_exception(&self, store: &mut Store<State>, handle: Handle) -> wasmtime::Result<bool> {
        Ok(self.is_exception.call(store, handle)? != 0)
    }

    fn exception(&self, store: &mut Store<State>) -> wasmtime::Result<Handle> {
        self.get_exception.call(store, ())
    }

    /// Runs the jobs of settled promises until none is left.
    fn run_jobs(&self, store: &mut Store<State>) -> wasmtime::Result<()> {
        while self.is_job_pending.call(&mut *store, ())? != 0 {
            if self.execute_job.call(&mut *store, ())? < 0 {
                // A job of the learner's that failed: the harness handles its own errors.
                self.exception(store)?;
            }
        }
        Ok(())
    }

    /// The text of a string value; None when it is longer than `limit`.
    fn text(&self, store: &mut Store<State>, handle: Handle, limit: u32) -> wasmtime::Result<Option<String>> {
        let length_address = self.allocate.call(&mut *store, 4)?;
        let address = self.get_string.call(&mut *store, (handle, length_address))?;
        if address == 0 || length_address == 0 {
            return Err(wasmtime::format_err!("the guest has no memory left"));
        }
        let data = self.memory.data(&*store);
        let length = read_u32(data, length_address)?;
        let text = if length > limit {
            None
        } else {
            Some(String::from_utf8_lossy(slice(data, address, length)?).into_owned())
        };
        self.free_string.call(&mut *store, address)?;
        Ok(text)
    }
}

fn read_u32(data: &[u8], address: i32) -> wasmtime::Result<u32> {
    let bytes = slice(data, address, 4)?;
    Ok(u32::from_le_bytes(bytes.try_into()?))
}

fn slice(data: &[u8], address: i32, length: u32) -> wasmtime::Result<&[u8]> {
    let start = address.cast_unsigned() as usize;
    data.get(start..)
        .and_then(|rest| rest.get(..length as usize))
        .ok_or_else(|| wasmtime::format_err!("out of the guest's memory"))
}

/// What the guest imports: six functions of WASI and six of its own.
fn link(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    const SUCCESS: i32 = 0;
    const BAD_FILE: i32 = 8;
    const NOT_SUPPORTED: i32 = 52;

    let mut linker = Linker::new(engine);
    let wasi = "wasi_snapshot_preview1";
    linker.func_wrap(wasi, "clock_time_get", |mut caller: Caller<'_, State>, id: i32, _: i64, result: i32| {
        look_outside(&mut caller);
        let time = if id == 0 { real_time() } else { monotonic_time() };
        write_guest(&mut caller, result, &(time.as_nanos() as u64).to_le_bytes())?;
        Ok(SUCCESS)
    })?;
    linker.func_wrap(wasi, "random_get", |mut caller: Caller<'_, State>, address: i32, length: i32| {
        look_outside(&mut caller);
        let bytes = draw().to_le_bytes();
        // Asked for with few bytes, for the seed of a hash table.
        let length = usize::try_from(length)?.min(bytes.len());
        write_guest(&mut caller, address, &bytes[..length])?;
        Ok(SUCCESS)
    })?;
    // The C library writes here when it aborts. The console has a way of its own.
    linker.func_wrap(wasi, "fd_write", |_: i32, _: i32, _: i32, _: i32| BAD_FILE)?;
    linker.func_wrap(wasi, "fd_close", |_: i32| NOT_SUPPORTED)?;
    linker.func_wrap(wasi, "fd_fdstat_get", |_: i32, _: i32| BAD_FILE)?;
    linker.func_wrap(wasi, "fd_seek", |_: i32, _: i64, _: i32, _: i32| NOT_SUPPORTED)?;

    linker.func_wrap("env", "host_get_timezone_offset", |_: i32, _: i32| 0_i32)?;
    linker.func_wrap("env", "host_interrupt", || 0_i32)?;
    linker.func_wrap("env", "host_promise_rejection", |_: i32, _: i32, _: i32| {})?;
    // There are no modules to import.
    linker.func_wrap("env", "host_module_normalize", |_: i32, _: i32| 0_i32)?;
    linker.func_wrap("env", "host_module_load", |_: i32, _: i32| 0_i32)?;
    linker.func_wrap(
        "env",
        "host_call",
        |mut caller: Caller<'_, State>, name: i32, length: i32, _: i32, count: i32, list: i32| {
            let memory = memory_of(&mut caller)?;
            if slice(memory.data(&caller), name, length.cast_unsigned())? == WRITE.as_bytes() {
                return print(caller, count, list);
            }
            look_outside(&mut caller);
            export::<f64, i32>(&mut caller, "qjs_new_number")?.call(&mut caller, f64::from(draw() as u32))
        },
    )?;
    Ok(linker)
}

/// Notes that the guest gets to know what no other run will.
fn look_outside(caller: &mut Caller<'_, State>) {
    if let Some(meter) = &mut caller.data_mut().meter {
        meter.is_repeatable = false;
    }
}

/// `write(stream, text)`: output, errors and the steps of a trace.
fn print(mut caller: Caller<'_, State>, count: i32, list: i32) -> wasmtime::Result<Handle> {
    let undefined = export::<(), i32>(&mut caller, "qjs_get_undefined")?.call(&mut caller, ())?;
    if count != 2 {
        return Ok(undefined);
    }
    let memory = memory_of(&mut caller)?;
    let data = memory.data(&caller);
    let (stream, text) = (read_u32(data, list)?, read_u32(data, list.wrapping_add(4))?);
    let stream = export::<i32, f64>(&mut caller, "qjs_get_float64")?.call(&mut caller, stream.cast_signed())?;
    let length_address = export::<i32, i32>(&mut caller, "wasm_malloc")?.call(&mut caller, 4)?;
    let address = export::<(i32, i32), i32>(&mut caller, "qjs_get_string_len")?
        .call(&mut caller, (text.cast_signed(), length_address))?;
    if address == 0 || length_address == 0 {
        return Err(wasmtime::format_err!("the guest has no memory left"));
    }
    let (data, state) = memory.data_and_store_mut(&mut caller);
    let length = read_u32(data, length_address)?;
    let text = slice(data, address, length)?;
    if let Some(meter) = &mut state.meter {
        if stream > 2.5 {
            meter.record(text)?;
        } else {
            let stream = if stream < 1.5 { Stream::Out } else { Stream::Error };
            let bearable = Output::write(&mut lock(&meter.output), stream, text);
            if !bearable {
                meter.stop(Ended::Output)?;
            }
        }
    }
    export::<i32, ()>(&mut caller, "qjs_free_cstring")?.call(&mut caller, address)?;
    export::<i32, ()>(&mut caller, "wasm_free")?.call(&mut caller, length_address)?;
    Ok(undefined)
}

fn export<P: WasmParams, R: WasmResults>(
    caller: &mut Caller<'_, State>,
    name: &str,
) -> wasmtime::Result<TypedFunc<P, R>> {
    match caller.get_export(name) {
        Some(Extern::Func(function)) => function.typed(caller),
        _ => Err(wasmtime::format_err!("there is no function {name}")),
    }
}

fn memory_of(caller: &mut Caller<'_, State>) -> wasmtime::Result<Memory> {
    match caller.get_export("memory") {
        Some(Extern::Memory(memory)) => Ok(memory),
        _ => Err(wasmtime::format_err!("there is no memory")),
    }
}

fn write_guest(caller: &mut Caller<'_, State>, address: i32, bytes: &[u8]) -> wasmtime::Result<()> {
    memory_of(caller)?.write(caller, address.cast_unsigned() as usize, bytes)?;
    Ok(())
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
    let quickjs = QuickJs::new(store, instance)?;
    let function = |store: &mut Store<State>, name: &str| instance.get_typed_func::<(), ()>(store, name);
    function(store, "_initialize")?.call(&mut *store, ())?;

    // A larger stack, behind all memory that the allocator knows by now; later it goes on behind the stack.
    quickjs.allocate.call(&mut *store, 16)?;
    let stack_start = quickjs.memory.grow(&mut *store, u64::from(STACK_BYTES / PAGE_BYTES))? * u64::from(PAGE_BYTES);
    let stack_pointer = i32::try_from(stack_start)? + STACK_BYTES.cast_signed();
    instance
        .get_global(&mut *store, "__stack_pointer")
        .ok_or_else(|| wasmtime::format_err!("there is no stack pointer"))?
        .set(&mut *store, Val::I32(stack_pointer))?;

    let failed = instance.get_typed_func::<(), i32>(&mut *store, "qjs_init")?.call(&mut *store, ())?;
    if failed != 0 {
        return Err(wasmtime::format_err!("QuickJS does not start"));
    }
    instance
        .get_typed_func::<i32, ()>(&mut *store, "qjs_set_max_stack_size")?
        .call(&mut *store, STACK_LIMIT.cast_signed())?;

    let new_function = instance.get_typed_func::<(i32, i32, i32), i32>(&mut *store, "qjs_new_host_function")?;
    let mut functions = Vec::new();
    for name in [WRITE, DRAW] {
        let (name, length) = quickjs.write(store, name.as_bytes())?;
        functions.push(new_function.call(&mut *store, (name, length, 0))?);
    }
    let harness = quickjs.evaluate(store, HARNESS, "<bugdrill>", 0)?;
    let api = quickjs.call(store, harness, &functions)?;
    if quickjs.is_exception(store, harness)? || quickjs.is_exception(store, api)? {
        let error = quickjs.exception(store)?;
        let message = quickjs.text(store, error, 1_000)?.unwrap_or_default();
        return Err(wasmtime::format_err!("the harness fails: {message}"));
    }
    let global = quickjs.global(store)?;
    let (name, _) = quickjs.write(store, HARNESS_GLOBAL.as_bytes())?;
    instance
        .get_typed_func::<(i32, i32, i32), i32>(&mut *store, "qjs_set_prop_string")?
        .call(&mut *store, (global, name, api))?;
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
