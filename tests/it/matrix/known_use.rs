//! Places where a name looks like the address that is called. At some it is. At others the place selects or labels
//! it, answers in its place, or expects the call to fail.

use super::cases::Case;

/// Files of which no fix is safe.
pub const NOT_CALLED: &[Case] = &[
    (
        "ansible5.yml",
        "- hosts: all\n  tasks:\n    - known_hosts:\n        host: DEV_HOST\n        key: \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample\"\n",
        "",
    ),
    (
        "ansible6.yml",
        "- hosts: all\n  tasks:\n    - uri:\n        url: https://DEV_HOST/x\n        status_code: 503\n",
        "",
    ),
    (
        "ansible7.yml",
        "- hosts: all\n  tasks:\n    - uri:\n        url: https://DEV_HOST/x\n      register: r\n      failed_when: r.status == 200\n",
        "",
    ),
    (
        "wiremock3.json",
        "{\"request\": {\"host\": \"DEV_HOST\", \"method\": \"GET\"}, \"response\": {\"status\": 200}}\n",
        "",
    ),
    (
        "hoverfly.json",
        "{\"data\": {\"pairs\": [{\"request\": {\"destination\": [{\"matcher\": \"exact\", \"value\": \"DEV_HOST\"}]}, \"response\": {\"status\": 200}}]}}\n",
        "",
    ),
    (
        "pact.json",
        "{\"interactions\": [{\"request\": {\"method\": \"GET\", \"headers\": {\"Host\": \"DEV_HOST\"}}, \"response\": {\"status\": 200}}]}\n",
        "",
    ),
    (
        "renovate2.json",
        "{\"hostRules\": [{\"hostName\": \"DEV_HOST\", \"enabled\": false}]}\n",
        "",
    ),
    (
        "app2.config",
        "<configuration><system.serviceModel><client><endpoint address=\"https://x.example/x\"><identity><dns value=\"DEV_HOST\"/></identity></endpoint></client></system.serviceModel></configuration>\n",
        "",
    ),
    (
        "op1.yaml",
        "matchExpressions:\n  - key: host\n    operator: NotIn\n    values: [DEV_HOST]\n",
        "",
    ),
    (
        "op2.json",
        "{\"conditions\": [{\"name\": \"host\", \"op\": \"eq\", \"value\": \"DEV_HOST\"}]}\n",
        "",
    ),
    (
        "op3.yaml",
        "constraint:\n  attribute: host\n  operator: \"!=\"\n  value: \"https://DEV_HOST/\"\n",
        "",
    ),
    (
        "tls.yaml",
        "spine:\n  url: https://DEV_HOST/\n  tls:\n    pin: sha256/AAAA\n",
        "",
    ),
    (
        "tls2.yaml",
        "spine:\n  url: https://DEV_HOST/\n  tls:\n    server:\n      fingerprint: \"ab:cd:ef\"\n",
        "",
    ),
    (
        "tls3.json",
        "{\"spine\": {\"host\": \"DEV_HOST\", \"ssl\": {\"publicKeyHash\": \"sha256/abc=\"}}}\n",
        "",
    ),
    (
        "tls4.toml",
        "[spine]\nurl = \"https://DEV_HOST/\"\n[spine.tls]\npinnedCertificate = \"abc\"\n",
        "",
    ),
    (
        "tls6.tf",
        "resource \"x\" \"a\" {\n  url = \"https://DEV_HOST/\"\n  tls {\n    thumbprint = \"abcd\"\n  }\n}\n",
        "",
    ),
    ("a.erl", "host(\"DEV_HOST\") -> deny;\nhost(_) -> ok.\n", ""),
    (
        "Jenkinsfile",
        "pipeline { stages { stage('x') { when { environment name: 'SPINE_HOST', value: 'DEV_HOST' } steps { sh 'x' } } } }\n",
        "",
    ),
    (
        "b.cpp",
        "static const std::set<std::string> kHosts = {\"DEV_HOST\"};\nbool ok = kHosts.count(h);\n",
        "",
    ),
    (
        "a.js",
        "const allowedHosts = [\"DEV_HOST\"];\nexport const ok = (h) => allowedHosts.some((a) => h === a);\n",
        "",
    ),
    (
        "f.js",
        "export const handlers = [http.get(\"https://DEV_HOST/x\", () => HttpResponse.json({}))];\n",
        "",
    ),
    (
        "o.js",
        "const isDev = new URL(u).host === new URL(\"https://DEV_HOST\").host;\n",
        "",
    ),
    ("aj.ts", "type Host = \"DEV_HOST\" | \"x.example\";\n", ""),
    (
        "b.py",
        "def test_a(requests_mock):\n    requests_mock.get(\"https://DEV_HOST/x\", text=\"a\")\n",
        "",
    ),
    (
        "n.py",
        "with pytest.raises(ConnectionError):\n    requests.get(\"https://DEV_HOST/x\")\n",
        "",
    ),
    (
        "o.py",
        "try:\n    requests.get(\"https://DEV_HOST/x\")\n    raise AssertionError\nexcept ConnectionError:\n    pass\n",
        "",
    ),
    (
        "q.py",
        "r = requests.get(\"https://DEV_HOST/x\")\nassert r.status_code == 404\n",
        "",
    ),
    (
        "s.py",
        "ctx.wrap_socket(s, server_hostname=\"DEV_HOST\")\n",
        "",
    ),
    (
        "ab.py",
        "E.query.filter_by(host=\"DEV_HOST\").delete()\n",
        "",
    ),
    (
        "ae.py",
        "e = Endpoint.objects.get(url=\"https://DEV_HOST/x\")\n",
        "",
    ),
    (
        "af.py",
        "e, _ = Endpoint.objects.get_or_create(url=\"https://DEV_HOST/x\")\n",
        "",
    ),
    ("am.py", "db.hosts.find({\"host\": \"DEV_HOST\"})\n", ""),
    (
        "an.py",
        "ec2.describe(Filters=[{\"Name\": \"host\", \"Values\": [\"DEV_HOST\"]}])\n",
        "",
    ),
    (
        "i4.tf",
        "resource \"aws_route53_resolver_firewall_domain_list\" \"x\" {\n  name    = \"dev\"\n  domains = [\"DEV_HOST\"]\n}\n",
        "",
    ),
    (
        "haproxy3/haproxy.cfg",
        "backend b\n  server a DEV_HOST:443 disabled\n",
        "",
    ),
    (
        "envoy.yaml",
        "virtual_hosts:\n  - name: dev\n    domains: [\"DEV_HOST\"]\n    routes: [{match: {prefix: \"/\"}, direct_response: {status: 403}}]\n",
        "",
    ),
    (
        "git.config",
        "[url \"https://x.example/\"]\n  insteadOf = https://DEV_HOST/\n",
        "",
    ),
    (
        "S.java",
        "class S { static final URI DEV = URI.create(\"https://DEV_HOST/\"); boolean f(URI u) { return DEV.getHost().equals(u.getHost()); } }\n",
        "",
    ),
    (
        "e.kt",
        "every { client.get(\"https://DEV_HOST/x\") } returns \"a\"\n",
        "",
    ),
    (
        "k.cs",
        "if (u == new Uri(\"https://DEV_HOST/x\")) throw new Exception();\n",
        "",
    ),
    (
        "l.cs",
        "if (new Uri(\"https://DEV_HOST/x\").Host.Equals(host)) throw new Exception();\n",
        "",
    ),
    (
        "j.go",
        "package a\nfunc f() { if _, err := http.Get(\"https://DEV_HOST/x\"); err == nil { panic(\"up\") } }\n",
        "",
    ),
    (
        "d.rb",
        "Endpoint.where(host: \"DEV_HOST\").delete_all\n",
        "",
    ),
    (
        "e.rb",
        "e = Endpoint.find_by(url: \"https://DEV_HOST/x\")\n",
        "",
    ),
    (
        "g.php",
        "<?php Endpoint::firstOrCreate(['url' => 'https://DEV_HOST/x']);\n",
        "",
    ),
    (
        "c.rs",
        "fn f() { Mock::given(host(\"DEV_HOST\")).respond_with(r()); }\n",
        "",
    ),
    (
        "b.sh",
        "curl -sf https://DEV_HOST/x && { echo \"still up\"; exit 1; }\n",
        "",
    ),
    (
        "c.sh",
        "n=$(curl -s https://DEV_HOST/x | wc -l)\n[ \"$n\" -eq 0 ] || exit 1\n",
        "",
    ),
    ("n.sh", "nslookup DEV_HOST | grep -q NXDOMAIN\n", ""),
    (
        "p.sh",
        "curl --connect-to DEV_HOST:443:localhost:8443 https://DEV_HOST/x\n",
        "",
    ),
    ("Dockerfile.b", "LABEL host=\"DEV_HOST\"\n", ""),
    ("a.env", "NO_CALL_HOSTS=DEV_HOST\n", ""),
    ("d.env", "SPINE_SERVER_CN=DEV_HOST\n", ""),
    ("g.env", "STRIP_HOST_PREFIX=DEV_HOST\n", ""),
    ("c.properties", "alerts.mute.hosts=DEV_HOST\n", ""),
    ("i.properties", "banner.warn.hosts=DEV_HOST\n", ""),
    ("k.properties", "spine.maintenance.hosts=DEV_HOST\n", ""),
    ("l.properties", "mask.urls=https://DEV_HOST/\n", ""),
    ("m.properties", "spine.bad-hosts=DEV_HOST\n", ""),
    ("n.properties", "spine.untrusted.hosts=DEV_HOST\n", ""),
    ("o.properties", "banner.hosts.nonprod=DEV_HOST\n", ""),
    ("a.ini", "[silence]\nhost = DEV_HOST\n", ""),
    ("b.ini", "[maintenance]\nurl = https://DEV_HOST/\n", ""),
    (
        "a.toml",
        "[[check]]\nurl = \"https://DEV_HOST/x\"\nshould_fail = true\n",
        "",
    ),
    (
        "b.toml",
        "[[check]]\nurl = \"https://DEV_HOST/x\"\nstatus = 404\n",
        "",
    ),
    (
        "e.toml",
        "[allowlist]\nregexes = [\"https://DEV_HOST\"]\n",
        "",
    ),
    (
        "d.yaml",
        "routes:\n  - match:\n      host: DEV_HOST\n    receiver: blackhole\n",
        "",
    ),
    (
        "e.yaml",
        "inhibit_rules:\n  - source_match: {host: DEV_HOST}\n    equal: [x]\n",
        "",
    ),
    (
        "f.yaml",
        "checks:\n  - name: dev\n    url: https://DEV_HOST/x\n    expect: down\n",
        "",
    ),
    (
        "g.yaml",
        "monitors:\n  - url: https://DEV_HOST/x\n    expected_status: [404, 410]\n",
        "",
    ),
    (
        "t.yaml",
        "flags:\n  new-ui:\n    off_for_hosts: [DEV_HOST]\n",
        "",
    ),
    ("u.yaml", "run:\n  unless_host: DEV_HOST\n", ""),
    ("r.ts", "type U = { url: \"https://DEV_HOST/x\" };\n", ""),
    ("s.ts", "interface U { url: \"https://DEV_HOST/x\" }\n", ""),
    (
        "f2.yaml",
        "spine:\n  url: ${DENY_LIST:https://DEV_HOST/x}\n",
        "",
    ),
    ("l.yaml", "firewall:\n  domains: [DEV_HOST]\n", ""),
    (
        "av.xsd",
        "<xs:schema xmlns:xs=\"a\"><xs:element name=\"url\" fixed=\"https://DEV_HOST/x\"/></xs:schema>\n",
        "",
    ),
    (
        "o.cs",
        "class A { void F() { if (new Uri($\"https://DEV_HOST/x\") == u) { } } }\n",
        "",
    ),
    (
        "w.cs",
        "class A { [Fact] void T() { Assert.Throws<X>(() => c.GetAsync(\"https://DEV_HOST/x\")); } }\n",
        "",
    ),
    (
        "x.go",
        "package a\nfunc TestA(t *testing.T) {\n\t_, err := http.Get(\"https://DEV_HOST/x\")\n\tif err == nil {\n\t\tt.Fatal(\"up\")\n\t}\n}\n",
        "",
    ),
    (
        "y.go",
        "package a\nfunc f() {\n\tif r, err := http.Get(\"https://DEV_HOST/x\"); err == nil && r.StatusCode == 200 {\n\t\tpanic(\"up\")\n\t}\n}\n",
        "",
    ),
    (
        "ab.swift",
        "do { try client.get(\"https://DEV_HOST/x\"); fatalError() } catch {}\n",
        "",
    ),
    (
        "ae.py",
        "ok = requests.get(\"https://DEV_HOST/x\").ok\nif ok: raise SystemExit(1)\n",
        "",
    ),
    (
        "af.py",
        "try:\n    urlopen(\"https://DEV_HOST/x\")\nexcept URLError:\n    print(\"closed\")\nelse:\n    raise SystemExit(\"open\")\n",
        "",
    ),
    (
        "ag.js",
        "fetch(\"https://DEV_HOST/x\").then(() => { throw new Error(\"up\"); });\n",
        "",
    ),
    (
        "ah.js",
        "const r = await fetch(\"https://DEV_HOST/x\");\nif (r.ok) throw new Error(\"up\");\n",
        "",
    ),
    (
        "ai.py",
        "r = requests.get(\"https://DEV_HOST/x\")\nif r.ok:\n    raise SystemExit(1)\n",
        "",
    ),
    (
        "ak.sh",
        "r=$(curl -s https://DEV_HOST/x)\n[ -n \"$r\" ] && exit 1\n",
        "",
    ),
    ("ap.sh", "curl -s https://DEV_HOST/x\n\ntest $? -ne 0\n", ""),
    (
        "at.yml",
        "- uri: {url: \"https://DEV_HOST/x\", status_code: [404, 503]}\n",
        "",
    ),
    (
        "au.yml",
        "- uri:\n    url: https://DEV_HOST/x\n  register: r\n  until: r.status == 503\n",
        "",
    ),
];

/// Files of which every fix is safe.
pub const CALLED: &[Case] = &[
    (
        "egress.yaml",
        "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nspec:\n  egress:\n    - toFQDNs:\n        - matchName: DEV_HOST\n",
        "",
    ),
    (
        "w.js",
        "const url = process.env.SPINE_URL ?? \"https://DEV_HOST/x\";\n",
        "",
    ),
    (
        "x.js",
        "const url = process.env.SPINE_URL || \"https://DEV_HOST/x\";\n",
        "",
    ),
    (
        "nginx1/nginx.conf",
        "server {\n  location / {\n    set $spine \"DEV_HOST\";\n    proxy_pass https://$spine;\n  }\n}\n",
        "",
    ),
    (
        "E.java",
        "class E { @Value(\"${spine.url:https://DEV_HOST/x}\") String url; }\n",
        "",
    ),
    (
        "o.cs",
        "var url = Environment.GetEnvironmentVariable(\"SPINE_URL\") ?? \"https://DEV_HOST/x\";\n",
        "",
    ),
    (
        "j.rb",
        "url = ENV[\"SPINE_URL\"] || \"https://DEV_HOST/x\"\n",
        "",
    ),
    (
        "f.rs",
        "let url = std::env::var(\"SPINE_URL\").unwrap_or_else(|_| \"https://DEV_HOST/x\".to_string());\n",
        "",
    ),
    (
        "c.yaml",
        "args:\n  - --spine-url\n  - https://DEV_HOST/x\n",
        "",
    ),
    ("j.yaml", "egress:\n  allowed:\n    - name: DEV_HOST\n", ""),
    (
        "c.xml",
        "<config><property name=\"fallback\" value=\"https://DEV_HOST/x\"/></config>\n",
        "",
    ),
    (
        "c2.xml",
        "<beans><bean class=\"a.B\"><property name=\"fallback\"><value>https://DEV_HOST/x</value></property></bean></beans>\n",
        "",
    ),
    (
        "s.php",
        "<?php define('SPINE', 'https://DEV_HOST/x');\n",
        "",
    ),
    (
        "u.ts",
        "export default { spine: \"https://DEV_HOST/x\" };\n",
        "",
    ),
    (
        "ad.xml",
        "<configuration><appSettings><add key=\"Spine\" value=\"https://DEV_HOST/x\"/></appSettings></configuration>\n",
        "",
    ),
    (
        "ag.xml",
        "<web-app><context-param><param-name>spineUrl</param-name><param-value>https://DEV_HOST/x</param-value></context-param></web-app>\n",
        "",
    ),
    (
        "ah.xml",
        "<web-app><context-param><param-name>spine</param-name><param-value>https://DEV_HOST/x</param-value></context-param></web-app>\n",
        "",
    ),
    (
        "ai.xml",
        "<properties><entry key=\"spine\">https://DEV_HOST/x</entry></properties>\n",
        "",
    ),
    (
        "ak.config",
        "<configuration><applicationSettings><A.B><setting name=\"Pds\" serializeAs=\"String\"><value>https://DEV_HOST/x</value></setting></A.B></applicationSettings></configuration>\n",
        "",
    ),
    (
        "aw.yml",
        "args: [\"--spine-url\", \"https://DEV_HOST/x\"]\n",
        "",
    ),
    (
        "bj.java",
        "class B { PdsClient c = new PdsClient(\"https://DEV_HOST/x\"); }\n",
        "",
    ),
    (
        "bk.cs",
        "var c = new PdsClient(\"https://DEV_HOST/x\");\n",
        "",
    ),
    ("bl.kt", "val pds = PdsClient(\"https://DEV_HOST/x\")\n", ""),
    (
        "bm.js",
        "const c = new PdsClient(\"https://DEV_HOST/x\");\n",
        "",
    ),
    (
        "bn.js",
        "module.exports = { pds: process.env.PDS || \"https://DEV_HOST/x\" };\n",
        "",
    ),
    (
        "bo.xml",
        "<jndi><Environment name=\"spine\" value=\"https://DEV_HOST/x\" type=\"java.lang.String\"/></jndi>\n",
        "",
    ),
    (
        "g.cs",
        "class A { string Url = @\"https://DEV_HOST/x\"; }\n",
        "",
    ),
    ("u.py", "url = f\"https://DEV_HOST/{path}\"\n", ""),
    (
        "x.go",
        "package a\nvar url = fmt.Sprintf(\"https://DEV_HOST/%s\", p)\n",
        "",
    ),
    (
        "z.cs",
        "class A { string Url => $\"https://DEV_HOST/{x}\"; }\n",
        "",
    ),
    (
        "ab.sql",
        "UPDATE config SET value = 'https://DEV_HOST/x' WHERE name = 'spine_url';\n",
        "",
    ),
    (
        "a.go",
        "package a\nvar u, _ = url.Parse(\"https://DEV_HOST/x\")\n",
        "",
    ),
    ("b.rb", "uri = URI.parse(\"https://DEV_HOST/x\")\n", ""),
    (
        "j.go",
        "package a\nfunc f() { http.Get(fmt.Sprintf(\"https://DEV_HOST/%s\", p)) }\n",
        "",
    ),
    ("w.ts", "const u = cfg.url ?? \"https://DEV_HOST/x\";\n", ""),
];
