//! Certificates: PEM in text, DER in binary files. What a certificate names is found by reading its
//! bytes as every other binary data is read; the certificate says what it is.

use super::{Candidate, Survey};
use crate::catalogue::{Catalogue, Endpoint, LiteralKind};
use crate::certificate::{self, Certificate, pem};
use crate::detect::{Detector, Reference, Scratch, Spelling, literal_endpoint};
use crate::facts::{CertificateFacts, Context, View};

impl Survey<'_, '_> {
    /// Looks into the PEM block at `marker` and gives the offset after it, both in the text.
    pub(super) fn certificate(&mut self, marker: usize) -> usize {
        let Some(block) = pem::block_at(self.decoded.text().as_bytes(), marker) else {
            return marker + 1;
        };
        let Ok(certificate) = certificate::decode(&block.der) else {
            return block.span.end;
        };
        let facts = facts(&certificate);
        for (endpoint, name) in named(self.detector, &block.der, &certificate, self.scratch) {
            self.candidates.push(Candidate {
                span: self.decoded.bytes(block.marker.clone()),
                endpoint,
                name,
                view: View::Base64,
                spelling: Spelling::default(),
                echo: false,
                context: Some(Context::Certificate),
                key: None,
                decoded: None,
                certificate: Some(facts.clone()),
            });
        }
        block.span.end
    }
}

/// What a certificate refers to: the authority that issued it, or else the hosts it names.
fn named<'c>(
    detector: &Detector<'c>,
    der: &[u8],
    certificate: &Certificate,
    scratch: &mut Scratch,
) -> Vec<(Endpoint<'c>, String)> {
    let found = detector.slice(der, scratch).references;
    let authority = found.iter().position(|r| r.endpoint.kind.is_issuer);
    let mut found = found;
    if let Some(authority) = authority {
        let reference = found.swap_remove(authority);
        return vec![(reference.endpoint, reference.name)];
    }
    if let Some((endpoint, name)) = by_fingerprint(detector.catalogue, certificate)
        && endpoint.pack.is_retired(endpoint.environment)
    {
        return vec![(endpoint, name)];
    }
    let mut named: Vec<(Endpoint<'c>, String)> = Vec::new();
    for reference in found {
        if !named.iter().any(|(_, name)| *name == reference.name) {
            named.push((reference.endpoint, reference.name));
        }
    }
    named
}

/// The authority of the catalogue whose certificate this is.
fn by_fingerprint<'c>(
    catalogue: &'c Catalogue,
    certificate: &Certificate,
) -> Option<(Endpoint<'c>, String)> {
    let digests = [
        crate::text::hex(&certificate.sha1),
        crate::text::hex(&certificate.sha256),
    ];
    let mut literals = catalogue.literals().iter();
    let literal =
        literals.find(|l| l.kind == LiteralKind::Fingerprint && digests.contains(&l.text))?;
    Some((literal_endpoint(catalogue, literal), literal.name.clone()))
}

fn facts(certificate: &Certificate) -> CertificateFacts {
    let day = |(year, month, day): certificate::Day| format!("{year:04}-{month:02}-{day:02}");
    CertificateFacts {
        subject: certificate.subject.to_string(),
        issuer: certificate.issuer.to_string(),
        not_before: day(certificate.not_before),
        not_after: day(certificate.not_after),
        sha256: crate::text::hex(&certificate.sha256),
    }
}

/// Gathers the references of a binary file that lie in the same certificate into one.
pub(super) fn in_binary(bytes: &[u8], references: &mut Vec<Reference<'_>>) {
    // Names in certificates come first, since hosts in the same one are left out for them.
    let mut certificates: Vec<(std::ops::Range<usize>, CertificateFacts, bool)> = Vec::new();
    for reference in references.iter() {
        let at = reference.bytes().start;
        let is_authority = reference.endpoint.kind.is_issuer;
        if let Some(known) = certificates
            .iter_mut()
            .find(|(range, _, _)| range.contains(&at))
        {
            known.2 |= is_authority;
        } else if let Some((range, certificate)) = certificate::certificate_at(bytes, at) {
            certificates.push((range, facts(&certificate), is_authority));
        }
    }
    let mut told: Vec<usize> = Vec::new();
    references.retain_mut(|reference| {
        let at = reference.bytes().start;
        let Some(index) = certificates
            .iter()
            .position(|(range, _, _)| range.contains(&at))
        else {
            return true;
        };
        let (_, facts, names_authority) = &certificates[index];
        let is_authority = reference.endpoint.kind.is_issuer;
        if *names_authority && (!is_authority || told.contains(&index)) {
            return false;
        }
        if is_authority {
            told.push(index);
        }
        reference.context = Context::Certificate;
        reference.certificate = Some(facts.clone());
        true
    });
}
