/// Which of the two factors of a matrix product are transposed.
public enum MatrixProductForm: Sendable, Hashable, CaseIterable {
    /// A · B.
    case plain
    /// Aᵀ · B.
    case firstTransposed
    /// A · Bᵀ.
    case secondTransposed

    /// The number of terms of each sum, by the first factor.
    func inner(_ first: Shape) -> Int { first[first.rank - (self == .firstTransposed ? 2 : 1)] }

    /// The number of terms of each sum, by the second factor.
    func innerOfSecond(_ second: Shape) -> Int { second[second.rank - (self == .secondTransposed ? 1 : 2)] }

    /// The sizes of one product.
    package func sizes(_ first: Shape, _ second: Shape) -> (rows: Int, columns: Int, inner: Int) {
        let rows = first[first.rank - (self == .firstTransposed ? 1 : 2)]
        let columns = second[second.rank - (self == .secondTransposed ? 2 : 1)]
        return (rows, columns, inner(first))
    }

    /// The shape of the products.
    package func outputShape(_ first: Shape, _ second: Shape) -> Shape {
        let (rows, columns, _) = sizes(first, second)
        return Shape(first.dimensions.dropLast(2) + [rows, columns])
    }
}
