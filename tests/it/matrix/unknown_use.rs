//! Places of which it is not known that they use a name as an address: none of them is safe.

use super::cases::Case;

/// Files, their text and a part of the reason; an empty one accepts every reason.
pub const UNKNOWN: &[Case] = &[
    ("a.sh", "ssh-keygen -R DEV_HOST\n", ""),
    ("b.sh", "find . -name DEV_HOST -delete\n", ""),
    ("c.sh", "curl https://DEV_HOST && exit 1\n", ""),
    ("d.sh", "if curl https://DEV_HOST; then exit 1; fi\n", ""),
    ("e.sh", "until nc -z DEV_HOST 443; do sleep 1; done\n", ""),
    ("f.sh", "! ping -c 1 DEV_HOST\n", ""),
    ("g.sh", "ping -c 1 DEV_HOST\n[ $? -eq 0 ] && exit 1\n", ""),
    ("h.sh", "rm -rf /var/cache/x DEV_HOST\n", ""),
    ("i.sh", "kubectl delete ingress DEV_HOST\n", ""),
    ("j.sh", "sed -i s/DEV_HOST/x/ a.conf\n", ""),
    ("k.sh", "certbot revoke --cert-name DEV_HOST\n", ""),
    ("l.sh", "mv DEV_HOST archive\n", ""),
    ("m.sh", "remove_route DEV_HOST\n", ""),
    ("n.sh", "echo DEV_HOST >> known\n", ""),
    (
        "o.ps1",
        "Remove-DnsServerResourceRecord -Name DEV_HOST\n",
        "",
    ),
    ("p.ps1", "Get-Item DEV_HOST | Remove-Item\n", ""),
    (
        "nginx.conf",
        "server {\n  server_name DEV_HOST;\n  return 410;\n}\n",
        "",
    ),
    (
        "haproxy.cfg",
        "frontend f\n  acl old hdr(host) -i DEV_HOST\n",
        "",
    ),
    (
        "h2.cfg",
        "frontend f\n  use_backend d if { hdr(host) -i DEV_HOST }\n",
        "",
    ),
    (
        "traefik.yaml",
        "http:\n  routers:\n    a:\n      rule: \"Host(`DEV_HOST`)\"\n",
        "",
    ),
    (
        "traefik.toml",
        "[http.routers.a]\nrule = \"!Host(`DEV_HOST`)\"\n",
        "",
    ),
    (
        "compose.yaml",
        "services:\n  a:\n    labels:\n      - \"traefik.http.routers.a.rule=Host(`DEV_HOST`)\"\n",
        "",
    ),
    (
        "redirects.yaml",
        "redirects:\n  - from: https://DEV_HOST/a\n    to: https://x.example/a\n",
        "",
    ),
    (
        "redirects.json",
        "{\"redirects\": [{\"from\": \"https://DEV_HOST/a\", \"to\": \"/b\"}]}\n",
        "",
    ),
    (
        "rewrites.json",
        "{\"rewrites\": [{\"source\": \"https://DEV_HOST/a\", \"x\": \"/b\"}]}\n",
        "",
    ),
    (
        "a.js",
        "const m = new Map([[\"https://DEV_HOST\", \"INT\"]]);\n",
        "",
    ),
    ("b.js", "m.set(\"https://DEV_HOST\", 1);\n", ""),
    ("c.js", "app.use(vhost(\"DEV_HOST\", a));\n", ""),
    ("d.js", "seen.add(\"https://DEV_HOST\");\n", ""),
    ("e.ts", "mark(\"https://DEV_HOST\");\n", ""),
    (
        "a.sql",
        "MERGE INTO e USING n ON host = 'DEV_HOST' WHEN MATCHED THEN DELETE;\n",
        "",
    ),
    (
        "b.sql",
        "SELECT * FROM e JOIN n ON e.url = 'https://DEV_HOST';\n",
        "",
    ),
    ("c.sql", "INSERT INTO t VALUES ('https://DEV_HOST');\n", ""),
    ("d.sql", "CALL drop_host('DEV_HOST');\n", ""),
    (
        "rules.yaml",
        "groups:\n  - rules:\n      - expr: up{instance=\"DEV_HOST:443\"} == 1\n",
        "",
    ),
    (
        "rules2.yaml",
        "query: 'rate(x{instance=\"DEV_HOST:443\"}[5m])'\n",
        "",
    ),
    (
        "a_test.go",
        "package a\n\nvar rows = []row{\n\t{\"https://DEV_HOST/x\", true},\n}\n",
        "",
    ),
    (
        "b.go",
        "package a\n\nvar m = map[string]int{\n\t\"DEV_HOST\": 1,\n}\n",
        "",
    ),
    (
        "c.go",
        "package a\n\nfunc f() { m[\"DEV_HOST\"] = 1 }\n",
        "",
    ),
    (
        "d.go",
        "package a\n\nfunc f() { seen.Insert(\"https://DEV_HOST\") }\n",
        "",
    ),
    (
        ".pre-commit-config.yaml",
        "repos:\n  - hooks:\n      - id: a\n        entry: DEV_HOST\n",
        "",
    ),
    (
        "checkstyle.xml",
        "<module name=\"R\"><property name=\"format\" value=\"DEV_HOST\"/></module>\n",
        "",
    ),
    ("a.py", "hosts.discard(\"DEV_HOST\")\n", ""),
    (
        "b.py",
        "table = {\"a\": 1}\ntable.pop(\"https://DEV_HOST\", None)\n",
        "",
    ),
    (
        "c.py",
        "@pytest.mark.parametrize(\"u\", [(\"https://DEV_HOST\", 1)])\ndef f(u):\n    pass\n",
        "",
    ),
    ("d.py", "rows = [(\"DEV_HOST\", \"closed\")]\n", ""),
    ("e.py", "log.info(\"DEV_HOST\")\n", ""),
    ("f.py", "counter.labels(\"https://DEV_HOST\").inc()\n", ""),
    (
        "A.java",
        "class A {\n  void f() { map.put(\"https://DEV_HOST\", 1); }\n}\n",
        "",
    ),
    (
        "B.java",
        "class B {\n  void f() { seen.add(\"DEV_HOST\"); }\n}\n",
        "",
    ),
    (
        "C.java",
        "class C {\n  void f() { map.get(\"https://DEV_HOST\"); }\n}\n",
        "",
    ),
    (
        "a.cs",
        "class A { void F() { d.Add(\"DEV_HOST\", 1); } }\n",
        "",
    ),
    (
        "b.cs",
        "class B { void F() { d.Remove(\"https://DEV_HOST\"); } }\n",
        "",
    ),
    (
        "a.rb",
        "hosts.reject! { |h| h.end_with?(\"DEV_HOST\") }\n",
        "",
    ),
    ("b.rb", "mark \"https://DEV_HOST\"\n", ""),
    ("a.php", "<?php\nunset_host('DEV_HOST');\n", ""),
    (
        "a.rs",
        "fn f() { seen.insert(\"https://DEV_HOST\"); }\n",
        "",
    ),
    ("a.kt", "val m = mapOf(\"https://DEV_HOST\" to 1)\n", ""),
    (
        "a.scala",
        "object A { val m = Map(\"https://DEV_HOST\" -> 1) }\n",
        "",
    ),
    (
        "a.tfstate",
        "{\"resources\": [{\"url\": \"https://DEV_HOST/x\"}]}\n",
        "the file is generated",
    ),
    (
        "labels.yaml",
        "metadata:\n  labels:\n    host: DEV_HOST\n    app: x\n",
        "",
    ),
    ("cert.yaml", "certificate:\n  subject: DEV_HOST\n", ""),
    (
        "rows.yaml",
        "- DEV_HOST\n- b.example\n",
        "uses the name as an address",
    ),
    (
        "status.yaml",
        "state:\n  DEV:\n    seen: DEV_HOST\n",
        "uses the name as an address",
    ),
    ("sentry.yaml", "filter: https://DEV_HOST\n", ""),
    ("a.graphql", "query { a(host: \"DEV_HOST\") { id } }\n", ""),
    (
        "a.toml",
        "names = [\"DEV_HOST\"]\n",
        "uses the name as an address",
    ),
    (
        "a.tf",
        "resource \"x\" \"d\" {\n  name = \"DEV_HOST\"\n}\n",
        "uses the name as an address",
    ),
];
