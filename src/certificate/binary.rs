//! Certificates in binary data: certificate files, Java key stores, unencrypted PKCS#12 and
//! PKCS#7. All of them hold certificates as they are, so the place of a certificate tells more
//! than the store around it.

use std::ops::Range;

use super::der::SEQUENCE;
use super::outline::outline;
use super::{Certificate, decode};

/// How far before an offset its certificate may begin. Names are at the front.
const LOOK_BACK: usize = 16 * 1024;

/// The certificate that holds the byte at `offset`, and its range; the innermost of several.
#[must_use]
pub fn certificate_at(bytes: &[u8], offset: usize) -> Option<(Range<usize>, Certificate)> {
    let first = offset.saturating_sub(LOOK_BACK);
    let before = bytes.get(first..=offset)?;
    memchr::memrchr_iter(SEQUENCE, before).find_map(|at| {
        let range = outlined(bytes, first + at)?;
        if range.contains(&offset) {
            decode(bytes.get(range.clone())?)
                .ok()
                .map(|found| (range, found))
        } else {
            None
        }
    })
}

/// Every certificate of `bytes` with its range, in order. Certificates inside others are left out.
#[cfg(test)]
pub(super) fn all_certificates(bytes: &[u8]) -> Vec<(Range<usize>, Certificate)> {
    let mut found: Vec<(Range<usize>, Certificate)> = Vec::new();
    for start in memchr::memchr_iter(SEQUENCE, bytes) {
        if found.last().is_some_and(|(last, _)| start < last.end) {
            continue;
        }
        let Some(range) = outlined(bytes, start) else {
            continue;
        };
        let certificate = bytes.get(range.clone()).map(decode);
        found.extend(certificate.and_then(Result::ok).map(|found| (range, found)));
    }
    found
}

/// The range of the certificate that begins at `start`. Decoding costs what a certificate is long,
/// so it is done only where this says that it will succeed.
fn outlined(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let length = outline(bytes.get(start..)?).ok()?.length;
    Some(start..start + length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Instant;

    use memchr::memmem;
    use proptest::prelude::*;

    use super::{LOOK_BACK, all_certificates, certificate_at};

    const RSA: &[u8] = include_bytes!("../../tests/data/certificates/rsa.der");
    const CA: &[u8] = include_bytes!("../../tests/data/certificates/ca.der");
    const STORES: [&[u8]; 3] = [
        include_bytes!("../../tests/data/certificates/trust.jks"),
        include_bytes!("../../tests/data/certificates/chain.p12"),
        include_bytes!("../../tests/data/certificates/chain.p7b"),
    ];

    #[test]
    fn stores_give_up_their_certificates() {
        for store in STORES {
            let mut expected = [RSA, CA].map(|der| {
                let start = memmem::find(store, der).unwrap();
                start..start + der.len()
            });
            expected.sort_by_key(|range| range.start);
            let found = all_certificates(store);
            let ranges: Vec<_> = found.iter().map(|(range, _)| range.clone()).collect();
            assert_eq!(ranges, expected);
            for (range, certificate) in found {
                let der = &store[range.clone()];
                assert_eq!(super::decode(der), Ok(certificate.clone()));
                for offset in [range.start, range.start + 200, range.end - 1] {
                    let expected = Some((range.clone(), certificate.clone()));
                    assert_eq!(certificate_at(store, offset), expected);
                }
            }
        }
    }

    #[test]
    fn a_byte_outside_has_no_certificate() {
        let data = [b"0\x82\x04\x00head".as_slice(), RSA, b"tail", CA].concat();
        let start = 8;
        let end = start + RSA.len();
        for offset in [0, start - 1, end, end + 3, data.len(), usize::MAX] {
            assert_eq!(certificate_at(&data, offset), None, "{offset}");
        }
        assert_eq!(certificate_at(&data, start).unwrap().0, start..end);
        assert_eq!(certificate_at(&data, end - 1).unwrap().0, start..end);
        assert_eq!(
            certificate_at(&data, end + 4).unwrap().0,
            end + 4..data.len()
        );
        assert_eq!(all_certificates(&data).len(), 2);
        assert_eq!(all_certificates(&[]), []);
    }

    #[test]
    fn of_two_around_a_byte_the_inner_one_is_taken() {
        // A certificate in the place of a signature, which may hold anything.
        let inner = [&[0x03, 0x82, 0, 0, 0], RSA].concat();
        let content = &CA[4..];
        let length = super::super::der::read_value(content).unwrap().whole.len();
        let algorithm = super::super::der::read_value(&content[length..]).unwrap();
        let mut body = [&content[..length], algorithm.whole, &inner].concat();
        let place = length + algorithm.whole.len();
        let size = u16::try_from(RSA.len() + 1).unwrap().to_be_bytes();
        body[place + 2..place + 4].copy_from_slice(&size);
        let size = u16::try_from(body.len()).unwrap().to_be_bytes();
        let outer = [&[0x30, 0x82], &size[..], &body].concat();

        let start = 4 + place + 5;
        assert_eq!(
            certificate_at(&outer, start + 100).unwrap().0,
            start..outer.len()
        );
        assert_eq!(certificate_at(&outer, start - 1).unwrap().0, 0..outer.len());
        assert_eq!(all_certificates(&outer).len(), 1);
    }

    #[test]
    fn certificates_that_begin_too_far_ahead_are_not_looked_for() {
        let data = [&vec![b'0'; LOOK_BACK], RSA].concat();
        assert!(certificate_at(&data, LOOK_BACK + 10).is_some());
        assert_eq!(certificate_at(&data, LOOK_BACK - 1), None);
    }

    #[test]
    fn hostile_data_costs_little() {
        let start = Instant::now();
        for pattern in [
            &b"\x30\x82\xff\xff"[..],
            b"\x30\x82\x10\x00",
            b"\x30\x81",
            b"0",
            b"\x30\x83\xff\xff\xff",
        ] {
            let data = pattern.repeat((1 << 20) / pattern.len());
            assert_eq!(all_certificates(&data), []);
            for offset in [0, data.len() / 2, data.len() - 1] {
                assert_eq!(certificate_at(&data, offset), None);
            }
        }
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    /// Many certificate heads that share one tail, whose last name attribute is broken: as much as
    /// can be read before a candidate turns out to be none.
    #[test]
    fn heads_that_share_a_tail_cost_little() {
        let sized = |tag: u8, length: usize| {
            let [high, low] = u16::try_from(length).unwrap().to_be_bytes();
            [tag, 0x82, high, low]
        };
        let mut names = [0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 3, 12, 0].repeat(31);
        names.push(0x04);
        names.push(0);
        let name = [&sized(0x30, names.len())[..], &names].concat();
        let validity = b"\x30\x1e\x17\x0d240115000000Z\x17\x0d340112000000Z";
        let tail = [&name, &validity[..], &name, &[0x30, 0]].concat();
        let signature = [0x30, 0, 3, 1, 0];
        let heads = 4000;
        let mut block = Vec::new();
        for number in 0..heads {
            let after = (heads - number - 1) * 15;
            let content = 3 + 4 + after + tail.len();
            block.extend(sized(0x30, 4 + content + signature.len()));
            block.extend(sized(0x30, content));
            block.extend([2, 1, 1]);
            block.extend(sized(0x30, after));
        }
        block.extend(&tail);
        block.extend(signature);
        assert_eq!(
            super::outline(&block).unwrap_err(),
            super::super::DecodeError::Missing("name")
        );

        let data = block.repeat((1 << 20) / block.len());
        let start = Instant::now();
        assert_eq!(all_certificates(&data), []);
        assert_eq!(certificate_at(&data, block.len() - 10), None);
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn changed_stores_are_survived(
            which in 0..STORES.len(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            cut in any::<prop::sample::Index>(),
            offset in any::<prop::sample::Index>(),
        ) {
            let mut data = STORES[which].to_vec();
            for (index, byte) in changes {
                let at = index.index(data.len());
                data[at] = byte;
            }
            data.truncate(cut.index(data.len() + 1));
            let mut end = 0;
            for (range, certificate) in all_certificates(&data) {
                prop_assert!(end <= range.start && range.end <= data.len());
                end = range.end;
                prop_assert_eq!(super::decode(&data[range]), Ok(certificate));
            }
            let offset = offset.index(data.len() + 1);
            if let Some((range, _)) = certificate_at(&data, offset) {
                prop_assert!(range.contains(&offset) && range.end <= data.len());
            }
        }
    }
}
