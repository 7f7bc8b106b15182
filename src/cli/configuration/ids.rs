//! The ids in a configuration and in arguments, checked against the packs of the run.

use super::{ConfigError, Loaded};
use crate::catalogue::Catalogue;
use crate::document::{Fault, Faults, suggestion};

impl Loaded {
    /// Checks the networks of the arguments, which a fault in the file would not show.
    fn check_networks(&self, catalogue: &Catalogue) -> Result<(), ConfigError> {
        let unknown = |what, name: &str, known: &[&str]| ConfigError::Network {
            what,
            name: name.to_owned(),
            help: suggestion(name, known, &format!("{what}s")),
        };
        let networks = catalogue.networks();
        let services: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|pack| pack.rows.services.keys().map(String::as_str))
            .collect();
        for typed in &self.networks {
            let (service, network) = match typed.split_once('=') {
                Some((service, network)) => (Some(service), network),
                None => (None, typed.as_str()),
            };
            if let Some(service) = service.filter(|s| !services.contains(s)) {
                return Err(unknown("service", service, &services));
            }
            if !networks.iter().any(|n| n.eq_ignore_ascii_case(network)) {
                return Err(unknown("network", network, &networks));
            }
        }
        Ok(())
    }

    /// Checks what can only be checked with the packs: the ids in the file and in the arguments.
    pub(crate) fn check_ids(&self, catalogue: &Catalogue) -> Result<(), ConfigError> {
        self.check_networks(catalogue)?;
        let parts = self.parts.iter();
        let faults: Vec<Fault> = parts
            .flat_map(|(document, settings)| settings.unknown_ids(document, catalogue))
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(ConfigError::refused(Faults::new(faults)))
        }
    }
}
