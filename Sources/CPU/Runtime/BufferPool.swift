internal import Foundation
internal import Synchronization

/// Bytes that kernels fill, taken from a pool and handed back to it.
///
/// Sendable because the bytes are written by one kernel before anything else can see them, and later only
/// under `Tensor.mutateStorage`, which proves a single owner.
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

/// Cuts buffers out of one stretch of addresses, so that pages that a kernel has filled serve the next one, whatever
/// its size: fresh pages from the system cost more than many a kernel.
///
/// The stretch is as long as the machine's memory; only what is used of it becomes real, at first use. Small buffers
/// are `malloc`'s.
final class BufferPool: Sendable {
    /// From this size on, buffers are pages of the stretch.
    private static let smallestCut = 1 << 16

    private let stretch: Stretch
    private let places: Mutex<FreePlaces>

    init() {
        stretch = Stretch()
        places = Mutex(FreePlaces(count: stretch.count))
    }

    /// A buffer of at least `size` bytes with arbitrary contents.
    func take(_ size: Int) -> Buffer {
        guard size >= Self.smallestCut else {
            let capacity = (max(1, size) + 63) / 64 * 64
            return Buffer(
                bytes: required(aligned_alloc(64, capacity), capacity), capacity: capacity, pool: self)
        }
        let capacity = (size + 4095) / 4096 * 4096
        let place = places.withLock { $0.take(capacity) }
        return Buffer(
            bytes: required(place.map { stretch.bytes + $0 }, capacity), capacity: capacity, pool: self)
    }

    fileprivate func put(_ bytes: UnsafeMutableRawPointer, _ capacity: Int) {
        guard capacity >= Self.smallestCut else { return free(bytes) }
        let start = bytes - stretch.bytes
        places.withLock { $0.put(start..<start + capacity) }
    }

    private func required(_ bytes: UnsafeMutableRawPointer?, _ capacity: Int) -> UnsafeMutableRawPointer {
        guard let bytes else {
            preconditionFailure(
                "\(capacity) bytes for a tensor: out of memory; use a smaller batch or narrower images")
        }
        return bytes
    }
}

/// Addresses that belong to nothing else in the process.
///
/// Sendable because it never changes; who may touch which bytes, `FreePlaces` decides.
private final class Stretch: @unchecked Sendable {
    let bytes: UnsafeMutableRawPointer
    let count: Int

    /// Reserves as many as the machine has memory, or, where the process may not, a half of it, a quarter, …
    init() {
        var count = Int(clamping: ProcessInfo.processInfo.physicalMemory) / 4096 * 4096
        var found = Self.reserve(count)
        while found == nil, count > 1 << 20 {
            count = count / 8192 * 4096
            found = Self.reserve(count)
        }
        guard let found else { preconditionFailure("no addresses for tensors: out of memory") }
        (bytes, self.count) = (found, count)
        // Large pages need fewer look-ups; where the system has none, small ones serve.
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

/// Which parts of a stretch are free.
private struct FreePlaces {
    /// By address; no two adjoin.
    private var free: [Range<Int>]

    init(count: Int) { free = [0..<count] }

    /// The start of the smallest free part that is large enough, the first of equals.
    mutating func take(_ capacity: Int) -> Int? {
        let fitting = free.indices.filter { free[$0].count >= capacity }
        guard let best = fitting.min(by: { free[$0].count < free[$1].count }) else { return nil }
        let start = free[best].lowerBound
        free[best] = start + capacity..<free[best].upperBound
        if free[best].isEmpty { free.remove(at: best) }
        return start
    }

    mutating func put(_ place: Range<Int>) {
        let next = free.firstIndex { $0.lowerBound >= place.upperBound } ?? free.count
        var (whole, merged) = (place, next..<next)
        if next < free.count, free[next].lowerBound == place.upperBound {
            whole = whole.lowerBound..<free[next].upperBound
            merged = next..<next + 1
        }
        if next > 0, free[next - 1].upperBound == place.lowerBound {
            whole = free[next - 1].lowerBound..<whole.upperBound
            merged = next - 1..<merged.upperBound
        }
        free.replaceSubrange(merged, with: [whole])
    }
}
