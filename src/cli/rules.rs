//! `ptlint rules list | show | test`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::catalogue::{Catalogue, Exemption, Merged, Pack, PackError, Rule};
use crate::document::suggestion;
use crate::engine::policy;
use crate::examples;
use crate::facts::{OwnRule, RULES, own_rule};
use crate::kinds;

use super::OutputError;
use super::args::{Rules, RulesCommand};
use super::streams::output;
use super::terminal::Terminal;

/// No rule has the id.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("there is no rule `{id}`")]
#[diagnostic(code(rules::unknown), help("{suggestion}"))]
pub(super) struct UnknownRule {
    id: String,
    suggestion: String,
}

/// Runs a subcommand.
pub(super) fn run(arguments: &Rules, terminal: Terminal) -> miette::Result<u8> {
    match &arguments.command {
        RulesCommand::List { services, pack } => {
            if *services {
                list_services(&catalogue(pack)?, terminal)
            } else {
                list(&catalogue(pack)?, terminal)
            }
        }
        RulesCommand::Show { rule, pack } => show(&catalogue(pack)?, rule, terminal),
        RulesCommand::Test { pack } => test(pack.as_deref()),
    }
}

/// The embedded packs, opt-in ones too, and packs in folders.
pub(super) fn catalogue(folders: &[PathBuf]) -> Result<Catalogue, PackError> {
    let mut packs = Pack::embedded_names()
        .map(Pack::embedded)
        .collect::<Result<Vec<_>, _>>()?;
    for folder in folders {
        packs.push(Pack::from_folder(folder)?);
    }
    Catalogue::compile(&packs)
}

fn list(catalogue: &Catalogue, terminal: Terminal) -> miette::Result<u8> {
    let bold = bold(terminal);
    let write = || -> io::Result<()> {
        let mut out = output();
        for pack in catalogue.packs() {
            writeln!(
                out,
                "{bold}{}{bold:#} {}: {}",
                pack.name, pack.version, pack.title
            )?;
            let width = pack.rows.rules.keys().map(String::len).max().unwrap_or(0);
            for (id, rule) in &pack.rows.rules {
                let preview = if rule.preview { " (preview)" } else { "" };
                writeln!(out, "  {id:width$}  {}{preview}", rule.summary)?;
            }
        }
        writeln!(
            out,
            "{bold}ptlint{bold:#} itself, about the configuration and suppressions"
        )?;
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
        for rule in &RULES {
            writeln!(out, "  {:width$}  {}", rule.id, rule.summary)?;
        }
        Ok(())
    };
    write().map_err(OutputError)?;
    Ok(0)
}

/// The services of each pack, by id.
fn list_services(catalogue: &Catalogue, terminal: Terminal) -> miette::Result<u8> {
    let bold = bold(terminal);
    let write = || -> io::Result<()> {
        let mut out = output();
        for pack in catalogue.packs() {
            let services = &pack.rows.services;
            writeln!(
                out,
                "{bold}{}{bold:#} {}: {}",
                pack.name, pack.version, pack.title
            )?;
            let width = services.keys().map(String::len).max().unwrap_or(0);
            for (id, service) in services {
                writeln!(out, "  {id:width$}  {}", service.name)?;
            }
        }
        Ok(())
    };
    write().map_err(OutputError)?;
    Ok(0)
}

/// The documentation of a rule of the program itself.
pub(super) fn own_documentation(rule: &OwnRule, terminal: Terminal) -> io::Result<()> {
    let bold = bold(terminal);
    let mut out = output();
    writeln!(out, "{bold}{}{bold:#} (ptlint itself)", rule.id)?;
    writeln!(out, "{}", rule.summary)?;
    writeln!(out, "\n{bold}Why{bold:#}\n{}", indent(rule.why))?;
    writeln!(
        out,
        "\n{bold}How to fix{bold:#}\n{}",
        indent(rule.how_to_fix)
    )
}

fn show(catalogue: &Catalogue, id: &str, terminal: Terminal) -> miette::Result<u8> {
    if let Some(rule) = own_rule(id) {
        own_documentation(rule, terminal).map_err(OutputError)?;
        return Ok(0);
    }
    let Some((rule, pack)) = catalogue.rule(id) else {
        let known: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
        return Err(UnknownRule {
            id: id.to_owned(),
            suggestion: suggestion(id, &known, "rules"),
        }
        .into());
    };
    documentation(id, rule, pack, terminal)
        .and_then(|()| examples_of(rule))
        .map_err(OutputError)?;
    Ok(0)
}

/// The documentation of a rule, as `explain` prints it too.
pub(super) fn documentation(
    id: &str,
    rule: &Rule,
    pack: &Merged,
    terminal: Terminal,
) -> io::Result<()> {
    let bold = bold(terminal);
    let mut out = output();
    writeln!(
        out,
        "{bold}{id}{bold:#} (pack {} {})",
        pack.name, pack.version
    )?;
    writeln!(out, "{}\n", rule.summary)?;
    let kind = kinds::by_id(rule.reference).plural;
    writeln!(out, "Reports {kind} of {}.", rule.environment)?;
    if rule.preview {
        writeln!(
            out,
            "A preview: at most info, unless the configuration gives it a severity."
        )?;
    }
    lifecycle(&mut out, pack, &rule.environment)?;
    writeln!(out, "\n{bold}Why{bold:#}\n{}", indent(&rule.why))?;
    writeln!(
        out,
        "\n{bold}How to fix{bold:#}\n{}",
        indent(&rule.how_to_fix)
    )
}

/// The phases of an environment, with what each means and for whom it does not.
fn lifecycle(out: &mut impl io::Write, pack: &Merged, name: &str) -> io::Result<()> {
    let entries = pack.environment(name).map(|e| e.lifecycle.as_slice());
    let word = |value: serde_json::Result<serde_json::Value>| {
        let word = value.unwrap_or_default();
        word.as_str().unwrap_or_default().to_owned()
    };
    for entry in entries.unwrap_or_default() {
        let phase = word(serde_json::to_value(entry.phase));
        let severity = word(serde_json::to_value(entry.severity));
        writeln!(out, "  from {} {phase}: {severity}", entry.from)?;
        if let Some(note) = &entry.note {
            writeln!(out, "    {note}")?;
        }
        for exemption in exemptions(pack, name).filter(|e| e.phase == Some(entry.phase)) {
            writeln!(out, "    {}", exemption_line(pack, exemption))?;
        }
    }
    for exemption in exemptions(pack, name).filter(|e| e.phase.is_none()) {
        writeln!(out, "  {}", exemption_line(pack, exemption))?;
    }
    for sentence in policy::advice(pack, name) {
        writeln!(out, "  {sentence}")?;
    }
    Ok(())
}

/// The exemptions of services in an environment.
pub(super) fn exemptions<'p>(
    pack: &'p Merged,
    name: &'p str,
) -> impl Iterator<Item = &'p Exemption> {
    let all = pack.rows.exemptions.iter();
    all.filter(move |exemption| exemption.environments.iter().any(|e| e == name))
}

/// The services of an exemption, and what is true of them.
pub(super) fn exemption_line(pack: &Merged, exemption: &Exemption) -> String {
    let name = |id: &String| pack.service(id).map_or(id.clone(), |s| s.name.clone());
    let services: Vec<String> = exemption.services.iter().map(name).collect();
    format!("except for {}: {}", services.join(", "), exemption.note)
}

fn examples_of(rule: &Rule) -> io::Result<()> {
    let mut out = output();
    writeln!(out, "\nExamples")?;
    for example in &rule.examples {
        let file = example.file.as_deref().unwrap_or("any file");
        let note = example
            .note
            .as_ref()
            .map_or(String::new(), |n| format!(" ({n})"));
        if example.matches.is_empty() {
            writeln!(out, "  nothing in {file}{note}:")?;
        } else {
            writeln!(out, "  {} in {file}{note}:", example.matches.join(", "))?;
        }
        writeln!(out, "{}", indent(&indent(&example.text)))?;
        if let Some(fixed) = &example.fixed {
            writeln!(out, "  becomes:\n{}", indent(&indent(fixed)))?;
        }
    }
    Ok(())
}

fn indent(text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(|l| format!("  {l}")).collect();
    lines.join("\n")
}

fn bold(terminal: Terminal) -> anstyle::Style {
    if terminal.output().colour {
        anstyle::Style::new().bold()
    } else {
        anstyle::Style::new()
    }
}

/// Checks packs as if a user had written them, and runs their examples.
fn test(pack: Option<&Path>) -> miette::Result<u8> {
    let packs = match pack {
        None => Pack::embedded_names()
            .map(Pack::embedded_checked)
            .collect::<Result<Vec<_>, _>>()?,
        Some(path) => {
            let name = path.to_string_lossy();
            if Pack::embedded_names().any(|n| n == name) {
                vec![Pack::embedded_checked(&name)?]
            } else {
                vec![Pack::from_folder(path)?]
            }
        }
    };
    let mut failed = 0;
    let mut out = output();
    for pack in packs {
        let catalogue = Catalogue::compile(std::slice::from_ref(&pack))?;
        for merged in catalogue.packs() {
            let outcome = examples::run(&catalogue, merged);
            failed += outcome.misses.len();
            writeln!(
                out,
                "{} {}: {} rules, {} examples, {} failed",
                merged.name,
                merged.version,
                merged.rows.rules.len(),
                outcome.run,
                outcome.misses.len()
            )
            .map_err(OutputError)?;
            for miss in outcome.misses {
                writeln!(
                    out,
                    "  {} example {}: {}",
                    miss.rule, miss.number, miss.message
                )
                .map_err(OutputError)?;
            }
        }
    }
    Ok(u8::from(failed > 0))
}
