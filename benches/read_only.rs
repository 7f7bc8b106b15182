//! The floor of every scanner: walk a folder in parallel, open, read and close each file, and do
//! nothing with the bytes. Prints files and bytes.
//!
//! usage: `cargo run --release --example read-only -- FOLDER [THREADS]`

use std::fs::File;
use std::io::Read as _;
use std::sync::atomic::{AtomicU64, Ordering};

fn main() {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| ".".into());
    let threads = std::env::args().nth(2).and_then(|n| n.parse().ok());
    let threads =
        threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .threads(threads)
        .build_parallel()
        .run(|| {
            let mut buffer = vec![0; 1024 * 1024];
            let (files, bytes) = (&files, &bytes);
            Box::new(move |entry| {
                if let Ok(entry) = entry
                    && entry.file_type().is_some_and(|t| t.is_file())
                    && let Ok(mut file) = File::open(entry.path())
                {
                    while let Ok(read @ 1..) = file.read(&mut buffer) {
                        bytes.fetch_add(read as u64, Ordering::Relaxed);
                    }
                    files.fetch_add(1, Ordering::Relaxed);
                }
                ignore::WalkState::Continue
            })
        });
    println!("{} files, {} bytes", files.into_inner(), bytes.into_inner());
}
