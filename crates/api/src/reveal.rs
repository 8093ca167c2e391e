//! What is shown once a snippet is solved or given up, and never before.

use bugdrill_model::{BugType, content::Snippet};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The solution of a snippet.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reveal {
    /// Why the code was wrong, in Markdown.
    pub(crate) explanation: String,
    pub(crate) why_question: WhyQuestion,
    pub(crate) correct_code: String,
    pub(crate) bug_type: BugType,
}

/// "Why was it wrong?"
#[derive(Serialize, ToSchema)]
pub(crate) struct WhyQuestion {
    question: String,
    pub(crate) choices: Vec<String>,
    /// The index of the right choice.
    pub(crate) answer: usize,
}

impl Reveal {
    /// The solution of `snippet`.
    pub(crate) fn of(snippet: &Snippet) -> Self {
        Self {
            explanation: snippet.explanation.clone(),
            why_question: shuffled(snippet),
            correct_code: snippet.correct_code.clone(),
            bug_type: snippet.bug_type,
        }
    }
}

/// The choices in an order that looks random and is the same for everyone: the snippet's id picks it.
fn shuffled(snippet: &Snippet) -> WhyQuestion {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let order = ORDERS[order_index(snippet.id, ORDERS.len())];
    let question = &snippet.why_question;
    WhyQuestion {
        question: question.question.clone(),
        choices: order.iter().map(|&index| question.choices[index].clone()).collect(),
        answer: order.iter().position(|&index| index == 0).unwrap_or_default(),
    }
}

fn order_index(id: Uuid, orders: usize) -> usize {
    usize::from(id.as_bytes()[15]) % orders
}
