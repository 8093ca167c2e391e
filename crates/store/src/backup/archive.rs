//! What `pg_restore` tells of an archive.

use super::{MIGRATIONS, SealedKey};
use crate::migrations::History;

/// What is in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    /// The schema that our tables are in.
    pub(super) schema: String,
    tables: Vec<String>,
}

impl Contents {
    /// Reads the list of an archive; `None` where there are no tables of ours.
    ///
    /// A line is `id; catalog oid TABLE DATA schema table owner`. A schema with spaces in its name is not understood,
    /// and none of ours.
    pub(super) fn of_list(list: &str) -> Option<Self> {
        let tables = list.lines().filter_map(|line| {
            let mut words = line.split_once("; ")?.1.split(' ').skip(2);
            (words.next()? == "TABLE" && words.next()? == "DATA").then_some(())?;
            Some((words.next()?, words.next()?))
        });
        let tables: Vec<(&str, &str)> = tables.collect();
        let (schema, _) = *tables.iter().find(|(_, table)| *table == MIGRATIONS)?;
        let of_schema = tables.iter().filter(|(other, _)| *other == schema);
        Some(Self { schema: schema.to_owned(), tables: of_schema.map(|(_, table)| (*table).to_owned()).collect() })
    }

    pub(super) fn has_table(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table == name)
    }
}

/// The rows of a script that copies one table: for each, the values of these columns.
fn rows<'a, const COLUMNS: usize>(script: &'a str, columns: [&str; COLUMNS]) -> Option<Vec<[&'a str; COLUMNS]>> {
    let mut lines = script.lines().skip_while(|line| !line.starts_with("COPY "));
    let names = lines.next()?.split_once('(')?.1.split_once(')')?.0;
    let names: Vec<&str> = names.split(", ").map(|name| name.trim_matches('"')).collect();
    let places = columns.map(|column| names.iter().position(|name| *name == column));
    let of_line = |line: &'a str| {
        let values: Vec<&str> = line.split('\t').collect();
        let mut row = [""; COLUMNS];
        for (value, place) in row.iter_mut().zip(places) {
            *value = values.get(place?)?;
        }
        Some(row)
    };
    lines.take_while(|line| *line != "\\.").map(of_line).collect()
}

/// The migrations that a script with the rows of their table tells.
pub(super) fn history(script: &str) -> History {
    let rows = rows(script, ["version"]).unwrap_or_default();
    History::of(rows.into_iter().map(|[version]| version.to_owned()))
}

/// The keys that a script with the rows of their table tells; `None` when it is not understood.
pub(super) fn signing_keys(script: &str) -> Option<Vec<SealedKey>> {
    let key = |[id, private_key]: [&str; 2]| Some(SealedKey { id: id.to_owned(), private_key: bytes(private_key)? });
    rows(script, ["id", "private_key"])?.into_iter().map(key).collect()
}

/// Bytes as `\\x0a1b`: the backslash is escaped.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\\\x")?.as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(|digits| (digits.len() == 2).then(|| pair(digits))?).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_tells_the_schema_and_its_tables() {
        let list = ";\n; Archive created at 2026-01-15 12:00:00 UTC\n;     dbname: drill\n;\n\
            215; 1259 16385 TABLE public users ada\n\
            3391; 0 16385 TABLE DATA public users ada\n\
            3392; 0 16390 TABLE DATA public seaql_migrations ada\n\
            3393; 0 16399 TABLE DATA other reports ada\n\
            3240; 2606 16391 CONSTRAINT public users users_pkey ada\n";
        let contents = Contents::of_list(list).unwrap();
        assert_eq!(contents.schema, "public");
        assert!(contents.has_table("users") && !contents.has_table("reports"));
        assert_eq!(Contents::of_list(&list.replace(MIGRATIONS, "migrations")), None);
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let script = "SET x = 1;\nCOPY public.signing_keys (generation, id, private_key, signs_from, created_at) FROM stdin;\n\
            1\tone\t\\\\x00ff7f\t2026-01-15 12:00:00+00\t2026-01-15 14:00:00.123+02\n\\.\n\n3\tnot\ta\trow\n";
        let keys = signing_keys(script).unwrap();
        assert_eq!(keys, [SealedKey { id: "one".into(), private_key: vec![0, 255, 127] }]);
        assert_eq!(signing_keys(&script.replace("\\\\x00ff7f", "\\\\x00ff7")), None);
        assert_eq!(signing_keys(&script.replace("private_key", "key")), None);
        let script = "COPY public.seaql_migrations (version, applied_at) FROM stdin;\nm0001_main_job\t17\n\\.\n";
        assert!(history(script).is_ours() && !history("").is_ours());
    }
}
