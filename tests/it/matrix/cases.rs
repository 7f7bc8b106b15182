//! Places in every kind of format, each with the reason why a fix of it needs review.
//!
//! `DEV_HOST`, `TRAIN_HOST` and `INT_HOST` stand for the names of one service in these environments.

/// A file, and a piece of the reason why no fix of it is safe; empty where each one is.
pub type Case = (&'static str, &'static str, &'static str);

/// A text with the names written out.
pub fn written(text: &str) -> String {
    let host = |environment: &str| format!("msg.{environment}.spine2.ncrs.nhs.uk");
    text.replace("DEV_HOST", &host("dev"))
        .replace("TRAIN_HOST", &host("train"))
        .replace("INT_HOST", &host("int"))
}

/// Every list: the tests with real parsers read them too.
#[allow(dead_code)]
pub const ALL: &[&[Case]] = &[
    CALLS,
    COMPARISONS,
    CASE_LABELS,
    REFUSALS,
    EXPECTATIONS,
    DUPLICATES,
    HALF_CHANGED,
    INDIRECT,
    PROXIES,
    BROKEN_FILES,
    HTML_VALUES,
];

pub const COMPARED: &str = "compared or matched";
pub const REFUSED: &str = "refuses, retires or leaves out";
pub const EXPECTED: &str = "checks or expects";
pub const LABEL: &str = "labels a case";
pub const PINNED: &str = "pin, checksum or fingerprint";
pub const TWICE: &str = "twice";
pub const VARIABLE: &str = "its variable or key";
pub const NOT_CERTAIN: &str = "not certain";

pub const CALLS: &[Case] = &[
    ("a.yaml", "spine:\n  url: https://DEV_HOST/x\n", ""),
    ("a.yaml", "hosts:\n  - DEV_HOST\n", ""),
    (
        "a.json",
        "{\"url\": \"https://DEV_HOST/x\", \"retry\": 3}\n",
        "",
    ),
    ("a.json", "{\"url\": \"https:\\/\\/DEV_HOST\\/x\"}\n", ""),
    (
        "a.json",
        "{\"url\": \"https:\\u002f\\u002fDEV_HOST/x\"}\n",
        "",
    ),
    ("a.js", "const url = 'https:\\/\\/DEV_HOST\\/x';\n", ""),
    ("a.py", "client.connect(\"https://DEV_HOST/x\")\n", ""),
    (
        "a.py",
        "URL = 'https://DEV_HOST/x'\nif debug == 1:\n    pass\n",
        "",
    ),
    ("a.py", "for h in [\"DEV_HOST\"]:\n    ping(h)\n", ""),
    (
        "A.java",
        "class A {\n  String url = \"https://DEV_HOST/x\";\n}\n",
        "",
    ),
    (
        "a.ts",
        "if (ready) { const url = \"https://DEV_HOST/x\"; }\n",
        "",
    ),
    ("a.sh", "curl https://DEV_HOST/x\n", ""),
    (
        "a.sh",
        "URL=https://DEV_HOST/x\nif [ -n \"$URL\" ]; then\n  curl $URL\nfi\n",
        "",
    ),
    (".env", "SPINE_URL=https://DEV_HOST/x\n", ""),
    ("a.properties", "spine.url=https://DEV_HOST/x\n", ""),
    (
        "a.properties",
        "spine.url=https://DEV_HOST/x\nspine.desk=https://TRAIN_HOST/y\n",
        "",
    ),
    (
        "a.yaml",
        "a: https://DEV_HOST/x\nb: https://TRAIN_HOST/y\n",
        "",
    ),
    ("a.toml", "url = \"https://DEV_HOST/x\"\n", ""),
    ("a.tf", "locals {\n  url = \"https://DEV_HOST/x\"\n}\n", ""),
    ("a.xml", "<a><url>https://DEV_HOST/x</url></a>\n", ""),
];

pub const COMPARISONS: &[Case] = &[
    ("a.py", "if host == \"DEV_HOST\":\n    deny()\n", COMPARED),
    ("a.py", "if \"DEV_HOST\" != host:\n    pass\n", COMPARED),
    ("a.py", "if \"DEV_HOST\" in url:\n    pass\n", COMPARED),
    (
        "a.py",
        "if host in (\"DEV_HOST\", \"x\"):\n    pass\n",
        COMPARED,
    ),
    (
        "a.py",
        "ok = url.startswith('https://DEV_HOST/')\n",
        COMPARED,
    ),
    (
        "a.py",
        "m = re.match(r'https://DEV_HOST/', url)\n",
        COMPARED,
    ),
    ("a.js", "if (host === 'DEV_HOST') throw 1;\n", COMPARED),
    (
        "a.js",
        "const dev = ['DEV_HOST'].includes(host);\n",
        COMPARED,
    ),
    (
        "a.ts",
        "return url.startsWith(\"https://DEV_HOST\") ? 'dev' : 'x';\n",
        COMPARED,
    ),
    (
        "A.java",
        "class A { boolean d(String h) { return h.equals(\"DEV_HOST\"); } }\n",
        COMPARED,
    ),
    (
        "A.java",
        "class A { boolean d(String h) { return \"DEV_HOST\".equals(h); } }\n",
        COMPARED,
    ),
    (
        "A.java",
        "class A { boolean d(String h) { return List.of(\"DEV_HOST\").contains(h); } }\n",
        COMPARED,
    ),
    ("a.cs", "var d = host.Equals(\"DEV_HOST\");\n", COMPARED),
    (
        "a.go",
        "package a\nfunc f(h string) bool { return h == \"DEV_HOST\" }\n",
        COMPARED,
    ),
    (
        "a.go",
        "package a\nfunc f(h string) bool { return strings.HasPrefix(h, \"DEV_HOST\") }\n",
        COMPARED,
    ),
    ("a.rb", "deny if host == 'DEV_HOST'\n", COMPARED),
    (
        "a.php",
        "<?php if ($host === 'DEV_HOST') { exit; }\n",
        COMPARED,
    ),
    ("a.ps1", "if ($h -eq 'DEV_HOST') { exit 1 }\n", COMPARED),
    ("a.sh", "grep -q DEV_HOST f && exit 1\n", COMPARED),
    (
        "a.sh",
        "if [[ $h == DEV_HOST ]]; then exit 1; fi\n",
        COMPARED,
    ),
    (
        "a.sh",
        "if [ \"$h\" = \"DEV_HOST\" ]; then exit 1; fi\n",
        COMPARED,
    ),
    ("a.sh", "test \"$h\" = DEV_HOST && exit 1\n", COMPARED),
    (
        "Makefile",
        "ifeq ($(HOST),DEV_HOST)\nX=1\nendif\n",
        COMPARED,
    ),
    (
        "a.yml",
        "jobs:\n  a:\n    steps:\n      - run: grep -q DEV_HOST f && exit 1\n",
        COMPARED,
    ),
    (
        "a.yml",
        "jobs:\n  a:\n    if: env.HOST == 'DEV_HOST'\n",
        COMPARED,
    ),
    (
        "a.tf",
        "locals {\n  dev = var.host == \"DEV_HOST\" ? 1 : 0\n}\n",
        COMPARED,
    ),
    (
        "a.sql",
        "DELETE FROM endpoints WHERE host = 'DEV_HOST';\n",
        COMPARED,
    ),
    (
        "a.py",
        "q = \"SELECT 1 FROM e WHERE host = 'DEV_HOST'\"\n",
        COMPARED,
    ),
    (
        "a.sql",
        "SELECT 1 FROM e WHERE host IN ('DEV_HOST', 'x');\n",
        COMPARED,
    ),
    (
        "a.yaml",
        "Conditions:\n  IsDev: !Equals [!Ref Host, DEV_HOST]\n",
        COMPARED,
    ),
    (
        "a.yaml",
        "Conditions:\n  X:\n    Fn::Equals:\n      - a\n      - DEV_HOST\n",
        COMPARED,
    ),
    (
        "a.yaml",
        "Parameters:\n  Host:\n    AllowedValues: [DEV_HOST, x]\n",
        COMPARED,
    ),
    (
        "schema.json",
        "{\"properties\": {\"host\": {\"enum\": [\"DEV_HOST\"]}}}\n",
        COMPARED,
    ),
    (
        "schema.json",
        "{\"properties\": {\"host\": {\"const\": \"DEV_HOST\"}}}\n",
        COMPARED,
    ),
    (
        "a.json",
        "{\"host\": {\"StringNotEquals\": {\"aws:host\": \"DEV_HOST\"}}}\n",
        COMPARED,
    ),
    (
        "a.cs",
        "class A { bool F(string h) => new[] { \"DEV_HOST\" }.Contains(h); }\n",
        COMPARED,
    ),
    (
        "a.cs",
        "class A { void F() { hosts.Remove(\"DEV_HOST\"); } }\n",
        COMPARED,
    ),
    (
        "a.php",
        "<?php $x = array_diff($hosts, [\"DEV_HOST\"]);\n",
        COMPARED,
    ),
    ("a.php", "<?php unset($m[\"DEV_HOST\"]);\n", COMPARED),
    (
        "a.go",
        "package a\nfunc f() string { return strings.TrimPrefix(u, \"DEV_HOST\") }\n",
        COMPARED,
    ),
    (
        "a.go",
        "package a\nfunc f() { d := cmp.Diff(\"DEV_HOST\", h) }\n",
        COMPARED,
    ),
    ("a.ps1", "$x = $h -replace 'DEV_HOST','x'\n", COMPARED),
    (
        "a.sql",
        "SELECT NULLIF(host, 'DEV_HOST') FROM e;\n",
        COMPARED,
    ),
    (
        "a.tf",
        "locals {\n  clean = setsubtract(var.hosts, [\"DEV_HOST\"])\n}\n",
        COMPARED,
    ),
    (
        "a.js",
        "db.hosts.deleteMany({ host: \"DEV_HOST\" });\n",
        COMPARED,
    ),
    (
        "a.js",
        "sinon.assert.calledWith(f, \"DEV_HOST\");\n",
        COMPARED,
    ),
    ("a.kt", "val x = h shouldBe \"DEV_HOST\"\n", COMPARED),
    ("a.rb", "hosts -= [\"DEV_HOST\"]\n", COMPARED),
    ("a.rb", "hosts.delete(\"DEV_HOST\")\n", COMPARED),
    ("a.py", "hosts.remove(\"DEV_HOST\")\n", COMPARED),
    (
        "Makefile",
        "X := $(subst DEV_HOST,stub.local,$(H))\n",
        COMPARED,
    ),
    ("a.R", "x <- setdiff(hs, \"DEV_HOST\")\n", COMPARED),
    ("a.ex", "x = hosts -- [\"DEV_HOST\"]\n", COMPARED),
];

pub const CASE_LABELS: &[Case] = &[
    ("a.sh", "case $h in\n  DEV_HOST) echo dev;;\nesac\n", LABEL),
    (
        "a.sh",
        "case $h in\n  a|DEV_HOST|b) echo dev;;\nesac\n",
        LABEL,
    ),
    (
        "A.java",
        "class A { int d(String h) { switch (h) { case \"DEV_HOST\": return 1; } return 0; } }\n",
        LABEL,
    ),
    (
        "a.js",
        "switch (h) { case 'DEV_HOST': return 'dev'; }\n",
        LABEL,
    ),
    ("a.rb", "case h\nwhen 'DEV_HOST' then 1\nend\n", LABEL),
    (
        "a.rs",
        "fn f(h: &str) -> u8 { match h { \"DEV_HOST\" => 1, _ => 0 } }\n",
        LABEL,
    ),
    (
        "a.kt",
        "fun f(h: String) = when (h) { \"DEV_HOST\" -> 1\n else -> 0 }\n",
        LABEL,
    ),
];

pub const REFUSALS: &[Case] = &[
    ("a.yaml", "denied_hosts:\n  - DEV_HOST\n", REFUSED),
    ("a.yaml", "deniedHosts: [DEV_HOST]\n", REFUSED),
    (
        "a.yaml",
        "firewall:\n  block-list:\n    - host: DEV_HOST\n",
        REFUSED,
    ),
    (
        "a.yaml",
        "rules:\n  - host: DEV_HOST\n    action: deny\n",
        REFUSED,
    ),
    (
        "a.yaml",
        "spec:\n  action: DENY\n  rules:\n    - to:\n        - hosts: [DEV_HOST]\n",
        REFUSED,
    ),
    ("a.json", "{\"blocklist\": [\"DEV_HOST\"]}\n", REFUSED),
    (
        "a.json",
        "{\"Statement\": [{\"Effect\": \"Deny\", \"Resource\": \"https://DEV_HOST/x\"}]}\n",
        REFUSED,
    ),
    ("a.toml", "[retired]\nhosts = [\"DEV_HOST\"]\n", REFUSED),
    ("a.ini", "[blacklist]\nhost = DEV_HOST\n", REFUSED),
    ("a.properties", "spine.forbidden.hosts=DEV_HOST\n", REFUSED),
    (".env", "REJECTED_HOST=DEV_HOST\n", REFUSED),
    (
        "a.xml",
        "<a><deny-hosts><host>DEV_HOST</host></deny-hosts></a>\n",
        REFUSED,
    ),
    (
        "a.tf",
        "locals {\n  obsolete_hosts = [\"DEV_HOST\"]\n}\n",
        REFUSED,
    ),
    ("a.py", "RETIRED = {\"DEV_HOST\"}\n", REFUSED),
    (
        "a.js",
        "const excludedHosts = new Set(['DEV_HOST']);\n",
        REFUSED,
    ),
    (
        "A.java",
        "class A { static final String OLD_HOST = \"DEV_HOST\"; }\n",
        REFUSED,
    ),
    (
        "a.go",
        "package a\nvar legacyHosts = []string{\"DEV_HOST\"}\n",
        REFUSED,
    ),
    ("a.sh", "ufw deny out to DEV_HOST\n", REFUSED),
    (
        "a.sh",
        "iptables -A OUTPUT -d DEV_HOST -j REJECT\n",
        REFUSED,
    ),
    ("a.sh", "DENIED=DEV_HOST\n", REFUSED),
    ("blocklist.json", "[\"DEV_HOST\"]\n", REFUSED),
    ("denylist.yaml", "- DEV_HOST\n", REFUSED),
    ("banned_hosts.py", "HOSTS = [\"DEV_HOST\"]\n", REFUSED),
    ("config/blocked/hosts.yaml", "hosts: [DEV_HOST]\n", REFUSED),
    ("a.yaml", "prohibited: [DEV_HOST]\n", REFUSED),
    ("a.yaml", "quarantine:\n  - DEV_HOST\n", REFUSED),
    ("a.yaml", "not_allowed: [DEV_HOST]\n", REFUSED),
    ("a.yaml", "mustNot: {host: DEV_HOST}\n", REFUSED),
    ("a.yaml", "notHosts: [DEV_HOST]\n", REFUSED),
    ("a.json", "{\"Except\": [\"DEV_HOST\"]}\n", REFUSED),
    ("a.yaml", "sinkhole: [DEV_HOST]\n", REFUSED),
    (
        "a.json",
        "{\"query\": {\"must_not\": [{\"term\": {\"host\": \"DEV_HOST\"}}]}}\n",
        REFUSED,
    ),
    ("a.json", "{\"not\": {\"host\": \"DEV_HOST\"}}\n", REFUSED),
    ("a.py", "DEAD_HOSTS = [\"DEV_HOST\"]\n", REFUSED),
    ("a.py", "SKIP = [\"DEV_HOST\"]\n", REFUSED),
    (
        "a.json",
        "{\"hosts\": [\"DEV_HOST\"], \"Deny\": true}\n",
        REFUSED,
    ),
    (
        "log4j2.xml",
        "<F><StringMatchFilter text=\"DEV_HOST\" onMatch=\"DENY\"/></F>\n",
        REFUSED,
    ),
    (
        "a.yaml",
        "- iptables:\n    destination: DEV_HOST\n    jump: DROP\n",
        REFUSED,
    ),
    (
        "a.yaml",
        "- host:\n    name: DEV_HOST\n    state: absent\n",
        REFUSED,
    ),
    ("rules.conf", "-A OUTPUT -d DEV_HOST -j DROP\n", REFUSED),
    (
        "a.sql",
        "INSERT INTO retired_hosts (host) VALUES ('DEV_HOST');\n",
        REFUSED,
    ),
];

pub const EXPECTATIONS: &[Case] = &[
    (
        "a.py",
        "assert_called_with(\"https://DEV_HOST/x\")\n",
        EXPECTED,
    ),
    ("a.py", "assert url == \"https://DEV_HOST/x\"\n", COMPARED),
    (
        "a.js",
        "expect(url).toBe('https://DEV_HOST/x');\n",
        COMPARED,
    ),
    (
        "A.java",
        "class A { void t() { assertEquals(\"https://DEV_HOST/x\", url); } }\n",
        EXPECTED,
    ),
    ("a.yaml", "expected:\n  url: https://DEV_HOST/x\n", EXPECTED),
    (
        "a.json",
        "{\"expectedUrl\": \"https://DEV_HOST/x\"}\n",
        EXPECTED,
    ),
    ("a.yaml", "tls:\n  verify_host: DEV_HOST\n", EXPECTED),
    (
        "a.yaml",
        "tls:\n  host: DEV_HOST\n  fingerprint: ab:cd\n",
        PINNED,
    ),
    ("a.yaml", "pinned_hosts: [DEV_HOST]\n", PINNED),
    (
        "a.xml",
        "<c><domain-config><domain>DEV_HOST</domain><pin-set><pin>x</pin></pin-set></domain-config></c>\n",
        PINNED,
    ),
    (
        "ATests.cs",
        "class A { [InlineData(\"DEV_HOST\")] void T(string h) { } }\n",
        COMPARED,
    ),
    ("a_test.rb", "refute f(\"DEV_HOST\")\n", EXPECTED),
    (
        "test_a.py",
        "@pytest.mark.parametrize(\"h\", [\"DEV_HOST\"])\ndef test_h(h):\n    pass\n",
        COMPARED,
    ),
];

pub const DUPLICATES: &[Case] = &[
    ("a.yaml", "hosts: [DEV_HOST, TRAIN_HOST]\n", TWICE),
    ("a.yaml", "hosts:\n  - DEV_HOST\n  - TRAIN_HOST\n", TWICE),
    (
        "a.yaml",
        "e:\n  dev: {url: DEV_HOST}\n  train: {url: TRAIN_HOST}\n",
        TWICE,
    ),
    (
        "a.json",
        "{\"AllowedHosts\": \"DEV_HOST;TRAIN_HOST;localhost\"}\n",
        TWICE,
    ),
    (
        "a.json",
        "{\"hosts\": {\"DEV\": \"DEV_HOST\", \"TRAIN\": \"TRAIN_HOST\"}}\n",
        TWICE,
    ),
    (
        "A.java",
        "class A { Set<String> s = Set.of(\"DEV_HOST\", \"TRAIN_HOST\"); }\n",
        TWICE,
    ),
    (
        "A.java",
        "enum A { DEV(\"DEV_HOST\"), TRAIN(\"TRAIN_HOST\"); }\n",
        TWICE,
    ),
    (
        "a.py",
        "class E(Enum):\n    DEV = \"DEV_HOST\"\n    TRAIN = \"TRAIN_HOST\"\n",
        TWICE,
    ),
    (
        "a.py",
        "H = {\"dev\": \"DEV_HOST\", \"train\": \"TRAIN_HOST\"}\n",
        TWICE,
    ),
    (
        "a.py",
        "DEV = \"DEV_HOST\"\nTRAIN = \"TRAIN_HOST\"\n",
        TWICE,
    ),
    (
        "a.ts",
        "enum E { Dev = 'DEV_HOST', Train = 'TRAIN_HOST' }\n",
        TWICE,
    ),
    (
        "a.tf",
        "locals {\n  hosts = [\"DEV_HOST\", \"TRAIN_HOST\"]\n}\n",
        TWICE,
    ),
    (
        "a.sql",
        "INSERT INTO e VALUES ('DEV','DEV_HOST'),('TRAIN','TRAIN_HOST');\n",
        TWICE,
    ),
    (
        "a.sql",
        "INSERT INTO e VALUES\n('DEV','DEV_HOST'),\n('TRAIN','TRAIN_HOST');\n",
        TWICE,
    ),
    ("a.csv", "env,host\ndev,DEV_HOST\ntrain,TRAIN_HOST\n", TWICE),
    (
        "nginx.conf",
        "server {\n  server_name DEV_HOST TRAIN_HOST;\n}\n",
        TWICE,
    ),
    (
        "a.xml",
        "<hosts><host>DEV_HOST</host><host>TRAIN_HOST</host></hosts>\n",
        TWICE,
    ),
    (".env", "DEV_URL=DEV_HOST\nTRAIN_URL=TRAIN_HOST\n", TWICE),
    (
        "a.sh",
        "for h in DEV_HOST TRAIN_HOST; do ping $h; done\n",
        TWICE,
    ),
];

pub const BROKEN_FILES: &[Case] = &[
    (
        "a.json",
        "{\"url\": \"https://DEV_HOST/x\", \"a\": [1, }\n",
        "did not parse",
    ),
    (
        "a.yaml",
        "url: https://DEV_HOST/x\na: [1\nb: {\n",
        "did not parse",
    ),
];

pub const HTML_VALUES: &[Case] = &[
    (
        "a.yaml",
        "html: |\n  <p>Call https://DEV_HOST/x now</p>\n",
        "text for readers",
    ),
    (
        "a.json",
        "{\"body\": \"<div>Call https://DEV_HOST/x</div>\"}\n",
        "text for readers",
    ),
    (
        "a.json",
        "{\"body\": \"See <strong>https:\\/\\/DEV_HOST\\/x<\\/strong>\"}\n",
        "text for readers",
    ),
    (
        "a.xml",
        "<a><body><![CDATA[<p>Call https://DEV_HOST/x</p>]]></body></a>\n",
        "text for readers",
    ),
    (
        "a.py",
        "PAGE = \"<p>Call https://DEV_HOST/x now</p>\"\n",
        "text for readers",
    ),
    (
        "a.js",
        "const page = `<p>Call https://DEV_HOST/x now</p>`;\n",
        "text for readers",
    ),
];

/// Files in which one use of a name needs review: every other use does too.
pub const HALF_CHANGED: &[Case] = &[
    (
        "haproxy.cfg",
        "backend b\n  server s DEV_HOST:443 ssl verify required verifyhost DEV_HOST\n",
        "",
    ),
    (
        "a.yaml",
        "spine:\n  url: https://DEV_HOST/\n  tls:\n    verify_hostname: DEV_HOST\n",
        "",
    ),
    (
        "a.yaml",
        "spine:\n  host: DEV_HOST\n  expectedHost: DEV_HOST\n",
        "",
    ),
    (
        "a.json",
        "{\"host\": \"DEV_HOST\", \"expected_cn\": \"DEV_HOST\"}\n",
        "",
    ),
    (
        "compose.yaml",
        "services:\n  app:\n    environment:\n      SPINE_HOST: DEV_HOST\n  DEV_HOST:\n    image: stub\n",
        "",
    ),
    (
        "compose.yaml",
        "services:\n  app:\n    environment:\n      SPINE_HOST: DEV_HOST\n    extra_hosts:\n      - \"DEV_HOST:10.9.8.7\"\n",
        "",
    ),
    (
        "a.sh",
        "echo \"10.9.8.7 DEV_HOST\" >> /etc/hosts\ncurl https://DEV_HOST/\n",
        "",
    ),
    (
        "a.sh",
        "openssl s_client -connect DEV_HOST:443 -verify_hostname DEV_HOST\n",
        "",
    ),
    (
        "test_a.py",
        "def test_x():\n    c = Client(\"DEV_HOST\")\n    assert c.host == \"DEV_HOST\"\n",
        "",
    ),
    (
        "a.js",
        "nock(/msg\\.dev\\.spine2/).get(\"/\");\nawait fetch(\"https://DEV_HOST/\");\nif (h === \"DEV_HOST\") throw 1;\n",
        "",
    ),
];

/// Proxies of any kind beside a name that another service answers on too.
pub const PROXIES: &[Case] = &[
    (
        "a.yaml",
        "proxy:\n  target: https://DEV_HOST/\n",
        NOT_CERTAIN,
    ),
    ("a.env", "PROXY_SERVER=DEV_HOST\n", NOT_CERTAIN),
    (
        "package.json",
        "{\"proxy\": \"https://DEV_HOST\"}\n",
        NOT_CERTAIN,
    ),
    ("a.properties", "ssp.proxy.host=DEV_HOST\n", ""),
    ("a.properties", "spine_proxy=DEV_HOST\n", ""),
    ("a.yaml", "proxy:\n  bypass: DEV_HOST\n", ""),
    ("a.yaml", "no_proxy: DEV_HOST\n", ""),
];

/// Names that are given to a variable, and what is done with it.
pub const INDIRECT: &[Case] = &[
    (
        "a.py",
        "DEV = \"DEV_HOST\"\nif host == DEV:\n    raise SystemExit(1)\n",
        VARIABLE,
    ),
    ("a.py", "DEV = \"DEV_HOST\"\nBLOCKED = [DEV]\n", VARIABLE),
    (
        "a.py",
        "DEV = \"DEV_HOST\"\nBLOCKED = [\n    DEV,\n]\n",
        VARIABLE,
    ),
    (
        "a.py",
        "hosts = [\"DEV_HOST\"]\nok = h in hosts\n",
        VARIABLE,
    ),
    (
        "a.js",
        "const DEV = \"DEV_HOST\";\nconst RETIRED = new Set([DEV]);\n",
        VARIABLE,
    ),
    (
        "a.js",
        "const DEV = \"DEV_HOST\";\nif (h === DEV) throw 1;\n",
        VARIABLE,
    ),
    (
        "a.js",
        "const hosts = [\"DEV_HOST\"];\nif (!hosts.includes(h)) throw 1;\n",
        VARIABLE,
    ),
    (
        "A.java",
        "class A { static final String DEV = \"DEV_HOST\"; boolean d(String h) { return DEV.equals(h); } }\n",
        VARIABLE,
    ),
    (
        "A.java",
        "class A { static final String DEV = \"DEV_HOST\"; boolean d(String h) { return h.equals(A.DEV); } }\n",
        VARIABLE,
    ),
    (
        "a.sh",
        "DEV=DEV_HOST\niptables -A OUTPUT -d \"$DEV\" -j DROP\n",
        VARIABLE,
    ),
    (
        "a.sh",
        "DEV=DEV_HOST\nif [ \"$h\" = \"$DEV\" ]; then exit 1; fi\n",
        VARIABLE,
    ),
    (
        "a.sh",
        "DEV=DEV_HOST\ncase $h in\n  $DEV) exit 1;;\nesac\n",
        VARIABLE,
    ),
    (
        ".env",
        "OUR_HOST=DEV_HOST\nDENY_HOSTS=${OUR_HOST}\n",
        VARIABLE,
    ),
    ("a.yaml", "dev: &d DEV_HOST\ndenied: [*d]\n", VARIABLE),
    (
        "a.tf",
        "locals {\n  dev  = \"DEV_HOST\"\n  fail = var.host == local.dev ? 1 : 0\n}\n",
        VARIABLE,
    ),
    (
        "a.go",
        "package a\n\nconst dev = \"DEV_HOST\"\n\nfunc f(h string) bool { return h == dev }\n",
        VARIABLE,
    ),
    (
        "a.cs",
        "class A { const string Dev = \"DEV_HOST\"; bool F(string h) => h == Dev; }\n",
        VARIABLE,
    ),
    (
        "a.py",
        "URL = \"https://DEV_HOST/x\"\nif URL is None:\n    raise SystemExit(1)\ncall(URL)\n",
        "",
    ),
    (
        "a.js",
        "const cfg = { url: \"https://DEV_HOST/x\" };\nif (req.url === \"/\") next();\n",
        "",
    ),
    (
        "a.sh",
        "URL=https://DEV_HOST/x\n[ -z \"$URL\" ] && exit 1\ncurl \"$URL\"\n",
        "",
    ),
    (
        "a.yaml",
        "host: DEV_HOST\nrule: compare the host to == x\n",
        "",
    ),
    (
        "a.go",
        "package a\n\nconst devHost = \"DEV_HOST\"\n\nfunc f() { dial(devHost) }\n",
        "",
    ),
];
