extension Device {
    /// A function of each scalar.
    public func activation(_ input: Tensor, _ activation: Activation) -> Tensor {
        guard activation != .identity else { return input }
        return Tensor(
            input.scalars.map { activation.value(at: $0) }, shape: input.shape, like: input)
    }

    /// The gradient of `activation`, from its output.
    public func activationBackward(
        _ outputGradient: Tensor, output: Tensor, _ activation: Activation, _: Checked
    ) -> Tensor {
        guard activation != .identity else { return outputGradient }
        return combined(outputGradient, output) {
            let derivative = activation.derivative(whereValueIs: $1)
            return derivative == 0 ? 0 : $0 * derivative
        }
    }

    /// `input · scale + shift`.
    public func scaled(_ input: Tensor, by scale: Float, plus shift: Float) -> Tensor {
        Tensor(input.scalars.map { $0 * scale + shift }, shape: input.shape, like: input)
    }

    /// The element-wise sum of two tensors of one shape.
    public func sum(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor { combined(first, second, +) }

    /// The element-wise product of two tensors of one shape.
    public func product(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        combined(first, second, *)
    }

    /// −1 for each negative scalar, 1 for each positive one, otherwise 0.
    public func signs(_ input: Tensor) -> Tensor {
        let signs = input.scalars.map { x -> Float in x > 0 ? 1 : x < 0 ? -1 : 0 }
        return Tensor(signs, shape: input.shape, like: input)
    }

    func combined(
        _ first: Tensor, _ second: Tensor, _ operation: (Float, Float) -> Float
    ) -> Tensor {
        return Tensor(
            zip(first.scalars, second.scalars).map(operation), shape: first.shape, like: first)
    }

    /// For each sample, the scalars of `first` if its entry in `mask` `[batch]` is not zero, otherwise those of
    /// `second`.
    public func selected(_ mask: Tensor, _ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        let chosen = mask.scalars, a = first.scalars, b = second.scalars
        let width = a.count / max(1, chosen.count)
        return Tensor(
            a.indices.map { chosen[$0 / width] != 0 ? a[$0] : b[$0] }, shape: first.shape, like: first)
    }

    /// For each row of the last axis, 1 if any scalar differs from `value`, otherwise 0; without that axis.
    public func rowsDiffering(_ input: Tensor, from value: Float) -> Tensor {
        let width = input.shape.last
        let x = input.scalars
        let rows = (0..<input.shape.rows).map { row -> Float in
            x[row * width..<(row + 1) * width].contains { $0 != value } ? 1 : 0
        }
        return Tensor(rows, shape: Shape(input.shape.dimensions.dropLast()), like: input)
    }
}
