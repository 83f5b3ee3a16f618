public import Tensors

/// A type-erased cell, for different kinds of cells in one ``StackedCells`` or in the two directions of one
/// ``Bidirectional``.
public struct AnyRecurrentCell: RecurrentCell {
    /// The wrapped cell.
    public private(set) var cell: any RecurrentCell

    /// Wraps a cell.
    public init(_ cell: some RecurrentCell) { self.cell = cell }

    /// The state sizes of the cell.
    public var stateSize: [Int] { cell.stateSize }
    /// The output size of the cell.
    public var outputSize: Int { cell.outputSize }
    /// The state shapes of the cell.
    public func stateShapes(for input: Shape) -> [Shape] { cell.stateShapes(for: input) }
    /// The output shape of the cell.
    public func outputShape(for input: Shape) -> Shape { cell.outputShape(for: input) }

    /// Prepares the cell.
    public mutating func beginSequence(like step: Shape, on device: any Device) {
        cell.beginSequence(like: step, on: device)
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { cell(input) }

    /// One step of training, with the cell's cache.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: any Sendable) {
        let (output, cache) = cell.forward(input)
        return (output, cache)
    }

    /// The cell's gradients.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming any Sendable) -> CellInput {
        backward(&cell, gradient, cache)
    }

    private func backward<Cell: RecurrentCell>(
        _ cell: inout Cell, _ gradient: CellOutput, _ cache: any Sendable
    ) -> CellInput {
        guard let cache = cache as? Cell.Cache else {
            fatalError("the cache of \(type(of: cache)) for a \(Cell.self)")
        }
        return cell.backward(gradient, cache)
    }

    /// Visits the cell.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        cell.visitParameters(&visitor)
    }
}
