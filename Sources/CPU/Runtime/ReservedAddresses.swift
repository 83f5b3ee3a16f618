internal import Foundation

/// A range of addresses that nothing else in the process uses.
///
/// Sendable because it never changes. `FreeRanges` decides who may use which bytes.
final class ReservedAddresses: @unchecked Sendable {
    let bytes: UnsafeMutableRawPointer
    let count: Int

    /// Reserves as many bytes as the machine has memory. If the process may not (`ulimit -v`), it reserves a quarter to a
    /// half of what it may, and leaves the rest to libraries and threads.
    init() {
        let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory) / 4096 * 4096
        var count = memory
        while !Self.isAllowed(count), count > 1 << 20 { count = Self.half(count) }
        if count < memory { count = Self.half(count) }
        guard let bytes = Self.reserve(count) else { fatalError("no addresses for tensors: out of memory") }
        (self.bytes, self.count) = (bytes, count)
        // Large pages need fewer address translations. If the system has none, it uses small ones.
        #if os(Linux)
            madvise(bytes, count, MADV_HUGEPAGE)
        #endif
    }

    deinit { munmap(bytes, count) }

    /// Whether an address is in the range.
    func contains(_ address: UnsafeMutableRawPointer) -> Bool { (bytes..<bytes + count).contains(address) }

    private static func half(_ count: Int) -> Int { count / 8192 * 4096 }

    private static func isAllowed(_ count: Int) -> Bool { reserve(count).map { munmap($0, count) } != nil }

    private static func reserve(_ count: Int) -> UnsafeMutableRawPointer? {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let bytes = mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
        return bytes == MAP_FAILED ? nil : bytes
    }
}
