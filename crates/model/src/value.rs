//! The values that cross the border between the host and a guest (see `docs/values.md`).

use std::{collections::HashSet, fmt};

use num_bigint::BigInt;
use serde_json::Value as Json;

/// The largest integer that plain JSON carries exactly in every reader: 2^53 - 1.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// The deepest nesting of a value. Deeper ones are refused before anything walks them.
pub const MAX_DEPTH: usize = 200;

/// The most digits of an integer: reading and writing one takes time that grows with the square of its length.
pub const MAX_INTEGER_DIGITS: usize = 10_000;

/// A value of either language, after reading its wire form.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`, `null` and `undefined`.
    Null,
    /// A boolean. Never equal to a number.
    Bool(bool),
    /// An integer of any size.
    Integer(BigInt),
    /// A floating-point number, NaN and the infinities included.
    Float(f64),
    /// A string.
    String(String),
    /// A list, tuple or array; also the wire form of `ListNode` (its values), `TreeNode` (level order) and `GraphNode`
    /// (its nodes with their neighbours).
    List(Vec<Value>),
    /// A linked list whose last node points back to the node at `cycle` (counted from 0).
    CyclicList {
        /// The values of the nodes, in order.
        values: Vec<Value>,
        /// The index of the node that the last one points to.
        cycle: usize,
    },
    /// A dictionary, map or object: pairs of key and value, in no particular order.
    Map(Vec<(Value, Value)>),
    /// A set: its members, in no particular order.
    Set(Vec<Value>),
}

/// Why a wire form is not a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// An object has a key that starts with `$` and is not one of the known tags in its exact shape.
    #[error("not a known tagged value: {0}")]
    Tag(String),
    /// The nesting exceeds [`MAX_DEPTH`].
    #[error("nested more than {MAX_DEPTH} levels deep")]
    Depth,
}

impl Value {
    /// Reads the wire form, strictly: an unknown tag is an error, never a plain object.
    pub fn from_json(json: &Json) -> Result<Self, ValueError> {
        read(json, 0)
    }

    /// How many levels of lists and objects the wire form has, not counting the tag of a number.
    pub fn depth(&self) -> usize {
        let deepest = |values: &[Self]| values.iter().map(Self::depth).max().unwrap_or(0);
        match self {
            Self::List(values) => 1 + deepest(values),
            Self::CyclicList { values, .. } | Self::Set(values) => 2 + deepest(values),
            Self::Map(pairs) => {
                let levels = if pairs.iter().all(|(key, _)| is_plain_key(key)) { 1 } else { 3 };
                levels + pairs.iter().map(|(key, value)| key.depth().max(value.depth())).max().unwrap_or(0)
            }
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Float(_) | Self::String(_) => 0,
        }
    }

    /// Writes the wire form; reading it back gives an equal value.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Integer(value) => match i64::try_from(value) {
                Ok(small) if is_safe(small) => Json::from(small),
                _ => tagged("$int", Json::String(value.to_string())),
            },
            Self::Float(value) => write_float(*value),
            Self::String(value) => Json::String(value.clone()),
            Self::List(values) => write_list(values),
            Self::CyclicList { values, cycle } => {
                serde_json::json!({ "$list": write_list(values), "cycle": cycle })
            }
            Self::Map(pairs) => write_map(pairs),
            Self::Set(values) => tagged("$set", write_list(values)),
        }
    }
}

/// Whether plain JSON carries the integer exactly.
fn is_safe(integer: i64) -> bool {
    (-MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&integer)
}

fn tagged(tag: &str, content: Json) -> Json {
    Json::Object(serde_json::Map::from_iter([(tag.to_owned(), content)]))
}

fn write_list(values: &[Value]) -> Json {
    Json::Array(values.iter().map(Value::to_json).collect())
}

fn write_float(value: f64) -> Json {
    match serde_json::Number::from_f64(value) {
        Some(number) => Json::Number(number),
        None if value.is_nan() => tagged("$float", Json::from("NaN")),
        None if value > 0.0 => tagged("$float", Json::from("Infinity")),
        None => tagged("$float", Json::from("-Infinity")),
    }
}

/// Whether a map with such keys is written as a plain object.
fn is_plain_key(key: &Value) -> bool {
    matches!(key, Value::String(key) if !key.starts_with('$'))
}

fn write_map(pairs: &[(Value, Value)]) -> Json {
    let plain: Option<serde_json::Map<String, Json>> = pairs
        .iter()
        .map(|(key, value)| match key {
            Value::String(text) if is_plain_key(key) => Some((text.clone(), value.to_json())),
            _ => None,
        })
        .collect();
    match plain {
        Some(object) => Json::Object(object),
        None => tagged(
            "$map",
            Json::Array(pairs.iter().map(|(key, value)| Json::Array(vec![key.to_json(), value.to_json()])).collect()),
        ),
    }
}

fn read(json: &Json, depth: usize) -> Result<Value, ValueError> {
    if depth > MAX_DEPTH {
        return Err(ValueError::Depth);
    }
    let list = |values: &[Json]| values.iter().map(|value| read(value, depth + 1)).collect::<Result<Vec<_>, _>>();
    match json {
        Json::Null => Ok(Value::Null),
        Json::Bool(value) => Ok(Value::Bool(*value)),
        Json::Number(number) => Ok(match number.as_i64() {
            Some(integer) if is_safe(integer) => Value::Integer(integer.into()),
            _ => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        }),
        Json::String(value) => Ok(Value::String(value.clone())),
        Json::Array(values) => list(values).map(Value::List),
        Json::Object(object) => {
            let Some(tag) = object.keys().find(|key| key.starts_with('$')) else {
                return object
                    .iter()
                    .map(|(key, value)| Ok((Value::String(key.clone()), read(value, depth + 1)?)))
                    .collect::<Result<_, _>>()
                    .map(Value::Map);
            };
            let unknown = || ValueError::Tag(tag.chars().take(40).collect());
            let content = &object[tag];
            match (tag.as_str(), object.len(), content) {
                ("$int", 1, Json::String(text)) => {
                    // Only what both languages read: Rust's parser knows `+1` and `1_000` as well.
                    let digits = text.strip_prefix('-').unwrap_or(text);
                    if digits.len() > MAX_INTEGER_DIGITS || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                        return Err(unknown());
                    }
                    text.parse::<BigInt>().map(Value::Integer).map_err(|_| unknown())
                }
                ("$float", 1, Json::String(name)) => match name.as_str() {
                    "NaN" => Ok(Value::Float(f64::NAN)),
                    "Infinity" => Ok(Value::Float(f64::INFINITY)),
                    "-Infinity" => Ok(Value::Float(f64::NEG_INFINITY)),
                    _ => Err(unknown()),
                },
                ("$set", 1, Json::Array(values)) => list(values).map(Value::Set),
                ("$map", 1, Json::Array(pairs)) => {
                    let mut pairs = pairs
                        .iter()
                        .map(|pair| match pair {
                            Json::Array(pair) if pair.len() == 2 => {
                                Ok((read(&pair[0], depth + 1)?, read(&pair[1], depth + 1)?))
                            }
                            _ => Err(unknown()),
                        })
                        .collect::<Result<Vec<_>, _>>()?;
                    // Of equal strings the last counts, as in the object as which they may be written.
                    let mut seen = HashSet::new();
                    pairs.reverse();
                    pairs.retain(|(key, _)| !matches!(key, Value::String(key) if !seen.insert(key.clone())));
                    pairs.reverse();
                    Ok(Value::Map(pairs))
                }
                ("$list", 2, Json::Array(values)) => {
                    let cycle = object.get("cycle").and_then(Json::as_u64).ok_or_else(unknown)?;
                    let cycle =
                        usize::try_from(cycle).ok().filter(|&cycle| cycle < values.len()).ok_or_else(unknown)?;
                    Ok(Value::CyclicList { values: list(values)?, cycle })
                }
                _ => Err(unknown()),
            }
        }
    }
}

/// Equality of answers: 2 equals 2.0, -0 equals 0, NaN equals NaN, a boolean is never a number; the order of
/// a map's pairs and of a set's members does not matter.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        equal_by(self, other, &|left, right| left == right || (left.is_nan() && right.is_nan()))
    }
}

/// Equality in which `floats` decides for numbers of which at least one is a floating-point number.
pub(crate) fn equal_by(left: &Value, right: &Value, floats: &dyn Fn(f64, f64) -> bool) -> bool {
    let lists = |left: &[Value], right: &[Value]| {
        left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal_by(left, right, floats))
    };
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Integer(left), Value::Integer(right)) => left == right,
        (Value::Float(left), Value::Float(right)) => floats(*left, *right),
        (Value::Integer(integer), Value::Float(float)) | (Value::Float(float), Value::Integer(integer)) => {
            equal_integer_float(integer, *float, floats)
        }
        (Value::String(left), Value::String(right)) => left == right,
        (Value::List(left), Value::List(right)) => lists(left, right),
        (
            Value::CyclicList { values: left, cycle: left_cycle },
            Value::CyclicList { values: right, cycle: right_cycle },
        ) => left_cycle == right_cycle && lists(left, right),
        (Value::Set(left), Value::Set(right)) => {
            equal_in_any_order(left, right, |left, right| equal_by(left, right, floats))
        }
        (Value::Map(left), Value::Map(right)) => equal_in_any_order(left, right, |left, right| {
            equal_by(&left.0, &right.0, floats) && equal_by(&left.1, &right.1, floats)
        }),
        _ => false,
    }
}

fn equal_integer_float(integer: &BigInt, float: f64, floats: &dyn Fn(f64, f64) -> bool) -> bool {
    match i64::try_from(integer) {
        Ok(small) if is_safe(small) => floats(small as f64, float),
        // Beyond 2^53 a conversion to f64 would round: an integral float is compared exactly instead.
        _ => {
            float.is_finite()
                && float.fract() == 0.0
                && format!("{float:.0}").parse::<BigInt>().is_ok_and(|float| float == *integer)
        }
    }
}

/// Whether `left` is a permutation of `right` under `equal`.
///
/// Sorting by a canonical key first pairs nearly all members at once, so that the quadratic search remains
/// only for members whose keys differ although they are equal (2 and 2.0, tolerances).
pub(crate) fn equal_in_any_order<T>(left: &[T], right: &[T], equal: impl Fn(&T, &T) -> bool) -> bool
where
    T: SortKey,
{
    if left.len() != right.len() {
        return false;
    }
    let sorted = |items: &[T]| {
        let mut order: Vec<(String, usize)> =
            items.iter().enumerate().map(|(index, item)| (item.sort_key(), index)).collect();
        order.sort();
        order
    };
    let mut rest: Vec<&T> = sorted(right).into_iter().map(|(_, index)| &right[index]).collect();
    sorted(left).into_iter().all(|(_, index)| {
        let found = rest.iter().position(|candidate| equal(&left[index], candidate));
        found.is_some_and(|position| {
            rest.remove(position);
            true
        })
    })
}

/// A text by which equal items nearly always sort alike.
pub(crate) trait SortKey {
    /// The key.
    fn sort_key(&self) -> String;
}

impl SortKey for Value {
    fn sort_key(&self) -> String {
        match self {
            Self::Float(float) if float.fract() == 0.0 => format!("{float:.0}"),
            other => other.to_string(),
        }
    }
}

impl SortKey for (Value, Value) {
    fn sort_key(&self) -> String {
        self.0.sort_key()
    }
}

/// The wire form, as compact JSON.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.to_json())
    }
}

impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Most values, without a copy in between.
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => match i64::try_from(value) {
                Ok(small) if is_safe(small) => serializer.serialize_i64(small),
                _ => self.to_json().serialize(serializer),
            },
            Self::Float(value) if value.is_finite() => serializer.serialize_f64(*value),
            Self::String(value) => serializer.serialize_str(value),
            Self::List(values) => serializer.collect_seq(values),
            _ => self.to_json().serialize(serializer),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        Self::from_json(&json).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, test_runner::RngSeed};
    use serde_json::json;

    use super::*;

    fn value(json: serde_json::Value) -> Value {
        Value::from_json(&json).unwrap()
    }

    #[test]
    fn numbers_are_equal_across_kinds_but_never_to_booleans() {
        assert_eq!(value(json!(2)), value(json!(2.0)));
        assert_eq!(value(json!(0)), value(json!(-0.0)));
        assert_eq!(value(json!({"$float": "NaN"})), value(json!({"$float": "NaN"})));
        assert_ne!(value(json!(1)), value(json!(true)));
        assert_ne!(value(json!(2)), value(json!("2")));
        assert_ne!(value(json!(null)), value(json!([])));
    }

    #[test]
    fn integers_beyond_two_to_the_53_are_exact() {
        let exact = value(json!({"$int": "9007199254740993"}));
        assert_ne!(exact, value(json!({"$int": "9007199254740992"})));
        assert_ne!(exact, value(json!(9_007_199_254_740_992.0)));
        assert_eq!(value(json!({"$int": "9007199254740992"})), value(json!(9_007_199_254_740_992.0)));
        assert_eq!(exact.to_json(), json!({"$int": "9007199254740993"}));
        let smallest = json!({"$int": i64::MIN.to_string()});
        assert_eq!(value(smallest.clone()).to_json(), smallest);
        assert_eq!(value(smallest), value(json!(i64::MIN as f64)));
        // Plain JSON is a float there.
        assert_eq!(value(json!(i64::MIN)).to_json(), json!(i64::MIN as f64));
    }

    #[test]
    fn maps_and_sets_ignore_order() {
        assert_eq!(value(json!({"a": 1, "b": 2})), value(json!({"$map": [["b", 2], ["a", 1.0]]})));
        assert_eq!(value(json!({"$set": [1, 2, [3]]})), value(json!({"$set": [[3.0], 2, 1]})));
        assert_eq!(value(json!({"$map": [["a", 1], ["a", 2]]})), value(json!({"a": 2})));
        assert_ne!(value(json!({"$set": [1, 1, 2]})), value(json!({"$set": [1, 2, 2]})));
        assert_ne!(value(json!({"$set": [1]})), value(json!([1])));
    }

    #[test]
    fn depth_is_that_of_the_wire_form() {
        for (json, depth) in [
            (json!({"$int": "9007199254740993"}), 0),
            (json!([]), 1),
            (json!([[1], "a"]), 2),
            (json!({"a": {}}), 2),
            (json!({"$set": [1]}), 2),
            (json!({"$list": [[1]], "cycle": 0}), 3),
            (json!({"$map": [[1, 2]]}), 3),
            (json!({"$map": [[[[]], 2]]}), 5),
        ] {
            assert_eq!(value(json.clone()).depth(), depth, "{json}");
        }
    }

    #[test]
    fn unknown_tags_and_wrong_shapes_are_refused() {
        for wrong in [
            json!({"$unknown": 1}),
            json!({"$int": 12}),
            json!({"$int": "twelve"}),
            json!({"$int": "+1"}),
            json!({"$int": "1_000"}),
            json!({"$int": "-"}),
            json!({"$int": ""}),
            json!({"$int": "1".repeat(MAX_INTEGER_DIGITS + 1)}),
            json!({"$int": "1", "more": 2}),
            json!({"$float": "inf"}),
            json!({"$map": [["only a key"]]}),
            json!({"$list": [1, 2], "cycle": 2}),
            json!({"$list": [1, 2]}),
        ] {
            assert!(Value::from_json(&wrong).is_err(), "{wrong}");
        }
        let deep = (0..=MAX_DEPTH).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(Value::from_json(&deep).unwrap_err(), ValueError::Depth);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            // Also the corners of the kinds of integers.
            (any::<i128>(), 0..128_u32).prop_map(|(integer, shift)| Value::Integer((integer >> shift).into())),
            prop::sample::select(vec![i64::MIN, i64::MAX, MAX_SAFE_INTEGER, -MAX_SAFE_INTEGER])
                .prop_map(|integer| Value::Integer(integer.into())),
            any::<f64>().prop_map(Value::Float),
            "[a-z$]{0,4}".prop_map(Value::String),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Set),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|values| Value::CyclicList { cycle: values.len() - 1, values }),
                prop::collection::vec((any::<i8>(), inner), 0..4).prop_map(|pairs| Value::Map(
                    pairs.into_iter().map(|(key, value)| (Value::Integer(key.into()), value)).collect()
                )),
            ]
        })
    }

    proptest! {
        // The same numbers every time.
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default()
        })]

        #[test]
        fn the_wire_form_reads_back_equal(original in any_value()) {
            prop_assert_eq!(&Value::from_json(&original.to_json()).unwrap(), &original);
            prop_assert_eq!(&serde_json::from_str::<Value>(&original.to_string()).unwrap(), &original);
        }
    }
}
