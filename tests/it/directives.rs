//! What a directive reaches: the whole of a value, an instruction, a command or an element that begins on
//! its line, or on the next line if it is alone on its own.

use crate::common::AS_OF;
use ptlint::internals::catalogue::Catalogue;
use ptlint::{Options, check_content};

const DEV: &str = "msg.dev.spine2.ncrs.nhs.uk";
const WHY: &str = "ptlint: ignore[dev-host] kept as a record";

/// Lines with an open violation, with one that is suppressed, and with a notice. DEV is put for `HOST`, the
/// directive for `WHY`.
fn lines(path: &str, content: &str) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
    let content = content.replace("HOST", DEV).replace("WHY", WHY);
    let catalogue = Catalogue::embedded().expect("packs");
    let options = Options::new(["."]).as_of(AS_OF.parse().expect("a day"));
    let report = check_content(&catalogue, &options, path, content.as_bytes());
    (
        report.violations.iter().map(|v| v.start.line).collect(),
        report.suppressed.iter().map(|v| v.start.line).collect(),
        report.notices.iter().map(|n| n.start.line).collect(),
    )
}

#[track_caller]
fn assert_lines(path: &str, content: &str, open: &[u64], suppressed: &[u64], notices: &[u64]) {
    let expected = (open.to_vec(), suppressed.to_vec(), notices.to_vec());
    assert_eq!(lines(path, content), expected, "{path}:\n{content}");
    let content = content.replace('\n', "\r\n");
    assert_eq!(
        lines(path, &content),
        expected,
        "{path} with CRLF:\n{content}"
    );
}

/// A directive on the first line, or at the end of it, covers `covered` and nothing else.
#[track_caller]
fn assert_covered(path: &str, content: &str, covered: &[u64]) {
    assert_lines(path, content, &[], covered, &[]);
}

#[test]
fn data_over_several_lines_is_covered_to_its_end() {
    for (path, content, line) in [
        ("a.yml", "a: >- # WHY\n  x\n  https://HOST/1\n", 3),
        ("a.yml", "# WHY\na: |\n  x\n\n  https://HOST/1\n", 5),
        ("a.yml", "a: # WHY\n  https://HOST/1\n", 2),
        ("a.yml", "# WHY\n- >-\n  x\n  https://HOST/1\n", 4),
        ("a.yml", "- |2- # WHY\n   x\n   https://HOST/1\n", 3),
        ("a.yml", "# WHY\na: \"x\n  y https://HOST/1\"\n", 3),
        ("a.yml", "# WHY\na: x\n  y\n  https://HOST/1\n", 4),
        (
            "a.yml",
            "run: |\n  # WHY\n  curl \\\n    https://HOST/1\n",
            4,
        ),
        ("a.toml", "# WHY\na = \"\"\"\nx\nhttps://HOST/1\"\"\"\n", 4),
        ("a.tf", "# WHY\na = <<EOT\nx\nhttps://HOST/1\nEOT\n", 4),
        (
            "a.tf",
            "a = [\n  # WHY\n  <<-EOT\n  x\n  https://HOST/1\n  EOT\n]\n",
            5,
        ),
        (
            "a.jsonc",
            "{\n  \"a\": // WHY\n    \"https://HOST/1\"\n}\n",
            3,
        ),
        (
            "a.properties",
            "# WHY\na = x, \\\n  y, \\\n  https://HOST/1\n",
            4,
        ),
        ("a.ini", "[a]\n; WHY\nb = x\n  https://HOST/1\n", 4),
        (
            "a.service",
            "[Service]\n# WHY\nExecStart=/bin/x \\\n  --url https://HOST/1 \\\n  -y\n",
            4,
        ),
        (".env", "# WHY\nA=\"x\nhttps://HOST/1\"\n", 3),
    ] {
        assert_covered(path, content, &[line]);
    }
}

#[test]
fn commands_and_instructions_are_covered_to_their_end() {
    for (path, content, lines) in [
        (
            "a.sh",
            "# WHY\ncurl \\\n  https://HOST/2 \\\n  -d x\n",
            &[3][..],
        ),
        ("a.sh", "# WHY\ncd x && \\\n  curl https://HOST/2\n", &[3]),
        ("a.sh", "cat <<EOF # WHY\na\nhttps://HOST/2\nEOF\n", &[3]),
        ("a.sh", "# WHY\ncat <<EOF\na\nhttps://HOST/2\nEOF\n", &[4]),
        (
            "a.sh",
            "# WHY\ncurl \"x\nhttps://HOST/2\" \\\n  https://HOST/3\n",
            &[3, 4],
        ),
        ("a.fish", "# WHY\ncurl \\\n  x \\\n  https://HOST/1\n", &[4]),
        (
            "a.cmd",
            "rem WHY\ncurl ^\n  https://HOST/1 ^\n  -d x\n",
            &[3],
        ),
        (
            "a.ps1",
            "# WHY\nInvoke-WebRequest `\n  -Uri https://HOST/1 `\n  -X y\n",
            &[3],
        ),
        (
            "Makefile",
            "a:\n\t# WHY\n\tcurl \\\n\t  https://HOST/3 \\\n\t -d x\n",
            &[4],
        ),
        (
            "Dockerfile",
            "FROM x\n# WHY\nRUN curl \\\n  https://HOST/2 \\\n  -d x\n",
            &[4],
        ),
        (
            "Dockerfile",
            "FROM x\n# WHY\nENV A=https://HOST/1 \\\n  B=https://HOST/2\n",
            &[3, 4],
        ),
        (
            "Dockerfile",
            "FROM x\n# WHY\nRUN <<EOF\ncurl https://HOST/2\nEOF\n",
            &[4],
        ),
        (
            "Dockerfile",
            "FROM x\n# WHY\nHEALTHCHECK CMD curl \\\n  # x\n  https://HOST/2 \\\n  y\n",
            &[5],
        ),
        (
            "a.md",
            "<!-- WHY -->\n```sh\nx\ncurl https://HOST/2\n```\n",
            &[4],
        ),
        (
            "a.md",
            "```sh\n# WHY\ncurl \\\n  https://HOST/3\n```\n",
            &[4],
        ),
    ] {
        assert_covered(path, content, lines);
    }
}

#[test]
fn strings_of_programs_are_covered_to_their_end() {
    for (path, content, line) in [
        (
            "A.java",
            "class A {\n  // WHY\n  String a = \"\"\"\n    x\n    https://HOST/1\n    \"\"\";\n}\n",
            5,
        ),
        (
            "A.java",
            "class A {\n  String a = // WHY\n    \"https://HOST/1\";\n}\n",
            3,
        ),
        (
            "A.java",
            "class A { void f() {\n  // WHY\n  g(\"\"\"\n    x\n    https://HOST/1\n    \"\"\");\n} }\n",
            5,
        ),
        (
            "a.kt",
            "// WHY\nval a = \"\"\"\n  x\n  https://HOST/1\n\"\"\".trim()\n",
            4,
        ),
        ("a.rb", "# WHY\na = <<~EOT\n  x\n  https://HOST/1\nEOT\n", 4),
        ("a.rb", "f(<<~EOT) # WHY\n  y\n  https://HOST/1\nEOT\n", 3),
        (
            "a.php",
            "<?php\n// WHY\n$a = <<<EOT\nx\nhttps://HOST/1\nEOT;\n",
            5,
        ),
        (
            "a.pl",
            "# WHY\nmy $a = <<'EOT';\nx\nhttps://HOST/1\nEOT\n",
            4,
        ),
        ("a.ps1", "# WHY\n$a = @\"\nx\nhttps://HOST/1\n\"@\n", 4),
        ("a.py", "# WHY\nA = '''\nx\nhttps://HOST/1\n'''\n", 4),
        ("a.py", "# WHY\nb = 'x' \\\n  'https://HOST/1'\n", 3),
        ("a.py", "c = ( # WHY\n  'https://HOST/1'\n)\n", 2),
        (
            "a.go",
            "package a\n// WHY\nvar a = `\nx\nhttps://HOST/1\n`\n",
            5,
        ),
        (
            "a.js",
            "const a = ` // no\n`;\n// WHY\nconst b =\n  'https://HOST/1';\n",
            5,
        ),
        ("a.lua", "-- WHY\na = [[\nx\nhttps://HOST/1\n]]\n", 4),
        (
            "a.ex",
            "# WHY\na = ~S\"\"\"\nx\nhttps://HOST/1\n\"\"\"\n",
            4,
        ),
        ("a.rs", "// WHY\nlet a = r#\"\nx\nhttps://HOST/1\n\"#;\n", 4),
        (
            "a.sql",
            "-- WHY\ninsert into a values ('x\n https://HOST/1');\n",
            3,
        ),
    ] {
        assert_covered(path, content, &[line]);
    }
}

#[test]
fn elements_are_covered_to_their_end_tag_or_as_far_as_the_first_element_in_them() {
    for (path, content, line) in [
        (
            "a.xml",
            "<r>\n  <!-- WHY -->\n  <a\n    b='x'\n    c='https://HOST/1'>\n    y\n  </a>\n</r>\n",
            5,
        ),
        (
            "a.xml",
            "<r>\n  <a> <!-- WHY -->\n    https://HOST/1\n  </a>\n</r>\n",
            3,
        ),
        (
            "a.xml",
            "<r>\n  <!-- WHY -->\n  <a><![CDATA[\n    x\n    https://HOST/1\n  ]]></a>\n</r>\n",
            5,
        ),
        (
            "a.html",
            "<p>\n  <!-- WHY -->\n  <a class='x'\n    href='https://HOST/1'>y</a>\n</p>\n",
            4,
        ),
        (
            "a.html",
            "<div>\n  <!-- WHY -->\n  <p>\n   one\n    see https://HOST/1\n  </p>\n</div>\n",
            5,
        ),
        (
            "a.jsx",
            "f(<div>\n  {/* WHY */}\n  <a\n    x='1'\n    href=\"https://HOST/1\">x</a>\n</div>);\n",
            5,
        ),
        (
            "a.tsx",
            "f(<div>\n  {/* WHY */}\n  <p>\n    see\n    https://HOST/2\n  </p>\n</div>);\n",
            5,
        ),
        (
            "a.tsx",
            "// WHY\nf(<a\n  href={'https://HOST/2'}\n/>);\n",
            3,
        ),
    ] {
        assert_covered(path, content, &[line]);
    }
    let siblings =
        "<r>\n  <!-- WHY -->\n  <a>\n    https://HOST/1\n  </a>\n  <b>https://HOST/2</b>\n</r>\n";
    assert_lines("a.xml", siblings, &[6], &[4], &[]);
    let inner = "<!-- WHY -->\n<r a='https://HOST/0'>\n  <b>https://HOST/2</b>\n</r>\n";
    assert_lines("a.xml", inner, &[3], &[2], &[]);
    let script = "<body>\n<!-- WHY -->\n<script>\nf('https://HOST/1');\n</script>\n</body>\n";
    assert_lines("a.html", script, &[4], &[], &[2]);
}

#[test]
fn a_group_of_values_and_the_next_value_are_not_covered() {
    for (path, content, open, notice) in [
        ("a.yml", "# WHY\na:\n  - https://HOST/1\n", 3, 1),
        ("a.yml", "a: # WHY\n  b: https://HOST/1\n", 2, 1),
        ("a.yml", "a: |- # WHY\n  x\nb: https://HOST/1\n", 3, 1),
        ("a.sh", "A=1 # WHY\nfoo \\\n  https://HOST/1\n", 3, 1),
        (
            "a.js",
            "// WHY\nconst a = [\n  'https://HOST/1',\n];\n",
            3,
            1,
        ),
        ("a.md", "<!-- WHY -->\nSee\nhttps://HOST/1\n", 3, 1),
    ] {
        assert_lines(path, content, &[open], &[], &[notice]);
    }
}

#[test]
fn text_between_tags_of_jsx_has_no_comments() {
    for path in ["a.jsx", "a.tsx", "a.js"] {
        let page = "export const A = () => (\n  <div>\n    {/* WHY */}\n    <a href=\"https://HOST/1\">x</a>\n    // WHY\n    <b>https://HOST/2</b>\n  </div>\n);\nconst a = 'https://HOST/3'; // WHY\n";
        assert_lines(path, page, &[6], &[4, 9], &[]);
        let text = "f(<p>it's https://HOST/1 // WHY\n  /* WHY */ https://HOST/2\n</p>);\nconst a = 'https://HOST/3'; // WHY\n";
        assert_lines(path, text, &[1, 2], &[4], &[]);
        let code = "f(<p a={x => { return <b/>; }} // WHY\n  b='https://HOST/1'>{y.map(z => (\n  // WHY\n  <i key={z}>https://HOST/2</i>\n))}</p>);\n";
        assert_lines(path, code, &[], &[2, 4], &[]);
    }
    // What looks like a tag and is none.
    for code in [
        "const f = <T>(x: T) => x; // WHY\nconst a = 'https://HOST/1'; // WHY\n",
        "if (a <b && c> d) f(); // x\nconst a = 'https://HOST/1'; // WHY\n",
        "const m = new Map<string, Array<T>>(); // x\nconst a = 'https://HOST/1'; // WHY\n",
        "type A = Array<Array<T>>;\nclass B { <T>(x: T): void; }\nconst a = 'https://HOST/1'; // WHY\n",
    ] {
        assert_eq!(lines("a.ts", code).0, Vec::<u64>::new(), "{code}");
    }
}

#[test]
fn a_section_of_data_has_no_comments() {
    assert_lines(
        "a.rb",
        "x = 1\n__END__\nhttps://HOST/1 # WHY\n",
        &[3],
        &[],
        &[],
    );
    assert_lines(
        "a.pl",
        "f();\n__DATA__\n# WHY\nhttps://HOST/1\n",
        &[4],
        &[],
        &[],
    );
    assert_lines(
        "a.rb",
        "f(__END__) # x\na = 'https://HOST/1' # WHY\n",
        &[],
        &[2],
        &[],
    );
}
