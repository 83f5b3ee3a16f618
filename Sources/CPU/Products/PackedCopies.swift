internal import Synchronization

/// Copies of scalars in layouts that kernels asked for more than once.
final class PackedCopies: Sendable {
    private let copies = Mutex<[PackedCopy]>([])
    private let isUsed = Mutex(false)

    /// Marks the scalars as used; true for the first time, when no copy may be worth its making.
    func takeFirstUse() -> Bool {
        isUsed.withLock { isUsed in
            defer { isUsed = true }
            return !isUsed
        }
    }

    /// The copy in a layout of what was seen as `view`; made where there is none.
    func copy(of view: Descriptor, as layout: Descriptor, _ make: () -> Memory) -> Memory {
        copies.withLock { copies in
            if let found = copies.first(where: { $0.shows(view, in: layout) }) { return found.memory }
            let made = make()
            copies.append(PackedCopy(view: view, memory: made))
            return made
        }
    }

    /// Drops all; what was used stays so.
    func forget() { copies.withLock { $0 = [] } }
}

/// Scalars in a layout of their own.
private struct PackedCopy {
    /// What their row-major order was seen as: a square matrix and its transpose may have one layout.
    let view: Descriptor
    let memory: Memory

    func shows(_ view: Descriptor, in layout: Descriptor) -> Bool {
        self.view.matches(view) && memory.descriptor.matches(layout)
    }
}
