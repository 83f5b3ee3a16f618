internal import Foundation

/// A range of addresses that nothing else in the process uses.
///
/// Sendable because it never changes. `FreeRanges` decides who may use which bytes.
final class ReservedAddresses: @unchecked Sendable {
    let bytes: UnsafeMutableRawPointer
    let count: Int

    /// Reserves as many bytes as the machine has memory or, if the process may not, a half, a quarter and so on.
    init() {
        var count = Int(clamping: ProcessInfo.processInfo.physicalMemory) / 4096 * 4096
        var found = Self.reserve(count)
        while found == nil, count > 1 << 20 {
            count = count / 8192 * 4096
            found = Self.reserve(count)
        }
        guard let found else { fatalError("no addresses for tensors: out of memory") }
        (bytes, self.count) = (found, count)
        // Large pages need fewer address translations. If the system has none, it uses small ones.
        #if os(Linux)
            madvise(bytes, count, MADV_HUGEPAGE)
        #endif
    }

    deinit { munmap(bytes, count) }

    private static func reserve(_ count: Int) -> UnsafeMutableRawPointer? {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let bytes = mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
        return bytes == MAP_FAILED ? nil : bytes
    }
}
