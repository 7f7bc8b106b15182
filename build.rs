//! Embeds the packs of `rules/`, so that the binary needs none of them at run time: each file as it
//! is written, and as JSON, which is read several times faster at every start. A file that is not YAML
//! fails the build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/catalogue/embed.rs"]
mod embed;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    println!("cargo:rerun-if-changed=rules");
    let mut out = String::from("static PACKS: &[(&str, &[EmbeddedFile])] = &[\n");
    for pack in sorted(&root)?.into_iter().filter(|p| p.is_dir()) {
        println!("cargo:rerun-if-changed={}", pack.display());
        let _ = writeln!(out, "    ({:?}, &[", name(&pack));
        for file in sorted(&pack)? {
            if file.extension().is_some_and(|e| e == "yaml") {
                println!("cargo:rerun-if-changed={}", file.display());
                let shown = format!("rules/{}/{}", name(&pack), name(&file));
                let path = file.display().to_string();
                let json = embed::json(&fs::read_to_string(&file)?).unwrap_or_else(|fault| {
                    println!("cargo::error={}", fault.in_file(&shown));
                    String::new()
                });
                let _ = writeln!(
                    out,
                    "        EmbeddedFile {{ name: {shown:?}, yaml: include_str!({path:?}), json: {json:?} }},",
                );
            }
        }
        out.push_str("    ]),\n");
    }
    out.push_str("];\n");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("packs.rs");
    fs::write(target, out)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
