#!/usr/bin/env python3
"""Measures ptlint on inputs that are made to be slow, and fails if one of them is.

usage: worst.py PROGRAM [--kind WORD] [--size MIB]

Writes each input into a temporary folder, checks it, and prints the size, the time, the time per MB and the
peak memory. The exit code is 1 if an input takes more than 20 ms/MB (and more than 0.2 s, which is about what
10,000 findings take to describe), or more than 2 s, or more than 256 MiB of memory or of output.

--kind runs only the inputs whose name has the word. --size is the size of the inputs, 8 MiB unless said
otherwise, which is the largest file that is parsed.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

HOST = "msg.dev.spine2.ncrs.nhs.uk"
URL = f"https://{HOST}/x"
ENCODED = "aHR0cHM6Ly9tc2cuZGV2LnNwaW5lMi5uY3JzLm5ocy51ay94"

MOST_PER_MB = 0.020
MOST_FLOOR = 0.2
MOST_SECONDS = 2.0
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
}


def measure(program, path):
    command = [program, "check", "--no-config", "--threads", "1", "--format", "concise", path.name]
    output = path.with_suffix(".out")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    os.chdir(path.parent)
    start = time.perf_counter()
    pid = os.posix_spawn(program, command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss * 1024, output.stat().st_size


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kind", default="")
    parser.add_argument("--size", type=float, default=8.0)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    size = int(arguments.size * 1024 * 1024)
    over = []
    print(f"{'kind':20} {'MB':>6} {'s':>7} {'ms/MB':>7} {'MiB':>6} {'output':>9}  exit")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in KINDS.items():
            if arguments.kind not in name:
                continue
            path = pathlib.Path(folder) / name
            path.write_text(make(size)[:size] if "json" not in name else make(size))
            megabytes = path.stat().st_size / 1e6
            code, seconds, memory, output = measure(program, path)
            path.unlink()
            print(
                f"{name:20} {megabytes:6.1f} {seconds:7.2f} {seconds / megabytes * 1000:7.1f}"
                f" {memory / 1048576:6.0f} {output:9}  {code}",
                flush=True,
            )
            slow = seconds > MOST_SECONDS or seconds > max(MOST_FLOOR, megabytes * MOST_PER_MB)
            if slow or max(memory, output) > MOST_MEMORY or code not in (0, 1, 3):
                over.append(name)
        os.chdir("/")
    if over:
        print(f"over the targets: {', '.join(over)}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
