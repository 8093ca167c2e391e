//! The harness of the JavaScript guest, which is evaluated before all else.

/// The files of the harness, joined to the body of a function: names that one declares are known to all.
macro_rules! harness {
    ($($file:literal),*) => {
        concat!(
            "(function (write, drawRandom, countProperties, wait, classOf, contentOf) {\n\"use strict\";\n",
            $(include_str!(concat!("../guests/javascript/harness/", $file, ".js")),)*
            "return { load, call, callNext, describe };\n});\n"
        )
    };
}

/// The source of the JavaScript guest's harness. The Python guest has its own built in.
pub const JAVASCRIPT_HARNESS: &str = harness!(
    "foundation",
    "nodes",
    "arguments",
    "results",
    "errors",
    "kinds",
    "layout",
    "shapes",
    "inspect",
    "format",
    "table",
    "clock",
    "console",
    "refusals",
    "sketches",
    "tracer",
    "timers",
    "clone",
    "encoding",
    "randomness",
    "locales",
    "collation",
    "numbers",
    "dates",
    "intl",
    "search_params",
    "globals",
    "calling"
);
