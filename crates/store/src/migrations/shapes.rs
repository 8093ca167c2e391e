//! How migrations write tables and indexes.

use sea_orm_migration::prelude::*;

/// A foreign key: `(column, table, action on delete)`.
pub(super) type Reference = (&'static str, &'static str, ForeignKeyAction);

/// To the user a row belongs to, and goes with.
pub(super) const USER: Reference = ("user_id", "users", ForeignKeyAction::Cascade);

/// A table of these columns, primary key and references.
pub(super) fn table(
    name: &'static str,
    columns: Vec<ColumnDef>,
    key: &[&'static str],
    references: &[Reference],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    let mut primary = Index::create();
    for column in key {
        primary.col(Alias::new(*column));
    }
    table.primary_key(&mut primary);
    for (column, target, on_delete) in references {
        table.foreign_key(
            ForeignKey::create()
                .from(Alias::new(name), Alias::new(*column))
                .to(Alias::new(*target), Alias::new("id"))
                .on_delete(*on_delete),
        );
    }
    table
}

/// An index on these columns.
pub(super) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("idx_{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// An index on these columns that allows no two rows with the same values.
pub(super) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut unique = index(table, columns);
    unique.unique();
    unique
}
