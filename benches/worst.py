#!/usr/bin/env python3
"""Measures ptlint on inputs that are made to be slow, and fails if one of them is.

usage: worst.py PROGRAM [--kind WORD] [--size MIB] [--command WORDS] [--table]

Writes each input into a temporary folder, checks it, and prints the size, the processor time that the program
and the system used for it, that time per MB and the peak memory. The time is not what a clock shows, because
other programs run too. The exit code is 1 if an input takes more than 20 ms/MB (and more than 0.2 s, which is
about what 10,000 findings take to describe), or more than 2 s, or more than 256 MiB of memory or of output.

--kind runs only the inputs whose name has the word. --size is the size of the inputs, 8 MiB unless said
otherwise, which is the largest file that is parsed. --command runs another command on them, such as
"fix --diff --unsafe-fixes", "suppress --diff --reason x" or "plan". --table prints a Markdown table, as in
docs/performance.md.
"""

import argparse
import base64
import json
import os
import pathlib
import sys
import tempfile

HOST = "msg.dev.spine2.ncrs.nhs.uk"
URL = f"https://{HOST}/x"
ENCODED = "aHR0cHM6Ly9tc2cuZGV2LnNwaW5lMi5uY3JzLm5ocy51ay94"

MOST_PER_MB = 0.020
MOST_FLOOR = 0.2
MOST_SECONDS = 2.0
MOST_TIME = 30
MOST_MEMORY = 256 * 1024 * 1024


def repeated(text):
    return lambda size: text * (size // len(text))


def long_key(size):
    key = "k" * (size - 60 * 500)
    return json.dumps({key: {f"a{number}": URL for number in range(500)}}, indent=1)


def many_keys(size):
    line = f'"k%07d": "{URL}",\n'
    lines = (line % number for number in range(size // (len(line) + 4)))
    return "{" + "".join(lines) + '"last": 1}'


def escaped(size):
    line = f'"k%07d": "https:\\/\\/{HOST}\\/x",\n'
    lines = (line % number for number in range(size // (len(line) + 4)))
    return "{" + "".join(lines) + '"last": 1}'


def neighbours(size):
    half = f"https://{HOST}/x " * (size // 80)
    return json.dumps({"a": {"b": half, "c": half}})


def deep(size):
    levels = 200
    inner = f'"{HOST}", ' * (size // (len(HOST) + 4))
    return '{"k": ' * levels + f"[{inner}1]" + "}" * levels


def elements(size):
    element = f"<url>{URL}</url>\n"
    return "<a>" + element * (size // len(element)) + "</a>"


def pairs(size):
    """Old and new names under keys that do not name an environment."""
    new = HOST.replace(".dev.", ".int.")
    line = f'"k%07d": "{HOST}", "l%07d": "{new}",\n'
    lines = (line % (number, number) for number in range(size // (len(line) + 8)))
    return "{" + "".join(lines) + '"last": 1}'


def joined(size):
    """Lists that are hosts label by label, next to a long value."""
    line = '"k%07d": ["msg", "dev", "spine2", "ncrs", "nhs", "uk"],\n'
    lines = (line % number for number in range(size // 2 // (len(line) + 4)))
    return '{"a": "' + "x" * (size // 2) + '",\n' + "".join(lines) + '"last": 1}'


def encoded_line(size):
    line = f"{URL} " * (size * 3 // 4 // len(URL + " "))
    return json.dumps({"a": base64.b64encode(line.encode()).decode()})


def after_host(unit):
    """Nothing but the same few signs, in a file with a reference, so that it is parsed."""
    return lambda size: f"a = '{URL}'\n" + unit * (size // len(unit))


def numbered(line):
    return lambda size: "".join(line % ((number,) * line.count("%")) for number in range(size // len(line)))


def notebook(size):
    image = "iVBORw0KGgo" * (size // 2 // 11)
    lines = json.dumps([f"a = '{URL}'\n"] * (size // 2 // 60))
    cell = f'"cell_type": "code", "outputs": [{{"data": {{"image/png": "{image}"}}}}], "source": {lines}'
    return f'{{"cells": [{{{cell}}}]}}'


def blanks(size):
    hosts = f"{URL} " * 10_000
    return " " * (size - len(hosts)) + hosts


KINDS = {
    "line.txt": repeated(f"{URL} "),
    "line.yml": repeated(f"{URL} "),
    "line.json": lambda size: json.dumps(f"{URL} " * (size // len(URL + " "))),
    "line.html": repeated(f"{URL} "),
    "line.csv": repeated(f"{URL},"),
    "line.py": repeated(f"{URL} "),
    "line.md": repeated(f"{URL} "),
    "line.sh": repeated(f"{URL} "),
    "lines.txt": repeated(f"{URL}\n"),
    "neighbours.json": neighbours,
    "key.json": long_key,
    "keys.json": many_keys,
    "escaped.json": escaped,
    "deep.json": deep,
    "elements.xml": elements,
    "hosts.env": repeated(f"{HOST}:"),
    "hosts.ini": repeated(f"{HOST}:"),
    "hosts.properties": repeated(f"{HOST}:"),
    "encoded.properties": repeated(f"{ENCODED} "),
    "encoded.txt": repeated("bmhzLnVr"),
    "quoted.txt": repeated("spine2.ncrs=\n.nhs.uk "),
    "ends.txt": repeated(".ncrs.nhs.u"),
    "names.txt": repeated("a.spine2.ncrs.nhs.uk."),
    "paths.txt": repeated(f"x/{HOST} "),
    "rows.txt": repeated(f"a,{HOST},b\n"),
    "blanks.txt": blanks,
    "pairs.json": pairs,
    "joined.json": joined,
    "encoded.json": encoded_line,
    "blocks.yml": numbered(f"k%07d: {ENCODED}\n"),
    "aliases.yml": numbered(f"k%07d: &a%07d {URL}\nl%07d: *a%07d\n"),
    "directives.txt": after_host("ptlint: "),
    "directives.yml": numbered(f"# ptlint: ignore[dev-host] kept\nk%07d: {URL}\n"),
    "ignored.yml": after_host("# ptlint: ignore[dev-host] kept\n"),
    "notebook.ipynb": notebook,
    "braces.tf": after_host("{"),
    "brackets.js": after_host("("),
    "lists.py": after_host("["),
    "elements.jsx": after_host("{`"),
    "less.ts": after_host("a<"),
    "quotes.clj": after_host('"'),
    "sums.sh": after_host("(("),
    "documents.sh": after_host("<<A\n"),
    "tables.toml": after_host("[[a]]\n"),
    "headers.toml": numbered(f"[a.b%07d.c]\nk = '{URL}'\n"),
    "near.txt": repeated("ncrs"),
    "holes.txt": repeated("${A}.ncrs.nhs.uk "),
    "commands.sh": repeated(f"curl {URL}; "),
    "calls.js": repeated(f'a("{URL}");'),
    "lines.reg": lambda size: ("\ufeff" + f'"k"="{URL}"\r\n' * (size // 100)).encode("utf-16-le"),
}


def measure(program, path, words):
    # A program that does not come to an end is ended.
    limited = ["/bin/sh", "-c", f'ulimit -t {MOST_TIME}; exec "$@"', "sh"]
    command = [*limited, program, *words, "--no-config", "--threads", "1", path.name]
    output = path.with_suffix(".out")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    os.chdir(path.parent)
    pid = os.posix_spawn(limited[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss * 1024, output.stat().st_size


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kind", default="")
    parser.add_argument("--size", type=float, default=8.0)
    parser.add_argument("--command", default="check --format concise")
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    size = int(arguments.size * 1024 * 1024)
    over = []
    if arguments.table:
        print("| input | bytes | processor time, s | ms/MB | peak memory, MiB |")
        print("| --- | ---: | ---: | ---: | ---: |")
    else:
        print(f"{'kind':20} {'MB':>6} {'s':>7} {'ms/MB':>7} {'MiB':>6} {'output':>9}  exit")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in KINDS.items():
            if arguments.kind not in name:
                continue
            path = pathlib.Path(folder) / name
            text = make(size)
            text = text if "json" in name or path.suffix == ".ipynb" else text[:size]
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            megabytes = path.stat().st_size / 1e6
            code, seconds, memory, output = measure(program, path, arguments.command.split())
            path.unlink()
            per_mb, mebibytes = seconds / megabytes * 1000, memory / 1048576
            if arguments.table:
                row = f"| {name} | {megabytes * 1e6:,.0f} | {seconds:.2f} | {per_mb:.0f} | {mebibytes:.0f} |"
            else:
                row = f"{name:20} {megabytes:6.1f} {seconds:7.2f} {per_mb:7.1f} {mebibytes:6.0f} {output:9}  {code}"
            print(row, flush=True)
            slow = seconds > MOST_SECONDS or seconds > max(MOST_FLOOR, megabytes * MOST_PER_MB)
            if slow or max(memory, output) > MOST_MEMORY or code not in (0, 1, 3):
                over.append(name)
        os.chdir("/")
    if over:
        print(f"over the targets: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
