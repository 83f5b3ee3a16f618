internal import Files
internal import Tensors

/// The dropout masks of a cell for one sequence: none, one for all gates, or one for each.
struct DropoutMasks: Sendable {
    /// Each of the input's shape.
    var input: [Tensor] = []
    /// Each of the state's shape.
    var state: [Tensor] = []
}

extension SeededGenerator {
    /// Masks with values of 0 and 1 / (1 − share); none for a share of zero.
    mutating func masks(
        _ count: Int, _ shape: Shape, dropping share: Float, on device: any Device
    ) -> [Tensor] {
        guard share > 0 else { return [] }
        return (0..<count).map { _ in
            let kept = (0..<shape.count).map { _ -> Float in
                Float.random(in: 0..<1, using: &self) < share ? 0 : 1 / (1 - share)
            }
            return Tensor(kept, shape: shape, on: device)
        }
    }
}
