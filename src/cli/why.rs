//! `ptlint why`.

use std::io::{BufWriter, Write as _};

use crate::run::compile_packs;
use crate::why::{Explanation, explain};

use super::OutputError;
use super::args::{Scan, Why};
use super::configuration::load;
use super::streams::output;

/// Explains a line; the exit code is 0 whatever becomes of it.
pub(super) fn run(arguments: &Why) -> miette::Result<u8> {
    let scan = as_scan(arguments);
    let loaded = load(&scan, None)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    let options = loaded.options(&scan);
    let place = &arguments.place;
    let explanation = explain(&catalogue, &options, &place.path, place.line)?;
    let mut out = BufWriter::new(output());
    out.write_all(written(&explanation).as_bytes())
        .and_then(|()| out.flush())
        .map_err(OutputError)?;
    Ok(0)
}

/// The same settings as a check of the file would have.
fn as_scan(arguments: &Why) -> Scan {
    Scan {
        paths: vec![arguments.place.path.clone()],
        as_of: arguments.as_of,
        min_confidence: arguments.min_confidence,
        exclude: arguments.exclude.clone(),
        network: Vec::new(),
        no_ignore: false,
        hidden: true,
        no_hidden: false,
        archives: false,
        pack: arguments.pack.clone(),
        config: arguments.config.clone(),
        base_config: None,
        no_config: arguments.no_config,
        threads: None,
    }
}

fn written(explanation: &Explanation) -> String {
    let mut lines = vec![format!("{}:{}", explanation.path, explanation.line)];
    match &explanation.text {
        Some(text) => lines.push(format!("  | {}", text.trim_end_matches('␍'))),
        None => lines.push("  has no such line".to_owned()),
    }
    lines.extend(
        explanation
            .left_out
            .iter()
            .map(|why| format!("  not checked: {why}")),
    );
    lines.extend(
        explanation
            .remarks
            .iter()
            .map(|remark| format!("  {remark}")),
    );
    for name in &explanation.names {
        let state = if name.reported && explanation.left_out.is_none() {
            "reported"
        } else {
            "quiet"
        };
        lines.push(format!(
            "\n{} (column {}): {state}",
            name.text.replace('\n', " "),
            name.column
        ));
        let because = name.because.iter();
        lines.extend(because.map(|reason| format!("  {}", reason.trim_start_matches("quiet: "))));
    }
    if explanation.names.is_empty() && explanation.text.is_some() {
        lines.push("\nNothing on it looks like a name of the catalogue.".to_owned());
    }
    lines.join("\n") + "\n"
}
