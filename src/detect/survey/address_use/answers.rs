//! What a program makes of the answer of what it calls.

/// Says whether a program decides something by whether the name answers. A check that ends the program where
/// it does *not* answer (`|| exit 1`) is the same against another environment; one that ends it where it
/// answers, or chooses, is not. `following` is what comes after the whole value, and
/// `variable` what is given the answer.
pub(super) fn has_verdict(
    before: &str,
    after: &str,
    (following, variable): (&str, Option<&str>),
) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    if is_condition(line) || is_expected_to_fail(before, after) || is_answered_here(after) {
        return true;
    }
    if fails_on_answer(line, following) {
        return true;
    }
    let mut lines = after.split('\n');
    let rest = lines.next().unwrap_or_default();
    let next = lines.find(|next| !next.trim().is_empty());
    let next = next.unwrap_or_default();
    let searches = rest.contains("| grep -q") || rest.contains("| grep -v");
    let is_counted = variable
        .or_else(|| captured(line))
        .is_some_and(|name| is_compared(name, following));
    let mut then = rest.split("&&").skip(1);
    then.any(|command| ends_program(command, after))
        || rest.contains("; then")
        || next.contains("$?")
        || searches
        || is_counted
}

/// Says whether a command, or one of those in its braces, ends the program.
fn ends_program(command: &str, after: &str) -> bool {
    let ends = |text: &str| {
        ["exit", "return", "false", "fail", "die", "error", "kill"]
            .iter()
            .any(|word| {
                text.trim_start_matches(['{', '(', ' ', '\t'])
                    .starts_with(word)
            })
    };
    let Some(block) = command.trim_start().strip_prefix('{') else {
        return ends(command);
    };
    let block = if block.trim().is_empty() {
        after.split_once('\n').map_or("", |(_, rest)| rest)
    } else {
        block
    };
    let block = block.split('}').next().unwrap_or(block);
    block.split([';', '\n']).any(ends)
}

/// Says whether the text at the end of a line is in the condition of a statement.
fn is_condition(line: &str) -> bool {
    const WORDS: &[&str] = &["if", "elif", "elsif", "while", "until", "unless"];
    let statement = line
        .rsplit([';', '{', '}'])
        .find(|part| !part.trim().is_empty());
    let statement = statement.unwrap_or(line);
    let mut condition = None;
    let mut at = 0;
    for word in statement.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
        let start = at;
        at += word.len() + 1;
        if WORDS.contains(&word) {
            condition = statement.get(start + word.len()..);
        }
    }
    let whole = line.rsplit([';', '(']).next().unwrap_or(line).trim_start();
    if whole.starts_with("! ") {
        return true;
    }
    let Some(condition) = condition.map(str::trim_start) else {
        return false;
    };
    if condition.starts_with('(') {
        let mut depth = 0_usize;
        for (at, c) in condition.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                // What is after the condition is not in it, except for another one.
                let rest = condition[at + 1..].trim_start();
                return rest.starts_with("&&") || rest.starts_with("||");
            }
        }
        return true;
    }
    !condition.contains(": ") && !condition.contains(" then ")
}

/// Beginnings of statements that end a program with an error.
const FAILING: &[&str] = &[
    "raise",
    "throw",
    "fail(",
    "pytest.fail",
    "self.fail",
    "assert.fail",
    "Assert.Fail",
    "panic(",
    "fatalError",
    "t.Fatal",
    "t.Error",
    "abort",
    "die",
    "exit",
    "sys.exit",
    "process.exit",
];

fn fails(statement: &str) -> bool {
    let statement = statement.trim_start_matches([' ', '\t', '{', '(', ')', '=', '>', ':']);
    FAILING.iter().any(|word| statement.starts_with(word))
}

/// Says whether a program fails where a call has an answer: `if r.ok: raise`. That it fails where there is none,
/// as most programs do, says nothing.
fn fails_on_answer(line: &str, following: &str) -> bool {
    const LINES: usize = 6;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let own = following.split('\n').next().unwrap_or(following);
    if own
        .split_once(".then(")
        .is_some_and(|(_, then)| fails(then.trim_start_matches("()")))
    {
        return true;
    }
    let given = line.split_once('=').map_or("", |(given, _)| given);
    let given: Vec<&str> = given
        .split(|c: char| !is_word(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut lines = following.split('\n').skip(1).take(LINES).peekable();
    while let Some(line) = lines.next() {
        let text = line.trim_start_matches([' ', '\t', '}']);
        let next = lines.peek().copied().unwrap_or_default();
        if text.starts_with("else:") && fails(next) {
            return true;
        }
        let Some(condition) = text
            .strip_prefix("if ")
            .or_else(|| text.strip_prefix("if("))
        else {
            continue;
        };
        let mut words = condition.split(|c: char| !is_word(c));
        let is_of_answer = words.any(|word| given.contains(&word));
        let is_failing = fails(next)
            || FAILING
                .iter()
                .any(|word| condition.contains(&format!(" {word}")));
        if is_of_answer && is_failing && !is_about_failure(condition) {
            return true;
        }
    }
    false
}

/// Says whether a condition holds where a call has no answer, or not the right one.
fn is_about_failure(condition: &str) -> bool {
    let is_error = condition
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "err" | "error" | "e" | "ex" | "exception"));
    let is_none = ["== nil", "== null", "is None", "== undefined"]
        .iter()
        .any(|none| condition.contains(none));
    let is_negated = ["!", "not ", "is_err", ">=", "> ", "< 200", "== 4", "== 5"]
        .iter()
        .any(|mark| condition.contains(mark));
    if is_error {
        !is_none
    } else {
        is_none || is_negated
    }
}

/// Says whether a program expects a call to fail: the statement after it is one that fails, or the one around
/// it expects an error.
fn is_expected_to_fail(before: &str, after: &str) -> bool {
    const RAISING: &[&str] = &[
        "raises(",
        "assertRaises",
        "assertThrows",
        "raise_error",
        "toThrow",
        "throws(",
    ];
    let mut lines = before.rsplit('\n');
    let own = lines.next().unwrap_or(before);
    let above = lines.next().unwrap_or_default();
    if RAISING
        .iter()
        .any(|word| own.contains(word) || above.contains(word))
    {
        return true;
    }
    let mut statements = after.split(['\n', ';']);
    let rest = statements.next().unwrap_or_default();
    let next = statements
        .map(str::trim)
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    RAISING.iter().any(|word| rest.contains(word))
        || rest.contains("Should -Throw")
        || fails(next)
            && !["exit", " unless ", " if !", " if not "]
                .iter()
                .any(|word| next.contains(word))
        || is_assertion(next)
}

/// Says whether a statement checks what came before it.
fn is_assertion(statement: &str) -> bool {
    ["assert", "Assert", "expect(", "expect ", "should"]
        .iter()
        .any(|word| statement.starts_with(word))
}

/// Says whether a call is given the answer to it, and makes no request.
fn is_answered_here(after: &str) -> bool {
    let statement = after.split(';').next().unwrap_or(after);
    let statement = statement.split("\n\n").next().unwrap_or(statement);
    ["HttpResponse", ".reply(", ".respond(", "ctx.json", "mockRe"]
        .iter()
        .any(|word| statement.contains(word))
}

/// The variable of a shell that is given what a command prints: `NAME=$(`.
fn captured(line: &str) -> Option<&str> {
    let (head, _) = line.split_once("=$(").or_else(|| line.split_once("=`"))?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = &head[head.trim_end_matches(is_word).len()..];
    (!name.is_empty()).then_some(name)
}

/// Says whether a variable of a shell is compared in a text.
fn is_compared(name: &str, text: &str) -> bool {
    const OPERATORS: &[&str] = &[
        " = ", " == ", " != ", " =~ ", " -eq ", " -ne ", " -gt ", " -lt ", " -ge ", " -le ",
    ];
    text.split('\n').skip(1).any(|line| {
        let uses = line.contains(&format!("${name}")) || line.contains(&format!("${{{name}"));
        let tests = OPERATORS.iter().any(|operator| line.contains(operator));
        let ends = line.contains(" -n ") && line.contains("&&");
        uses && (tests || ends || line.trim_start().starts_with("case "))
    })
}
