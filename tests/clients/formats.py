#!/usr/bin/env python3
"""Gives reports of ptlint to real readers of their formats: formats.py FOLDER CLIENTS

FOLDER has a folder for each run, with a file for each format in it. CLIENTS is what `install` made.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

import jsonschema
import lxml.etree
import lxml.html
import markdown_it

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parent / "data" / "schemas"


class Readers:
    """The readers, each a method that fails on what it does not accept."""

    def __init__(self, clients):
        self.modules = clients / "node_modules"
        self.junit = [
            lxml.etree.XMLSchema(file=str(path))
            for path in sorted((clients / "schemas").glob("junit-*.xsd"))
        ]
        assert self.junit, "no schema of JUnit reports"
        sarif = self.modules / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
        schema = json.loads(sarif.read_text())
        self.sarif_schema = jsonschema.validators.validator_for(schema)(
            schema, format_checker=jsonschema.FormatChecker()
        )
        self.gitlab_schema = jsonschema.Draft202012Validator(
            json.loads((SCHEMAS / "gitlab.json").read_text())
        )
        self.checkstyle_schema = lxml.etree.XMLSchema(file=str(SCHEMAS / "checkstyle.xsd"))

    def sarif(self, path, count):
        log = json.loads(path.read_text())
        self.sarif_schema.validate(log)
        assert len(log["runs"][0]["results"]) == count
        output = path.with_name("multitool.json")
        # Not through its script for Node, which hands the arguments to a shell.
        [program] = self.modules.glob("@microsoft/sarif-multitool-*/Sarif.Multitool")
        tool = [program, "validate", path]
        options = ["--rule-kind", "Sarif", "--level", "Error;Warning;Note", "-o", output]
        done = subprocess.run(
            [*tool, *options, "--log", "ForceOverwrite"], capture_output=True, text=True
        )
        assert output.exists(), done.stdout + done.stderr
        results = json.loads(output.read_text())["runs"][0].get("results", [])
        # The project has no page of its own to name.
        said = [result for result in results if result["ruleId"] != "SARIF2005"]
        assert not said, json.dumps(said, indent=1)

    def junit_(self, path, files):
        tree = lxml.etree.parse(str(path))
        for schema in self.junit:
            schema.assertValid(tree)
        failing = tree.xpath("count(//testcase[failure])")
        assert str(int(failing)) == tree.getroot().get("failures")
        assert len(tree.xpath("//testcase[failure or system-out][not(skipped)]")) == files

    def checkstyle(self, path, count):
        tree = lxml.etree.parse(str(path))
        self.checkstyle_schema.assertValid(tree)
        assert len(tree.xpath("//error")) == count

    def gitlab(self, path, count):
        issues = json.loads(path.read_text())
        self.gitlab_schema.validate(issues)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues) == count

    def rdjson(self, path, count):
        tool = self.modules / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
        done = subprocess.run(
            ["node", tool, "--strict", "--no-extra-fields", path], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(json.loads(path.read_text())["diagnostics"]) == count

    def markdown(self, path, expected):
        count, notices = expected
        reader = markdown_it.MarkdownIt("gfm-like", {"linkify": False, "html": True})
        tokens = reader.parse(path.read_text())
        inline = [child for token in tokens for child in token.children or []]
        html = {child.content for child in inline if child.type == "html_inline"}
        assert html <= {"<code>", "</code>", "<br>"}, html
        kinds = {child.type for child in inline} - {"text", "html_inline", "softbreak"}
        assert not kinds - {"strong_open", "strong_close", "text_special"}, kinds
        assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block")]
        rows = sum(token.type == "tr_open" for token in tokens)
        cells = sum(token.type == "td_open" for token in tokens)
        # What is suppressed and the repositories have tables of their own, with as many cells in a row.
        for head, width in (("Suppressed", 8), ("Coverage", 7)):
            section = path.read_text().partition(f"\n## {head}\n")[2].partition("\n## ")[0]
            own = [token.type for token in reader.parse(section)]
            own_rows, own_cells = own.count("tr_open"), own.count("td_open")
            if own_rows:
                assert own_rows > 1 and own_cells == width * (own_rows - 1), f"{own_rows} rows, {own_cells} cells"
                rows, cells = rows - own_rows, cells - own_cells
        # A head for each table; five cells for a violation or notice, four for a total.
        totals, rest = divmod(cells - 5 * (count + notices), 4)
        heads = 2 * bool(count) + bool(notices)
        assert rest == 0 and rows == count + notices + totals + heads, f"{rows} rows, {cells} cells"

    def html(self, path, expected):
        count, notices = expected
        # The parser of browsers, roughly; and then a browser.
        page = lxml.html.document_fromstring(path.read_bytes())
        assert page.get("lang")
        assert len(page.xpath("//table[@class='violations']/tbody/tr")) == count
        assert len(page.xpath("//table[@class='violations notices']/tbody/tr")) == notices
        assert not page.xpath("//script|//img|//link|//iframe|//object|//*[@style]|//*[@src]")
        assert not page.xpath("//table[not(thead//th[@scope='col'])]"), "a table without heads"
        ids = set(page.xpath("//@id"))
        for target in page.xpath("//a/@href"):
            assert target.startswith("https://") or target[1:] in ids, target
        levels = [int(head.tag[1]) for head in page.xpath("//h1|//h2|//h3")]
        assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:]))

        # By its name a browser knows what it is.
        named = path.with_name("page.html")
        named.write_bytes(path.read_bytes())
        dom, messages = browse(named)
        assert not messages, messages
        rendered = lxml.html.document_fromstring(dom)
        assert len(rendered.xpath("//table[@class='violations']/tbody/tr")) == count
        assert not rendered.xpath("//script|//img")
        # The policy lets the style of the page in and nothing else.
        spoilt = path.with_name("spoilt.html")
        text = path.read_text()
        spoilt.write_text(text.replace("</body>", "<script>document.title = 'x'</script></body>"))
        assert browse(spoilt)[1], "the policy does not hold"
        spoilt.write_text(text.replace("<style>", "<style>body { margin: 1px }"))
        assert browse(spoilt)[1], "the policy does not hold for styles"


def browse(path):
    """The page as Chromium has it after loading, and what its console says."""
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            f"--user-data-dir={profile}",
            "--dump-dom",
        ]
        done = subprocess.run(
            ["chromium", *options, path.resolve().as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout, re.findall(r".*CONSOLE.*", done.stderr)


def main():
    folder, clients = map(pathlib.Path, sys.argv[1:])
    readers = Readers(clients)
    checks = 0
    for run in sorted(folder.iterdir()):
        report = json.loads((run / "json").read_text())
        count = len(report["violations"])
        notices = len(report["notices"])
        issues = count + notices + len(report["failures"])
        files = len({finding["path"] for finding in report["violations"] + report["notices"]})
        for name, check, expected in [
            ("sarif", readers.sarif, count + notices + len(report["suppressed"])),
            ("junit", readers.junit_, files),
            ("checkstyle", readers.checkstyle, issues),
            ("gitlab", readers.gitlab, issues),
            ("rdjson", readers.rdjson, issues),
            ("markdown", readers.markdown, (count, notices)),
            ("html", readers.html, (count, notices)),
        ]:
            try:
                check(run / name, expected)
            except Exception as error:
                line = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{line.filename}:{line.lineno}: {line.line}"
                sys.exit(f"{run.name}: {name}: {type(error).__name__}: {error}\n{where}")
            checks += 1
    print(f"{checks} reports read")


main()
