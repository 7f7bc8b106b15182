//! Access control lists of files. The mode of a file that has one holds its mask, not the rights of its
//! group, so a copy of the mode alone would give the group more than it had.

use std::fs::File;
use std::path::Path;

#[cfg(target_os = "linux")]
const LIST: &str = "system.posix_acl_access";

/// Says whether a file has an access control list besides its mode.
#[cfg(target_os = "linux")]
pub(super) fn has_list(path: &Path) -> bool {
    let mut list = [0_u8; 1024];
    match rustix::fs::lgetxattr(path, LIST, &mut list[..]) {
        Ok(length) => length > 0,
        Err(error) => error == rustix::io::Errno::RANGE,
    }
}

/// Takes away the list that a new file has from its folder.
#[cfg(target_os = "linux")]
pub(super) fn drop_inherited(file: &File) -> std::io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::fremovexattr(file, LIST) {
        Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Other systems keep such lists apart from the mode.
#[cfg(not(target_os = "linux"))]
pub(super) fn has_list(_: &Path) -> bool {
    false
}

/// Other systems keep such lists apart from the mode.
#[cfg(not(target_os = "linux"))]
pub(super) fn drop_inherited(_: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
pub(super) mod tests {
    use super::*;

    /// The rights `user::rw-`, `user:65534:rw-`, `group::r--`, `mask::rw-`, `other::---`, as the system
    /// keeps them.
    const RIGHTS: [(u16, u16, u32); 5] = [
        (0x01, 6, u32::MAX),
        (0x02, 6, 65_534),
        (0x04, 4, u32::MAX),
        (0x10, 6, u32::MAX),
        (0x20, 0, u32::MAX),
    ];

    /// Gives a file or folder a list; false where the file system has none.
    pub(crate) fn give_list(path: &Path, name: &str) -> bool {
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, rights, id) in RIGHTS {
            list.extend(tag.to_le_bytes());
            list.extend(rights.to_le_bytes());
            list.extend(id.to_le_bytes());
        }
        rustix::fs::setxattr(path, name, &list, rustix::fs::XattrFlags::empty()).is_ok()
    }

    #[test]
    fn a_list_is_seen_and_one_from_the_folder_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "x").expect("written");
        assert!(!has_list(&path));
        if !give_list(&path, LIST) {
            return;
        }
        assert!(has_list(&path));
        assert!(give_list(folder.path(), "system.posix_acl_default"));
        let new = folder.path().join("b");
        let file = File::create(&new).expect("created");
        assert!(has_list(&new));
        drop_inherited(&file).expect("dropped");
        assert!(!has_list(&new));
    }
}
