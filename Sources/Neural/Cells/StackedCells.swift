internal import Requirements
public import Tensors

/// Cells of one kind, applied one after the other within each step, after Keras' `StackedRNNCells`. The states are
/// those of the first cell, then those of the second, and so on.
public struct StackedCells<Cell: RecurrentCell>: RecurrentCell {
    /// The cells, from input to output.
    public var cells: [Cell]

    /// A stack of at least one cell.
    public init(_ cells: [Cell]) {
        require(!cells.isEmpty, "a stack of no cells")
        self.cells = cells
    }

    /// The state sizes of all cells.
    public var stateSize: [Int] { cells.flatMap(\.stateSize) }
    /// The output size of the last cell.
    public var outputSize: Int { cells[cells.count - 1].outputSize }

    /// The state shapes of all cells, each for the output of the cell before it.
    public func stateShapes(for input: Shape) -> [Shape] {
        zip(cells, inputs(from: input)).flatMap { $0.stateShapes(for: $1) }
    }

    /// The output shape of the last cell.
    public func outputShape(for input: Shape) -> Shape {
        cells.reduce(input) { $1.outputShape(for: $0) }
    }

    /// Prepares every cell.
    public mutating func beginSequence(like step: Shape, on device: any Device) {
        for (index, input) in inputs(from: step).enumerated() {
            cells[index].beginSequence(like: input, on: device)
        }
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput {
        run(input) { index, step in cells[index](step) }
    }

    /// As inference, with the cells' caches.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: [Cell.Cache]) {
        var caches: [Cell.Cache] = []
        var cells = cells
        let output = run(input) { index, step in
            let (result, cache) = cells[index].forward(step)
            caches.append(cache)
            return result
        }
        self.cells = cells
        return (output, caches)
    }

    /// The chain rule, from the last cell to the first.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming [Cell.Cache]) -> CellInput {
        var (caches, states) = (cache, cells.split(gradient.state))
        var output = gradient.output
        var constants: [Tensor] = []
        for index in cells.indices.reversed() {
            let input = cells[index].backward(
                CellOutput(output, state: states[index]), caches.removeLast())
            (output, states[index]) = (input.input, input.state)
            constants = summed(constants, input.constants)
        }
        return CellInput(output, state: states.flatMap { $0 }, constants: constants)
    }

    /// Visits each cell, named by its index.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        cells.visitParameters(&visitor)
    }

    private func run(_ input: CellInput, _ step: (Int, CellInput) -> CellOutput) -> CellOutput {
        var output = input.input
        let states = cells.split(input.state).enumerated().flatMap { index, state in
            let result = step(index, CellInput(output, state: state, constants: input.constants))
            output = result.output
            return result.state
        }
        return CellOutput(output, state: states)
    }

    private func inputs(from input: Shape) -> [Shape] {
        cells.dropLast().reduce(into: [input]) { $0.append($1.outputShape(for: $0[$0.count - 1])) }
    }
}

extension Array where Element: RecurrentCell {
    /// The states of each cell.
    fileprivate func split(_ states: [Tensor]) -> [[Tensor]] {
        var rest = states[...]
        return map { cell in
            defer { rest = rest.dropFirst(cell.stateSize.count) }
            return Array<Tensor>(rest.prefix(cell.stateSize.count))
        }
    }
}
