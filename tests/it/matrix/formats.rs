//! The formats of the matrix: one entry per format, with the ways in which it can write a value.
//!
//! `§` in a template is the place of the value. Key paths and contexts are written by hand.

use ptlint::facts::{Context, View};

/// How a format writes a value at one place.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    pub name: &'static str,
    /// The name of the file, which tells the format.
    pub file: &'static str,
    /// The text of the file; the further ones quote the value in another way.
    pub templates: &'static [&'static str],
    pub key: &'static str,
    pub context: Context,
    /// Spellings of a dot: in which template, how, and whether it takes the reader of the format to
    /// understand them.
    pub dots: &'static [(usize, &'static str, View)],
    /// What may be inside a value and means nothing: continuations and folds.
    pub breaks: &'static [(usize, &'static str)],
    /// What may be between two parts of a string that a program joins.
    pub joins: &'static [(usize, &'static str)],
    /// The template in which slashes are written `\/`.
    pub slashes: Option<usize>,
    /// A template whose value is a JSON document, and how the format writes that.
    pub document: Option<(&'static str, Writer)>,
    /// A template whose value is a list of labels in quotes, and the key of the first one.
    pub labels: Option<(&'static str, &'static str)>,
    /// The file is in UTF-16LE with a byte order mark.
    pub wide: bool,
}

/// Writes a document as the value of a format.
pub type Writer = fn(&str) -> String;

fn plainly(document: &str) -> String {
    document.to_owned()
}

fn with_backslashes(document: &str) -> String {
    document.replace('"', "\\\"")
}

fn with_entities(document: &str) -> String {
    document.replace('"', "&quot;")
}

/// What every format has unless it says otherwise.
const BASE: Format = Format {
    name: "",
    file: "",
    templates: &[],
    key: "",
    context: Context::Value,
    dots: &[],
    breaks: &[],
    joins: &[],
    slashes: None,
    document: None,
    labels: None,
    wide: false,
};

const U: &str = r"\u002e";
const X: &str = r"\x2e";

pub const FORMATS: &[Format] = &[
    // YAML
    Format {
        name: "yaml block",
        file: "config/hub.yaml",
        templates: &[
            "# settings\nhub:\n  name: one\n  url: §\n  port: 443\n",
            "# settings\nhub:\n  name: one\n  url: \"§\" # the hub\n  port: 443\n",
            "hub:\n  url: '§'\n",
            "hub:\n  url:\n    §\n",
            "\"hub\":\n  \"url\": \"§\"\n",
        ],
        key: "hub.url",
        dots: &[
            (1, X, View::Plain),
            (1, U, View::Plain),
            (1, r"\U0000002e", View::Escaped),
        ],
        breaks: &[(1, "\\\n    "), (1, "\\\r\n    ")],
        slashes: Some(1),
        document: Some(("hub:\n  url: '§'\n", plainly)),
        labels: Some(("hub:\n  host: [§]\n", "hub.host[0]")),
        ..BASE
    },
    Format {
        name: "yaml flow",
        file: "hub.yml",
        templates: &[
            "hub: {url: §, ports: [443]}\n",
            "hub: {url: \"§\", ports: [443]}\n",
            "hub: {'url': '§'}\n",
            "{\"hub\": {\"url\": \"§\"}}\n",
        ],
        key: "hub.url",
        dots: &[(1, X, View::Plain), (3, U, View::Plain)],
        breaks: &[(1, "\\\n  ")],
        document: Some(("hub: {url: '§'}\n", plainly)),
        ..BASE
    },
    Format {
        name: "yaml list of named members",
        file: "k8s/deployment.yaml",
        templates: &[
            "env:\n  - name: FIRST\n    value: x\n  - name: SERVICE_URL\n    value: §\n",
            "env:\n- value: \"§\"\n  name: SERVICE_URL\n- name: LAST\n",
        ],
        key: "env[SERVICE_URL].value",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        document: Some(("env:\n  - name: SERVICE_URL\n    value: '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "yaml list",
        file: "hosts.yaml",
        templates: &[
            "hosts:\n  - first.example.org\n  - §\n",
            "hosts:\n- first.example.org\n- '§'\n",
            "hosts: [first.example.org, \"§\"]\n",
        ],
        key: "hosts[1]",
        dots: &[(2, X, View::Plain)],
        document: Some(("hosts:\n- first.example.org\n- '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "yaml second document",
        file: "all.yaml",
        templates: &[
            "---\nfirst: 1\n---\nhub:\n  url: §\n",
            "first: 1\n...\n---\nhub: {url: \"§\"}\n---\nthird: 3\n",
        ],
        key: "#2.hub.url",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        document: Some(("first: 1\n---\nhub:\n  url: '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "yaml anchors and merge",
        file: "compose.yaml",
        templates: &[
            "x-common: &common\n  url: &url §\nhub:\n  <<: *common\n  again: *url\n",
            "x-common: &common\n  url: &url \"§\"\nhub:\n  <<: [*common]\n",
        ],
        key: "x-common.url",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        document: Some((
            "x-common: &common\n  url: &url '§'\nhub: {again: *url}\n",
            plainly,
        )),
        ..BASE
    },
    Format {
        name: "yaml tag",
        file: "template.yaml",
        templates: &[
            "hub:\n  url: !Sub §\n",
            "hub:\n  url: !Sub \"§\"\n",
            "hub:\n  url: !!str '§'\n",
        ],
        key: "hub.url",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        ..BASE
    },
    Format {
        name: "yaml literal block",
        file: "configmap.yaml",
        templates: &[
            "data:\n  notice: |\n    first line\n    § # no comment\n    last line\n",
            "data:\n  notice: |2-\n    first\n    call §, please\n",
        ],
        key: "data.notice",
        document: Some(("data:\n  notice: |\n    §\n", plainly)),
        ..BASE
    },
    Format {
        name: "yaml document in a block",
        file: "configmap.yaml",
        templates: &[
            "data:\n  application.yaml: |\n    # inner\n    hub:\n      url: §\n",
            "data:\n  application.yaml: |-\n    hub: {url: \"§\", port: 443}\n    more: 1\n",
        ],
        key: "data.\"application.yaml\" > hub.url",
        dots: &[(1, X, View::Plain), (1, r"\U0000002e", View::Escaped)],
        breaks: &[(1, "\\\n      ")],
        document: Some((
            "data:\n  application.yaml: |\n    hub:\n      url: '§'\n",
            plainly,
        )),
        ..BASE
    },
    Format {
        name: "yaml folded block",
        file: "a.yaml",
        templates: &["notice: >-\n  call\n  §\n  daily\n", "notice: >\n  §\n"],
        key: "notice",
        document: Some(("notice: >-\n  §\n", plainly)),
        ..BASE
    },
    Format {
        name: "github workflow env",
        file: ".github/workflows/ci.yml",
        templates: &[
            "on: push\nenv:\n  SERVICE_URL: §\njobs: {}\n",
            "on: push\nenv:\n  SERVICE_URL: \"§\"\njobs: {}\n",
        ],
        key: "env.SERVICE_URL",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        document: Some(("env:\n  SERVICE_URL: '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "github workflow script",
        file: ".github/workflows/ci.yml",
        templates: &[
            "jobs:\n  test:\n    steps:\n      - name: Call\n        run: |\n          export SERVICE_URL=§\n          make\n",
            "jobs:\n  test:\n    steps:\n      - name: Call\n        run: |\n          SERVICE_URL=\"§\" make\n          make\n",
        ],
        key: "jobs.test.steps[Call].run > SERVICE_URL",
        breaks: &[(0, "\\\n          "), (1, "\\\n          ")],
        joins: &[(0, "''"), (1, "\"\"")],
        document: Some((
            "jobs:\n  test:\n    steps:\n      - name: Call\n        run: |\n          SERVICE_URL='§' make\n          make\n",
            plainly,
        )),
        ..BASE
    },
    Format {
        name: "helm template",
        file: "chart/templates/configmap.yaml",
        templates: &[
            "{{- if .Values.hub }}\ndata:\n  NAME: {{ .Values.name | quote }}\n  SERVICE_URL: §\n  {{- if .Values.more }}\n  MORE: x\n  {{- end }}\n{{- end }}\n",
            "{{ if .Values.hub }}\ndata:\n  SERVICE_URL: \"§\"\n{{ end }}\n",
        ],
        key: "data.SERVICE_URL",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n    ")],
        document: Some((
            "{{- if .Values.hub }}\ndata:\n  SERVICE_URL: '§'\n{{- end }}\n",
            plainly,
        )),
        ..BASE
    },
    Format {
        name: "helm default",
        file: "chart/templates/deployment.yaml",
        templates: &[
            "{{- if .Values.hub }}\nenv:\n  - name: SERVICE_URL\n    value: {{ .Values.url | default \"§\" | quote }}\n{{- end }}\n",
            "env:\n  {{- with .Values.hub }}\n  - name: SERVICE_URL\n    value: \"{{ default `§` .url }}\"\n  {{- end }}\n",
        ],
        key: "env[SERVICE_URL].value",
        dots: &[(0, X, View::Plain)],
        ..BASE
    },
    // JSON
    Format {
        name: "json",
        file: "config/settings.json",
        templates: &[
            "{\n  \"hub\": {\"port\": 443, \"url\": \"§\"},\n  \"more\": []\n}\n",
            "{\"hub\":{\"url\":\"§\"}}",
        ],
        key: "hub.url",
        dots: &[(0, U, View::Plain), (1, r"\u002E", View::Plain)],
        slashes: Some(0),
        document: Some(("{\"hub\": {\"url\": \"§\"}}\n", with_backslashes)),
        labels: Some(("{\"hub\": {\"host\": [§]}}\n", "hub.host[0]")),
        ..BASE
    },
    Format {
        name: "json list",
        file: "hosts.json",
        templates: &["{\"hub\": {\"hosts\": [\"first.example.org\", \"§\"]}}\n"],
        key: "hub.hosts[1]",
        dots: &[(0, U, View::Plain)],
        slashes: Some(0),
        document: Some((
            "{\"hub\": {\"hosts\": [\"first.example.org\", \"§\"]}}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "jsonc",
        file: "tsconfig.jsonc",
        templates: &["{\n  // the \"hub\"\n  \"hub\": {\"url\": \"§\",}, /* end */\n}\n"],
        key: "hub.url",
        dots: &[(0, U, View::Plain)],
        slashes: Some(0),
        document: Some((
            "{\n  /* a */ \"hub\": {\"url\": \"§\"}, // b\n}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "json5",
        file: "client.json5",
        templates: &[
            "{\n  // the hub\n  hub: {url: '§', port: +1,},\n}\n",
            "{hub: {'url': \"§\"}}\n",
        ],
        key: "hub.url",
        dots: &[(0, X, View::Plain), (1, U, View::Plain)],
        breaks: &[(0, "\\\n"), (1, "\\\r\n")],
        slashes: Some(0),
        document: Some(("{hub: {url: '§'}}\n", plainly)),
        ..BASE
    },
    Format {
        name: "json lines",
        file: "events.jsonl",
        templates: &["{\"id\": 1, \"url\": \"x\"}\n{\"id\": 2, \"url\": \"§\"}\n{\"id\": 3}\n"],
        key: "#2.url",
        dots: &[(0, U, View::Plain)],
        slashes: Some(0),
        document: Some(("{\"id\": 1}\n{\"url\": \"§\"}\n", with_backslashes)),
        ..BASE
    },
    // XML
    Format {
        name: "xml attribute",
        file: "hub.xml",
        templates: &[
            "<hub>\n  <!-- the service -->\n  <service port=\"443\" url=\"§\"/>\n</hub>\n",
            "<?xml version=\"1.0\"?>\n<hub><service url='§'></service></hub>",
        ],
        key: "hub.service@url",
        dots: &[
            (0, "&#46;", View::Plain),
            (0, "&#x2e;", View::Plain),
            (1, "&#x2E;", View::Plain),
        ],
        document: Some(("<hub>\n  <service url=\"§\"/>\n</hub>\n", with_entities)),
        ..BASE
    },
    Format {
        name: "xml text",
        file: "hub.xml",
        templates: &[
            "<hub>\n  <name>x</name>\n  <url>§</url>\n</hub>\n",
            "<hub><url>\n    §\n  </url></hub>\n",
        ],
        key: "hub.url",
        dots: &[(0, "&#46;", View::Plain), (1, "&#x2e;", View::Plain)],
        document: Some(("<hub><url>§</url></hub>\n", with_entities)),
        ..BASE
    },
    Format {
        name: "xml cdata",
        file: "channel.xml",
        templates: &["<hub><url><![CDATA[§]]></url></hub>\n"],
        key: "hub.url",
        document: Some(("<hub><url><![CDATA[§]]></url></hub>\n", plainly)),
        ..BASE
    },
    Format {
        name: "app.config",
        file: "App.config",
        templates: &[
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <appSettings>\n    <add key=\"Other\" value=\"x\"/>\n    <add key=\"ServiceUrl\" value=\"§\"/>\n  </appSettings>\n</configuration>\n",
            "<configuration><appSettings><add value='§' key='ServiceUrl' /></appSettings></configuration>",
        ],
        key: "configuration.appSettings.add[ServiceUrl]@value",
        dots: &[(0, "&#46;", View::Plain), (0, "&#x2e;", View::Plain)],
        document: Some((
            "<configuration><appSettings><add key=\"ServiceUrl\" value=\"§\"/></appSettings></configuration>",
            with_entities,
        )),
        ..BASE
    },
    // TOML
    Format {
        name: "toml table",
        file: "hub.toml",
        templates: &[
            "# settings\n[hub]\nport = 443\nurl = \"§\" # the hub\n",
            "[hub]\nurl = '§'\n",
            "[hub]\nurl = \"\"\"§\"\"\"\n",
            "[hub]\nurl = '''\n§'''\n",
            "hub.url = \"§\"\n",
        ],
        key: "hub.url",
        dots: &[
            (0, U, View::Plain),
            (0, r"\U0000002e", View::Escaped),
            (2, U, View::Plain),
        ],
        breaks: &[(2, "\\\n    "), (2, "\\  \n\n  ")],
        document: Some(("[hub]\nurl = '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "toml list",
        file: "hub.toml",
        templates: &[
            "[hub]\nhosts = [\n  \"first.example.org\",\n  \"§\",\n]\n",
            "[hub]\nhosts = ['first.example.org', '§']\n",
        ],
        key: "hub.hosts[1]",
        dots: &[(0, U, View::Plain)],
        document: Some((
            "[hub]\nhosts = [\"first.example.org\", \"§\"]\n",
            with_backslashes,
        )),
        labels: Some(("[hub]\nhosts = [1, [§]]\n", "hub.hosts[1][0]")),
        ..BASE
    },
    Format {
        name: "toml array of tables",
        file: "hub.toml",
        templates: &[
            "[[hub]]\nname = \"one\"\nurl = \"x\"\n\n[[hub]]\nname = \"two\"\nurl = \"§\"\n",
            "[[hub]]\nname = \"one\"\n[[hub]]\nurl = '''§'''\nname = \"two\"\n",
        ],
        key: "hub[two].url",
        dots: &[(0, U, View::Plain)],
        document: Some(("[[hub]]\nname = \"two\"\nurl = '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "toml inline table",
        file: "hub.toml",
        templates: &["hub = {port = 443, url = \"§\"}\n", "hub = { url = '§' }\n"],
        key: "hub.url",
        dots: &[(0, U, View::Plain)],
        document: Some(("hub = {url = '§'}\n", plainly)),
        ..BASE
    },
    // Lines of keys and values
    Format {
        name: "properties with an equals sign",
        file: "application.properties",
        templates: &[
            "# settings\nhub.name=x\nhub.url=§\nlast=1\n",
            "hub.url = §\n",
        ],
        key: "\"hub.url\"",
        dots: &[(0, U, View::Plain), (1, r"\.", View::Plain)],
        breaks: &[(0, "\\\n    "), (1, "\\\r\n\t")],
        document: Some(("hub.url=§\n", plainly)),
        ..BASE
    },
    Format {
        name: "properties with a colon",
        file: "application.properties",
        templates: &["hub.url: §\n", "hub.url:§\n"],
        key: "\"hub.url\"",
        dots: &[(0, U, View::Plain)],
        breaks: &[(0, "\\\n    ")],
        document: Some(("hub.url: §\n", plainly)),
        ..BASE
    },
    Format {
        name: "properties with a blank",
        file: "tool.properties",
        templates: &["! settings\nhub.url §\n", "hub.url\t§\n"],
        key: "\"hub.url\"",
        dots: &[(0, U, View::Plain)],
        breaks: &[(0, "\\\n    ")],
        document: Some(("hub.url §\n", plainly)),
        ..BASE
    },
    Format {
        name: "environment file",
        file: ".env",
        templates: &[
            "# settings\nNAME=x\nSERVICE_URL=§\n",
            "export SERVICE_URL=§\n",
            "SERVICE_URL=\"§\" # the hub\n",
            "SERVICE_URL='§'\n",
            "  export SERVICE_URL = \"§\"\n",
        ],
        key: "SERVICE_URL",
        breaks: &[(0, "\\\n"), (2, "\\\n")],
        joins: &[(2, "\"\""), (3, "''")],
        document: Some(("SERVICE_URL='§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "ini",
        file: "hub.ini",
        templates: &[
            "; settings\n[hub]\nname = x\nurl = §\n",
            "[hub]\nurl=\"§\"\n",
            "[hub]\nurl: '§' ; the hub\n",
        ],
        key: "hub.url",
        breaks: &[(0, "\\\n")],
        document: Some(("[hub]\nurl = §\n", plainly)),
        ..BASE
    },
    Format {
        name: "systemd unit",
        file: "hub.service",
        templates: &["[Service]\nExecStart=/bin/hub --url §\n"],
        key: "Service.ExecStart",
        breaks: &[(0, "\\\n")],
        ..BASE
    },
    Format {
        name: "nginx proxy_pass",
        file: "nginx.conf",
        templates: &[
            "http {\n  server {\n    # the hub\n    location /hub {\n      proxy_pass §;\n    }\n  }\n}\n",
            "http { server { location /hub { proxy_pass \"§\"; } } }\n",
        ],
        key: "http.server.\"location /hub\".proxy_pass",
        dots: &[(0, r"\.", View::Plain)],
        ..BASE
    },
    Format {
        name: "nginx upstream",
        file: "conf.d/upstreams.conf",
        templates: &["upstream hub {\n  server first.example.org:443;\n  server §;\n}\n"],
        key: "\"upstream hub\".server[1]",
        dots: &[(0, r"\.", View::Plain)],
        ..BASE
    },
    Format {
        name: "registry",
        file: "agent.reg",
        templates: &[
            "Windows Registry Editor Version 5.00\r\n\r\n; settings\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Hub]\r\n\"Name\"=\"x\"\r\n\"Url\"=\"§\"\r\n",
        ],
        key: "\"HKEY_LOCAL_MACHINE\\SOFTWARE\\Hub\".Url",
        document: Some((
            "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Hub]\r\n\"Url\"=\"§\"\r\n",
            with_backslashes,
        )),
        wide: true,
        ..BASE
    },
    // Infrastructure
    Format {
        name: "hcl block",
        file: "main.tf",
        templates: &[
            "# the hub\nresource \"aws_ssm_parameter\" \"hub\" {\n  name  = \"x\"\n  value = \"§\"\n}\n",
            "resource \"aws_ssm_parameter\" \"hub\" {\n  value = <<EOT\n§\nEOT\n}\n",
        ],
        key: "resource.aws_ssm_parameter.hub.value",
        dots: &[(0, U, View::Plain), (0, r"\U0000002e", View::Escaped)],
        document: Some((
            "resource \"aws_ssm_parameter\" \"hub\" {\n  value = \"§\"\n}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "hcl map",
        file: "locals.tf",
        templates: &[
            "locals {\n  hubs = {\n    main = \"§\"\n    other = 1\n  }\n}\n",
            "locals {\n  hubs = { \"main\" : \"§\" }\n}\n",
        ],
        key: "locals.hubs.main",
        dots: &[(0, U, View::Plain)],
        document: Some(("locals {\n  hubs = { main = \"§\" }\n}\n", with_backslashes)),
        ..BASE
    },
    Format {
        name: "hcl list",
        file: "locals.tf",
        templates: &["locals {\n  hosts = [\"first.example.org\", \"§\"] // all\n}\n"],
        key: "locals.hosts[1]",
        dots: &[(0, U, View::Plain)],
        labels: Some((
            "locals {\n  host = join(\".\", [§])\n}\n",
            "locals.host[1][0]",
        )),
        ..BASE
    },
    Format {
        name: "tfvars",
        file: "bench.tfvars",
        templates: &["# settings\nservice_url = \"§\"\n"],
        key: "service_url",
        dots: &[(0, U, View::Plain)],
        document: Some(("service_url = \"§\"\n", with_backslashes)),
        ..BASE
    },
    Format {
        name: "dockerfile env",
        file: "Dockerfile",
        templates: &[
            "FROM scratch\n# the hub\nENV NAME=x SERVICE_URL=§\n",
            "FROM scratch\nENV SERVICE_URL=\"§\"\n",
            "FROM scratch\nENV SERVICE_URL='§'\n",
            "FROM scratch\nENV SERVICE_URL §\n",
        ],
        key: "ENV.SERVICE_URL",
        // A comment may be between the lines of an instruction.
        breaks: &[(0, "\\\n"), (1, "\\\n"), (0, "\\\n# note\n")],
        joins: &[(0, "\"\""), (1, "\"\"")],
        document: Some(("FROM scratch\nENV SERVICE_URL='§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "dockerfile arg",
        file: "build/hub.dockerfile",
        templates: &[
            "ARG SERVICE_URL=§\nFROM scratch\n",
            "ARG SERVICE_URL=\"§\"\n",
        ],
        key: "ARG.SERVICE_URL",
        breaks: &[(0, "\\\n")],
        document: Some(("ARG SERVICE_URL='§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "shell assignment",
        file: "deploy.sh",
        templates: &[
            "#!/bin/sh\nset -e\nSERVICE_URL=§\necho \"$SERVICE_URL\"\n",
            "export SERVICE_URL=\"§\" # the hub\n",
            "readonly SERVICE_URL='§'\n",
            "SERVICE_URL=\"${SERVICE_URL:-§}\"\n",
        ],
        key: "SERVICE_URL",
        dots: &[(0, r"\.", View::Plain)],
        breaks: &[(0, "\\\n"), (1, "\\\n")],
        joins: &[(0, "\"\""), (0, "''"), (1, "\"\""), (2, "''")],
        document: Some(("SERVICE_URL='§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "makefile assignment",
        file: "Makefile",
        templates: &[
            "# settings\nSERVICE_URL := §\nall:\n\tmake x\n",
            "export SERVICE_URL ?= §\n",
            "SERVICE_URL=§ # the hub\n",
        ],
        key: "SERVICE_URL",
        document: Some(("SERVICE_URL = §\n", plainly)),
        ..BASE
    },
    Format {
        name: "makefile recipe",
        file: "rules.mk",
        templates: &[
            "check: all\n\t@curl -sS §\n",
            "check:\n\tcurl \"§\" > out\n",
        ],
        key: "check[0]",
        breaks: &[(0, "\\\n\t"), (0, "\\\n")],
        ..BASE
    },
    // Markdown
    Format {
        name: "markdown fenced yaml",
        file: "README.md",
        templates: &[
            "# Hub\n\nSet it:\n\n```yaml\nhub:\n  url: §\n```\n",
            "1. Set it:\n\n   ```yaml\n   hub:\n     url: \"§\"\n   ```\n",
        ],
        key: "yaml > hub.url",
        context: Context::Sample,
        dots: &[(0, X, View::Plain)],
        ..BASE
    },
    Format {
        name: "markdown table",
        file: "hosts.md",
        templates: &[
            "# Hosts\n\n| Name | Address |\n| --- | --- |\n| first | x |\n| hub | § |\n",
            "Name | Address\n--- | ---\nhub | `§`\n",
        ],
        key: "table[hub].Address",
        context: Context::Prose,
        ..BASE
    },
    Format {
        name: "markdown front matter",
        file: "page.md",
        templates: &[
            "---\ntitle: Hub\nhub:\n  url: §\n---\n\n# Hub\n",
            "---\nhub: {url: \"§\"}\n---\n",
        ],
        key: "front-matter > hub.url",
        dots: &[(1, X, View::Plain)],
        breaks: &[(1, "\\\n  ")],
        document: Some(("---\nhub:\n  url: '§'\n---\n", plainly)),
        ..BASE
    },
    // Source code
    Format {
        name: "python assignment",
        file: "hub.py",
        templates: &[
            "\"\"\"The hub.\"\"\"\nURL = \"§\"  # the hub\n",
            "URL: str = '§'\n",
            "URL = (\n    \"§\"\n)\n",
            "URL = \"\"\"§\"\"\"\n",
            "URL = r'§'\n",
            "URL = f\"§\"\n",
        ],
        key: "URL",
        dots: &[
            (0, X, View::Plain),
            (0, U, View::Plain),
            (0, r"\056", View::Escaped),
            (0, r"\U0000002e", View::Escaped),
        ],
        breaks: &[(0, "\\\n"), (3, "\\\n")],
        joins: &[
            (0, "\" + \""),
            (0, "\" \""),
            (0, "\" \\\n    \""),
            (2, "\"\n    \""),
            (2, "\"  # note\n    \""),
        ],
        document: Some(("URL = '§'\n", plainly)),
        labels: Some(("URL = \".\".join([§])\n", "URL[1][0][0]")),
        ..BASE
    },
    Format {
        name: "python map",
        file: "hub.py",
        templates: &[
            "HUBS = {\n    \"first\": 1,\n    \"main\": \"§\",\n}\n",
            "HUBS = {'main': '§'}\n",
            "HUBS = dict(main=\"§\")\n",
        ],
        key: "HUBS.main",
        dots: &[(0, X, View::Plain)],
        joins: &[(0, "\" + \""), (0, "\"\n            \"")],
        document: Some(("HUBS = {\"main\": '§'}\n", plainly)),
        ..BASE
    },
    Format {
        name: "java constant",
        file: "Hub.java",
        templates: &[
            "class Hub {\n  // the hub\n  static final String URL = \"§\";\n}\n",
            "class Hub {\n  String URL =\n      \"§\";\n}\n",
        ],
        key: "Hub.URL",
        dots: &[(0, U, View::Plain), (0, r"\056", View::Escaped)],
        joins: &[
            (0, "\" + \""),
            (0, "\"\n      + \""),
            (1, "\" + // note\n      \""),
        ],
        document: Some((
            "class Hub {\n  static final String URL = \"§\";\n}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "java map",
        file: "Hub.java",
        templates: &[
            "class Hub {\n  Map<String, String> hubs = Map.of(\"main\", \"§\", \"other\", \"x\");\n}\n",
        ],
        key: "Hub.hubs.main",
        dots: &[(0, U, View::Plain)],
        joins: &[(0, "\" + \"")],
        document: Some((
            "class Hub {\n  Map<String, String> hubs = Map.of(\"main\", \"§\");\n}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "javascript constant",
        file: "hub.js",
        templates: &[
            "// the hub\nconst url = '§';\n",
            "export const url = \"§\"\n",
            "let url = `§`;\n",
        ],
        key: "url",
        dots: &[
            (0, X, View::Plain),
            (1, U, View::Plain),
            (0, r"\u{2e}", View::Escaped),
        ],
        breaks: &[(0, "\\\n")],
        joins: &[(0, "' + '"), (0, "' +\n  '"), (1, "\" + \"")],
        slashes: Some(0),
        document: Some(("const url = '§';\n", plainly)),
        labels: Some(("const url = [§].join('.');\n", "url[0][0]")),
        ..BASE
    },
    Format {
        name: "javascript map",
        file: "hub.ts",
        templates: &[
            "export const hubs: Hubs = {\n  first: { url: 'x' },\n  main: { url: '§' }, // the hub\n};\n",
            "const hubs = { 'main': { \"url\": \"§\" } }\n",
        ],
        key: "hubs.main.url",
        dots: &[(0, X, View::Plain)],
        breaks: &[(0, "\\\n")],
        joins: &[(0, "' + '")],
        slashes: Some(0),
        document: Some(("const hubs = { main: { url: '§' } };\n", plainly)),
        ..BASE
    },
    Format {
        name: "c# constant",
        file: "Hub.cs",
        templates: &[
            "/// <summary>The hub.</summary>\nclass Hub\n{\n    const string Url = \"§\";\n}\n",
            "class Hub { string Url => @\"§\"; }\n",
            "class Hub { string Url { get; } = $\"§\"; }\n",
        ],
        key: "Hub.Url",
        // `\x` takes as many hex digits as there are.
        dots: &[(0, U, View::Plain), (0, r"\x002e", View::Escaped)],
        joins: &[(0, "\" + \""), (0, "\" +\n        \"")],
        document: Some((
            "class Hub\n{\n    const string Url = \"§\";\n}\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "c# map",
        file: "Hub.cs",
        templates: &[
            "var hubs = new Dictionary<string, string>\n{\n    [\"Main\"] = \"§\",\n};\n",
            "var hubs = new Dictionary<string, string> { { \"Main\", \"§\" }, { \"Other\", \"x\" } };\n",
        ],
        key: "hubs.Main",
        dots: &[(0, U, View::Plain)],
        joins: &[(0, "\" + \"")],
        document: Some((
            "var hubs = new Dictionary<string, string> { [\"Main\"] = \"§\" };\n",
            with_backslashes,
        )),
        ..BASE
    },
    Format {
        name: "go constant",
        file: "hub.go",
        templates: &[
            "package hub\n\n// URL is the hub.\nconst URL = \"§\"\n",
            "package hub\n\nvar (\n\tURL string = `§`\n)\n",
        ],
        key: "URL",
        dots: &[
            (0, X, View::Plain),
            (0, U, View::Plain),
            (0, r"\056", View::Escaped),
            (0, r"\U0000002e", View::Escaped),
        ],
        joins: &[(0, "\" + \""), (0, "\" +\n\t\"")],
        document: Some(("package hub\n\nconst URL = `§`\n", plainly)),
        ..BASE
    },
    Format {
        name: "go map",
        file: "hub.go",
        templates: &[
            "package hub\n\nvar hubs = map[string]string{\n\t\"first\": \"x\",\n\t\"main\":  \"§\",\n}\n",
        ],
        key: "hubs.main",
        dots: &[(0, X, View::Plain)],
        joins: &[(0, "\" + \"")],
        document: Some((
            "package hub\n\nvar hubs = map[string]string{\n\t\"main\": `§`,\n}\n",
            plainly,
        )),
        ..BASE
    },
    Format {
        name: "ruby assignment",
        file: "hub.rb",
        templates: &[
            "# the hub\nURL = \"§\".freeze\n",
            "URL = '§'\n",
            "URL = %q(§)\n",
        ],
        key: "URL",
        dots: &[
            (0, X, View::Plain),
            (0, U, View::Plain),
            (0, r"\u{2e}", View::Escaped),
            (0, r"\056", View::Escaped),
        ],
        breaks: &[(0, "\\\n")],
        joins: &[(0, "\" + \""), (0, "\" \""), (0, "\" \\\n  \"")],
        document: Some(("URL = '§'\n", plainly)),
        ..BASE
    },
    Format {
        name: "ruby map",
        file: "hub.rb",
        templates: &[
            "HUBS = {\n  first: 1,\n  main: '§',\n}\n",
            "HUBS = { 'main' => \"§\" }\n",
            "HUBS = { :main => '§' }\n",
        ],
        key: "HUBS.main",
        dots: &[(1, X, View::Plain)],
        joins: &[(0, "' + '")],
        document: Some(("HUBS = { main: '§' }\n", plainly)),
        ..BASE
    },
    Format {
        name: "php assignment",
        file: "hub.php",
        templates: &[
            "<?php\n// the hub\n$url = '§';\n",
            "<?php\n$url = \"§\";\n",
            "<?php\n$url = <<<EOT\n§\nEOT;\n",
        ],
        key: "url",
        dots: &[
            (1, X, View::Plain),
            (1, r"\u{2e}", View::Escaped),
            (1, r"\056", View::Escaped),
        ],
        joins: &[(0, "' . '"), (0, "'\n    . '"), (1, "\".\"")],
        document: Some(("<?php\n$url = '§';\n", plainly)),
        ..BASE
    },
    Format {
        name: "php map",
        file: "hub.php",
        templates: &[
            "<?php\n$hubs = [\n    'first' => 1,\n    'main' => '§',\n];\n",
            "<?php\n$hubs = array(\"main\" => \"§\");\n",
        ],
        key: "hubs.main",
        dots: &[(1, X, View::Plain)],
        joins: &[(0, "' . '")],
        document: Some(("<?php\n$hubs = ['main' => '§'];\n", plainly)),
        ..BASE
    },
];
