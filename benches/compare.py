#!/usr/bin/env python3
"""Compares ptlint with ripgrep and with only reading the files, in one run, on one tree.

usage: compare.py [--files N] [--runs N] [--tree FOLDER] [--check] [--other PROGRAM] [--profile NAME]

Build first: cargo build --profile dist --locked --bin ptlint --example read-only

Makes the tree of make_tree.py unless it is there, checks that every planted reference is found,
then runs the commands in turn and prints the ratios of their median times, the peak memory, the
times of a small repository and of the start, and what a file with a hit costs beyond being read.
ripgrep (`cargo install ripgrep`) is left out when it is not installed. With --check only the findings
are checked. --other is another ptlint, e.g. linked with another C library, to compare with. --profile
names the folder below target/ with the program, `dist` unless said otherwise.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "target"


def make(tree, files):
    if not tree.exists():
        command = [sys.executable, HERE / "make_tree.py", tree, "--files", str(files)]
        subprocess.run(command, check=True)


def findings(ptlint, tree):
    command = [ptlint, "check", tree, "--format", "concise", "--no-config"]
    out = subprocess.run(command, capture_output=True, text=True).stdout
    found = set()
    for line in out.splitlines():
        path, _, rest = line.partition(":")
        found.add((pathlib.Path(path).relative_to(tree).as_posix(), rest.split(" ")[3].rstrip(":").lower()))
    return found, len(out.splitlines())


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def medians(commands, runs):
    times = {name: [] for name in commands}
    for round_number in range(runs + 1):
        for name, command in commands.items():
            seconds = timed(command)
            if round_number:
                times[name].append(seconds)
    return {name: statistics.median(values) for name, values in times.items()}


def peak(command):
    pid = os.posix_spawn(command[0], [str(c) for c in command], os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_maxrss / 1024


def hits(base, tree, planted):
    """A folder with nothing but copies of the files that have a hit, and how many they are."""
    folder = base / "hits"
    files = sorted({path for path, _ in planted})
    if not folder.exists():
        for number in range(COPIES):
            for path in files:
                copy = folder / str(number) / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(tree / path, copy)
    return folder, COPIES * len(files)


COPIES = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--tree", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--other", type=pathlib.Path)
    parser.add_argument("--profile", default="dist")
    arguments = parser.parse_args()
    programs = TARGET / arguments.profile
    ptlint = programs / "ptlint"
    with tempfile.TemporaryDirectory() as temporary:
        base = arguments.tree or pathlib.Path(temporary)
        tree, small = base / "tree", base / "small" / "tree"
        make(tree, arguments.files)
        make(small, 1000)
        lines = (base / "planted.txt").read_text().splitlines()
        planted = {tuple(line.split("\t")) for line in lines}
        found, count = findings(ptlint, tree)
        print(f"planted {len(planted)}, found {len(planted & found)}, not planted {count - len(planted)}")
        if not planted <= found or count != len(planted):
            sys.exit("the findings are not the planted ones")
        if arguments.check:
            return
        commands = {
            "ptlint": [ptlint, "check", tree, "--format", "concise", "--no-config"],
            "read only": [programs / "examples" / "read-only", tree],
        }
        if shutil.which("rg"):
            commands["ripgrep"] = ["rg", "-uuu", "-i", "-F", "-f", base / "hosts.txt", tree]
        if arguments.other:
            commands["the other"] = [arguments.other.resolve(), *commands["ptlint"][1:]]
        medianed = medians(commands, arguments.runs)
        for name, seconds in medianed.items():
            if name != "ptlint":
                print(f"time of ptlint / time of {name}: {medianed['ptlint'] / seconds:.2f}")
        print(f"peak memory of ptlint: {peak(commands['ptlint']):.0f} MiB")
        if arguments.other:
            print(f"peak memory of the other: {peak(commands['the other']):.0f} MiB")
        few = medians({
            "small": [ptlint, "check", small, "--format", "concise", "--no-config"],
            "start": [ptlint, "--version"],
        }, arguments.runs)
        folder, many = hits(base, tree, planted)
        kinds = {
            "hits": [ptlint, "check", folder, "--format", "concise", "--no-config", "--threads", "1"],
            "read": [programs / "examples" / "read-only", folder, "1"],
        }
        costs = medians(kinds, arguments.runs)
        beyond = (costs["hits"] - costs["read"]) / many
        print(f"a file with a hit: {beyond * 1000:.2f} ms beyond reading it, "
              f"{costs['hits'] / costs['read']:.0f} times the time of reading")
        print(f"a repository of 1,000 files: {few['small'] * 1000:.0f} ms; start: {few['start'] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
