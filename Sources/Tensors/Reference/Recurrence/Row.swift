/// A vector of scalars, for formulas; `*` is element-wise.
struct Row: Sendable {
    var values: [Float]

    static func zeros(_ count: Int) -> Row { Row(values: [Float](repeating: 0, count: count)) }

    /// Concatenated rows.
    static func joined(_ rows: [Row]) -> Row { Row(values: rows.flatMap(\.values)) }

    static func + (left: Row, right: Row) -> Row { Row(values: zip(left.values, right.values).map(+)) }
    static func - (left: Row, right: Row) -> Row { Row(values: zip(left.values, right.values).map(-)) }
    static func * (left: Row, right: Row) -> Row { Row(values: zip(left.values, right.values).map(*)) }

    func map(_ function: (Float) -> Float) -> Row { Row(values: values.map(function)) }

    func activated(_ activation: Activation) -> Row { map { activation.value(at: $0) } }
    func sigmoid() -> Row { activated(.sigmoid) }
    func tanh() -> Row { activated(.tanh) }

    /// The derivative of an activation whose values these are.
    func slope(of activation: Activation) -> Row { map { activation.derivative(whereValueIs: $0) } }

    /// The row cut into parts of equal length.
    func parts(of count: Int) -> [Row] { values.chunks(of: count).map { Row(values: $0) } }
}

extension [Float] {
    /// The scalars cut into arrays of equal length.
    fileprivate func chunks(of count: Int) -> [[Float]] {
        count == 0 ? [] : stride(from: 0, to: self.count, by: count).map { Array(self[$0..<$0 + count]) }
    }
}

extension Tensor {
    /// The rows of the last axis.
    var rows: [Row] {
        shape.last == 0
            ? [Row](repeating: .zeros(0), count: shape.rows) : Row(values: scalars).parts(of: shape.last)
    }

    /// A tensor of rows on the device of an existing one.
    init(_ rows: [Row], shape: Shape, like other: Tensor) {
        self.init(Row.joined(rows).values, shape: shape, like: other)
    }
}
