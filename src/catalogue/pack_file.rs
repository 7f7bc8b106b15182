//! A YAML file of a pack: its sections, with a section for each kind of reference. The loader joins
//! the files of a pack.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::model::{
    Companion, Environment, Exemption, Family, IdentifierUris, LookAlike, PackHeader, Rule,
    SelectorRow, Service, Source,
};
use crate::kinds::{KindRow, registry};

macro_rules! pack_file {
    ($($(#[$about:meta])* $section:ident: $kind:ident::$row:ident,)*) => {
        /// One YAML file of a pack. Every list may be spread over several files.
        #[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        pub struct PackFile {
            /// Name, version and title; in exactly one file of the pack.
            pub pack: Option<PackHeader>,
            /// Environments by name, with the dated states of those that are retired.
            pub environments: BTreeMap<String, Environment>,
            /// Services and dates for which a phase has another severity.
            pub exemptions: Vec<Exemption>,
            /// Where facts come from, by the id that rows cite.
            pub sources: BTreeMap<String, Source>,
            /// National systems reached through endpoints, by id.
            pub services: BTreeMap<String, Service>,
            /// What must change together with a host, by id.
            pub companions: BTreeMap<String, Companion>,
            /// Grammars of host names.
            pub families: Vec<Family>,
            /// Names that resemble a retired host and are none.
            pub look_alikes: Vec<LookAlike>,
            $($(#[$about])* pub $section: Vec<crate::kinds::$kind::$row>,)*
            /// Words by which configuration selects an environment.
            pub selectors: Vec<SelectorRow>,
            /// URLs that are identifiers and are never called.
            pub identifier_uris: IdentifierUris,
            /// The classes of violation, by the id that users suppress and explain.
            pub rules: BTreeMap<String, Rule>,
        }

        impl PackFile {
            /// The rows of all kinds, each with its section and its number there.
            pub(super) fn rows_of_kinds(&self) -> Vec<(String, usize, &dyn KindRow)> {
                let mut all: Vec<(String, usize, &dyn KindRow)> = Vec::new();
                $(for (number, row) in self.$section.iter().enumerate() {
                    all.push((stringify!($section).replace('_', "-"), number, row));
                })*
                all
            }

            /// Moves the rows of all kinds from another file of the pack into this one.
            pub(super) fn append_rows_of_kinds(&mut self, other: &mut Self) {
                $(self.$section.append(&mut other.$section);)*
            }
        }
    };
}
registry!(pack_file);
