//! `ptlint explain`.

use std::io::{self, Write as _};

use crate::catalogue::{
    Catalogue, Classification, Endpoint, LiteralKind, LookAlike, LookedUp, Merged,
};
use crate::detect;
use crate::engine::policy::{self, distance, written};
use crate::facts::{Confidence, Evidence, Phase, own_rule};
use crate::report::concise::with_path;
use crate::text::printable;
use jiff::civil::Date;

use super::args::Explain;
use super::streams::output;
use super::terminal::Terminal;
use super::{OutputError, USAGE, rules};

/// Explains; the exit code is that of wrong usage for what is neither a rule nor in the catalogue.
pub(super) fn run(arguments: &Explain, terminal: Terminal) -> miette::Result<u8> {
    let catalogue = rules::catalogue(&arguments.pack)?;
    let subject = arguments.subject.as_str();
    if let Some((rule, pack)) = catalogue.rule(subject) {
        rules::documentation(subject, rule, pack, terminal).map_err(OutputError)?;
        return Ok(0);
    }
    if let Some(rule) = own_rule(subject) {
        rules::own_documentation(rule, terminal).map_err(OutputError)?;
        return Ok(0);
    }
    if let Some((id, pack)) = service_named(&catalogue, subject) {
        service(id, pack).map_err(OutputError)?;
        return Ok(0);
    }
    let as_of = arguments.as_of.unwrap_or_else(crate::run::today);
    let found = catalogue.lookup(subject);
    let code = match &found {
        LookedUp::Unknown(_) | LookedUp::Host(_, Classification::Unknown) => USAGE,
        _ => 0,
    };
    answer(&catalogue, subject, found, as_of).map_err(OutputError)?;
    Ok(code)
}

fn answer(
    catalogue: &Catalogue,
    subject: &str,
    found: LookedUp<'_>,
    as_of: Date,
) -> io::Result<()> {
    let mut out = output();
    match found {
        LookedUp::Host(name, Classification::Endpoint(found)) => endpoint(&name, &found, as_of),
        LookedUp::Literal(literal) => {
            let found = detect::literal_endpoint(catalogue, literal);
            let subject = printable(subject);
            let title = match literal.kind {
                LiteralKind::Fingerprint => {
                    format!("{subject}, the fingerprint of {}", literal.name)
                }
                _ => subject,
            };
            endpoint(&title, &found, as_of)
        }
        LookedUp::Host(name, Classification::LookAlike(row, pack)) => look_alike(&name, row, pack),
        LookedUp::LookAlike(row, pack) => look_alike(&printable(subject), row, pack),
        LookedUp::SharedAuthority(row, pack) => {
            let note = row
                .note
                .as_deref()
                .unwrap_or("several environments share it");
            writeln!(
                out,
                "{} is a certificate authority and left alone: {note}.",
                row.name
            )?;
            sources(pack, &row.sources)
        }
        LookedUp::Environment(name, pack) => environment(name, pack, as_of),
        LookedUp::Host(name, Classification::Unknown) => {
            writeln!(out, "{name} is not in the catalogue.")
        }
        LookedUp::Unknown(nearest) => {
            writeln!(out, "{} is not in the catalogue.", printable(subject))?;
            let rules: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
            let packs = catalogue.packs().iter();
            let services = packs.flat_map(|pack| pack.rows.services.keys());
            let services: Vec<&str> = services.map(String::as_str).collect();
            match (
                nearest_id(subject, &rules),
                nearest_id(subject, &services),
                nearest,
            ) {
                (Some(nearest), _, _) => writeln!(out, "The nearest rule is {nearest}."),
                (None, Some(nearest), _) => writeln!(out, "The nearest service is {nearest}."),
                (None, None, Some(nearest)) => writeln!(out, "The nearest entry is {nearest}."),
                (None, None, None) => writeln!(out, "No entry is similar."),
            }
        }
    }
}

/// The id that somebody may have mistyped.
fn nearest_id<'r>(subject: &str, ids: &[&'r str]) -> Option<&'r str> {
    let distance = |id: &str| strsim::damerau_levenshtein(subject, id);
    let nearest = ids.iter().copied().min_by_key(|id| distance(id))?;
    (distance(nearest) <= 2 && nearest.len() > 2).then_some(nearest)
}

/// The service with this id or name, and its pack.
fn service_named<'c>(catalogue: &'c Catalogue, name: &str) -> Option<(&'c str, &'c Merged)> {
    catalogue.packs().iter().find_map(|pack| {
        let mut services = pack.rows.services.iter();
        let (id, _) = services
            .find(|(id, service)| *id == name || service.name.eq_ignore_ascii_case(name))?;
        Some((id.as_str(), pack))
    })
}

fn service(id: &str, pack: &Merged) -> io::Result<()> {
    let Some(service) = pack.service(id) else {
        return Ok(());
    };
    let mut out = output();
    writeln!(out, "{}", service.name)?;
    writeln!(out, "  service id   {id}")?;
    writeln!(out, "  pack         {} {}", pack.name, pack.version)?;
    if let Some(network) = &service.prefer {
        writeln!(out, "  preferred    {network}")?;
    }
    for exemption in &pack.rows.exemptions {
        if exemption.services.iter().any(|exempt| exempt == id) {
            let environments = exemption.environments.join(", ");
            writeln!(out, "  exempt       in {environments}: {}", exemption.note)?;
        }
    }
    let companions = service.companions.iter();
    let companions = companions.filter_map(|id| pack.rows.companions.get(id));
    for (number, companion) in companions.enumerate() {
        let head = if number == 0 { "also change" } else { "" };
        writeln!(out, "  {head:11}  {}: {}", companion.name, companion.ask)?;
    }
    if let Some(note) = &service.note {
        writeln!(out, "  note         {note}")?;
    }
    writeln!(
        out,
        "  choose       --network {id}=NETWORK, or `service: {id}` in the configuration"
    )
}

fn environment(name: &str, pack: &Merged, as_of: Date) -> io::Result<()> {
    let mut out = output();
    let Some(environment) = pack.environment(name) else {
        return Ok(());
    };
    writeln!(out, "{name} is an environment of {}", pack.title)?;
    if !environment.aliases.is_empty() {
        writeln!(out, "  also called  {}", environment.aliases.join(", "))?;
    }
    for entry in &environment.lifecycle {
        let (from, when) = (entry.from.to_string(), distance(entry.from, as_of));
        writeln!(out, "  {from:11}  {} ({when})", word(entry.phase))?;
        let exempt = rules::exemptions(pack, name).filter(|e| e.phase == Some(entry.phase));
        let exempt = exempt.map(|exemption| rules::exemption_line(pack, exemption));
        for line in entry.note.clone().into_iter().chain(exempt) {
            writeln!(out, "               {line}")?;
        }
    }
    for exemption in rules::exemptions(pack, name).filter(|e| e.phase.is_none()) {
        writeln!(out, "  {}", rules::exemption_line(pack, exemption))?;
    }
    match &environment.replacement {
        Some(replacement) => writeln!(out, "  replacement  {replacement}")?,
        None => writeln!(out, "  phase        in service")?,
    }
    if let Some(note) = &environment.note {
        writeln!(out, "  note         {note}")?;
    }
    for line in policy::advice(pack, name) {
        writeln!(out, "  note         {line}")?;
    }
    sources(pack, &environment.sources)
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Announced => "announced",
        Phase::MinimalSupport => "minimal support",
        Phase::Decommissioned => "decommissioned",
    }
}

fn look_alike(name: &str, row: &LookAlike, pack: &Merged) -> io::Result<()> {
    let mut out = output();
    writeln!(out, "{name} is left alone: {}.", row.reason)?;
    sources(pack, &row.sources)
}

fn endpoint(name: &str, found: &Endpoint<'_>, as_of: Date) -> io::Result<()> {
    let mut out = output();
    let service = found
        .pack
        .service(found.service)
        .map_or("not known", |s| s.name.as_str());
    writeln!(out, "{name}")?;
    writeln!(out, "  environment  {}", found.environment)?;
    writeln!(out, "  service      {service}")?;
    if let Some(network) = found.network {
        writeln!(out, "  network      {network}")?;
    }
    if let Some(family) = found.family {
        writeln!(out, "  family       {family}")?;
    }
    writeln!(out, "  phase        {}", phase(found, as_of))?;
    let standing = policy::standing(found.pack, found.environment, found.service, as_of);
    for note in standing
        .iter()
        .flat_map(|s| policy::notes(s, found.pack, found.environment))
    {
        writeln!(out, "               {note}")?;
    }
    if let Some(date) = found.retired {
        writeln!(
            out,
            "               this endpoint itself was retired in {date}"
        )?;
    }
    writeln!(
        out,
        "  confidence   {}",
        confidence(found.confidence, found.evidence)
    )?;
    if let Some(note) = found.note {
        writeln!(out, "  note         {note}")?;
    }
    if found.pack.is_retired(found.environment) {
        match found.replacements.split_first() {
            None => writeln!(out, "  replacement  none is documented")?,
            Some((first, rest)) => {
                for (head, replacement) in
                    std::iter::once(("replacement", first)).chain(rest.iter().map(|r| ("or", r)))
                {
                    let network = replacement
                        .network
                        .map_or(String::new(), |n| format!(" ({n})"));
                    let from = replacement.waits_for(as_of);
                    let from = from.map_or(String::new(), |d| format!(", from {} on", written(d)));
                    let note = replacement.note.map_or(String::new(), |n| format!("; {n}"));
                    writeln!(
                        out,
                        "  {head:11}  {}{network}{from}{note}",
                        with_path(&replacement.text, replacement.path)
                    )?;
                }
            }
        }
    } else {
        writeln!(
            out,
            "  replacement  none needed: {} continues",
            found.environment
        )?;
    }
    sources(found.pack, found.sources)
}

fn phase(found: &Endpoint<'_>, as_of: Date) -> String {
    if !found.pack.is_retired(found.environment) {
        return "in service".to_owned();
    }
    let Some(standing) = policy::standing(found.pack, found.environment, found.service, as_of)
    else {
        return format!("in service on {}", written(as_of));
    };
    if let Some(exemption) = standing.exemption.filter(|e| e.outside_notice) {
        return exemption.note.clone();
    }
    format!(
        "{} since {}, {}",
        word(standing.phase()),
        written(standing.entry.from),
        distance(standing.entry.from, as_of)
    )
}

fn confidence(confidence: Confidence, evidence: Evidence) -> String {
    let confidence = match confidence {
        Confidence::Speculative => "speculative (reported only with --min-confidence speculative)",
        Confidence::Possible => "possible",
        Confidence::Likely => "likely",
        Confidence::Certain => "certain",
    };
    let evidence = match evidence {
        Evidence::Official => "an official page",
        Evidence::OperatorRepository => "a repository of the operator",
        Evidence::ThirdParty => "other public code",
        Evidence::Inferred => "the naming pattern",
    };
    format!("{confidence}, from {evidence}")
}

fn sources(pack: &Merged, ids: &[String]) -> io::Result<()> {
    let mut out = output();
    for (number, id) in ids.iter().enumerate() {
        let head = if number == 0 { "source" } else { "" };
        let Some(source) = pack.source(id) else {
            continue;
        };
        let url = source
            .url
            .as_ref()
            .map_or(String::new(), |u| format!(" <{u}>"));
        writeln!(out, "  {head:11}  {}{url}", source.title)?;
    }
    Ok(())
}
