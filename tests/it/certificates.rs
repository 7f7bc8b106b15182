//! Certificates in every wrapping: subject, issuer and last day. Those of the environments in service are
//! not reported.

use std::sync::LazyLock;

use crate::common::{catalogue, check_text, home};
use ptlint::facts::{Confidence, Context, ReferenceKind, Severity, View, Violation};
use ptlint::internals::catalogue::Catalogue;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);

fn file(name: &str) -> Vec<u8> {
    let path = home().join("tests/data/certificates/ptl").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn pem(name: &str) -> String {
    let text = String::from_utf8(file(name)).expect("text");
    let start = text.find("-----BEGIN").expect("a certificate");
    text[start..].trim_end().to_owned()
}

fn check(path: &str, content: &[u8]) -> Vec<Violation> {
    check_text(&CATALOGUE, path, content, Confidence::Possible).violations
}

/// The one violation in a content.
fn single(path: &str, content: &[u8]) -> Violation {
    let mut found = check(path, content);
    assert_eq!(found.len(), 1, "{path}: {found:#?}");
    found.remove(0)
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[test]
fn certificates_of_closed_environments_are_told_by_subject_issuer_and_expiry() {
    for (name, rule, subject, issuer, verb) in [
        (
            "dev-leaf.pem",
            "dev-certificate",
            "CN=msg01.eskmoor.example",
            "CN=NHS DEV Level 1C",
            "valid to 12 January 2034",
        ),
        (
            "dev-leaf-expired.pem",
            "dev-certificate",
            "CN=",
            "CN=NHS DEV Level 1C",
            "expired on",
        ),
        (
            "train-leaf.pem",
            "train-certificate",
            "CN=",
            "CN=NHS TRA Level 1C",
            "valid to",
        ),
        (
            "dev-ca.pem",
            "dev-certificate",
            "CN=NHS DEV Level 1C",
            "CN=NHS PTL Root Authority",
            "valid to",
        ),
        (
            "train-ca.pem",
            "train-certificate",
            "CN=NHS TRA Level 1C",
            "CN=NHS PTL Root Authority",
            "valid to",
        ),
        (
            "dev-leaf.der",
            "dev-certificate",
            "CN=msg01.eskmoor.example",
            "CN=NHS DEV Level 1C",
            "valid to 12 January 2034",
        ),
    ] {
        let found = single(&format!("conf/{name}"), &file(name));
        assert_eq!(found.rule, rule, "{name}");
        assert_eq!(found.reference, ReferenceKind::Certificate, "{name}");
        assert_eq!(found.context, Context::Certificate, "{name}");
        assert_eq!(found.severity, Severity::Error, "{name}");
        let facts = found.certificate.as_ref().expect("a certificate");
        assert!(facts.subject.contains(subject), "{name}: {facts:?}");
        assert!(facts.issuer.contains(issuer), "{name}: {facts:?}");
        for part in [subject, issuer, verb] {
            assert!(found.message.contains(part), "{name}: {}", found.message);
        }
    }
}

#[test]
fn certificates_of_environments_in_service_and_the_shared_root_are_quiet() {
    for name in ["int-leaf.pem", "int-ca.pem", "root.pem"] {
        assert_eq!(check(name, &file(name)).len(), 0, "{name}");
    }
    let bundle = [file("int-ca.pem"), file("root.pem")].concat();
    assert_eq!(check("bundle.pem", &bundle).len(), 0);
}

#[test]
fn a_bundle_gives_one_violation_for_each_certificate() {
    let bundle = [
        "dev-leaf.pem",
        "dev-ca.pem",
        "int-ca.pem",
        "train-ca.pem",
        "root.pem",
    ]
    .map(pem)
    .join("\n");
    let rules: Vec<String> = check("bundle.pem", bundle.as_bytes())
        .into_iter()
        .map(|v| v.rule)
        .collect();
    assert_eq!(
        rules,
        ["dev-certificate", "dev-certificate", "train-certificate"]
    );
}

#[test]
fn pem_is_read_in_whatever_wraps_it() {
    let pem = pem("dev-leaf.pem");
    let lines: Vec<&str> = pem.lines().collect();
    let indented = lines.join("\n    ");
    let escaped = lines.join("\\n");
    let joined = lines.join("\\n\" +\n    \"");
    for (path, content, key) in [
        (
            "a.yml",
            format!("tls:\n  cert: |\n    {indented}\n"),
            Some("tls.cert"),
        ),
        (
            "a.json",
            format!("{{\"tls\": {{\"cert\": \"{escaped}\\n\"}}}}"),
            Some("tls.cert"),
        ),
        (
            ".env",
            format!("A=1\nTLS_CERT=\"{escaped}\"\n"),
            Some("TLS_CERT"),
        ),
        (
            "A.java",
            format!("class A {{\n  String CERT = \"{joined}\";\n}}\n"),
            Some("A.CERT"),
        ),
        (
            "main.tf",
            format!("locals {{\n  cert = <<EOT\n{pem}\nEOT\n}}\n"),
            Some("locals.cert"),
        ),
        (
            "a.xml",
            format!("<a>\n<cert>{}</cert></a>", lines.join("\r\n")),
            Some("a.cert"),
        ),
        ("notes.txt", lines.join("\r\n"), None),
    ] {
        let found = single(path, content.as_bytes());
        assert_eq!(found.rule, "dev-certificate", "{path}");
        assert_eq!(found.key.as_deref(), key, "{path}");
        assert_eq!(found.matched, "-----BEGIN CERTIFICATE-----", "{path}");
        let at = usize::try_from(found.start.byte).expect("fits");
        assert!(content[at..].starts_with("-----BEGIN"), "{path}");
    }
}

#[test]
fn a_certificate_in_a_secret_is_decoded_twice() {
    let pem = pem("train-leaf.pem") + "\n";
    let secret = format!(
        "kind: Secret\ndata:\n  tls.crt: {}\n  ca.crt: {}\n",
        base64(pem.as_bytes()),
        base64(&file("int-ca.pem"))
    );
    let found = single("secret.yaml", secret.as_bytes());
    assert_eq!(found.rule, "train-certificate");
    assert_eq!(found.view, View::Base64);
    assert_eq!(found.key.as_deref(), Some("data.\"tls.crt\""));
    assert!(found.certificate.is_some());
}

#[test]
fn a_certificate_is_read_from_base64_without_marks() {
    let body = base64(&file("dev-leaf.der"));
    let wrapped: Vec<&str> = body
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).expect("ascii"))
        .collect();
    let wrapped = wrapped.join("\n        ");
    let int = pem("int-leaf.pem");
    let int: String = int.lines().filter(|l| !l.starts_with('-')).collect();
    for (path, content, key) in [
        (
            "jwks.json",
            format!("{{\"keys\": [{{\"kty\": \"RSA\", \"x5c\": [\"{body}\"]}}]}}"),
            "keys[0].x5c[0]",
        ),
        (
            "metadata.xml",
            format!(
                "<KeyInfo>\n  <X509Data>\n    <X509Certificate>\n        {wrapped}\n    \
                 </X509Certificate>\n  </X509Data>\n</KeyInfo>\n"
            ),
            "KeyInfo.X509Data.X509Certificate",
        ),
        ("a.yml", format!("tls:\n  ca: {body}\n"), "tls.ca"),
    ] {
        let found = single(path, content.as_bytes());
        assert_eq!(found.rule, "dev-certificate", "{path}");
        assert_eq!(found.key.as_deref(), Some(key), "{path}");
        assert_eq!(found.view, View::Base64, "{path}");
        let facts = found.certificate.expect("a certificate");
        assert!(facts.subject.contains("msg01.eskmoor.example"), "{facts:?}");
        let quiet = content.replace(&body, &int).replace(&wrapped, &int);
        assert!(check(path, quiet.as_bytes()).is_empty(), "{path}");
    }
}

#[test]
fn certificates_and_base64_are_read_in_utf_16() {
    let little = |text: &str| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let big = |text: &str| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_be_bytes).collect()
    };
    let pem = pem("dev-leaf.pem").replace('\n', "\r\n");
    let chain = format!("# gateway\r\n{pem}\r\n");
    let secret = base64(b"url=https://msg.train.spine2.ncrs.nhs.uk/x");
    let settings =
        format!("Windows Registry Editor Version 5.00\r\n\r\n[A]\r\n\"b\"=\"{secret}\"\r\n");
    for encode in [&little as &dyn Fn(&str) -> Vec<u8>, &big] {
        let found = single("chain.pem", &encode(&chain));
        assert_eq!(found.rule, "dev-certificate");
        assert_eq!(found.matched, "-----BEGIN CERTIFICATE-----");
        assert_eq!((found.start.line, found.start.column), (2, 1));
        assert!(found.certificate.is_some());
        let found = single("a.reg", &encode(&settings));
        assert_eq!(found.rule, "train-host");
        assert_eq!(found.name, "msg.train.spine2.ncrs.nhs.uk");
        assert_eq!(found.view, View::Base64);
        assert!(secret.contains(&found.matched), "{}", found.matched);
        assert_eq!(found.start.line, 4);
    }
}

#[test]
fn fingerprints_in_text_are_found_in_the_common_spellings() {
    let dev = "A1:88:ED:6C:69:A2:19:95:04:55:D1:A5:C7:6E:1E:52:64:D1:42:45";
    let int = "50:07:DA:F3:AE:EA:1C:13:60:EC:0D:1E:9E:5B:ED:CC:C7:18:2B:79";
    let plain = dev.replace(':', "");
    for text in [
        dev.to_owned(),
        dev.to_lowercase(),
        dev.replace(':', " "),
        plain.clone(),
        plain.to_lowercase(),
    ] {
        for content in [
            format!("thumbprint: \"{text}\"\n"),
            format!("sha1 Fingerprint={text}\n"),
            format!("trusted:{text};\n"),
        ] {
            let found = single("trust.conf", content.as_bytes());
            assert_eq!(found.rule, "dev-certificate", "{content}");
            assert_eq!(found.matched, text, "{content}");
            assert_eq!(found.name, "nhs dev level 1c", "{content}");
            assert!(found.message.contains("is the fingerprint of"), "{found:?}");
        }
    }
    for quiet in [
        int.to_owned(),
        int.replace(':', ""),
        // A longer digest, and a shorter one.
        format!("{plain}00"),
        format!("0{plain}"),
        plain[..38].to_owned(),
    ] {
        let found = check("trust.conf", format!("a={quiet}\n").as_bytes());
        assert!(found.is_empty(), "{quiet}: {found:?}");
    }
}

#[test]
fn a_key_store_gives_each_certificate_once() {
    // Java key store: magic, version, count; each entry has a tag, an alias, a date, a type and
    // the certificate as it is.
    let mut store = b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x02".to_vec();
    for (alias, name) in [("spine", "dev-leaf.der"), ("again", "dev-leaf.der")] {
        let certificate = file(name);
        store.extend_from_slice(b"\0\0\0\x02\0");
        store.push(u8::try_from(alias.len()).expect("short"));
        store.extend_from_slice(alias.as_bytes());
        store.extend_from_slice(b"\0\0\x01\x8d\0\0\0\0\0\x05X.509");
        store.extend_from_slice(
            &u32::try_from(certificate.len())
                .expect("fits")
                .to_be_bytes(),
        );
        store.extend_from_slice(&certificate);
    }
    store.extend_from_slice(&[7; 20]);
    let found = check("trust.jks", &store);
    assert_eq!(found.len(), 2, "{found:#?}");
    for violation in found {
        assert_eq!(violation.rule, "dev-certificate");
        let facts = violation.certificate.expect("a certificate");
        assert!(facts.subject.contains("msg01.eskmoor.example"));
    }
}

/// A certificate of an invented authority whose names no pack knows, by its fingerprint alone.
#[test]
fn a_certificate_is_known_by_its_fingerprint() {
    use sha2::Digest as _;
    let path = home().join("tests/data/certificates/rsa.der");
    let der = std::fs::read(path).expect("a certificate");
    let pairs: Vec<String> = sha2::Sha256::digest(&der)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let pack = |fingerprint: &str| {
        format!(
            r#"pack: {{name: acme, version: "1", title: Acme test systems}}
sources: {{notice: {{title: Acme notice, url: "https://acme.example/notice"}}}}
services: {{pki: {{name: PKI}}}}
environments:
  OLD:
    sources: [notice]
    lifecycle: [{{phase: decommissioned, from: "2025-06-01", severity: error, source: notice}}]
certificates:
  - {{name: Acme Old Authority, service: pki, environment: OLD, evidence: official, sources: [notice],
     sha256: "{fingerprint}"}}
rules:
  old-certificate:
    environment: OLD
    reference: certificate
    summary: An old authority.
    why: It is gone.
    how-to-fix: Request a new certificate.
    examples:
      - {{text: "CN=Acme Old Authority", matches: [Acme Old Authority]}}
      - {{text: "CN=Acme New Authority", matches: []}}
"#
        )
    };
    let body = base64(&der);
    let text = format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n");
    let found = |fingerprint: &str| {
        let texts = vec![("pack.yaml".to_owned(), pack(fingerprint))];
        let pack =
            ptlint::internals::catalogue::Pack::from_texts("acme", texts).expect("a sound pack");
        let catalogue = Catalogue::compile(&[pack]).expect("a catalogue");
        check_text(&catalogue, "a.pem", text.as_bytes(), Confidence::Possible).violations
    };
    let known = found(&pairs.join(":"));
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].rule, "old-certificate");
    assert_eq!(known[0].name, "acme old authority");
    let mut other = pairs.clone();
    other[0] = if other[0] == "00" { "01" } else { "00" }.to_owned();
    assert!(found(&other.join(":")).is_empty());
}

#[test]
fn distinguished_names_in_text_are_found_in_the_common_spellings() {
    for text in [
        "issuer: CN=NHS DEV Level 1C,OU=CA,O=nhs",
        "issuer= /O=nhs/OU=CA/CN=NHS DEV Level 1C",
        "Issuer: O = nhs, OU = CA, CN = NHS DEV Level 1C",
        "cn=nhs dev level 1c,ou=ca,o=nhs",
    ] {
        let found = single("chain.conf", text.as_bytes());
        assert_eq!(found.rule, "dev-certificate", "{text}");
        assert!(
            found.matched.eq_ignore_ascii_case("NHS DEV Level 1C"),
            "{text}"
        );
    }
    for text in [
        "issuer: CN=NHS INT Level 1C,OU=CA,O=nhs",
        "CN=NHS PTL Root Authority,OU=CA,O=nhs",
        "O = nhs, OU = CA, CN = NHS DEP Level 1C",
    ] {
        assert!(check("chain.conf", text.as_bytes()).is_empty(), "{text}");
    }
}

#[test]
fn damaged_certificates_are_no_violation_and_no_failure() {
    let pem = pem("dev-leaf.pem");
    let cut = &pem[..200];
    let report = check_text(&CATALOGUE, "cut.pem", cut.as_bytes(), Confidence::Possible);
    assert!(report.failures.is_empty());
    assert!(report.violations.is_empty());
    let der = file("dev-leaf.der");
    for length in (0..der.len()).step_by(37) {
        let report = check_text(&CATALOGUE, "a.der", &der[..length], Confidence::Possible);
        assert!(report.failures.is_empty(), "{length}");
    }
}
