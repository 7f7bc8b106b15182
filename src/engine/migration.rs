//! Migrations of databases. A migration that has run is never edited: databases that have run it do not run
//! it again, and tools that keep its checksum refuse to start.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::any_case;

/// Text of migrations in the first bytes of a file.
static TEXTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    any_case(&[
        "<databasechangelog",
        "databasechangelog:",
        "\"databasechangelog\"",
        "--liquibase formatted sql",
        "-- liquibase formatted sql",
        "\ndown_revision",
        "activerecord::migration",
        "dependency(migrations.",
        "migrations.migration)",
        "extends abstractmigration",
        "extends migration\n",
        "extends migration {",
        ": migration\n",
        ": migration {",
        ": migration\r\n",
        "use ecto.migration",
    ])
});

/// Marks of a migration that runs again when it changes.
static RUNS_AGAIN: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_case(&["runonchange=\"true\"", "runonchange:true"]));

/// Folders of numbered migrations.
const FOLDERS: &[&str] = &[
    "migrate",
    "migration",
    "migrations",
    "changelog",
    "changelogs",
];

/// Says whether a file is a migration that runs once. The path is in lower case.
pub(super) fn is_migration(path: &str, head: &[u8]) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_code = [
        "cs", "ex", "exs", "go", "groovy", "java", "js", "json", "kt", "php", "py", "rb", "sql",
        "ts", "xml", "yaml", "yml",
    ];
    if !is_code.contains(&extension) {
        return false;
    }
    let is_one = is_versioned(name)
        || TEXTS.is_match(head)
        || folders.split('/').any(|folder| FOLDERS.contains(&folder))
            && folders
                .split('/')
                .skip_while(|folder| !FOLDERS.contains(folder))
                .chain([name])
                .any(is_numbered);
    is_one && !RUNS_AGAIN.is_match(head)
}

/// `V1__a.sql` and `U1_2__a.sql` of Flyway. `R__a.sql` runs again when it changes.
fn is_versioned(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(['v', 'u']) else {
        return false;
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_' | '-'));
    let version = &rest[..end.unwrap_or(rest.len())];
    version.starts_with(|c: char| c.is_ascii_digit()) && version.ends_with("__")
}

/// `0001_initial`, `20200101000000_a`
fn is_numbered(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits >= 3 || digits > 0 && name[digits..].starts_with(['_', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_told_by_their_names_and_beginnings() {
        for (path, head, migration) in [
            ("db/v1__a.sql", "", true),
            ("db/v2020.01.01_1__a.sql", "", true),
            ("db/migration/r__a.sql", "", false),
            ("db/migrate/20200101000000_a.rb", "", true),
            ("app/migrations/0001_initial.py", "", true),
            ("prisma/migrations/2020_a/migration.sql", "", true),
            (
                "alembic/versions/1a_b.py",
                "\"\"\"a\"\"\"\ndown_revision = none\n",
                true,
            ),
            ("alembic/env.py", "", false),
            ("migrations/readme.md", "", false),
            ("migrations/helpers.py", "", false),
            ("c.yaml", "databasechangelog:\n", true),
            ("c.sql", "--liquibase formatted sql\n", true),
            ("a.sql", "insert into a values (1);\n", false),
            ("m/a.cs", "public partial class a : migration {", true),
            ("views.py", "from django.db import migrations", false),
            ("vendors__a.sql", "", false),
        ] {
            assert_eq!(is_migration(path, head.as_bytes()), migration, "{path}");
        }
    }
}
