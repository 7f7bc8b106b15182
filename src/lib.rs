//! ptlint
pub mod catalogue;
pub mod document;

#[cfg(test)]
mod probe {
    #[test]
    fn probe() {
        let r = crate::catalogue::Pack::embedded_checked("nhs-ptl");
        if let Err(e) = &r {
            let mut o = String::new();
            miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor())
                .render_report(&mut o, e)
                .unwrap();
            println!("{o}");
        }
        let p = r.unwrap();
        let c = crate::catalogue::Catalogue::compile(&[p]).unwrap();
        println!("{:?}", c.anchors(crate::catalogue::Confidence::Possible));
        println!("{:?}", c.anchors(crate::catalogue::Confidence::Speculative));
        for h in [
            "msg.dev.spine2.ncrs.nhs.uk",
            "ldap.tsp.national.ncrs.nhs.uk",
            "api.dev3.ers.ncrs.nhs.uk",
            "foo.dev1.ers.ncrs.nhs.uk",
            "uim.vn03.national.ncrs.nhs.uk",
            "nww.dev.spine2.ncrs.nhs.uk",
            "am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk",
            "msg.veit07.devspineservices.nhs.uk",
            "dev.spine2.ncrs.nhs.uk",
            "mydev.spine2.ncrs.nhs.uk",
        ] {
            match c.classify_host(h) {
                crate::catalogue::Classification::Endpoint(e) => println!(
                    "{h}: {} {} {:?} {:?} {:?}",
                    e.environment,
                    e.service,
                    e.confidence,
                    e.evidence,
                    e.replacements
                        .iter()
                        .map(|r| format!("{} {:?}", r.text, r.network))
                        .collect::<Vec<_>>()
                ),
                crate::catalogue::Classification::LookAlike(l, _) => {
                    println!("{h}: look-alike {}", l.reason)
                }
                crate::catalogue::Classification::Unknown => println!("{h}: unknown"),
            }
        }
    }
}
pub mod detect;
pub mod syntax;
pub mod text;
