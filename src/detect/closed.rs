//! Files whose contents cannot be read as they are: encrypted ones, and documents of compressed parts.

use crate::facts::SkipReason;

/// How encrypted files begin: vaults, `git-crypt`, `OpenPGP`, age, `OpenSSL`.
const ENCRYPTED: [&[u8]; 6] = [
    b"$ANSIBLE_VAULT;",
    b"\0GITCRYPT\0",
    b"-----BEGIN PGP MESSAGE-----",
    b"age-encryption.org/v1\n",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
    b"Salted__",
];

/// The beginning of PKCS#12 after its length: the version, and the list of its parts.
const KEY_STORE: &[u8] = b"\x02\x01\x03\x30";
/// The object identifier of encrypted data.
const ENCRYPTED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06";

/// Why the contents of a file that begins with `text` are not there to be read, if so.
pub(super) fn closed(text: &[u8]) -> Option<SkipReason> {
    if text.starts_with(b"%PDF-") {
        let is_packed = memchr::memmem::find(text, b"/Filter").is_some();
        return is_packed.then_some(SkipReason::PdfStreams);
    }
    let is_encrypted = ENCRYPTED.iter().any(|mark| text.starts_with(mark));
    (is_encrypted || is_encrypted_key_store(text)).then_some(SkipReason::Encrypted)
}

/// Parts of texts with encrypted values, in lower case, for the search that reads every byte anyway.
pub(super) const ENCRYPTED_PARTS: [&str; 3] = ["c[aes256", "aledsecr", "in encry"];

/// The beginning of an encrypted private key.
const PRIVATE_KEY: &[u8] = b"-----BEGIN ENCRYPTED PRIVATE KEY-----";

/// Says whether values in a text with one of [`ENCRYPTED_PARTS`] are encrypted: those of SOPS, sealed
/// secrets, private keys.
pub(super) fn has_encrypted_part(text: &[u8]) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(text, mark).is_some();
    let is_sops = || has(b"ENC[AES256_GCM,data:") && has(b"sops") && has(b"lastmodified");
    let is_key = || {
        let at = memchr::memmem::find(text, PRIVATE_KEY);
        let after = at.map(|at| &text[at + PRIVATE_KEY.len()..]);
        after.is_some_and(|after| after.trim_ascii_start().starts_with(b"MI"))
    };
    let is_sealed = || has(b"SealedSecret") && has(b"encryptedData");
    is_sops() || is_sealed() || is_key()
}

fn is_encrypted_key_store(text: &[u8]) -> bool {
    // The length takes one to five bytes.
    let head = text
        .strip_prefix(b"\x30")
        .map(|rest| &rest[..rest.len().min(9)]);
    head.is_some_and(|head| memchr::memmem::find(head, KEY_STORE).is_some())
        && memchr::memmem::find(text, ENCRYPTED_DATA).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_known_by_its_beginning() {
        let plain = include_bytes!("../../tests/data/certificates/chain.p12");
        assert_eq!(closed(plain), None);
        let encrypted = [b"\x30\x82\x01\x00\x02\x01\x03\x30\x80", ENCRYPTED_DATA].concat();
        for (text, expected) in [
            (&encrypted[..], Some(SkipReason::Encrypted)),
            (
                b"$ANSIBLE_VAULT;1.1;AES256\n3132\n",
                Some(SkipReason::Encrypted),
            ),
            (b"\0GITCRYPT\0abc", Some(SkipReason::Encrypted)),
            (
                b"%PDF-1.4\n<</Filter/FlateDecode>>",
                Some(SkipReason::PdfStreams),
            ),
            (b"%PDF-1.4\n<<>>", None),
            (b"about $ANSIBLE_VAULT;1.1", None),
            (b"0", None),
            (b"", None),
        ] {
            assert_eq!(closed(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn encrypted_values_are_known_by_their_form() {
        for (text, is_encrypted) in [
            (
                "a: ENC[AES256_GCM,data:xyz,type:str]\nsops:\n  lastmodified: x\n",
                true,
            ),
            (
                "kind: SealedSecret\nspec:\n  encryptedData:\n    a: AgB\n",
                true,
            ),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBO\n", true),
            ("`-----BEGIN ENCRYPTED PRIVATE KEY-----` begins it", false),
            ("values such as ENC[AES256_GCM,data:x]", false),
        ] {
            let lower = text.to_lowercase();
            assert!(
                ENCRYPTED_PARTS.iter().any(|part| lower.contains(part)),
                "{text}"
            );
            assert_eq!(has_encrypted_part(text.as_bytes()), is_encrypted, "{text}");
        }
    }
}
