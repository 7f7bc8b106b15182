//! Languages with comments and blocks like those of C.

use super::*;

#[test]
fn java() {
    check(
        "java",
        "class Hosts {\n  private static final String URL = \"https://a.\" +\n    \"example.org\";\n  Map<String, String> m = Map.of(\"dev\", \"b\", \"int\", \"c\");\n  void f() throws X { client.connect(\"https://d\", 'e'); }\n}",
        &[
            "Hosts.URL=https://a.example.org<https://a.\" +\n    \"example.org>",
            "Hosts.m.dev=b",
            "Hosts.m.int=c",
            "Hosts.f.connect[0]=https://d",
        ],
    );
    check(
        "java",
        "@Value(\"a\") String b = c ? \"d\" : \"e\"; m.put(\"dev\", \"f\"); m.put(\"int\", \"g\");",
        &["Value[0]=a", "b[0]=d", "b[1]=e", "dev=f", "int=g"],
    );
    check(
        "java",
        "Client c = Client.builder().url(\"a\").token(\"b\").build(); x(\"c\");",
        &["c.url[0]=a", "c.token[0]=b", "x[0]=c"],
    );
    check(
        "java",
        "switch (x) { case \"dev\": return \"a\"; case B -> \"b\"; }",
        &["[0].dev=a", "[0].B=b"],
    );
}

#[test]
fn c_sharp() {
    check(
        "cs",
        "var urls = new Dictionary<string, string> { [\"Dev\"] = \"a\", { \"Int\", \"b\" } };",
        &["urls.Dev=a", "urls.Int=b"],
    );
    check(
        "cs",
        "var m = new Dictionary<string, string>\n{\n  { \"Dev\", \"a\" },\n  { \"Int\", \"b\" },\n};\nstring p = @\"c:\\d\"\"e\";\nvar i = $\"f{g}\"; public string Url => \"h\"; string U { get; } = \"i\";",
        &[
            "m.Dev=a",
            "m.Int=b",
            "p=c:\\d\"e<c:\\d\"\"e>",
            "i=f{g}",
            "Url=h",
            "U=i",
        ],
    );
    let tree = read("cs", "m = new D { { \"a\", \"b\" }, { \"c\", \"d\" } };");
    assert_eq!(tree.node(1).kind, NodeKind::Mapping);
    assert_eq!(tree.members(1).count(), 2);
}

#[test]
fn java_script() {
    check(
        "js",
        "const config = {\n  dev: { url: 'a' },\n  'int': { url: `b${c(\"`\")}` },\n  default: \"d\",\n}\nexport const e = \"f\"\nfoo('g', { h: \"i\" })\n",
        &[
            "config.dev.url=a",
            "config.int.url=b${c(\"`\")}",
            "config.default=d",
            "e=f",
            "foo[0]=g",
            "foo[1].h=i",
        ],
    );
    check(
        "ts",
        "const a: Record<string, string> = { b: 'c' };\nlet d?: string = \"e\"\nx = y ? 'f' : 'g'\nz = /['\"]h/g\nreq.headers['i'] = 'j'\n",
        &["a.b=c", "d=e", "x[0]=f", "x[1]=g", "z=['\"]h", "i=j"],
    );
    check(
        "jsx",
        "const a = () => <a href=\"b\">Don't</a>;\nconst c = \"d\"\nconst { e } = require('f')\nconst m = new Map([['dev', 'g'], ['int', 'h']])\n",
        &["href=b", "c=d", "require[0]=f", "m[0].dev=g", "m[0].int=h"],
    );
    check(
        "js",
        "a = 'b\\u002ec\\/d' +\n  'e'",
        &["a=b.c/de<b\\u002ec\\/d' +\n  'e>"],
    );
    check("js", "a = 'b\\.c' + d + `e`", &["a[0]=b\\.c", "a[1]=e"]);
}

#[test]
fn go() {
    check(
        "go",
        "import (\n\t\"a\"\n\t\"b\"\n)\nconst (\n\tDev = \"c\"\n\tInt string = `d\"`\n)\nvar m = map[string]string{\n\t\"dev\": \"e\",\n\t\"int\": \"f\",\n}\nvar x string = \"g\"\nr, err := http.Get(\"h\")\nc.URL = \"i\"\n",
        &[
            "import[0]=a",
            "import[1]=b",
            "Dev=c",
            "Int=d\"",
            "m.dev=e",
            "m.int=f",
            "x=g",
            "Get[0]=h",
            "URL=i",
        ],
    );
    check(
        "go",
        "x := Server{Url: \"a\" + \"b\", Ok: 'c'}",
        &["x.Url=ab<a\" + \"b>"],
    );
}

#[test]
fn kotlin_swift_scala_dart_rust() {
    check(
        "kt",
        "val m = mapOf(\n  \"dev\" to \"a\",\n  \"int\" to \"b\"\n)\nval s: String? = \"\"\"c\"\"\"\nval t = \"${m[\"x\"]}d\"\nobject O { const val U = \"e\\$\" }\n",
        &[
            "m.dev=a",
            "m.int=b",
            "s=c",
            "t=${m[\"x\"]}d",
            "O.U=e$<e\\$>",
        ],
    );
    check(
        "swift",
        "let m: [String: String] = [\"dev\": \"a\", \"int\": \"b\"]\nlet r = #\"c\"d\"#\nlet i = \"e\\(f(\"g\"))\\u{2e}\"\nopen(at: \"h\")\n",
        &[
            "m.dev=a",
            "m.int=b",
            "r=c\"d",
            "i=e\\(f(\"g\")).<e\\(f(\"g\"))\\u{2e}>",
            "open.at=h",
        ],
    );
    check(
        "scala",
        "val m = Map(\"dev\" -> \"a\", \"int\" -> \"b\")\nval s = s\"c${d}\"\n",
        &["m.dev=a", "m.int=b", "s=c${d}"],
    );
    check(
        "dart",
        "final m = {'dev': 'a', \"int\": r'b\\n'};\nvar s = 'c'\n  'd';",
        &["m.dev=a", "m.int=b\\n", "s=cd<c'\n  'd>"],
    );
    check(
        "rs",
        "const A: &'static str = \"a\\\n  b\"; let v = vec![\"c\", r#\"d\"e\"#]; f('\"', b\"g\"); match x { Env::Dev => \"h\" }",
        &[
            "A=ab<a\\\n  b>",
            "v[0]=c",
            "v[1]=d\"e",
            "f[1]=g",
            "[0].Dev=h",
        ],
    );
}

#[test]
fn c() {
    check(
        "c",
        "#include \"a.h\"\n#define URL \"b\" \\\n  \"c\"\nstatic const char *x[] = {\"d\", \"e\"};\np->url = \"f\\056g\";\nint n = 1'000;\nauto r = R\"x(h\"i)x\";\nreturn \"j\";",
        &[
            "include=a.h",
            "URL=bc<b\" \\\n  \"c>",
            "x[0]=d",
            "x[1]=e",
            "url=f.g<f\\056g>",
            "r=h\"i",
            "[0]=j",
        ],
    );
    check(
        "cpp",
        "std::map<std::string, std::string> m = {{\"dev\", \"a\"}, {\"int\", \"b\"}};",
        &["m.dev=a", "m.int=b"],
    );
}

#[test]
fn groovy() {
    check(
        "groovy",
        "pipeline {\n  environment {\n    URL = 'a'\n    B = \"b${x ? \"c\" : 'd'}\"\n  }\n  stages { stage('Dev') { sh '''e\nf''' } }\n}\ndef m = [dev: 'g', 'int': 'h']\nurl \"i\"\n",
        &[
            "pipeline.environment.URL=a",
            "pipeline.environment.B=b${x ? \"c\" : 'd'}",
            "pipeline.stages.stage[0][0]=Dev",
            "pipeline.stages.stage[1].sh=e\nf",
            "m.dev=g",
            "m.int=h",
            "url=i",
        ],
    );
}

#[test]
fn php() {
    check(
        "php",
        "<p>Don't</p><?php\n$m = ['dev' => 'a', 'int' => \"b\"];\n$m['url'] = 'c' . \"d\";\n$this->uri = 'e\\'f\\n';\ndefine('X', 'g');\n$h = <<<EOT\nk\nEOT;\n?>It's\n<?= f(\"l\") ?>",
        &[
            "m.dev=a",
            "m.int=b",
            "url=cd<c' . \"d>",
            "uri=e'f\\n<e\\'f\\n>",
            "X=g",
            "h=k",
            "f[0]=l",
        ],
    );
}
