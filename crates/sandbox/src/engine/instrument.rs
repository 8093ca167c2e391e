//! Makes JavaScript tell what it does: splices calls of a tracer into its text.
//!
//! `guests/javascript/harness/tracer.js` has the tracer, and says what each of its functions does. The code keeps its lines
//! and its meaning. With a tracer named `$0`,
//!
//! ```js
//! function last(items) {
//!   return items.at(-1);
//! }
//! ```
//!
//! becomes
//!
//! ```js
//! function last(items) {const $0f=$0.f(1,"last",1,'items',$0i=>items);
//!   $0.l($0f,2,'items',$0i=>items);return $0.r($0f,2,(items.at(-1)));
//! }
//! ```
//!
//! A step has the names of the variables in scope, and a function that reads one of them by its number: where a variable
//! is not initialised yet it throws, and the tracer leaves that variable out.

#[cfg(test)]
mod tests;
mod visiting;

use std::{collections::HashMap, fmt::Write as _};

use bugdrill_model::{run::MAX_CODE_CHARACTERS, trace::MAX_VARIABLES};
use oxc_allocator::Allocator;
use oxc_ast::ast::{BindingPattern, Expression, FormalParameters, FunctionBody, Statement};
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::{GetSpan as _, SourceType, Span};
use oxc_syntax::{scope::ScopeId, symbol::SymbolId};

/// The most that is added to the code, in bytes: the guest has to compile it within a test's time.
const MAX_ADDED_BYTES: usize = 1 << 20;

/// The largest product of the code's length, in bytes, and the number of its opening parentheses. At each of them the
/// parser may have to read ahead for an arrow, up to the end, and forget what it read: this is the most that it reads
/// so, with some 60 bytes of memory for each byte.
const MAX_READ_AHEAD: usize = 1_000_000;

/// Code that tells what it does.
#[derive(Debug)]
pub(crate) struct Instrumented {
    /// The code.
    pub(crate) code: String,
    /// The name by which it calls the tracer.
    pub(crate) tracer: String,
}

/// Why code cannot be instrumented.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InstrumentError {
    /// It is too long, or would become too long.
    #[error("the code is too long to be traced")]
    TooLong,
    /// It is no program, or the parser does not know that it is one.
    #[error("the code cannot be parsed: {0}")]
    Syntax(String),
}

/// Instruments code, on a stack of [`THREAD_STACK_BYTES`](super::THREAD_STACK_BYTES): parser and visitors are recursive,
/// and [`MAX_CODE_CHARACTERS`] is all that limits how deep code is nested.
pub(crate) fn instrument(source: &str) -> Result<Instrumented, InstrumentError> {
    if !is_parsed_quickly(source) {
        return Err(InstrumentError::TooLong);
    }
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::script()).parse();
    if let Some(problem) = parsed.diagnostics.first() {
        return Err(InstrumentError::Syntax(problem.to_string()));
    }
    let scoping = SemanticBuilder::new().with_build_nodes(false).build(&parsed.program).semantic.into_scoping();
    let tracer = unused_name(source);
    let mut instrumenter = Instrumenter {
        source,
        tracer: &tracer,
        scoping: &scoping,
        variables: Variables::new(&scoping),
        line_starts: std::iter::once(0).chain(source.match_indices('\n').map(|(index, _)| index + 1)).collect(),
        scopes: Vec::new(),
        frame: None,
        name: None,
        insertions: Vec::new(),
        added: 0,
    };
    instrumenter.visit_program(&parsed.program);
    if instrumenter.added > MAX_ADDED_BYTES {
        return Err(InstrumentError::TooLong);
    }
    let code = instrumenter.finish();
    Ok(Instrumented { code, tracer })
}

/// Whether the parser reads code, however much of it twice, in little time and memory.
pub(super) fn is_parsed_quickly(source: &str) -> bool {
    let read_ahead = source.len().saturating_mul(source.matches('(').count());
    source.chars().nth(MAX_CODE_CHARACTERS).is_none() && read_ahead <= MAX_READ_AHEAD
}

/// A name that does not occur in the code, nor begins one that does.
fn unused_name(source: &str) -> String {
    let mut names = (0_u32..).map(|number| format!("${number}"));
    names.find(|name| !source.contains(name.as_str())).expect("code that contains every number is infinite")
}

/// The variables of each scope, but those that are functions and classes.
struct Variables {
    declared: HashMap<ScopeId, Vec<SymbolId>>,
    /// What a function uses of the functions around it.
    captured: HashMap<ScopeId, Vec<SymbolId>>,
}

impl Variables {
    fn new(scoping: &Scoping) -> Self {
        let mut variables = Self { declared: HashMap::new(), captured: HashMap::new() };
        for symbol in scoping.symbol_ids() {
            let flags = scoping.symbol_flags(symbol);
            if flags.is_function() || flags.is_class() {
                continue;
            }
            let home = scoping.symbol_scope_id(symbol);
            variables.declared.entry(home).or_default().push(symbol);
            // Variables outside of all functions are the module's.
            let is_function = |scope: &ScopeId| scoping.scope_flags(*scope).is_function();
            let Some(owner) = scoping.scope_ancestors(home).find(is_function) else {
                continue;
            };
            for reference in scoping.get_resolved_references(symbol) {
                let around = scoping.scope_ancestors(reference.scope_id());
                for scope in around.take_while(|scope| *scope != home && *scope != owner).filter(is_function) {
                    let captured = variables.captured.entry(scope).or_default();
                    if captured.len() < MAX_VARIABLES && !captured.contains(&symbol) {
                        captured.push(symbol);
                    }
                }
            }
        }
        variables
    }
}

/// The function that statements belong to.
struct Frame {
    scope: ScopeId,
    parameters: Vec<String>,
    mentions_this: bool,
    /// How many `try` statements with a `finally` are around.
    finalizers: usize,
}

struct Instrumenter<'s> {
    source: &'s str,
    tracer: &'s str,
    scoping: &'s Scoping,
    variables: Variables,
    line_starts: Vec<usize>,
    /// The scopes around, the innermost last.
    scopes: Vec<ScopeId>,
    /// None outside of functions, and where one is not within a body: parameters, fields, static blocks.
    frame: Option<Frame>,
    /// The name that a function gets from what stands before it.
    name: Option<String>,
    /// What is inserted, and where. Of texts at one place the first stays first.
    insertions: Vec<(u32, String)>,
    added: usize,
}

impl Instrumenter<'_> {
    fn insert(&mut self, position: u32, text: String) {
        self.added += text.len();
        if self.added <= MAX_ADDED_BYTES {
            self.insertions.push((position, text));
        }
    }

    fn finish(mut self) -> String {
        self.insertions.sort_by_key(|(position, _)| *position);
        let mut code = String::with_capacity(self.source.len() + self.added);
        let mut copied = 0;
        for (position, text) in &self.insertions {
            let position = *position as usize;
            code.push_str(&self.source[copied..position]);
            code.push_str(text);
            copied = position;
        }
        code.push_str(&self.source[copied..]);
        code
    }

    fn line(&self, position: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= position as usize)
    }

    /// The names of the variables that a step shows: parameters, what is declared in the scopes around (of a function
    /// that begins nothing, as it is not initialised), what comes from outside, and `this`.
    fn names<'f>(&'f self, frame: &'f Frame, begins: bool) -> Vec<&'f str> {
        let mut names: Vec<&str> = frame.parameters.iter().map(String::as_str).collect();
        names.truncate(MAX_VARIABLES);
        let inner = self.scopes.iter().rev().take_while(|scope| **scope != frame.scope);
        let declared = inner.chain([&frame.scope]).filter_map(|scope| self.variables.declared.get(scope)).flatten();
        let captured = self.variables.captured.get(&frame.scope).into_iter().flatten();
        for symbol in declared.take_while(|_| !begins).chain(captured) {
            if names.len() == MAX_VARIABLES {
                break;
            }
            let name = self.scoping.symbol_name(*symbol);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if frame.mentions_this && names.len() < MAX_VARIABLES {
            names.push("this");
        }
        names
    }

    /// The arguments by which the tracer reads variables.
    fn reader(&self, names: &[&str]) -> String {
        let Some((last, others)) = names.split_last() else {
            return String::new();
        };
        let index = format!("{}i", self.tracer);
        let mut text = format!(",'{}',{index}=>", names.join(","));
        for (number, name) in others.iter().enumerate() {
            let _ = write!(text, "{index}<{}?{name}:", number + 1);
        }
        text + last
    }

    /// A call of the tracer's function `function` for the frame, with a reader of the variables.
    fn step(&self, frame: &Frame, function: char, position: u32) -> String {
        let (tracer, line) = (self.tracer, self.line(position));
        format!("{tracer}.{function}({tracer}f,{line}{})", self.reader(&self.names(frame, false)))
    }

    /// Inserts a step, where the code is in a function.
    fn insert_step(&mut self, function: char, before: &str, told: u32, after: &str, position: u32) {
        if let Some(frame) = &self.frame {
            let text = format!("{before}{}{after}", self.step(frame, function, told));
            self.insert(position, text);
        }
    }

    /// Inserts a step before a statement, where it is one of its own.
    fn insert_statement_step(&mut self, before: &str, statement: &Statement<'_>) {
        if let Some(function) = step_of(statement) {
            let position = statement.span().start;
            self.insert_step(function, before, position, ";", position);
        }
    }

    /// Visits a statement that need not be a block: its step makes it one.
    fn visit_nested(&mut self, statement: &Statement<'_>) {
        let becomes_block = self.frame.is_some() && step_of(statement).is_some();
        if becomes_block {
            self.insert_statement_step("{", statement);
        }
        self.visit_statement(statement);
        if becomes_block {
            self.insert(statement.span().end, "}".to_owned());
        }
    }

    /// Visits the body of a loop, with a step for each iteration at its start.
    fn visit_iterated(&mut self, told: u32, body: &Statement<'_>) {
        let span = body.span();
        if let Statement::BlockStatement(_) = body {
            self.insert_step('i', "", told, ";", span.start + 1);
            self.visit_statement(body);
        } else {
            self.insert_step('i', "{", told, ";", span.start);
            self.insert_statement_step("", body);
            self.visit_statement(body);
            if self.frame.is_some() {
                self.insert(span.end, "}".to_owned());
            }
        }
    }

    /// Passes the value of an expression through the tracer's function `function`.
    fn pass_through(&mut self, function: char, told: u32, expression: &Expression<'_>) {
        let span = expression.span();
        if self.frame.is_some() {
            let (tracer, line) = (self.tracer, self.line(told));
            let touches_keyword = self.source[..span.start as usize].ends_with(|last: char| last.is_alphabetic());
            let space = if touches_keyword { " " } else { "" };
            self.insert(span.start, format!("{space}{tracer}.{function}({tracer}f,{line},("));
        }
        self.visit_expression(expression);
        if self.frame.is_some() {
            self.insert(span.end, "))".to_owned());
        }
    }

    /// As [`Self::pass_through`], for a keyword that may stand alone.
    fn pass_argument(&mut self, function: char, span: Span, keyword: &str, argument: Option<&Expression<'_>>) {
        match argument {
            Some(argument) => self.pass_through(function, span.start, argument),
            None if self.frame.is_some() => {
                let (tracer, line) = (self.tracer, self.line(span.start));
                self.insert(span.start + keyword.len() as u32, format!(" {tracer}.{function}({tracer}f,{line})"));
            }
            None => {}
        }
    }

    /// Visits an expression that gives a function without a name this one.
    fn visit_named(&mut self, name: Option<String>, expression: &Expression<'_>) {
        if matches!(expression, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)) {
            self.name = name;
        }
        self.visit_expression(expression);
    }

    /// Visits what is not part of the body of the function around.
    fn outside_of_frame(&mut self, visit: impl FnOnce(&mut Self)) {
        let frame = self.frame.take();
        visit(self);
        self.frame = frame;
    }

    /// Visits the parameters of a function, then its body.
    fn visit_callable(
        &mut self,
        span: Span,
        name: Option<String>,
        parameters: &FormalParameters<'_>,
        visit_body: impl FnOnce(&mut Self, &dyn Fn(&Self) -> String),
    ) {
        self.outside_of_frame(|this| {
            this.visit_formal_parameters(parameters);
            let patterns = parameters.items.iter().map(|parameter| &parameter.pattern);
            let patterns = patterns.chain(parameters.rest.iter().map(|rest| &rest.rest.argument));
            let identifiers = patterns.flat_map(BindingPattern::get_binding_identifiers);
            let frame = Frame {
                scope: *this.scopes.last().expect("a function has a scope"),
                parameters: identifiers.map(|identifier| identifier.name.to_string()).collect(),
                // What only a function within or a text mentions is not `this` here: then it is undefined, mostly.
                mentions_this: this.source[span.start as usize..span.end as usize].contains("this"),
                finalizers: 0,
            };
            this.frame = Some(frame);
            let name = name.unwrap_or_else(|| "(anonymous)".to_owned());
            let begin = move |this: &Self| {
                let frame = this.frame.as_ref().expect("set above");
                let (tracer, line, count) = (this.tracer, this.line(span.start), frame.parameters.len());
                let reader = this.reader(&this.names(frame, true));
                let name = serde_json::Value::from(name.as_str());
                format!("const {tracer}f={tracer}.f({line},{name},{count}{reader});")
            };
            visit_body(this, &begin);
        });
    }

    fn visit_body<'a>(&mut self, body: &FunctionBody<'a>, begin: &dyn Fn(&Self) -> String) {
        match body.directives.last() {
            Some(directive) => self.insert(directive.span.end, format!(";{}", begin(self))),
            None => self.insert(body.span.start + 1, begin(self)),
        }
        self.visit_statements(&body.statements);
        if !matches!(body.statements.last(), Some(Statement::ReturnStatement(_) | Statement::ThrowStatement(_))) {
            self.insert(body.span.end - 1, format!(";{0}.e({0}f)", self.tracer));
        }
    }
}

/// The tracer's function that is told before a statement; None where there is nothing to be told.
fn step_of(statement: &Statement<'_>) -> Option<char> {
    let mut statement = statement;
    while let Statement::LabeledStatement(labeled) = statement {
        statement = &labeled.body;
    }
    match statement {
        // These execute nothing themselves, or tell it at another place.
        Statement::BlockStatement(_)
        | Statement::EmptyStatement(_)
        | Statement::FunctionDeclaration(_)
        | Statement::TryStatement(_)
        | Statement::WhileStatement(_)
        | Statement::DoWhileStatement(_) => None,
        Statement::ForStatement(_) | Statement::ForOfStatement(_) | Statement::ForInStatement(_) => Some('o'),
        _ => Some('l'),
    }
}
