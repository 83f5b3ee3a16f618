internal import Requirements

extension Checked {
    /// Axes of the weights.
    static func norms(_ weights: Shape, over axes: [Int]) -> Checked {
        require(
            axes.allSatisfy { 0..<weights.rank ~= $0 },
            "norms over axes \(axes) of weights of shape \(weights)")
        return Checked()
    }

    /// A gradient and running averages of the parameter's shape.
    static func update(_ parameter: Tensor, gradient: Tensor, _ averages: Tensor...) -> Checked {
        let shape = parameter.shape
        require(gradient.shape == shape, "a parameter \(shape) with a gradient \(gradient.shape)")
        for average in averages {
            require(average.shape == shape, "a parameter \(shape) with a running average \(average.shape)")
        }
        return Checked()
    }

    /// A gradient and moments of the parameter's shape.
    static func update(_ parameter: Tensor, gradient: Tensor, _ moments: Moments) -> Checked {
        update(
            parameter, gradient: gradient, moments.first, moments.second, moments.maximum ?? moments.second)
    }
}
