//! Sizes of memory in words.

use scumble::Budget;

#[test]
fn sizes_and_shares_are_read_in_their_usual_forms() {
    let bytes = |text: &str| text.parse::<Budget>().unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(bytes("4GiB"), Budget::Bytes(4 << 30));
    assert_eq!(bytes("4g"), Budget::Bytes(4 << 30));
    assert_eq!(bytes("800MB"), Budget::Bytes(800_000_000));
    assert_eq!(bytes("2.5G"), Budget::Bytes(5 << 29));
    assert_eq!(bytes("1 TB"), Budget::Bytes(1_000_000_000_000));
    assert_eq!(bytes("123456"), Budget::Bytes(123_456));
    assert_eq!(bytes("50%"), Budget::Free(0.5));
}

#[test]
fn anything_else_is_refused_with_examples() {
    for text in ["", "much", "4 parsecs", "-1G", "0", "0%", "101%", "1e99999G", "999999999999TB", "NaN", "1.2.3G"] {
        let error = text.parse::<Budget>().expect_err(text);
        assert!(error.to_string().contains("4GiB"), "{text}: {error}");
    }
}
