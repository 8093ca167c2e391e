//! The trace of one test: what a step-through debugger shows.
//!
//! A trace is a list of [`Step`]s, in the order in which they happened. Replaying it needs a stack of frames: a step
//! at depth `n` belongs to frame `n`; a `call` begins a frame, whose variables are all in `changed`; a `return` ends
//! it. Between the two, a variable that is not in `changed` is what it was in the step before of the same frame.
//!
//! Everything in it comes out of the guest, where learners' code can reach whatever writes it: a trace shows what the
//! code did as long as the code lets it. Its size is limited by the host.

use serde::{Deserialize, Serialize};

/// The most steps of a trace. The code is stopped at the next one.
pub const MAX_STEPS: usize = 1_000;

/// The longest text of a value, in characters. Guests cut it and say so with `…`.
pub const MAX_TEXT_CHARACTERS: usize = 120;

/// The most items or nodes of a [`Structure`].
pub const MAX_STRUCTURE_NODES: usize = 40;

/// The most variables of a frame.
pub const MAX_VARIABLES: usize = 30;

/// What the code of one test did, step by step.
///
/// A step at depth n belongs to frame n of a stack: `call` begins a frame, with all its variables in `changed`, `return`
/// ends it. In between, a variable that is not in `changed` is what it was in the frame's step before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trace {
    /// The steps, in order; 1,000 at most.
    pub steps: Vec<Step>,
    /// Whether the code was stopped after the last step, because the trace was as large as it may be.
    pub is_truncated: bool,
}

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepEvent {
    /// A function of the learner's begins; `line` is where it is defined.
    Call,
    /// A line is about to be executed.
    Line,
    /// The function ends: it returns, or yields, `text`; without `text` an exception leaves it.
    Return,
    /// An exception, told by `text`, was raised at this line, or came out of what it called.
    Exception,
}

/// One step of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What happens.
    pub event: StepEvent,
    /// The line of the learner's code, counted from 1.
    pub line: u32,
    /// How many functions of the learner's are on the stack, this one included.
    pub depth: u32,
    /// The name of the function.
    pub function: String,
    /// The variables of the frame that are new or have changed since its step before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Variable>,
    /// The names of the variables that are gone since then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// What is returned, or the exception with its message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A variable and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value, as a person would write it, cut to 120 characters.
    pub text: String,
    /// The value, to be drawn, where it is a list, a linked list, a tree or a graph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<Structure>,
}

/// A value that can be drawn. At most 40 items or nodes are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Structure {
    /// A list, tuple or array.
    List {
        /// Its first items.
        items: Vec<String>,
        /// How many items it has.
        length: u32,
    },
    /// A linked list, from the variable's node on.
    LinkedList {
        /// Its first nodes, in order.
        nodes: Vec<Node>,
        /// The position in `nodes` that the last one points back to, where the list has a cycle.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cycle: Option<u32>,
        /// Whether there are more nodes.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_cut: bool,
    },
    /// A binary tree, from the variable's node on.
    Tree {
        /// Its first nodes in level order, with null for a missing child and none at the end, as in the wire form.
        nodes: Vec<Option<Node>>,
        /// Whether there are more nodes.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_cut: bool,
    },
    /// A graph, as far as the variable's node reaches.
    Graph {
        /// Its first nodes, in the order of a breadth-first search.
        nodes: Vec<Node>,
        /// The positions in `nodes` of a node and of a neighbour of it.
        edges: Vec<[u32; 2]>,
        /// Whether there are more nodes.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_cut: bool,
    },
}

/// A node of a linked list, tree or graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// The same number for the same node in the whole trace: variables that point to one node can be recognised.
    pub id: u32,
    /// Its value.
    pub text: String,
}
