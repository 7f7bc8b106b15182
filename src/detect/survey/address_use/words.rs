//! Words, commands and calls that say that the name after them, or below them, is used as an address.

/// Words of keys, attributes, variables, options and columns that hold an address.
pub(super) const ADDRESS_WORDS: &[&str] = &[
    "addr",
    "address",
    "addresses",
    "api",
    "apis",
    "authority",
    "backend",
    "backends",
    "base",
    "baseuri",
    "baseurl",
    "baseurls",
    "bootstrap",
    "broker",
    "brokers",
    "connection",
    "connections",
    "connectionstring",
    "connectionstrings",
    "destination",
    "destinations",
    "domain",
    "domains",
    "dsn",
    "endpoint",
    "endpoints",
    "extern",
    "fqdn",
    "gateway",
    "gateways",
    "host",
    "hosts",
    "hostname",
    "hostnames",
    "href",
    "issuer",
    "jdbc",
    "ldap",
    "ldaps",
    "link",
    "links",
    "location",
    "node",
    "nodes",
    "origin",
    "origins",
    "peer",
    "peers",
    "proxy",
    "proxies",
    "record",
    "records",
    "remote",
    "remotes",
    "rest",
    "server",
    "servers",
    "service",
    "services",
    "site",
    "soap",
    "src",
    "target",
    "targets",
    "upstream",
    "upstreams",
    "uri",
    "uris",
    "url",
    "urls",
    "webservice",
    "ws",
    "wsdl",
];

/// Words of keys that say that the text is not called, whatever the other words are.
pub(super) const OTHER_WORDS: &[&str] = &[
    "acl",
    "alias",
    "aliases",
    "case",
    "cases",
    "cert",
    "certificate",
    "cn",
    "condition",
    "dns",
    "expr",
    "expression",
    "filter",
    "format",
    "from",
    "got",
    "id",
    "if",
    "instead",
    "label",
    "labels",
    "match",
    "matcher",
    "name",
    "names",
    "pattern",
    "prefix",
    "query",
    "redirect",
    "redirects",
    "rewrite",
    "rewrites",
    "rule",
    "rules",
    "san",
    "sans",
    "selector",
    "sni",
    "subject",
    "suffix",
    "tag",
    "tags",
    "test",
    "tests",
    "to",
    "wanted",
    "want",
    "wants",
    "when",
];

/// Names with a word of `OTHER_WORDS` that hold an address all the same, without marks.
pub(super) const ADDRESS_NAMES: &[&str] = &[
    "dnsname",
    "domainname",
    "externalname",
    "fromaddress",
    "fromurl",
    "fromuri",
    "hostname",
    "hostnames",
    "queryurl",
    "redirecturi",
    "redirecturl",
    "testendpoint",
    "testhost",
    "testuri",
    "testurl",
    "wsa:to",
];

/// Keys that say nothing of their value: the key above them does, or the name next to them.
pub(super) const PLAIN_NAMES: &[&str] = &[
    "content", "current", "data", "default", "prod", "initial", "item", "raw", "string", "text",
    "val", "value", "values",
];

/// Keys whose text names the value next to it.
pub(super) const NAMING_KEYS: &[&str] = &["key", "name", "variable", "id", "property"];

/// Programs that connect to their argument.
pub(super) const COMMANDS: &[&str] = &[
    "aria2c",
    "curl",
    "dig",
    "host",
    "http",
    "https",
    "httpie",
    "invoke-restmethod",
    "invoke-webrequest",
    "iwr",
    "irm",
    "ldapsearch",
    "lynx",
    "nc",
    "ncat",
    "netcat",
    "nslookup",
    "openssl",
    "ping",
    "telnet",
    "tnsping",
    "traceroute",
    "wget",
    "xh",
];

/// Words before a program that are not the program.
pub(super) const BEFORE_COMMANDS: &[&str] = &[
    "cmd", "command", "do", "echo", "else", "env", "exec", "nice", "nohup", "run", "sudo", "then",
    "time", "timeout",
];

/// Calls that connect to a URL that is their argument.
pub(super) const CONNECTING_CALLS: &[&str] = &[
    "axios",
    "connect",
    "create",
    "createclient",
    "createurl",
    "dial",
    "download",
    "fetch",
    "getforobject",
    "getforentity",
    "goto",
    "httpdelete",
    "httpget",
    "httppatch",
    "httppost",
    "httpput",
    "httpclient",
    "httprequest",
    "newrequest",
    "navigate",
    "open",
    "openurl",
    "postforentity",
    "postforobject",
    "postasync",
    "getasync",
    "getstringasync",
    "request",
    "resttemplate",
    "retrieve",
    "send",
    "sendasync",
    "urlopen",
    "webclient",
    "zeep",
    "client",
    "visit",
    "got",
    "superagent",
    "ajax",
    "getjson",
    "soapclient",
    "uri",
    "url",
];

/// Calls that connect to the bare name that is their first argument.
pub(super) const CONNECTING_TO_NAMES: &[&str] = &[
    "connect",
    "createconnection",
    "dial",
    "getaddrinfo",
    "getallbyname",
    "getbyname",
    "gethostbyname",
    "httpconnection",
    "httpsconnection",
    "inetsocketaddress",
    "ldapconnection",
    "lookup",
    "opensocket",
    "ping",
    "resolve",
    "socket",
    "sslsocket",
    "tcpclient",
    "tcpsocket",
];

/// Calls that connect only where what they are called on is a client.
pub(super) const CLIENT_CALLS: &[&str] =
    &["delete", "get", "head", "options", "patch", "post", "put"];

/// Words of what is a client.
pub(super) const CLIENTS: &[&str] = &[
    "agent",
    "api",
    "axios",
    "client",
    "conn",
    "connection",
    "faraday",
    "got",
    "http",
    "https",
    "httparty",
    "httpx",
    "ky",
    "net",
    "requests",
    "rest",
    "session",
    "superagent",
    "unirest",
    "web",
    "webtarget",
    "request",
    "curl",
    "guzzle",
];

/// Calls that hold a list.
pub(super) const LIST_CALLS: &[&str] = &[
    "array", "aslist", "list", "listof", "of", "set", "setof", "tolist", "toset", "vec",
];

/// Directives of servers that pass on to the name after them.
pub(super) const DIRECTIVES: &[&str] = &[
    "balancermember",
    "fastcgi_pass",
    "grpc_pass",
    "proxy_pass",
    "proxypass",
    "proxypassmatch",
    "proxypassreverse",
    "proxyremote",
    "scgi_pass",
    "server",
    "uwsgi_pass",
];

/// Keys of texts that label what they are attached to.
pub(super) const LABELS: &[&str] = &["annotations", "label", "labels", "matchlabels", "tags"];

/// Calls whose second argument is the default of the variable that is the first.
pub(super) const DEFAULT_CALLS: &[&str] = &[
    "config.get",
    "env",
    "env.fetch",
    "environ.get",
    "getenv",
    "getordefault",
    "getproperty",
];

/// Words of keys above lists of names that let them through.
pub(super) const ALLOWING: &[&str] = &[
    "allow",
    "allowed",
    "allowlist",
    "egress",
    "noproxy",
    "permit",
    "permitted",
    "whitelist",
];

/// Words of keys that call a name by what it is in a list of names.
pub(super) const NAMED_BY: &[&str] = &["match", "name", "names", "to"];

/// Words of keys above lists of names that are matched, and of which another place says what happens to them.
pub(super) const MATCHING: &[&str] = &[
    "acl",
    "firewall",
    "testcase",
    "testsuite",
    "vhost",
    "vhosts",
    "virtual",
    "waf",
];

/// Ends of names, without marks, whose value is verified and not called.
pub(super) const VERIFIED_NAMES: &[&str] = &[
    "serverhostname",
    "tlsservername",
    "sslservername",
    "returnvalue",
    "sideeffect",
];

/// Calls that give their first argument, filled in or read, or give it where what they are called on has no
/// value.
pub(super) const GIVING_CALLS: &[&str] = &[
    "format",
    "getorelse",
    "ifblank",
    "ifempty",
    "orelse",
    "orelseget",
    "parse",
    "sprintf",
    "unwrapor",
    "unwraporelse",
    "urljoin",
    "valueor",
];

/// Elements that hold the value of a setting, which they name.
pub(super) const SETTINGS: &[&str] = &[
    "add",
    "arg",
    "const",
    "constant",
    "constructor-arg",
    "context-param",
    "entry",
    "env",
    "env-entry",
    "environment",
    "init-param",
    "option",
    "param",
    "parameter",
    "prop",
    "property",
    "setting",
    "string",
    "stringprop",
    "variable",
];
