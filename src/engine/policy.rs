//! Lifecycle: in which phase an environment is on a day, and what that means for a service.

use jiff::civil::Date;

use crate::catalogue::{Exemption, LifecycleEntry, Merged};
use crate::facts::{Phase, Severity};

/// How an environment stands on the as-of date, for one service.
#[derive(Debug)]
pub struct Standing<'c> {
    /// The phase in force.
    pub entry: &'c LifecycleEntry,
    /// The next phase.
    pub next: Option<&'c LifecycleEntry>,
    /// What holds for this service instead.
    pub exemption: Option<&'c Exemption>,
}

impl Standing<'_> {
    /// The severity of a reference.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.exemption.map_or(self.entry.severity, |e| e.severity)
    }

    /// The phase in force.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.entry.phase
    }
}

/// The standing of an environment for a service; none before the first phase begins.
#[must_use]
pub fn standing<'c>(
    pack: &'c Merged,
    environment: &str,
    service: &str,
    as_of: Date,
) -> Option<Standing<'c>> {
    let lifecycle = &pack.environment(environment)?.lifecycle;
    let current = lifecycle.iter().rposition(|entry| entry.from <= as_of)?;
    let entry = &lifecycle[current];
    let exemption = pack.rows.exemptions.iter().find(|e| {
        e.environments.iter().any(|n| n == environment)
            && e.services.iter().any(|s| s == service)
            && e.phase.is_none_or(|p| p == entry.phase)
    });
    Some(Standing {
        entry,
        next: lifecycle.get(current + 1),
        exemption,
    })
}

/// "in 12 days", "today", "479 days ago".
#[must_use]
pub fn distance(date: Date, as_of: Date) -> String {
    let days = as_of.until(date).map_or(0, |span| span.get_days());
    let count = |n: i32| {
        if n == 1 {
            "1 day".to_owned()
        } else {
            format!("{n} days")
        }
    };
    match days {
        0 => "today".to_owned(),
        n if n > 0 => format!("in {}", count(n)),
        n => format!("{} ago", count(-n)),
    }
}

/// "31 July 2025".
#[must_use]
pub fn written(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month()).unwrap_or(1).clamp(1, 12);
    format!("{} {} {}", date.day(), MONTHS[month - 1], date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn distances_count_days() {
        assert_eq!(distance(day("2025-07-31"), day("2025-07-31")), "today");
        assert_eq!(distance(day("2025-07-31"), day("2025-07-30")), "in 1 day");
        assert_eq!(
            distance(day("2025-07-31"), day("2026-07-31")),
            "365 days ago"
        );
        assert_eq!(written(day("2025-07-31")), "31 July 2025");
    }
}
