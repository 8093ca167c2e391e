//! What an exercise asks for: a function, or a class driven by a list of operations.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Language, Value};

/// The declared type of a parameter or a result, written as `int[]`, `map<string,int>`, `ListNode?` and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A whole number of any size.
    Int,
    /// A floating-point number.
    Float,
    /// A boolean.
    Bool,
    /// A string.
    String,
    /// Any value, converted as it is.
    Any,
    /// No result.
    Void,
    /// A singly linked list; its wire form is the list of its values, `[]` being no node at all.
    ListNode,
    /// A binary tree; its wire form is level order with `null` for a missing child, `[]` being no node at all.
    TreeNode,
    /// A graph, from one of its nodes on; its wire form is `[value, [positions of its neighbours]]` for each node in the
    /// order of a breadth-first search, `[]` being no node at all.
    GraphNode,
    /// `T[]`: a list.
    List(Box<Type>),
    /// `T?`: the type, or null.
    Optional(Box<Type>),
    /// `set<T>`: a set.
    Set(Box<Type>),
    /// `map<K,V>`: a dictionary, map or plain object.
    Map(Box<Type>, Box<Type>),
}

/// Why a text is not a type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown type `{0}`")]
pub struct TypeError(String);

impl FromStr for Type {
    type Err = TypeError;

    fn from_str(text: &str) -> Result<Self, TypeError> {
        let text = text.trim();
        let unknown = || TypeError(text.to_owned());
        let boxed = |inner: &str| Self::from_str(inner).map(Box::new);
        if let Some(inner) = text.strip_suffix("[]") {
            return Ok(Self::List(boxed(inner)?));
        }
        if let Some(inner) = text.strip_suffix('?') {
            return Ok(Self::Optional(boxed(inner)?));
        }
        if let Some(inner) = text.strip_prefix("set<").and_then(|rest| rest.strip_suffix('>')) {
            return Ok(Self::Set(boxed(inner)?));
        }
        if let Some(inner) = text.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>')) {
            let (key, value) = inner.split_once(',').ok_or_else(unknown)?;
            return Ok(Self::Map(boxed(key)?, boxed(value)?));
        }
        Ok(match text {
            "int" => Self::Int,
            "float" => Self::Float,
            "bool" => Self::Bool,
            "string" => Self::String,
            "any" => Self::Any,
            "void" => Self::Void,
            "ListNode" => Self::ListNode,
            "TreeNode" => Self::TreeNode,
            "GraphNode" => Self::GraphNode,
            _ => return Err(unknown()),
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int => formatter.write_str("int"),
            Self::Float => formatter.write_str("float"),
            Self::Bool => formatter.write_str("bool"),
            Self::String => formatter.write_str("string"),
            Self::Any => formatter.write_str("any"),
            Self::Void => formatter.write_str("void"),
            Self::ListNode => formatter.write_str("ListNode"),
            Self::TreeNode => formatter.write_str("TreeNode"),
            Self::GraphNode => formatter.write_str("GraphNode"),
            Self::List(inner) => write!(formatter, "{inner}[]"),
            Self::Optional(inner) => write!(formatter, "{inner}?"),
            Self::Set(inner) => write!(formatter, "set<{inner}>"),
            Self::Map(key, value) => write!(formatter, "map<{key},{value}>"),
        }
    }
}

impl Type {
    /// Checks that nodes can be made of a value, wherever this type has them; else says why they cannot. All other
    /// types only tell people what to expect.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        match (self, value) {
            (Self::ListNode, Value::List(_) | Value::CyclicList { .. } | Value::Null)
            | (Self::TreeNode | Self::GraphNode, Value::Null) => Ok(()),
            (Self::TreeNode, Value::List(values)) => check_tree(values),
            (Self::GraphNode, Value::List(entries)) => check_graph(entries),
            (Self::ListNode | Self::TreeNode | Self::GraphNode, _) => Err(format!("a {self} is written as a list")),
            (Self::List(inner), _) if inner.has_nodes() => match value {
                Value::List(items) => items.iter().try_for_each(|item| inner.check(item)),
                Value::Null => Ok(()),
                _ => Err(format!("a value of type {self} is written as a list")),
            },
            (Self::Map(_, inner), _) if inner.has_nodes() => match value {
                Value::Map(pairs) => pairs.iter().try_for_each(|(_, item)| inner.check(item)),
                Value::Null => Ok(()),
                _ => Err(format!("a value of type {self} is written as an object")),
            },
            (Self::Optional(inner), _) => inner.check(value),
            _ => Ok(()),
        }
    }

    /// Whether values of this type have nodes in them. Sets and keys of maps never do.
    fn has_nodes(&self) -> bool {
        match self {
            Self::ListNode | Self::TreeNode | Self::GraphNode => true,
            Self::List(inner) | Self::Optional(inner) | Self::Map(_, inner) => inner.has_nodes(),
            _ => false,
        }
    }
}

/// Checks that every node of a tree in level order has a parent.
fn check_tree(values: &[Value]) -> Result<(), String> {
    let mut places = 1_usize;
    for (position, value) in values.iter().enumerate() {
        places = places.checked_sub(1).ok_or_else(|| format!("entry {position} of the tree has no parent"))?;
        if !matches!(value, Value::Null) {
            places += 2;
        }
    }
    Ok(())
}

/// Checks that a graph is written in its only form: as a breadth-first search from the first node finds the nodes.
fn check_graph(entries: &[Value]) -> Result<(), String> {
    let mut found = 1;
    for (position, entry) in entries.iter().enumerate() {
        if position >= found {
            return Err(format!("the first node of the graph does not reach node {position}"));
        }
        let Value::List(entry) = entry else { return Err(not_an_entry(position)) };
        let [_, Value::List(neighbours)] = entry.as_slice() else { return Err(not_an_entry(position)) };
        for neighbour in neighbours {
            let Value::Integer(neighbour) = neighbour else { return Err(not_an_entry(position)) };
            let neighbour =
                usize::try_from(neighbour).ok().filter(|&neighbour| neighbour < entries.len()).ok_or_else(|| {
                    format!("node {position} of the graph has the neighbour {neighbour}, which is no node")
                })?;
            if neighbour > found {
                return Err(format!(
                    "the nodes of the graph are not in the order of a breadth-first search: node {neighbour} is found \
                     before node {found}"
                ));
            }
            found = found.max(neighbour + 1);
        }
    }
    Ok(())
}

fn not_an_entry(position: usize) -> String {
    format!("node {position} of the graph is not written as [value, [positions of its neighbours]]")
}

impl Serialize for Type {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A named, typed parameter. Arguments are passed by position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name, in `snake_case`; also the key of a test's input.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Whether the code gives it a default value, so that a call may leave it out with all that follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl Parameter {
    /// A parameter that every call gives.
    pub fn required(name: &str, kind: Type) -> Self {
        Self { name: name.to_owned(), kind, optional: false }
    }
}

/// A method of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// The name, in `snake_case`.
    pub name: String,
    /// The parameters, in order.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// The type of the result.
    pub returns: Type,
}

/// What the learner's code has to define.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Signature {
    /// A function.
    Function {
        /// The name, in `snake_case`.
        function: String,
        /// The parameters, in order.
        parameters: Vec<Parameter>,
        /// The type of the result.
        returns: Type,
    },
    /// A class: a test constructs it, then calls its methods in order.
    Class {
        /// The name, in `PascalCase`.
        class: String,
        /// The parameters of the constructor, in order.
        #[serde(default)]
        parameters: Vec<Parameter>,
        /// The methods.
        methods: Vec<Method>,
    },
}

/// One callable of a signature: the function, the constructor or a method.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The canonical name.
    pub name: &'a str,
    /// The parameters, in order.
    pub parameters: &'a [Parameter],
    /// The type of the result; [`Type::Void`] for a constructor.
    pub returns: &'a Type,
}

impl Operation<'_> {
    /// Checks that a call may have so many arguments; else says how many it has.
    pub fn check_count(&self, arguments: usize) -> Result<(), String> {
        let most = self.parameters.len();
        let least = self.parameters.iter().rposition(|parameter| !parameter.optional).map_or(0, |last| last + 1);
        if (least..=most).contains(&arguments) {
            return Ok(());
        }
        let range = if least == most { most.to_string() } else { format!("{least} to {most}") };
        Err(format!("`{}` takes {range} arguments", self.name))
    }
}

impl Signature {
    /// All operations: the function, or the constructor and the methods.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let methods: &[_] = match self {
            Self::Function { .. } => &[],
            Self::Class { methods, .. } => methods,
        };
        std::iter::once(self.name())
            .chain(methods.iter().map(|method| method.name.as_str()))
            .filter_map(|name| self.operation(name))
    }

    /// The first parameter that has to be given behind one that may be left out, which cannot be.
    pub fn misplaced_parameter(&self) -> Option<&Parameter> {
        self.operations().find_map(|operation| {
            operation
                .parameters
                .iter()
                .skip_while(|parameter| !parameter.optional)
                .find(|parameter| !parameter.optional)
        })
    }

    /// The canonical name of the function or class.
    pub fn name(&self) -> &str {
        match self {
            Self::Function { function, .. } => function,
            Self::Class { class, .. } => class,
        }
    }

    /// The operation of this canonical name, if there is one.
    pub fn operation(&self, name: &str) -> Option<Operation<'_>> {
        match self {
            Self::Function { function, parameters, returns } if function == name => {
                Some(Operation { name: function, parameters, returns })
            }
            Self::Function { .. } => None,
            Self::Class { class, parameters, .. } if class == name => {
                Some(Operation { name: class, parameters, returns: &Type::Void })
            }
            Self::Class { methods, .. } => methods.iter().find(|method| method.name == name).map(|method| Operation {
                name: &method.name,
                parameters: &method.parameters,
                returns: &method.returns,
            }),
        }
    }
}

/// The name by which code of `language` knows what is canonically called `name`: `two_sum` is `twoSum` in
/// JavaScript; names of classes are the same in both.
pub fn name_in(language: Language, name: &str) -> String {
    match language {
        Language::Python => name.to_owned(),
        Language::JavaScript => {
            let mut parts = name.split('_');
            let mut result = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let mut characters = part.chars();
                result.extend(characters.next().map(|first| first.to_ascii_uppercase()));
                result.push_str(characters.as_str());
            }
            result
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_are_written_as_they_are_read() {
        for text in
            ["int", "int[][]", "ListNode?", "map<string,int[]>", "set<string>[]", "TreeNode", "GraphNode[]", "void"]
        {
            assert_eq!(text.parse::<Type>().unwrap().to_string(), text);
        }
        assert!("integer".parse::<Type>().is_err());
        assert!("map<int>".parse::<Type>().is_err());
    }

    #[test]
    fn values_that_are_no_nodes_say_why() {
        let check = |kind: &str, json| kind.parse::<Type>().unwrap().check(&Value::from_json(&json).unwrap());
        for (kind, json) in [
            ("ListNode", json!(null)),
            ("ListNode", json!({"$list": [1, 2], "cycle": 0})),
            ("TreeNode?", json!([1, null, 2])),
            ("TreeNode", json!([])),
            ("GraphNode", json!([])),
            ("GraphNode", json!([["a", [0, 0]]])),
            ("GraphNode", json!([[1, [1, 2]], [2, [0, 3]], [4, [0, 3]], [3, [1, 2]]])),
            ("map<int,GraphNode[]>", json!({"$map": [[1, [[[1, []]], null]]]})),
            ("set<int>[]", json!("anything: it is converted as it is")),
        ] {
            assert_eq!(check(kind, json.clone()), Ok(()), "{kind} {json}");
        }
        for (kind, json, problem) in [
            ("ListNode", json!(1), "a ListNode is written as a list"),
            ("TreeNode", json!({"$list": [1], "cycle": 0}), "a TreeNode is written as a list"),
            ("GraphNode", json!({}), "a GraphNode is written as a list"),
            ("ListNode[]", json!({}), "a value of type ListNode[] is written as a list"),
            ("ListNode[]", json!([[], 1]), "a ListNode is written as a list"),
            ("map<string,TreeNode>", json!([]), "written as an object"),
            ("TreeNode", json!([null, 1]), "entry 1 of the tree has no parent"),
            ("TreeNode", json!([1, null, null, 2]), "entry 3 of the tree has no parent"),
            ("GraphNode", json!([1]), "node 0 of the graph is not written as"),
            ("GraphNode", json!([[1, 0]]), "node 0 of the graph is not written as"),
            ("GraphNode", json!([[1, [0.0]]]), "node 0 of the graph is not written as"),
            ("GraphNode", json!([[1, [1]]]), "node 0 of the graph has the neighbour 1, which is no node"),
            ("GraphNode", json!([[1, [-1]]]), "the neighbour -1, which is no node"),
            ("GraphNode", json!([[1, []], [2, [0]]]), "does not reach node 1"),
            ("GraphNode", json!([[1, [2, 1]], [2, []], [3, []]]), "node 2 is found before node 1"),
        ] {
            let error = check(kind, json.clone()).unwrap_err();
            assert!(error.contains(problem), "{kind} {json}: {error}");
        }
    }

    #[test]
    fn javascript_names_are_camel_case() {
        assert_eq!(name_in(Language::JavaScript, "two_sum"), "twoSum");
        assert_eq!(name_in(Language::JavaScript, "MinStack"), "MinStack");
        assert_eq!(name_in(Language::Python, "two_sum"), "two_sum");
    }
}
