internal import Synchronization

/// Copies of a tensor's scalars in the layouts that kernels need.
final class PackedLayoutCache: Sendable {
    private let layouts = Mutex<[PackedLayout]>([])

    /// The cached copy of the scalars in a layout; `make` makes it if there is none. `view` describes the row-major
    /// order of the scalars.
    func memory(of view: Descriptor, in layout: Descriptor, _ make: () -> Memory) -> Memory {
        layouts.withLock { layouts in
            if let found = layouts.first(where: { $0.shows(view, in: layout) }) { return found.memory }
            let made = make()
            layouts.append(PackedLayout(view: view, memory: made))
            return made
        }
    }

    /// Drops all copies.
    func removeAll() { layouts.withLock { $0 = [] } }
}

private struct PackedLayout {
    /// Part of the key, because a square matrix and its transpose may have the same layout.
    let view: Descriptor
    let memory: Memory

    func shows(_ view: Descriptor, in layout: Descriptor) -> Bool {
        self.view.matches(view) && memory.descriptor.matches(layout)
    }
}
