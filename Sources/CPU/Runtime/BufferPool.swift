internal import Foundation
internal import Synchronization

/// Bytes from a pool, to which they return.
///
/// Sendable because one kernel writes the bytes before anything else can see them, and later writes happen only under
/// `Tensor.mutateStorage`, which proves a single owner.
final class Buffer: @unchecked Sendable {
    /// Aligned for any vector instruction.
    let bytes: UnsafeMutableRawPointer
    private let capacity: Int
    private let pool: BufferPool

    fileprivate init(bytes: UnsafeMutableRawPointer, capacity: Int, pool: BufferPool) {
        self.bytes = bytes
        self.capacity = capacity
        self.pool = pool
    }

    deinit { pool.put(bytes, capacity) }
}

/// Allocates buffers from one reserved range of addresses, so that the next kernel reuses the pages of an earlier one,
/// whatever its size. New pages from the system take longer than many kernels.
///
/// The range is as large as the machine's memory, unless the process may not use as much. The system provides memory for
/// a page at its first use. Small buffers, and those for which the range has no place, come from the C library's
/// allocator.
final class BufferPool: Sendable {
    /// The size in bytes from which buffers are pages of the reserved range.
    private static let smallestPaged = 1 << 16

    private let reserved: ReservedAddresses
    private let places: Mutex<FreeRanges>

    init() {
        reserved = ReservedAddresses()
        places = Mutex(FreeRanges(count: reserved.count))
    }

    /// A buffer of at least `size` bytes with arbitrary contents.
    func take(_ size: Int) -> Buffer {
        guard size >= Self.smallestPaged else { return allocated((max(1, size) + 63) / 64 * 64) }
        let capacity = (size + 4095) / 4096 * 4096
        guard let place = places.withLock({ $0.take(capacity) }) else { return allocated(capacity) }
        return Buffer(bytes: reserved.bytes + place, capacity: capacity, pool: self)
    }

    private func allocated(_ capacity: Int) -> Buffer {
        guard let bytes = aligned_alloc(64, capacity) else {
            fatalError(
                "\(capacity) bytes for a tensor: out of memory; use a smaller batch or narrower images")
        }
        return Buffer(bytes: bytes, capacity: capacity, pool: self)
    }

    fileprivate func put(_ bytes: UnsafeMutableRawPointer, _ capacity: Int) {
        guard reserved.contains(bytes) else { return free(bytes) }
        let start = bytes - reserved.bytes
        places.withLock { $0.put(start..<start + capacity) }
    }
}
