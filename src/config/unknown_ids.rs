//! Ids in a configuration that no pack of the run has.

use super::Settings;
use crate::catalogue::Catalogue;
use crate::document::{Fault, PathStep, YamlDocument, suggestion};
use crate::facts::RULES;

impl Settings {
    /// Faults of ids that no pack of the run has.
    #[must_use]
    pub fn unknown_ids(&self, document: &YamlDocument, catalogue: &Catalogue) -> Vec<Fault> {
        let rules: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
        let services: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|p| p.rows.services.keys().map(String::as_str))
            .collect();
        let environments: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|p| p.rows.environments.keys().map(String::as_str))
            .collect();
        let mut faults = self.unknown_networks(document, catalogue, &services);
        let own = RULES.iter().map(|rule| rule.id);
        let with_own: Vec<&str> = rules.iter().copied().chain(own).collect();
        let severity = self.severity.iter().enumerate().map(|(index, entry)| {
            let ids = (&entry.rule, &entry.service, &entry.environment);
            ("severity", index, &with_own, ids)
        });
        let ignore = self.ignore.iter().enumerate().map(|(index, entry)| {
            let ids = (&entry.rule, &entry.service, &entry.environment);
            ("ignore", index, &rules, ids)
        });
        for (index, rule) in self.locked.iter().enumerate() {
            if !rules.contains(&rule.as_str()) {
                let fault = Fault::new("config::unknown-id", format!("there is no rule `{rule}`"))
                    .help(suggestion(rule, &rules, "rules"));
                let at = [PathStep::Key("locked".to_owned()), PathStep::Index(index)];
                faults.push(document.fault_at(&at, fault, "not defined in any pack in use"));
            }
        }
        for (list, index, rules, (rule, service, environment)) in severity.chain(ignore) {
            for (field, value, known) in [
                ("rule", rule, rules),
                ("service", service, &services),
                ("environment", environment, &environments),
            ] {
                if let Some(value) = value.as_deref().filter(|v| !known.contains(v)) {
                    let fault = Fault::new(
                        "config::unknown-id",
                        format!("there is no {field} `{value}`"),
                    )
                    .help(suggestion(value, known, &format!("{field}s")));
                    let at = [
                        PathStep::Key(list.to_owned()),
                        PathStep::Index(index),
                        PathStep::Key(field.to_owned()),
                    ];
                    faults.push(document.fault_at(&at, fault, "not defined in any pack in use"));
                }
            }
        }
        faults
    }

    fn unknown_networks(
        &self,
        document: &YamlDocument,
        catalogue: &Catalogue,
        services: &[&str],
    ) -> Vec<Fault> {
        let networks = catalogue.networks();
        let mut unknown = Vec::new();
        let mut check = |what: &str, value: &str, known: &[&str], at: &[&str], is_known: bool| {
            if !is_known {
                let fault = Fault::new(
                    "config::unknown-id",
                    format!("there is no {what} `{value}`"),
                )
                .help(suggestion(value, known, &format!("{what}s")));
                let mut path = vec![PathStep::Key("network".to_owned())];
                path.extend(at.iter().map(|step| PathStep::Key((*step).to_owned())));
                unknown.push(document.fault_at(&path, fault, "not defined in any pack in use"));
            }
        };
        let is_network = |name: &str| networks.iter().any(|n| n.eq_ignore_ascii_case(name));
        if let Some(network) = &self.network.default {
            check(
                "network",
                network,
                &networks,
                &["default"],
                is_network(network),
            );
        }
        for (service, network) in &self.network.services {
            let at = ["services", service.as_str()];
            check(
                "service",
                service,
                services,
                &at,
                services.contains(&service.as_str()),
            );
            check("network", network, &networks, &at, is_network(network));
        }
        unknown
    }
}
