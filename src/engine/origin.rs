//! Whose file it is. What others publish or a program generates is changed at its source: here the next
//! installation or the next run of the generator reverts a fix.

use super::generated::says_generated;
use super::migration::is_migration;
use crate::config::Settings;

const VENDORED: &str = "it is in third-party files: change the dependency";
const LOCKED: &str = "it is in a lock file: change the dependency";
const MARKED: &str = "`.gitattributes` marks it as generated or third-party: change its source";
const BUILT: &str = "it is in the output of a build: change its source";
const RECORDED: &str = "it is a recording: record it again";
const MIGRATED: &str =
    "it is a migration, which must not change once it has run: write a new migration";
const GENERATED: &str = "the file is generated: change its source";

/// Folders of third-party files.
const FOLDERS: &[&str] = &[
    ".bundle",
    ".gradle",
    ".pnpm",
    ".terraform",
    ".terragrunt-cache",
    ".tox",
    ".venv",
    ".yarn",
    "bower_components",
    "carthage",
    "deps",
    "dist-packages",
    "external",
    "jspm_packages",
    "node_modules",
    "pods",
    "site-packages",
    "third-party",
    "third_party",
    "thirdparty",
    "vendor",
    "vendored",
    "venv",
];

/// Folders that builds write.
const OUTPUT: &[&str] = &[
    ".build", ".next", ".nuxt", ".output", "_build", "build", "coverage", "dist", "htmlcov", "obj",
    "target",
];

/// Folders in `bin` and `out` that builds write.
const CONFIGURATIONS: &[&str] = &[
    "artifacts",
    "classes",
    "debug",
    "production",
    "release",
    "x64",
    "x86",
];

/// Files of a folder called `build` that make the build, and are not made by it.
const BUILDERS: &[&str] = &[
    ".bat",
    ".cmake",
    ".gradle",
    ".gradle.kts",
    ".mk",
    ".ps1",
    ".sh",
    ".tf",
    "build.xml",
    "dockerfile",
    "jenkinsfile",
    "makefile",
];

/// Folders in `build` for what makes a build.
const BUILDER_FOLDERS: &[&str] = &["ci", "config", "docker", "package", "packaging", "scripts"];

/// Folders of recorded answers and results.
const RECORDINGS: &[&str] = &[
    "__cassettes__",
    "__recordings__",
    "__snapshots__",
    "cassettes",
    "vcr_cassettes",
];

/// Lock files whose names do not end with `.lock`.
const LOCKS: &[&str] = &[
    ".terraform.lock.hcl",
    "bun.lockb",
    "conda-lock.yml",
    "go.sum",
    "go.work.sum",
    "gradle.lockfile",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "package.resolved",
    "packages.lock.json",
    "pnpm-lock.yaml",
];

/// Bytes of a file that may say that it is generated.
const HEAD: usize = 4 * 1024;

/// Why a file with this path and beginning should be changed elsewhere.
pub(super) fn changed_elsewhere(
    settings: &Settings,
    path: &str,
    head: &[u8],
) -> Option<&'static str> {
    by_name_or_head(path, head).or_else(|| {
        settings
            .changed_elsewhere
            .matches(path, false)
            .then_some(MARKED)
    })
}

fn by_name_or_head(path: &str, head: &[u8]) -> Option<&'static str> {
    let head = &head[..head.len().min(HEAD)];
    let path = path.to_ascii_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if folders.split('/').any(|folder| FOLDERS.contains(&folder)) {
        return Some(VENDORED);
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if LOCKS.contains(&name) || ends(&[".lock"]) {
        return Some(LOCKED);
    }
    if folders
        .split('/')
        .any(|folder| RECORDINGS.contains(&folder))
        || ends(&[".snap", ".har"])
    {
        return Some(RECORDED);
    }
    if is_migration(&path, head) {
        return Some(MIGRATED);
    }
    let is_script = ends(&[".js", ".mjs", ".cjs", ".css"]);
    let one_line = is_script && head.len() == HEAD && !head.contains(&b'\n');
    let bundle = ends(&[
        ".min.js",
        ".min.mjs",
        ".min.css",
        ".bundle.js",
        ".js.map",
        ".css.map",
    ]);
    let state = ends(&[".tfstate", ".tfstate.backup"]);
    if one_line || bundle || state || says_generated(head) {
        return Some(GENERATED);
    }
    is_output(folders, name).then_some(BUILT)
}

/// Says whether a build writes a file. Below `src` such a folder is a module of the program.
fn is_output(folders: &str, name: &str) -> bool {
    let before_source = || folders.split('/').take_while(|folder| *folder != "src");
    let mut pairs = before_source().zip(before_source().skip(1));
    let is_configured = pairs
        .any(|(folder, next)| matches!(folder, "bin" | "out") && CONFIGURATIONS.contains(&next));
    // In a folder of messages, `out` is what is sent.
    if is_configured || before_source().next() == Some("out") {
        return true;
    }
    let mut rest = before_source();
    let Some(folder) = rest.find(|folder| OUTPUT.contains(folder)) else {
        return false;
    };
    let makes_builds = BUILDERS.iter().any(|ending| name.ends_with(ending))
        || rest
            .next()
            .is_some_and(|next| BUILDER_FOLDERS.contains(&next));
    folder != "build" || !makes_builds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_are_told_by_their_paths() {
        for (path, reason) in [
            ("node_modules/a/b.js", Some(VENDORED)),
            ("x/Vendor/a.go", Some(VENDORED)),
            ("infra/.terraform/modules/a/main.tf", Some(VENDORED)),
            ("vendor", None),
            ("src/vendors.yaml", None),
            ("web/package-lock.json", Some(LOCKED)),
            ("Cargo.lock", Some(LOCKED)),
            ("go.sum", Some(LOCKED)),
            ("lock.json", None),
            ("dist/app.min.js", Some(GENERATED)),
            ("src/app.js", None),
            ("external/a/b.yaml", Some(VENDORED)),
            ("deps/b.yaml", Some(VENDORED)),
            ("dist/b.yaml", Some(BUILT)),
            ("a/target/classes/b.yml", Some(BUILT)),
            ("build/resources/main/b.yml", Some(BUILT)),
            ("build/package/compose.yaml", None),
            ("build/Dockerfile", None),
            ("src/build/b.yaml", None),
            ("App/bin/Debug/net8.0/appsettings.json", Some(BUILT)),
            ("bin/Release/b.config", Some(BUILT)),
            ("out/production/b.yml", Some(BUILT)),
            ("web/out/artifacts/b.yml", Some(BUILT)),
            ("out/b.js", Some(BUILT)),
            ("bin/b.sh", None),
            ("src/out/b.ts", None),
            ("messages/out/b.xml", None),
            ("a/src/main/java/target/b.properties", None),
            ("tests/cassettes/b.yaml", Some(RECORDED)),
            ("a/__snapshots__/b.snap", Some(RECORDED)),
            ("terraform.tfstate", Some(GENERATED)),
            ("terraform.tfstate.backup", Some(GENERATED)),
            ("b.tfstate.yaml", None),
            ("db/V1__a.sql", Some(MIGRATED)),
        ] {
            assert_eq!(by_name_or_head(path, b""), reason, "{path}");
        }
    }

    #[test]
    fn generated_files_say_so() {
        let generated = |head| by_name_or_head("a.go", head) == Some(GENERATED);
        assert!(generated(b"# @generated by b\n"));
        assert!(!generated(b"# Generated keys are in the vault\n"));
        let line = "x".repeat(5_000);
        let head = &line.as_bytes()[..4096];
        assert_eq!(by_name_or_head("a.js", head), Some(GENERATED));
        assert_eq!(by_name_or_head("a.json", head), None);
    }
}
