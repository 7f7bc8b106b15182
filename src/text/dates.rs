//! Dates as reports write them.

use jiff::civil::Date;

/// "in 12 days", "today", "479 days ago".
#[must_use]
pub(crate) fn days_until(date: Date, as_of: Date) -> String {
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
pub(crate) fn written_date(date: Date) -> String {
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
        assert_eq!(days_until(day("2025-07-31"), day("2025-07-31")), "today");
        assert_eq!(days_until(day("2025-07-31"), day("2025-07-30")), "in 1 day");
        assert_eq!(
            days_until(day("2025-07-31"), day("2026-07-31")),
            "365 days ago"
        );
        assert_eq!(written_date(day("2025-07-31")), "31 July 2025");
    }
}
