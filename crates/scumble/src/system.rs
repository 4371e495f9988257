//! What the operating system tells about the machine.

use crate::doctor::Memory;

/// Main memory: from `/proc/meminfo` where there is one, else unknown.
pub(crate) fn memory() -> Memory {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    Memory { total: meminfo(&text, "MemTotal"), available: meminfo(&text, "MemAvailable") }
}

/// Bytes that this process may still take: what the system has left, or what its control group has.
pub(crate) fn free() -> Option<u64> {
    let number = |file: &str| -> Option<u64> {
        let text = std::fs::read_to_string(format!("/sys/fs/cgroup/{file}")).ok()?;
        text.trim().parse().ok()
    };
    let group = number("memory.max").zip(number("memory.current")).map(|(most, now)| most.saturating_sub(now));
    [memory().available, group].into_iter().flatten().min()
}

/// Bytes of this process that are in main memory, where the system tells; 0 elsewhere.
pub(crate) fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    meminfo(&text, "VmRSS").unwrap_or(0)
}

/// A line of `/proc/meminfo` ("MemTotal:  16265672 kB") in bytes.
fn meminfo(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// Vector instruction sets the convolution can use, best last.
#[cfg(target_arch = "x86_64")]
pub(crate) fn cpu_features() -> Vec<&'static str> {
    let known = [
        ("avx", std::arch::is_x86_feature_detected!("avx")),
        ("fma", std::arch::is_x86_feature_detected!("fma")),
        ("avx2", std::arch::is_x86_feature_detected!("avx2")),
        ("avx512f", std::arch::is_x86_feature_detected!("avx512f")),
    ];
    known.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect()
}

/// Vector instruction sets the convolution can use, best last.
#[cfg(target_arch = "aarch64")]
pub(crate) fn cpu_features() -> Vec<&'static str> {
    if std::arch::is_aarch64_feature_detected!("neon") { vec!["neon"] } else { Vec::new() }
}

/// Vector instruction sets the convolution can use, best last: unknown on this processor.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) fn cpu_features() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::meminfo;

    #[test]
    fn meminfo_lines_are_read_by_their_whole_name() {
        let text =
            "MemTotal:       16265672 kB\nMemFree:  1 kB\nMemAvailable:    8000000 kB\nHugePages_Total:       0\n";
        assert_eq!(meminfo(text, "MemTotal"), Some(16_265_672 * 1024));
        assert_eq!(meminfo(text, "MemAvailable"), Some(8_000_000 * 1024));
        assert_eq!(meminfo(text, "Mem"), None, "a prefix of a name is not the name");
        assert_eq!(meminfo(text, "HugePages_Total"), None, "counts are not kilobytes");
        assert_eq!(meminfo("", "MemTotal"), None);
    }
}
