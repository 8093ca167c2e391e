//! The sandbox from outside: real runner processes, both languages.

mod errors;
mod hostile;
mod limits;
mod pool;
mod support;
mod tests_of_a_run;
mod values;
