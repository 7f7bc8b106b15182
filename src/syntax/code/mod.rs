//! Source code of many languages, read without their grammars: its strings with their names, and
//! its comments.

mod brackets;
pub(super) mod c_family;
mod classes;
mod comment_finder;
mod elements;
mod groups;
mod inert;
mod language;
mod lex_comments;
mod lex_heredocs;
mod lex_words;
mod lexer;
pub(super) mod marks;
mod member;
mod quoted;
pub(super) mod scripts;
mod statements;
mod strings;
mod structure;
mod texts;
mod tokens;

pub use comment_finder::Comments;
pub use elements::is_between_tags;
pub use language::{BeforeMark, Block, Language};

use super::tree::{NodeKind, Syntax, Tree, TreeBuilder};

impl Language {
    /// The comments of a text, as a tree without values.
    #[must_use]
    pub fn comments(&self, source: &str) -> Tree {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        if u32::try_from(source.len()).is_ok() {
            for comment in lexer::tokens(source, self).comments {
                builder.comment(comment);
            }
        }
        builder.finish(source.len())
    }
}

impl Syntax for Language {
    fn read(&self, source: &str) -> Tree {
        if u32::try_from(source.len()).is_err() {
            let mut builder = TreeBuilder::new(NodeKind::Mapping);
            builder.problem(0, "too long");
            return builder.finish(source.len());
        }
        let mut tokens = lexer::tokens(source, self);
        inert::leave_out(source, self, &mut tokens);
        structure::tree(source, self, tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::formats::FORMATS;
    use crate::syntax::tree::NodeKind;
    use crate::syntax::{any_text, testing};

    fn language(extension: &str) -> &'static Language {
        let mut formats = FORMATS.iter().filter(|format| format.code);
        let format = formats.find(|format| format.extensions.contains(&extension));
        format.expect("a known language").language
    }

    fn read(extension: &str, source: &str) -> Tree {
        language(extension).read(source)
    }

    fn values(extension: &str, source: &str) -> Vec<String> {
        testing::written(&read(extension, source), source)
    }

    #[track_caller]
    fn check(extension: &str, source: &str, expected: &[&str]) {
        assert_eq!(values(extension, source), expected, "{source}");
    }

    fn comments(extension: &str, source: &str) -> Vec<String> {
        let tree = read(extension, source);
        let texts = tree.comments().iter().map(|c| source[c.clone()].to_owned());
        texts.collect()
    }

    #[test]
    fn python() {
        check(
            "py",
            "HOSTS = {\"url\": \"https://a.example.org\", \"description\": \"Development\"}\n",
            &[
                "HOSTS.url=https://a.example.org",
                "HOSTS.description=Development",
            ],
        );
        check(
            "py",
            "x: str = 'a'\nself.auth_uri = \"b\"\nconfig['url'] = r'c\\.d'\nlog(\"e\", level='f')\n",
            &["x=a", "auth_uri=b", "url=c\\.d", "log[0]=e", "log.level=f"],
        );
        check(
            "py",
            "servers = [\n  {\"url\": \"a\", \"port\": 1},\n  {\"url\": \"b\"},\n]\n",
            &["servers[0].url=a", "servers[0].port=1", "servers[1].url=b"],
        );
        check(
            "py",
            "a = \"b.\" + \\\n  'example' \".org\"\nc = ('d'\n  f'e' # f\n  'g')\nh = \"i\" + j + \"k\"\n\"l\"\n\"m\"\n",
            &[
                "a=b.example.org<b.\" + \\\n  'example' \".org>",
                "c=deg<d'\n  f'e' # f\n  'g>",
                "h[0]=i",
                "h[1]=k",
                "[0]=l",
                "[1]=m",
            ],
        );
        check(
            "py",
            "def f(a, b=\"c\"):\n    if a == 'd':\n        return 'e'\n    else: g = \"h\"\n",
            &["f.b=c", "[0]=d", "[1]=e", "g=h"],
        );
        check(
            "py",
            "x = os.environ.get('URL', 'https://a')\n",
            &["x.URL=https://a"],
        );
        check("py", "x = \"a\\x2eb\\\nc\"\n", &["x=a.bc<a\\x2eb\\\nc>"]);
        check("py", "x = '''a\n'b'\n'''\n", &["x=a\n'b'\n"]);
    }

    #[test]
    fn python_documentation_is_a_comment() {
        let source =
            "\"\"\"Top.\"\"\"\ndef f():\n    r'''Inner.'''\n    x = \"\"\"value\"\"\" # end\n";
        assert_eq!(
            comments("py", source),
            ["\"\"\"Top.\"\"\"", "r'''Inner.'''", "# end"]
        );
        check("py", source, &["x=value"]);
    }

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

    #[test]
    fn ruby() {
        check(
            "rb",
            "HOSTS = { dev: 'a', :int => \"b#{c[\"d\"]}\", \"x\" => 'e' }\n@url = ENV.fetch('URL', 'f')\nlist = %w[g h]\nputs \"i\" if x\nsql = <<~SQL\n  j\nSQL\nk = \"l\" \\\n  'm'\n",
            &[
                "HOSTS.dev=a",
                "HOSTS.int=b#{c[\"d\"]}",
                "HOSTS.x=e",
                "url.URL=f",
                "list[0]=g",
                "list[1]=h",
                "puts=i",
                "sql=  j",
                "k=lm<l\" \\\n  'm>",
            ],
        );
        let source = "# a\n=begin\nb\n=end\nx = 'c' # d\n";
        assert_eq!(comments("rb", source), ["# a", "=begin\nb\n=end", "# d"]);
    }

    #[test]
    fn perl() {
        check(
            "pl",
            "$x =~ s/[({'\"]/m/g; $d = \"e\" if $] > 5 || f($\");\nmy %h = (dev => 'a', 'int' => \"b\");\n$h{url} = 'c' . 'd';\nmy @l = qw(e f);\nmy $q = q{g};\nmy $t = <<\"EOT\";\ni\nEOT\n$o->{j} = 'k'; # l\n",
            &[
                "[0]=[({'\"]",
                "[0]=m",
                "d=e",
                "h.dev=a",
                "h.int=b",
                "url=cd<c' . 'd>",
                "l[0]=e",
                "l[1]=f",
                "q=g",
                "t=i",
                "j=k",
            ],
        );
        assert_eq!(
            comments("pl", "$#a; # b\n\n=pod\n\nc\n\n=cut\n"),
            ["# b", "=pod\n\nc\n\n=cut"]
        );
    }

    #[test]
    fn r_and_elixir() {
        check(
            "r",
            "my.url <- 'a'\nx = list(dev = \"b\", \"int\" = 'c', r\"(d)\")\n",
            &["\"my.url\"=a", "x.dev=b", "x.int=c", "x[2]=d"],
        );
        check(
            "exs",
            "config :app, Foo,\n  url: \"a\" <> \"b\",\n  \"c\": 'd'\n@host \"e#{f(\"g\")}\"\nm = %{\"h\" => \"i\", j: \"k\"}\n",
            &[
                "url=ab<a\" <> \"b>",
                "c=d",
                "host=e#{f(\"g\")}",
                "m.h=i",
                "m.j=k",
            ],
        );
    }

    #[test]
    fn power_shell() {
        check(
            "ps1",
            "$env:URL = \"a`\"b\"\n$m = @{\n  Dev = 'c'\n  \"Int\" = \"d$(f \"e\")\"\n}\n$l = @(\n  'g'\n  'h'\n)\nInvoke-RestMethod -Uri 'i' `\n  -Method \"j\"\nif ($x -eq 'k') { Write-Host \"l\" }\n$s = @\"\nm\"n\n\"@\n<# o #> # p\n",
            &[
                "URL=a\"b<a`\"b>",
                "m.Dev=c",
                "m.Int=d$(f \"e\")",
                "l[0]=g",
                "l[1]=h",
                "Uri=i",
                "Method=j",
                "[0]=k",
                "[0].Write-Host=l",
                "s=m\"n",
            ],
        );
        assert_eq!(comments("ps1", "<# o\n #> # p\na#b"), ["<# o\n #>", "# p"]);
    }

    #[test]
    fn basic_sql_lua_lisp() {
        check(
            "vb",
            "Dim url As String = \"a\" & _\n  \"b\" ' c\nREM d \"e\"\nPrivate f As New Uri(\"g\"\"h\")\nx(\"i\") = \"j\"\n",
            &[
                "url=ab<a\" & _\n  \"b>",
                "f[0]=g\"h<g\"\"h>",
                "x[0][0]=i",
                "x[1]=j",
            ],
        );
        assert_eq!(comments("vb", "x = \"a\" ' b\nrem c\n"), ["' b", "rem c"]);
        check(
            "sql",
            "UPDATE t SET url = 'it''s', \"b\" = 'c' || 'd' WHERE e IN ('f', 'g'); -- h\nINSERT INTO x VALUES ('i', 1, 'j');",
            &[
                "url=it's<it''s>",
                "b=cd<c' || 'd>",
                "e[0]=f",
                "e[1]=g",
                "[1][0]=i",
                "[1][2]=j",
            ],
        );
        check(
            "lua",
            "local c = { url = \"a\" .. \"b\", [\"d\"] = 'e\\46f' } -- g\nx = [[h]] --[[ i\n]]\nf \"j\"\n",
            &["c.url=ab<a\" .. \"b>", "c.d=e.f<e\\46f>", "x=h", "f=j"],
        );
        check(
            "clj",
            "(def hosts {:dev \"a\" \"int\" \"b\"}) ; c\n(connect \"d\" :port \"e\" \\\" \"f\")\n#| g |#",
            &[
                "def.hosts.dev=a",
                "def.hosts.int=b",
                "connect[0]=d",
                "connect.port=e",
                "connect[1]=f",
            ],
        );
        assert_eq!(
            comments("clj", "a ; b\n#| c #| d |# e |# f"),
            ["; b", "#| c #| d |# e |#"]
        );
        assert_eq!(
            comments("xq", "(: a (: b :) c :) \"(: d :)\""),
            ["(: a (: b :) c :)"]
        );
    }

    #[test]
    fn comments_nest_where_the_language_nests_and_strings_hold_none() {
        let source = "/* a /* b */ c */ x = \"// d\"; // e\n";
        assert_eq!(comments("kt", source), ["/* a /* b */ c */", "// e"]);
        assert_eq!(comments("java", source), ["/* a /* b */", "// e"]);
        assert_eq!(comments("js", "a = 'b//c' // d\r\n"), ["// d"]);
    }

    #[test]
    fn strings_that_name_nothing_that_is_recorded_are_values() {
        check(
            "py",
            "x = {'a.example.org': 80, 'b': f(c), 'd': [], 'e'}\n",
            &["x.\"a.example.org\"=80", "x.b=f(c)", "x.d=[]", "x[3]=e"],
        );
        check("js", "m.set('a.example.org', b)", &["set[0]=a.example.org"]);
    }

    #[test]
    fn broken_text_gives_what_is_understood() {
        for (extension, source, expected) in [
            (
                "js",
                "a = { b: 'c', d: [ 'e' }\nf = 'g'\n",
                vec!["a.b=c", "a.d[0]=e", "f=g"],
            ),
            ("js", ") a = 'b'", vec!["a=b"]),
            ("java", "a = \"b\nc = \"d\";", vec!["c=d"]),
            ("js", "a = `b\nc = 'd'", vec!["c=d"]),
            ("java", "a = \"b\"; /* c", vec!["a=b"]),
            ("rb", "a = <<~EOT\nb = 'c'\n", vec!["b=c"]),
        ] {
            assert_eq!(values(extension, source), expected, "{source}");
            assert!(read(extension, source).problem().is_some(), "{source}");
        }
    }

    #[track_caller]
    fn check_spans(language: &'static Language, source: &str) {
        testing::check(&language.read(source), source);
    }

    /// The tree of a text without the short cuts.
    fn slowly(language: &'static Language, source: &str) -> Tree {
        structure::tree(source, language, lexer::tokens_slowly(source, language))
    }

    #[track_caller]
    fn check_short_cuts(language: &'static Language, source: &str) {
        let quick = language.read(source);
        let slow = slowly(language, source);
        assert_eq!(format!("{quick:#?}"), format!("{slow:#?}"), "{source:?}");
    }

    #[test]
    fn statements_that_are_left_out_change_nothing() {
        // A sign of its own on a line still joins the strings around it.
        let haskell = language("hs");
        check_short_cuts(haskell, "a = \"b\"\n++\n\"c\"\n");
        for language in any_text::languages() {
            for (at, _) in any_text::CODE.char_indices() {
                check_short_cuts(language, &any_text::CODE[..at]);
                check_short_cuts(language, &any_text::CODE[at..]);
            }
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1500))]
        #[test]
        fn statements_that_are_left_out_change_nothing_in_any_text(
            source in any_text::texts("a|b|a = b;|a.b(c)\n|c();|\n|\n|d: e\n|if (f) { g; }\n|for (;;) {|}|}|;|{|(|)|[|]|,|=|+|++|:|to |=>|<|>|.|case |default|'h'|\"i\"|\"i\"\n|j = \"k\"\n|f(\"l\");|m {\n|\"\"\"n\"\"\"|Map|of|-Uri|1|//o\n|#p\n|/*q*/|<<EOT\nr\nEOT\n|/|select |where |as |in |rem s\n|t?|ä|r\"|b'|u|$|@|\\|_|%w[v]|`", 50)
        ) {
            for language in any_text::languages() {
                check_short_cuts(language, &source);
            }
        }
    }

    #[test]
    fn most_of_a_source_text_is_left_out() {
        let source = "class A {\n  void f() {\n    a = b;\n    if (c) { d(e, f); }\n    g();\n    h(\"i\");\n    j();\n    k = l;\n  }\n}\n";
        let language = language("java");
        let mut tokens = lexer::tokens(source, language);
        inert::leave_out(source, language, &mut tokens);
        let said: Vec<&str> = tokens.list.iter().map(|t| &source[t.range()]).collect();
        assert_eq!(
            said.join(" "),
            "class A { void f ( ) {  ; h ( \"i\" ) ;  ; } }"
        );
    }

    #[test]
    fn long_hostile_texts_take_linear_time() {
        for part in [
            "(", "[{", "\"", "'", "\\'", "`${", "r#\"", "<<A\n", "/ ", "x<", "/*", "{-", "a.",
            "f(\"a\",", "\"a\"+", "R\"x(", "--[[", "%w[", "qw(", "(\"a\"", "x='a", "$(\"", "a?:\n",
        ] {
            let source = part.repeat(20_000 / part.len());
            for language in any_text::languages() {
                let begin = std::time::Instant::now();
                check_spans(language, &source);
                let taken = begin.elapsed();
                assert!(taken.as_secs() < 2, "{part}: {taken:?}");
            }
        }
    }

    #[test]
    fn a_heredoc_used_as_a_key_has_no_bytes_before_its_value() {
        let source = "put(<<<EOT=>y\nk\nEOT\n);";
        let tree = language("php").read(source);
        crate::syntax::testing::check(&tree, source);
        assert!(
            tree.nodes()
                .iter()
                .any(|node| &source[node.span.clone()] == "y")
        );
    }
}
