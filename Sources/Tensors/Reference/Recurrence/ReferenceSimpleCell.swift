/// `h ← activation(x + h R)`.
struct ReferenceSimpleCell: ReferenceCell {
    let activation: Activation
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = (x + recurrent(state[0], gates: 0..<1)).activated(activation)
        return ([h], [h])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let dx = dState[0] * memory.gates[0].slope(of: activation)
        return (dx, [recurrent.gradient(memory.previous[0], gates: 0..<1, dx)])
    }
}
