//! Filling holes: every text that a text with holes may become, with the way each piece came there.

use std::ops::Range;

use super::mechanism::{Definition, Mechanism};
use super::project::Project;
use super::value::{Hole, Otherwise, Place, TextPart, WrittenText};

/// Values in values that are followed.
const MOST_HOPS: usize = 16;
/// Texts that one text may become.
const MOST_TEXTS: usize = 256;
/// What a search in a small file costs.
const LEAST_COST: usize = 1 << 10;
/// Bytes of such a text.
const MOST_BYTES: usize = 4_096;

/// What a text with holes may become.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Each text that it may become.
    pub texts: Vec<FilledText>,
    /// Holes of which nothing is known.
    pub unknown: Vec<Hole>,
    /// There are more texts than are listed.
    pub is_cut_off: bool,
}

/// A text with all holes filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct FilledText {
    pub text: String,
    /// Its pieces in their order.
    pub pieces: Vec<Piece>,
    /// What keeps it from being in force, if something does.
    pub overridden: Option<Place>,
}

/// A piece of a text with all holes filled.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Its bytes of the text.
    pub range: Range<usize>,
    /// Where it is written.
    pub place: Place,
    /// The holes through which it came, the outermost first: the name and the hole.
    pub way: Vec<(String, Place)>,
}

impl FilledText {
    fn push(&mut self, text: &WrittenText, way: &[(String, Place)]) {
        let start = self.text.len();
        self.text.push_str(&text.text);
        self.pieces.push(Piece {
            range: start..self.text.len(),
            place: text.place.clone(),
            way: way.to_vec(),
        });
    }
}

/// Fills the holes of a text.
pub(crate) fn resolve(
    mechanism: &dyn Mechanism,
    project: &Project<'_>,
    parts: &[TextPart],
    budget: &mut usize,
) -> Resolved {
    let mut resolver = Resolver {
        mechanism,
        project,
        budget,
        unknown: Vec::new(),
        is_cut_off: false,
    };
    let mut way = Vec::new();
    let texts = resolver.fill(vec![FilledText::default()], parts, &mut way);
    Resolved {
        texts,
        unknown: resolver.unknown,
        is_cut_off: resolver.is_cut_off,
    }
}

struct Resolver<'r, 'o> {
    mechanism: &'r dyn Mechanism,
    project: &'r Project<'o>,
    /// Bytes that may still be searched for definitions.
    budget: &'r mut usize,
    unknown: Vec<Hole>,
    is_cut_off: bool,
}

impl Resolver<'_, '_> {
    /// Each of some beginnings, with each text that the parts may become after it.
    fn fill(
        &mut self,
        mut begun: Vec<FilledText>,
        parts: &[TextPart],
        way: &mut Vec<(String, Place)>,
    ) -> Vec<FilledText> {
        for part in parts {
            begun = match part {
                TextPart::Text(text) => {
                    for filled in &mut begun {
                        filled.push(text, way);
                    }
                    begun
                }
                TextPart::Hole(hole) => self.fill_hole(&begun, hole, way),
            };
            let count = begun.len();
            begun.truncate(MOST_TEXTS);
            begun.retain(|filled| filled.text.len() <= MOST_BYTES);
            self.is_cut_off |= begun.len() < count;
        }
        begun
    }

    fn fill_hole(
        &mut self,
        begun: &[FilledText],
        hole: &Hole,
        way: &mut Vec<(String, Place)>,
    ) -> Vec<FilledText> {
        let is_circle = way.iter().any(|(_, place)| *place == hole.place);
        if is_circle || way.len() >= MOST_HOPS {
            return Vec::new();
        }
        if !spend(self.budget, self.project, &hole.place.path) {
            self.is_cut_off = true;
            return Vec::new();
        }
        let definitions = self
            .mechanism
            .definitions(self.project, &hole.place, &hole.name);
        let mut values: Vec<(&[TextPart], Option<Place>)> = Vec::new();
        let mut found = definitions.found;
        found.sort_by_key(|definition| definition.rank);
        let always = found.iter().rfind(|definition| definition.choice.is_none());
        for definition in &found {
            let by = overriding(definition, always, &found, &definitions.choices);
            values.push((&definition.value, by));
        }
        match &hole.otherwise {
            Otherwise::Nothing => {}
            Otherwise::Default(default) => {
                let by = always.map(|definition| definition.place.clone());
                let by = by.or_else(|| covers_all(&found, 0, &definitions.choices));
                values.push((default, by));
            }
            Otherwise::Instead(instead) => {
                let is_set = !found.is_empty();
                values.clear();
                if is_set {
                    values.push((instead, None));
                }
            }
        }
        if values.is_empty() {
            self.unknown.push(hole.clone());
            return Vec::new();
        }
        way.push((hole.name.clone(), hole.place.clone()));
        let mut all = Vec::new();
        for (value, by) in values {
            let mut begun = begun.to_vec();
            for filled in &mut begun {
                filled.overridden = filled.overridden.take().or_else(|| by.clone());
            }
            all.extend(self.fill(begun, value, way));
            if all.len() > MOST_TEXTS {
                break;
            }
        }
        way.pop();
        all
    }
}

/// Takes the cost of a search in a file from a budget; says whether there was enough of it.
pub(super) fn spend(budget: &mut usize, project: &Project<'_>, path: &str) -> bool {
    let cost = project.file(path).map_or(0, |file| file.text.len());
    let left = budget.checked_sub(cost.max(LEAST_COST));
    *budget = left.unwrap_or_default();
    left.is_some()
}

/// What overrides a definition wherever it could be in force.
fn overriding(
    definition: &Definition,
    always: Option<&Definition>,
    found: &[Definition],
    choices: &[String],
) -> Option<Place> {
    let stronger = |other: &&Definition| other.rank > definition.rank;
    match &definition.choice {
        None => always
            .filter(stronger)
            .map(|other| other.place.clone())
            .or_else(|| covers_all(found, definition.rank + 1, choices)),
        Some(choice) => found
            .iter()
            .filter(stronger)
            .find(|other| other.choice.as_ref().is_none_or(|own| own == choice))
            .map(|other| other.place.clone()),
    }
}

/// One of the definitions that hold for the choices, if each choice has one of at least this rank.
fn covers_all(found: &[Definition], rank: u32, choices: &[String]) -> Option<Place> {
    let of = |choice: &String| {
        let mut found = found.iter().filter(|other| other.rank >= rank);
        found.find(|other| other.choice.as_ref() == Some(choice))
    };
    let first = choices.first().and_then(of)?;
    choices
        .iter()
        .all(|choice| of(choice).is_some())
        .then(|| first.place.clone())
}
