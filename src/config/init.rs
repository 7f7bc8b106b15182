//! The commented configuration that `ptlint init` writes.

/// A configuration in which every field is explained and commented out.
pub(crate) const TEMPLATE: &str = r#"# Configuration of ptlint. Every field may be left out; the values shown are the defaults or
# examples. Globs are written as in .gitignore and are relative to the folder of this file.

# The configuration that this one is based on, such as that of an organisation: a file or a folder
# relative to this one, with the SHA-256 of the file (`sha256sum ptlint.yaml` prints it).
# extends: {path: ../policy, sha256: 0000000000000000000000000000000000000000000000000000000000000000}

# Rules that a configuration based on this one may not switch off or weaken.
# locked: [dev-host]

# Check only what one of these globs matches.
# include:
#   - "src/"

# Leave out what one of these globs matches, also when it is passed as an argument.
# exclude:
#   - "vendor/"
#   - "*.min.js"

# Packs to use instead of the default ones: names of embedded packs (see `ptlint rules list`), or
# folders, written with a slash.
# packs:
#   - ./lint/our-pack

# The least severity that fails the run: info, warning or error.
# fail-on: warning

# The least confidence that is reported: speculative, possible, likely or certain.
# min-confidence: possible

# Severities that differ from the packs': off, info, warning or error. An entry holds for the
# violations that fit every condition given (rule, service, environment, path). The last entry
# that fits decides. What is off is listed as suppressed, with its reason.
# severity:
#   - path: ["tests/recorded/"]
#     severity: info
#   - rule: dev-host
#     path: ["docs/history.md"]
#     severity: off
#     reason: a record of how it was

# Violations that stay, for files without comments. An entry holds for the violations that fit every
# condition given (rule, path, key, host, service, environment) and needs a reason; it may have
# until, owner and ticket.
# ignore:
#   - path: ["tests/recorded/"]
#     rule: dev-host
#     reason: recorded answers, never called
#     until: 2030-03-31

# The network on which replacements must work, where there is a choice: for all services, and for
# single ones (`ptlint rules list --services` lists their ids).
# network: {default: internet, services: {some-service: internet}}

# Globs of files that are documentation, besides Markdown and other text formats: violations in
# them are at most warnings.
# documentation:
#   - "wiki/"

# A file of known violations, which do not fail a run; `ptlint baseline create` writes it.
# baseline: ptlint.baseline.jsonl

# Whether the baseline covers references to environments that are decommissioned.
# baseline-decommissioned: true
"#;
