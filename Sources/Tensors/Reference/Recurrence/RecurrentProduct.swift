/// The product of a state and some columns of the recurrent kernel, and its gradients.
struct RecurrentProduct {
    let values: [Float]
    let units: Int
    let width: Int
    private(set) var kernelGradient: Row

    init(_ kernel: Tensor) {
        values = kernel.scalars
        (units, width) = (kernel.shape[0], kernel.shape[1])
        kernelGradient = .zeros(values.count)
    }

    /// The product of a state and blocks of `units` columns.
    func callAsFunction(_ state: Row, gates: Range<Int>) -> Row {
        Row(
            values: columns(gates).map { column in
                (0..<units).reduce(0) { $0 + state.values[$1] * values[$1 * width + column] }
            })
    }

    /// Adds to the gradient of the kernel; returns the gradient of the state.
    mutating func gradient(_ state: Row, gates: Range<Int>, _ outputGradient: Row) -> Row {
        var dState = Row.zeros(units)
        for u in 0..<units {
            for (column, dy) in zip(columns(gates), outputGradient.values) {
                kernelGradient.values[u * width + column] += state.values[u] * dy
                dState.values[u] += values[u * width + column] * dy
            }
        }
        return dState
    }

    private func columns(_ gates: Range<Int>) -> Range<Int> {
        gates.lowerBound * units..<gates.upperBound * units
    }
}
