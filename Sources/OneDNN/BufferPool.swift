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
/// A buffer may serve where up to a quarter less is wanted. Before new pages are asked for, what has been idle
/// longest is freed until all bytes together are at most an eighth more than were ever in use at once.
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

    deinit {
        state.withLock {

            $0.idle.forEach { BufferPool.release($0) }
        }
    }

    /// A buffer of at least `size` bytes with arbitrary contents.
    func take(_ size: Int) -> Buffer {
        let wanted = Self.capacity(for: size)
        let (address, capacity) = state.withLock { state in
            let found = state.takeIdle(wanted)
            return (UInt(bitPattern: found?.bytes), found?.capacity ?? wanted)
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

    /// Rounded up to whole cache lines or pages.
    private static func capacity(for size: Int) -> Int {
        let step = size < pagedSize ? 64 : 4096
        return (max(1, size) + step - 1) / step * step
    }

    /// From this size on, buffers come from the system page by page and go back to it at once; below, `malloc`
    /// serves, which keeps what is freed.
    private static let pagedSize = 1 << 20

    private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
        let bytes: UnsafeMutableRawPointer? =
            if capacity >= pagedSize {
                mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            } else {
                aligned_alloc(64, capacity)
            }
        guard let bytes, bytes != MAP_FAILED else {
            preconditionFailure(
                "\(capacity) bytes for a tensor: out of memory; use a smaller batch or narrower images")
        }
        return bytes
    }

    fileprivate static func release(_ buffer: Idle) {
        if buffer.capacity >= pagedSize {
            munmap(buffer.bytes, buffer.capacity)
        } else {
            free(buffer.bytes)
        }
    }
}

extension BufferPool.State {
    /// The idle buffer that fits best; nil, with room made for another one, where none does.
    fileprivate mutating func takeIdle(_ capacity: Int) -> BufferPool.Idle? {
        let fitting = idle.indices.filter { capacity...(capacity + capacity / 3) ~= idle[$0].capacity }
        if let best = fitting.reversed().min(by: { idle[$0].capacity < idle[$1].capacity }) {
            let found = idle.remove(at: best)
            idleBytes -= found.capacity
            use(found.capacity)
            return found
        }
        use(capacity)
        while let oldest = idle.first, idleBytes + usedBytes > peakBytes + peakBytes / 8 {
            idleBytes -= oldest.capacity
            BufferPool.release(idle.removeFirst())
        }
        return nil
    }

    private mutating func use(_ capacity: Int) {
        usedBytes += capacity
        peakBytes = max(peakBytes, usedBytes)
    }

    fileprivate mutating func putIdle(_ buffer: BufferPool.Idle) {
        usedBytes -= buffer.capacity
        idleBytes += buffer.capacity
        idle.append(buffer)
    }
}
