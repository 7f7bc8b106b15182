//! Languages whose comments begin with another sign than those of C.

use super::*;

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
    let source = "\"\"\"Top.\"\"\"\ndef f():\n    r'''Inner.'''\n    x = \"\"\"value\"\"\" # end\n";
    assert_eq!(
        comments("py", source),
        ["\"\"\"Top.\"\"\"", "r'''Inner.'''", "# end"]
    );
    check("py", source, &["x=value"]);
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
