#!/usr/bin/env python3
"""Judges fixes with the parsers of the formats: parsers.py BEFORE SAFE UNSAFE

The folders have the same files, as they were and as a fix left them. What parsed before has to parse after,
and a value may change only if a retired name is in it. Prints how many changed files each parser has judged.
"""

import ast
import base64
import collections
import configparser
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tomllib
import warnings

import dotenv
import hcl2
import lxml.etree
import tree_sitter_language_pack
import yaml

HERE = pathlib.Path(__file__).resolve().parent
# A value that may change has one of these in it, whatever the case and the escapes.
RETIRED = re.compile(r"dev|train|tra\b|tra_|tsp|vn03|level_?1c|spine_?root", re.IGNORECASE)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
# Each has to judge at least one changed file.
PARSERS = {}


def parser(*endings):
    """Makes a function the parser of files with these endings. It gives what a text means as a list of values,
    or None if only the syntax is known; it raises an exception for what is not of the format."""

    def register(function):
        for ending in endings:
            PARSERS[ending] = function
        return function

    return register


def leaves(value, path=()):
    """The paths and scalars of nested mappings and lists, without the numbers of list items."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from leaves(inner, (*path, "[]"))
    else:
        yield (*path, repr(value))


@parser(".yaml", ".yml")
def pyyaml(text):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def value(node):
        # Tags are for programs that know them.
        if isinstance(node, yaml.MappingNode):
            return {str(value(key)): value(inner) for key, inner in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [value(inner) for inner in node.value]
        return node.value

    nodes = list(yaml.compose_all(text, Loader=loader))
    # An alias to a group within itself would go on for ever.
    return [leaf for node in nodes if node is not None for leaf in leaves(value(node))]


@parser(".json", ".ipynb")
def json_module(text):
    return list(leaves(json.loads(text)))


@parser(".jsonl")
def json_lines(text):
    return [leaf for line in text.splitlines() if line.strip() for leaf in leaves(json.loads(line))]


@parser(".toml")
def toml_module(text):
    return list(leaves(tomllib.loads(text)))


@parser(".xml", ".config", ".wsdl", ".xsd", ".csproj", ".svg")
def lxml_module(text):
    options = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    root = lxml.etree.fromstring(text.encode(), options)
    found = []
    for element in root.iter():
        if isinstance(element.tag, str):
            found.append((element.tag, (element.text or "").strip()))
            found.extend((element.tag, name, value) for name, value in element.items())
    return found


@parser(".ini", ".service")
def ini_module(text):
    reader = configparser.RawConfigParser(strict=False, allow_no_value=True)
    reader.optionxform = str
    reader.read_string(text)
    return [(section, *item) for section in reader.sections() for item in reader.items(section)]


@parser(".env")
def dotenv_module(text):
    bindings = list(dotenv.parser.parse_stream(io.StringIO(text)))
    if any(binding.error for binding in bindings):
        raise ValueError("not an environment file")
    return [(binding.key or "", binding.value or "") for binding in bindings if binding.key]


@parser(".tf", ".tfvars", ".hcl")
def hcl_module(text):
    return list(leaves(hcl2.loads(text)))


@parser(".csv")
def csv_module(text):
    return [tuple(row) for row in csv.reader(io.StringIO(text), strict=True)]


@parser(".py")
def python_module(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            found.append(("constant", repr(node.value)))
        elif isinstance(node, ast.Name):
            found.append(("name", node.id))
        else:
            found.append((type(node).__name__,))
    return found


def accepted(command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise ValueError(done.stderr or done.stdout)


@parser(".sh", ".bash")
def shell(text):
    program = "bash" if "bash" in text.split("\n", 1)[0] else "sh"
    accepted([program, "-n"], text)


@parser(".js", ".mjs", ".cjs")
def node(text):
    kind = "module" if re.search(r"^\s*(import|export)\b", text, re.MULTILINE) else "commonjs"
    accepted(["node", f"--input-type={kind}", "--check"], text)


@parser(".php")
def php(text):
    accepted(["php", "-l"], text)


@parser(".rb")
def ruby(text):
    accepted(["ruby", "-c"], text)


def tree_sitter(language):
    reader = tree_sitter_language_pack.get_parser(language)

    def parse(text):
        """Only as many errors as before are accepted, because grammars know no templates."""
        errors = 0
        nodes = [reader.parse(text.encode()).root_node]
        while nodes:
            at = nodes.pop()
            errors += at.is_error or at.is_missing
            nodes.extend(at.children)
        return errors

    parse.__name__ = f"tree-sitter {language}"
    return parse


for language, endings in {
    "csharp": [".cs"],
    "dockerfile": ["Dockerfile", ".dockerfile"],
    "go": [".go"],
    "groovy": ["Jenkinsfile", ".groovy", ".gradle"],
    "java": [".java"],
    "kotlin": [".kt", ".kts"],
    "make": ["Makefile", ".mk"],
    "powershell": [".ps1"],
    "properties": [".properties"],
    "rust": [".rs"],
    "sql": [".sql"],
    "typescript": [".ts"],
}.items():
    for ending in endings:
        PARSERS[ending] = tree_sitter(language)


def is_retired(part):
    """Says whether a retired name may be in a part of a value, plainly or encoded."""
    # Escapes and breaks of lines may be within a name, and words before encoded text.
    joined = re.sub(r"\\[nrt]|[\\^\s]", "", part)
    if RETIRED.search(joined):
        return True
    return any(RETIRED.search(text) for whole in (part, joined) for text in decoded(whole, 2))


def decoded(text, depth):
    """What is encoded in a text as base64, which may begin at any character of a run, and again in that."""
    for found in BASE64.findall(text) if depth else []:
        run = found.rstrip("=").translate(str.maketrans("-_", "+/"))
        for start in range(4):
            part = run[start:]
            content = base64.b64decode(part[: len(part) // 4 * 4]).replace(b"\0", b"").decode("latin-1")
            yield content
            yield from decoded(content, depth - 1)


def compared(before, after, is_safe):
    """What a fix must not have done to the values, or None. Only a fix that is not safe removes entries, and
    with an entry go values that have no name in them."""
    old, new = collections.Counter(before), collections.Counter(after)
    gone, come = old - new, new - old
    others = [value for value in gone if not any(map(is_retired, value))]
    if is_safe and others:
        return f"{others[:3]} are gone; new are {list(come)[:3]}"
    renamed = sum(gone.values()) - sum(gone[value] for value in others)
    if sum(come.values()) > renamed:
        return f"{renamed} values with a name are gone, and {list(come)[:3]} are new"
    return None


def text_of(path):
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def fault(parse, before, after, is_safe):
    """What a parser says of a fix: a text, None, or False if it did not accept the file as it was."""
    try:
        old = parse(text_of(before))
    except Exception:  # noqa: BLE001 - every parser has errors of its own
        return False
    try:
        new = parse(text_of(after))
    except Exception as error:  # noqa: BLE001
        return f"no longer parses: {error}"
    if isinstance(old, int):
        return f"{old} errors became {new}" if new > old else None
    return None if old is None else compared(old, new, is_safe)


def main(before, *fixed):
    judged, faults, not_accepted = collections.Counter(), [], collections.Counter()
    for path in sorted(before.rglob("*")):
        # The name of a Dockerfile is its ending.
        parse = PARSERS.get(path.suffix or path.name) or PARSERS.get(path.name)
        if not path.is_file() or parse is None:
            continue
        outcomes = set()
        for folder in fixed:
            after = folder / path.relative_to(before)
            if after.read_bytes() in outcomes or after.read_bytes() == path.read_bytes():
                continue
            outcomes.add(after.read_bytes())
            said = fault(parse, path, after, folder == fixed[0])
            if said is False:
                not_accepted[parse.__name__] += 1
                continue
            judged[parse.__name__] += 1
            if said:
                place = after.relative_to(folder.parent)
                texts = path.read_text(errors="replace"), after.read_text(errors="replace")
                shown = "\n--- after\n".join(text[:600] for text in texts)
                faults.append(f"{place} ({parse.__name__}): {said}\n--- before\n{shown}")
    for name in sorted({parse.__name__ for parse in PARSERS.values()}):
        print(f"{name}: {judged[name]} judged, {not_accepted[name]} not accepted as they were")
    idle = [p.__name__ for p in PARSERS.values() if not judged[p.__name__]]
    if idle:
        faults.append(f"nothing to judge for {', '.join(sorted(set(idle)))}")
    print(f"{len(faults)} faults")
    for text in faults[:40]:
        print(text)
    return 1 if faults else 0


sys.exit(main(*map(pathlib.Path, sys.argv[1:])))
