//! Writes the inputs that each target begins with to `fuzz/corpus`.

use std::fs;
use std::path::Path;

#[path = "../seeds.rs"]
#[allow(dead_code)]
mod seeds;
#[path = "../targets.rs"]
#[allow(dead_code)]
mod targets;

fn main() -> std::io::Result<()> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = own.parent().unwrap_or(own);
    for (target, _) in targets::TARGETS {
        let folder = own.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds::seeds(target, home).iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed)?;
        }
    }
    Ok(())
}
