//! Columns that hold the name of a value.

use std::ops::Deref;

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable,
    sea_query::{ArrayType, ColumnType, Nullable, StringLen, Value, ValueType, ValueTypeErr},
};
use serde::{Serialize, de::DeserializeOwned};

/// A value of `model` that has no parts, stored by the name that it has in JSON: the domain knows nothing of columns,
/// and columns hold nothing else. A row with a name that this release does not know cannot be read: where servers of two
/// releases share a database, a new name is written one release after it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text<T>(pub T);

impl<T> Deref for Text<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Serialize> Text<T> {
    /// The name by which it is stored.
    pub(crate) fn name(&self) -> String {
        match serde_json::to_value(&self.0) {
            Ok(serde_json::Value::String(name)) => name,
            other => unreachable!("stored values are named by a text, not {other:?}"),
        }
    }
}

impl<T: DeserializeOwned> Text<T> {
    fn of_name(name: String) -> Result<Self, serde_json::Error> {
        serde_json::from_value(serde_json::Value::String(name)).map(Self)
    }
}

impl<T: Serialize> From<Text<T>> for Value {
    fn from(text: Text<T>) -> Self {
        text.name().into()
    }
}

impl<T: DeserializeOwned> TryGetable for Text<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let name = String::try_get_by(row, index)?;
        Self::of_name(name).map_err(|error| DbErr::Type(error.to_string()).into())
    }
}

impl<T: DeserializeOwned> ValueType for Text<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        Self::of_name(<String as ValueType>::try_from(value)?).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        "Text".into()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::String(StringLen::None)
    }
}

/// Keys are given, not counted.
impl<T> TryFromU64 for Text<T> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("a name"))
    }
}

impl<T> Nullable for Text<T> {
    fn null() -> Value {
        String::null()
    }
}
