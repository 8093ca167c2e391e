//! Replaying a trace as the documentation of the model says.

use bugdrill_model::trace::{MAX_STRUCTURE_NODES, MAX_TEXT_CHARACTERS, MAX_VARIABLES, StepEvent, Structure, Trace};

/// Replays a trace of code that does not tamper with it: it keeps to the limits, and comes out even where the code
/// `has_ended`.
pub(crate) fn replay(trace: &Trace, has_ended: bool) {
    // The names of the variables, for each frame on the stack.
    let mut frames: Vec<(String, Vec<String>)> = Vec::new();
    for step in &trace.steps {
        if step.event == StepEvent::Call {
            frames.push((step.function.clone(), Vec::new()));
        }
        assert_eq!(step.depth as usize, frames.len(), "{step:?}");
        let (function, variables) = frames.last_mut().unwrap();
        assert_eq!(step.function, *function);
        for name in &step.removed {
            let position = variables.iter().position(|variable| variable == name).expect("it was there");
            variables.remove(position);
        }
        for variable in &step.changed {
            if !variables.contains(&variable.name) {
                variables.push(variable.name.clone());
            }
            assert!(variable.text.chars().count() <= MAX_TEXT_CHARACTERS, "{variable:?}");
            variable.structure.as_ref().inspect(|structure| check_structure(structure));
        }
        assert!(variables.len() <= MAX_VARIABLES, "{variables:?}");
        assert!(step.text.as_ref().is_none_or(|text| text.chars().count() <= MAX_TEXT_CHARACTERS), "{step:?}");
        if step.event == StepEvent::Return {
            frames.pop();
        }
    }
    assert!(!has_ended || frames.is_empty(), "{frames:?}");
}

fn check_structure(structure: &Structure) {
    let nodes = match structure {
        Structure::List { items, length } => {
            assert_eq!(items.len(), MAX_STRUCTURE_NODES.min(*length as usize));
            return;
        }
        Structure::LinkedList { nodes, cycle, .. } => {
            assert!(cycle.is_none_or(|position| (position as usize) < nodes.len()));
            nodes.len()
        }
        Structure::Tree { nodes, .. } => {
            assert!(nodes.last().is_some_and(Option::is_some));
            nodes.iter().flatten().count()
        }
        Structure::Graph { nodes, edges, .. } => {
            assert!(edges.as_flattened().iter().all(|&position| (position as usize) < nodes.len()));
            nodes.len()
        }
    };
    assert!((1..=MAX_STRUCTURE_NODES).contains(&nodes));
}
