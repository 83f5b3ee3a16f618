internal import Requirements

extension Checked {
    /// An axis of the input.
    static func axis(_ axis: Int, of input: Shape) -> Checked {
        require(0..<input.rank ~= axis, "axis \(axis) of a tensor \(input)")
        return Checked()
    }

    /// An axis of at least one element.
    static func maxima(_ input: Shape, over axis: Int) -> Checked {
        require(0..<input.rank ~= axis && input[axis] > 0, "maxima over axis \(axis) of a tensor \(input)")
        return Checked()
    }

    /// A place between the axes of the input, or at either end.
    static func repeated(_ input: Shape, count: Int, along axis: Int) -> Checked {
        require(
            0...input.rank ~= axis && count >= 0,
            "\(count) copies of a tensor \(input) along a new axis \(axis)")
        return Checked()
    }

    /// Matrices `[… × rows × columns]` whose products exist, as many of one kind as of the other.
    static func matrixProducts(_ first: Shape, _ second: Shape, _ form: MatrixProductForm) -> Checked {
        require(
            first.rank >= 2 && first.rank == second.rank
                && first.dimensions.dropLast(2) == second.dimensions.dropLast(2)
                && form.inner(first) == form.innerOfSecond(second),
            "products of matrices \(first) and \(second), \(form)")
        return Checked()
    }
}
