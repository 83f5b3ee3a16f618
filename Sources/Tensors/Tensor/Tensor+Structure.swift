internal import Requirements

/// Parts, joins and shapes; each is one kernel of the tensor's device, except where its documentation says otherwise.
extension Tensor {
    /// A tensor of zeros.
    public static func zeros(_ shape: Shape, on device: any Device) -> Tensor {
        Tensor(repeating: 0, shape: shape, on: device)
    }

    /// Zeros of this tensor's shape, on its device.
    public var zeros: Tensor { .zeros(shape, on: device) }

    /// The same elements in row-major order, in another shape of equal count.
    public func reshaped(to shape: Shape) -> Tensor { device.reshaped(self, to: shape) }

    /// The first `width` columns of the last axis, and the rest.
    public func split(at width: Int) -> (first: Tensor, second: Tensor) {
        device.split(self, firstCount: width)
    }

    /// The last axis in `count` parts of equal size; one kernel for each part but the last.
    public func split(into count: Int) -> [Tensor] {
        require(
            count > 0 && shape.last % count == 0, "a last axis of \(shape) in \(count) equal parts")
        guard count > 1 else { return [self] }
        let (first, rest) = split(at: shape.last / count)
        return [first] + rest.split(into: count - 1)
    }

    /// At least one tensor, joined along the last axis; one kernel for each tensor but the first.
    public static func concatenated(_ tensors: [Tensor]) -> Tensor {
        require(!tensors.isEmpty, "no tensors to be joined")
        return tensors.dropFirst().reduce(tensors[0]) { $0.device.concatenated($0, $1) }
    }

    /// One step of a sequence `[batch × time × …]`, as `[batch × …]`.
    public func step(at time: Int) -> Tensor { device.step(self, at: time) }

    /// At least one step `[batch × …]`, all of one shape, as a sequence `[batch × time × …]`.
    public static func stacked(_ steps: [Tensor]) -> Tensor {
        require(!steps.isEmpty, "a sequence of no steps")
        return steps[0].device.stacked(steps)
    }

    /// A sequence `[batch × time × …]` with its steps in reverse order.
    public func reversedInTime() -> Tensor { device.reversed(self) }

    /// For each sample, the elements of `first` if its entry in `mask` `[batch]` is not zero, otherwise those of
    /// `second`; by the device of `first`.
    public static func selected(by mask: Tensor, _ first: Tensor, else second: Tensor) -> Tensor {
        first.device.selected(mask, first, second)
    }
}
