//! The committed reference page is the program's own.

use std::path::Path;

use crate::harness::Place;

#[test]
fn the_reference_page_is_current() {
    let page = Place::new().done(&["docs-markdown"]);
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    let committed = std::fs::read_to_string(committed).unwrap_or_default();
    assert!(page.text() == committed, "docs/cli.md is not what the program says: run 'cargo xtask docs'");
}
