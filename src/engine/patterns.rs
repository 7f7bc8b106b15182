//! Globs of the configuration that have no effect on a whole run.

use crate::config::Settings;
use crate::facts::{NO_EFFECT, Notice};
use crate::text::Position;

/// A notice for each glob of the configuration in use that decided about nothing, unless one of
/// `notices` is about the entry that it is in.
pub(crate) fn patterns_without_effect(settings: &Settings, notices: &[Notice]) -> Vec<Notice> {
    let Some(path) = settings.path() else {
        return Vec::new();
    };
    let Some(severity) = settings.severity_of_notice(NO_EFFECT, path) else {
        return Vec::new();
    };
    let has_notice = |entry: Position| {
        let mut about = notices.iter().filter(|notice| notice.path == path);
        about.any(|notice| notice.start == entry)
    };
    let globs = settings.globs.iter().filter(|glob| !glob.is_used());
    globs
        .filter(|glob| !glob.entry.is_some_and(has_notice))
        .map(|glob| Notice {
            rule: NO_EFFECT.to_owned(),
            severity,
            path: path.to_owned(),
            start: glob.start,
            end: glob.end,
            message: match glob.list {
                "ignore" => format!("the pattern `{}` fits no violation", glob.pattern),
                list => format!("the pattern `{}` of `{list}` has no effect", glob.pattern),
            },
            help: "delete it, or correct it: patterns are relative to the folder of the \
                   configuration"
                .to_owned(),
            excerpt: Some(glob.excerpt.clone()),
        })
        .collect()
}
