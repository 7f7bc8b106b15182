//! What the program, the tests, the fuzz targets and the benchmarks of this repository use besides the public
//! interface. It may change at any time.

pub mod baseline {
    pub use crate::baseline::{Baseline, entries};
}

pub mod catalogue {
    pub use crate::catalogue::{Catalogue, Classification, LookedUp, Pack, PackError};
}

pub mod certificate {
    pub use crate::certificate::{certificate_at, decode, pem};
}

pub mod cli {
    pub use crate::cli::main;
}

pub mod config {
    pub use crate::config::{Settings, digest};
}

pub mod detect {
    pub use crate::detect::{Detector, Scratch};
}

pub mod document {
    pub use crate::document::{Fault, YamlDocument};
}

pub mod edit {
    pub use crate::edit::{
        Change, Edit, UndoError, Undone, UndoneOutcome, WriteOptions, WriteOutcome, WriteProblem,
        WriteResult, apply, undo, write,
    };
}

pub mod engine {
    pub use crate::engine::{Engine, Judge};
}

pub mod examples {
    pub use crate::examples::run;
}

pub mod fix {
    pub use crate::fix::FilePlanner;
}

pub mod plan {
    pub use crate::plan::FORMATS;
}

pub mod report {
    pub use crate::report::{FORMATS, Presentation, ReportFormat};

    pub mod github {
        pub use crate::report::github::summary;
    }

    pub mod human {
        pub use crate::report::human::Style;
    }
}

pub mod suppress {
    pub use crate::suppress::{Adder, SuppressionRequest, Wording};
}

pub mod syntax {
    pub use crate::syntax::{
        Comments, Document, FORMATS, FileFormat, NodeKind, PlaceKind, format_by_name,
        format_of_file,
    };
}

pub mod text {
    pub use crate::text::{Decoded, Encoding, GlobFolder, Position};
}
