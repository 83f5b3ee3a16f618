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

/// Keeps freed buffers for the next kernel of the same size: fresh pages from the system cost a fault each,
/// which together would be a tenth of a training step.
///
/// Before new pages are asked for, what has been idle longest is freed until idle and used bytes together are at
/// most twice the most that was ever in use at once.
final class BufferPool: Sendable {
    fileprivate struct Idle {
        let bytes: UnsafeMutableRawPointer
        let capacity: Int
    }

    fileprivate struct State {
        var idle: [Idle] = []
        var idleBytes = 0
        var usedBytes = 0
        var peakBytes = 0
    }

    private let state = Mutex(State())

    deinit { state.withLock { $0.idle.forEach { free($0.bytes) } } }

    /// A buffer of at least `size` bytes with arbitrary contents.
    func take(_ size: Int) -> Buffer {
        let capacity = Self.capacity(for: size)
        let address = state.withLock { state -> UInt in
            state.usedBytes += capacity
            state.peakBytes = max(state.peakBytes, state.usedBytes)
            return UInt(bitPattern: state.takeIdle(capacity))
        }
        let bytes = UnsafeMutableRawPointer(bitPattern: address) ?? Self.allocate(capacity)
        return Buffer(bytes: bytes, capacity: capacity, pool: self)
    }

    fileprivate func put(_ bytes: UnsafeMutableRawPointer, _ capacity: Int) {
        let address = UInt(bitPattern: bytes)
        state.withLock { state in
            guard let bytes = UnsafeMutableRawPointer(bitPattern: address) else { return }
            state.putIdle(Idle(bytes: bytes, capacity: capacity))
        }
    }

    /// Rounded up so that sizes which differ by less than an eighth share buffers.
    private static func capacity(for size: Int) -> Int {
        let step = max(64, (1 << (Int.bitWidth - 1 - max(1, size).leadingZeroBitCount)) / 8)
        return (max(1, size) + step - 1) / step * step
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
        guard let bytes = aligned_alloc(64, capacity) else {
            preconditionFailure(
                "\(capacity) bytes for a tensor: out of memory; use a smaller batch or narrower images")
        }
        return bytes
    }
}

extension BufferPool.State {
    fileprivate mutating func takeIdle(_ capacity: Int) -> UnsafeMutableRawPointer? {
        if let index = idle.lastIndex(where: { $0.capacity == capacity }) {
            idleBytes -= capacity
            return idle.remove(at: index).bytes
        }
        while let oldest = idle.first, idleBytes + usedBytes > 2 * peakBytes {
            idleBytes -= oldest.capacity
            free(oldest.bytes)
            idle.removeFirst()
        }
        return nil
    }

    fileprivate mutating func putIdle(_ buffer: BufferPool.Idle) {
        usedBytes -= buffer.capacity
        idleBytes += buffer.capacity
        idle.append(buffer)
    }
}
