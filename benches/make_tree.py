#!/usr/bin/env python3
"""Makes a deterministic tree of mixed files with planted references.

usage: make_tree.py FOLDER [--files N]

The tree has N files (40,000 unless said otherwise, about 300 MB) in the formats of supplier
repositories. One file in eight names hosts that must be left alone; one in a hundred holds a
planted reference. FOLDER/../planted.txt lists the planted ones, `path<TAB>host`, and
FOLDER/../hosts.txt every retired host as a fixed string, for a search tool to compare with.
"""

import argparse
import pathlib
import random

WORDS = """account address adapter agent alert archive array assert async await balance batch bearer
binding body branch buffer build bundle cache callback channel check claim class client clinic code
column comment commit config connection const consumer container content context cookie count create
customer database date default delete deploy detail device document domain driver element email enable
encode endpoint entity error event example exchange expect export extension factory false field file
filter final flag float folder format function gateway group handler header health host identifier
image import index input instance integer interface internal interval invoice item job journal json
key label language layout length level library limit list listener local location logger login loop
manager mapping member message method metric model module monitor name namespace network node null
number object observation offset operation option order organisation output package page parameter
parent parse patient pattern payload period person plugin policy port practice prefix private process
product profile project property provider proxy public publish query queue range reader record region
release remote report request resource response result retry return role root route rule sample scale
schedule schema scope script search section secret select sender server service session setting shared
signal size source spec stack start state static status storage stream string struct subject submit
suite switch system table target task template tenant test thread throw timeout token topic trace
train transaction transfer transform trigger true type union unit update upload user value vendor
verify version view void volume warning watch window worker writer yield""".split()

QUIET = [
    "https://msg.int.spine2.ncrs.nhs.uk/reliablemessaging",
    "msg.intspineservices.nhs.uk",
    "ldaps://ldap.nis1.national.ncrs.nhs.uk:636",
    "ldap.vn1.national.ncrs.nhs.uk",
    "https://int.api.service.nhs.uk/personal-demographics/FHIR/R4",
    "https://internal-dev.api.service.nhs.uk/oauth2",
    "msg.veit07.devspineservices.nhs.uk",
    "https://directory.spineservices.nhs.uk/STU3/Organization",
    "https://fhir.nhs.uk/Id/nhs-number",
    "https://digital.nhs.uk/services",
    "mesh-sync.national.ncrs.nhs.uk",
]

RETIRED = [
    f"{service}.{environment}.spine2.ncrs.nhs.uk"
    for service in ("msg", "proxy", "msg-out", "simple-sync")
    for environment in ("dev", "train")
] + [
    f"{service}.{environment}.national.ncrs.nhs.uk"
    for service in ("gas", "ldap", "sbapi", "portal", "portal2", "uim", "pds-sync", "psis-sync", "rmmid")
    for environment in ("vn03", "tsp")
] + [
    "nww.dev.spine2.ncrs.nhs.uk",
    "api.dev1.ers.ncrs.nhs.uk",
    "api.dev3.ers.ncrs.nhs.uk",
    "mhsin.dev1.ers.ncrs.nhs.uk",
    "am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk",
]

# Suffix, weight, line with {k} for keys and {v} for values, line for a host.
FORMATS = [
    ("java", 22, "        {k}.set{K}({v}, {v2}); // {w}\n", '    static final String {K} = "{h}";\n'),
    ("py", 14, "    {k} = {v}({v2}, {w})\n", '    {k} = "{h}"\n'),
    ("ts", 14, "  const {k} = await {v}.{w}({v2});\n", '  const {k} = "{h}";\n'),
    ("yml", 12, "  {k}-{w}: {v}\n", "  {k}-url: {h}\n"),
    ("json", 10, '  "{k}{K}": "{v} {v2} {w}",\n', '  "{k}Url": "{h}",\n'),
    ("xml", 8, '  <{k} name="{v}">{v2} {w}</{k}>\n', "  <{k}Url>{h}</{k}Url>\n"),
    ("properties", 5, "{k}.{w}={v}\n", "{k}.url={h}\n"),
    ("md", 6, "The {k} of a {v} {w} is the {v2} that the {k} needs.\n", "See {h} for it.\n"),
    ("tf", 3, '  {k}_{w} = "{v}"\n', '  {k}_url = "{h}"\n'),
    ("sql", 3, "INSERT INTO {k} VALUES ('{v}', '{v2}', {n});\n", "INSERT INTO {k} VALUES ('{h}');\n"),
    ("bin", 3, None, None),
]


def text(rng, line, size):
    parts = []
    length = 0
    while length < size:
        word = [WORDS[int(rng.random() * len(WORDS))] for _ in range(4)]
        part = line.format(
            k=word[0], K=word[0].title(), v=word[1], v2=word[2], w=word[3], n=int(rng.random() * 1e6)
        )
        parts.append(part)
        length += len(part)
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=40_000)
    arguments = parser.parse_args()
    root = arguments.folder
    root.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20250731)
    total = sum(weight for _, weight, _, _ in FORMATS)
    planted = []
    for number in range(arguments.files):
        pick = rng.random() * total
        for suffix, weight, line, host_line in FORMATS:
            pick -= weight
            if pick < 0:
                break
        # Log-normal sizes: half of the files below 4 KB, a few of hundreds.
        size = int(min(4000 * 2.718 ** (rng.normalvariate(0, 1.15)), 600_000))
        folder = root / f"module{number // 800:03}" / f"part{number // 40 % 20:02}"
        if number % 40 == 0:
            folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{WORDS[int(rng.random() * len(WORDS))]}{number}.{suffix}"
        if line is None:
            path.write_bytes(rng.randbytes(size))
            continue
        parts = text(rng, line, size)
        key = WORDS[int(rng.random() * len(WORDS))]
        if number % 8 == 0:
            for _ in range(1 + int(rng.random() * 6)):
                host = QUIET[int(rng.random() * len(QUIET))]
                parts.insert(int(rng.random() * len(parts)), host_line.format(k=key, K=key.upper(), h=host))
        if number % 100 == 50:
            host = RETIRED[len(planted) % len(RETIRED)]
            written = host.upper() if number % 300 == 50 else host
            parts.insert(
                int(rng.random() * len(parts)), host_line.format(k=key, K=key.upper(), h=f"https://{written}")
            )
            planted.append((path.relative_to(root).as_posix(), host))
        path.write_text("".join(parts), encoding="utf-8", newline="\n")
    (root.parent / "planted.txt").write_text("".join(f"{p}\t{h}\n" for p, h in planted))
    (root.parent / "hosts.txt").write_text("".join(f"{h}\n" for h in RETIRED))


if __name__ == "__main__":
    main()
