extension Device {
    /// The weights, scaled so that their norms over some axes move into a range; see ``NormLimits``.
    public func normLimited(_ weights: Tensor, _ limits: NormLimits, _: Checked) -> Tensor {
        let groups = weights.shape.groups(over: limits.axes)
        let w = weights.scalars
        var squares = [Float](repeating: 0, count: (groups.max() ?? 0) + 1)
        for (index, group) in groups.enumerated() { squares[group] += w[index] * w[index] }
        let factors = squares.map { limits.factor(norm: $0.squareRoot()) }
        return Tensor(zip(w, groups).map { $0 * factors[$1] }, shape: weights.shape, like: weights)
    }
}

extension NormLimits {
    /// The factor for weights of this norm.
    fileprivate func factor(norm: Float) -> Float {
        let limited = min(max(norm, range.lowerBound), range.upperBound)
        return (rate * limited + (1 - rate) * norm) / (1e-7 + norm)
    }
}

extension Shape {
    /// For each scalar in row-major order, its index along all axes but the given ones.
    fileprivate func groups(over axes: [Int]) -> [Int] {
        var groups = [0]
        for axis in 0..<rank {
            let size = self[axis], kept = !axes.contains(axis)
            groups = groups.flatMap { group in
                (0..<size).map { kept ? group * size + $0 : group }
            }
        }
        return groups
    }
}
