// The JavaScript guest in C: QuickJS and what the host calls.
//
// The host starts it once, when the snapshot is taken: `start` evaluates the harness, which returns what it is called
// by (see harness/foundation.js). In a fresh instance the host then calls `load` once, or `check` and `load_traced`, and
// `call` once a test. It writes texts into memory that it got from `allocate`; all but `check` free what they are given,
// except for the code: messages name expressions of it.
//
// An answer is a letter and a text, as in the harness; these two are of this file:
//
//     P  the promise that the code returned is never settled      X  an error cannot be described

#include <stdint.h>
#include <stdlib.h>

#include "quickjs.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("host"), import_name(name)))

// Takes a text of stream 1 (output), 2 (errors) or 3 (the steps of a trace).
IMPORT("write") void host_write(int32_t stream, const char *text, size_t length);

// A random integer of 32 bits.
IMPORT("draw") uint32_t host_draw(void);

// The learner's code in stacks.
#define FILE_NAME "solution.js"

// Lets so many milliseconds pass, at once, and charges the code for them where it is to be.
IMPORT("wait") void host_wait(double milliseconds, int32_t is_charged);

// Free memory of the snapshot: growing it in every run would take longer than most.
#define HEADROOM (1 << 20)

// How much code may allocate before the first search for garbage, which looks at the whole harness too.
#define GARBAGE (256 << 10)

struct answer {
    // A letter, or 0 where the text begins with it; the text may be null.
    uint32_t kind;
    const char *text;
    size_t length;
};

// Of our patch to QuickJS (quickjs.patch).
extern JSAtom js_program_value;
extern const char *js_named_source;

static JSRuntime *runtime;
static JSContext *context;
static JSValue load_program, call_program, call_next, describe_error, program;
static struct answer answer;

// ---- what the harness gets ----------------------------------------------------------------------------------------

static JSValue write_text(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    int32_t stream;
    size_t length;
    if (JS_ToInt32(context, &stream, arguments[0])) return JS_EXCEPTION;
    const char *text = JS_ToCStringLen(context, &length, arguments[1]);
    if (!text) return JS_EXCEPTION;
    host_write(stream, text, length);
    JS_FreeCString(context, text);
    return JS_UNDEFINED;
}

static JSValue draw_random(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    return JS_NewUint32(context, host_draw());
}

// How many properties an object has whose keys are strings.
static JSValue count_properties(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    JSPropertyEnum *properties;
    uint32_t length;
    if (JS_GetOwnPropertyNames(context, &properties, &length, arguments[0], JS_GPN_STRING_MASK)) return JS_EXCEPTION;
    JS_FreePropertyEnum(context, properties, length);
    return JS_NewUint32(context, length);
}

static JSValue let_time_pass(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    double milliseconds;
    if (JS_ToFloat64(context, &milliseconds, arguments[0])) return JS_EXCEPTION;
    host_wait(milliseconds, JS_ToBool(context, arguments[1]));
    return JS_UNDEFINED;
}

// A number that all objects of a kind share, whatever their prototypes.
static JSValue class_of(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    return JS_NewInt32(context, JS_IsObject(arguments[0]) ? (int32_t)JS_GetClassID(arguments[0]) : 0);
}

// What a proxy stands for, or what a promise is settled with, as {value, isRejected}; null where it is nothing.
static JSValue content_of(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    if (JS_IsProxy(arguments[0])) {
        JSValue target = JS_GetProxyTarget(context, arguments[0]);
        if (!JS_IsException(target)) return target;
        // It is revoked.
        JS_FreeValue(context, JS_GetException(context));
        return JS_NULL;
    }
    JSPromiseStateEnum state = JS_PromiseState(context, arguments[0]);
    if (state != JS_PROMISE_FULFILLED && state != JS_PROMISE_REJECTED) return JS_NULL;
    JSValue content = JS_NewObjectProto(context, JS_NULL);
    if (JS_IsException(content)) return content;
    JS_SetPropertyStr(context, content, "value", JS_PromiseResult(context, arguments[0]));
    JS_SetPropertyStr(context, content, "isRejected", JS_NewBool(context, state == JS_PROMISE_REJECTED));
    return content;
}

// ---- answers ------------------------------------------------------------------------------------------------------

static struct answer *answer_without_text(char kind) {
    JS_FreeCString(context, answer.text);
    answer = (struct answer){.kind = kind};
    return &answer;
}

static struct answer *answer_with(char kind, JSValue text) {
    JS_FreeCString(context, answer.text);
    answer.kind = kind;
    answer.text = JS_ToCStringLen(context, &answer.length, text);
    JS_FreeValue(context, text);
    if (answer.text) return &answer;
    JS_FreeValue(context, JS_GetException(context));
    return answer_without_text('X');
}

static struct answer *answer_with_error(char kind, JSValue error) {
    JSValue report = JS_Call(context, describe_error, JS_UNDEFINED, 1, (JSValueConst *)&error);
    JS_FreeValue(context, error);
    if (JS_IsException(report)) {
        JS_FreeValue(context, JS_GetException(context));
        return answer_without_text('X');
    }
    return answer_with(kind, report);
}

static struct answer *answer_with_exception(char kind) {
    return answer_with_error(kind, JS_GetException(context));
}

// ---- what the host calls ------------------------------------------------------------------------------------------

EXPORT("allocate") char *allocate(size_t size) {
    return malloc(size);
}

// Evaluates the harness. Functions of the language have no text, nor do those of the harness then.
static JSValue evaluate_harness(const char *harness, size_t length) {
    JSValue script = JS_Eval(context, harness, length, "<bugdrill>", JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_COMPILE_ONLY);
    if (JS_IsException(script)) return script;
    size_t size;
    uint8_t *bytes = JS_WriteObject(context, &size, script, JS_WRITE_OBJ_BYTECODE | JS_WRITE_OBJ_STRIP_SOURCE);
    JS_FreeValue(context, script);
    if (!bytes) return JS_EXCEPTION;
    JSValue stripped = JS_ReadObject(context, bytes, size, JS_READ_OBJ_BYTECODE);
    js_free(context, bytes);
    return JS_IsException(stripped) ? stripped : JS_EvalFunction(context, stripped);
}

// Starts QuickJS, which may use so much of the stack, and the harness. Null, or why it does not start.
EXPORT("start") struct answer *start(char *harness, size_t length, size_t stack) {
    runtime = JS_NewRuntime();
    context = runtime ? JS_NewContext(runtime) : NULL;
    if (!context) return answer_without_text('X');
    JS_SetMaxStackSize(runtime, stack);
    JSValue functions[] = {
        JS_NewCFunction(context, write_text, "write", 2),
        JS_NewCFunction(context, draw_random, "draw", 0),
        JS_NewCFunction(context, count_properties, "count", 1),
        JS_NewCFunction(context, let_time_pass, "wait", 2),
        JS_NewCFunction(context, class_of, "class", 1),
        JS_NewCFunction(context, content_of, "content", 1),
    };
    JSValue value = evaluate_harness(harness, length);
    free(harness);
    if (JS_IsException(value)) return answer_with('C', JS_GetException(context));
    int function_count = sizeof functions / sizeof *functions;
    JSValue api = JS_Call(context, value, JS_UNDEFINED, function_count, (JSValueConst *)functions);
    if (JS_IsException(api)) return answer_with('E', JS_GetException(context));
    load_program = JS_GetPropertyStr(context, api, "load");
    call_program = JS_GetPropertyStr(context, api, "call");
    call_next = JS_GetPropertyStr(context, api, "callNext");
    describe_error = JS_GetPropertyStr(context, api, "describe");
    JS_FreeValue(context, api);
    JS_FreeValue(context, value);
    for (int index = 0; index < function_count; index++) JS_FreeValue(context, functions[index]);
    JSMemoryUsage usage;
    JS_ComputeMemoryUsage(runtime, &usage);
    JS_SetGCThreshold(runtime, usage.malloc_size + GARBAGE);
    free(malloc(HEADROOM));
    return NULL;
}

// Hands the harness a function that evaluates the learner's code. Null, or the error.
static struct answer *load_with(JSValue make_namespace, char *description, size_t length) {
    JSValue arguments[] = {make_namespace, JS_NewStringLen(context, description, length)};
    free(description);
    JSValue loaded = JS_Call(context, load_program, JS_UNDEFINED, 2, (JSValueConst *)arguments);
    JS_FreeValue(context, arguments[0]);
    JS_FreeValue(context, arguments[1]);
    if (JS_IsException(loaded)) return answer_with_exception('E');
    JS_FreeValue(context, loaded);
    return NULL;
}

// Parses code, as a program of which nothing is to be kept. Null, or the error.
EXPORT("check") struct answer *check(const char *code, size_t length) {
    JSValue script = JS_Eval(context, code, length, FILE_NAME, JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_COMPILE_ONLY);
    if (JS_IsException(script)) return answer_with_exception('C');
    JS_FreeValue(context, script);
    return NULL;
}

// Evaluates the program, whose variables are its own each time: the value of the one that is asked for.
static JSValue evaluate_program(JSContext *context, JSValueConst this, int count, JSValueConst *arguments) {
    return JS_EvalFunction(context, JS_DupValue(context, program));
}

// Loads a program of which a test calls what it names `name`. Null, or the error.
EXPORT("load") struct answer *load(char *code, size_t length, char *name, char *description,
                                   size_t description_length) {
    js_program_value = JS_NewAtom(context, name);
    js_named_source = code;
    program = JS_Eval(context, code, length, FILE_NAME, JS_EVAL_TYPE_INDIRECT | JS_EVAL_FLAG_COMPILE_ONLY);
    js_named_source = NULL;
    JS_FreeAtom(context, js_program_value);
    js_program_value = JS_ATOM_NULL;
    free(name);
    if (JS_IsException(program)) {
        free(description);
        // As a program on its own it may have another error, which people know.
        JSValue error = JS_GetException(context);
        struct answer *known = check(code, length);
        if (!known) return answer_with_error('C', error);
        JS_FreeValue(context, error);
        return known;
    }
    JSValue make_namespace = JS_NewCFunction(context, evaluate_program, "program", 0);
    return load_with(make_namespace, description, description_length);
}

// Loads code that tells its steps: a function's expression. Null, or the error.
EXPORT("load_traced") struct answer *load_traced(char *code, size_t length, char *description,
                                                 size_t description_length) {
    js_named_source = code;
    JSValue function = JS_Eval(context, code, length, FILE_NAME, JS_EVAL_TYPE_GLOBAL);
    js_named_source = NULL;
    if (!JS_IsException(function)) return load_with(function, description, description_length);
    free(description);
    return answer_with_exception('C');
}

// Runs the jobs of settled promises until none is left.
static void run_jobs(void) {
    JSContext *its_context;
    while (JS_IsJobPending(runtime)) {
        // A job of the learner's that failed: the harness handles its own errors.
        if (JS_ExecutePendingJob(runtime, &its_context) < 0) JS_FreeValue(context, JS_GetException(context));
    }
}

// Runs jobs, then what is due next, until nothing is left to do. Null, or the answer where the test ends with an error.
static struct answer *run_all(JSValueConst result) {
    for (;;) {
        run_jobs();
        JSValue is_answered = JS_NewBool(context, JS_PromiseState(context, result) != JS_PROMISE_PENDING);
        JSValue next = JS_Call(context, call_next, JS_UNDEFINED, 1, (JSValueConst *)&is_answered);
        if (JS_IsException(next)) return answer_with_exception('E');
        if (JS_IsString(next)) return answer_with(0, next);
        if (!JS_ToBool(context, next)) return NULL;
    }
}

// Runs one test.
EXPORT("call") struct answer *call(char *test, size_t length) {
    JSValue argument = JS_NewStringLen(context, test, length);
    free(test);
    if (JS_IsException(argument)) return answer_with_exception('E');
    JSValue result = JS_Call(context, call_program, JS_UNDEFINED, 1, (JSValueConst *)&argument);
    JS_FreeValue(context, argument);
    if (JS_IsException(result)) return answer_with_exception('E');
    struct answer *failure = run_all(result);
    if (failure) {
        JS_FreeValue(context, result);
        return failure;
    }
    JSPromiseStateEnum state = JS_PromiseState(context, result);
    if (state == JS_PROMISE_NOT_A_PROMISE) return answer_with(0, result);
    JSValue settled = JS_PromiseResult(context, result);
    JS_FreeValue(context, result);
    switch (state) {
    case JS_PROMISE_FULFILLED:
        return answer_with(0, settled);
    case JS_PROMISE_REJECTED:
        return answer_with_error('E', settled);
    default:
        return answer_without_text('P');
    }
}
