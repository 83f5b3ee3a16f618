/// Long short-term memory; see ``Recurrence/Kind/lstm``.
struct ReferenceLSTMCell: ReferenceCell {
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let sums = (x + recurrent(state[0], gates: 0..<4)).parts(of: recurrent.units)
        let i = sums[0].sigmoid(), f = sums[1].sigmoid(), g = sums[2].tanh(), o = sums[3].sigmoid()
        let c = f * state[1] + i * g
        return ([o * c.tanh(), c], [i, f, g, o, c.tanh()])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (i, f, g) = (memory.gates[0], memory.gates[1], memory.gates[2])
        let (o, squashed) = (memory.gates[3], memory.gates[4])
        let dc = dState[1] + dState[0] * o * squashed.slope(of: .tanh)
        let dx = Row.joined([
            dc * g * i.slope(of: .sigmoid), dc * memory.previous[1] * f.slope(of: .sigmoid),
            dc * i * g.slope(of: .tanh), dState[0] * squashed * o.slope(of: .sigmoid),
        ])
        return (dx, [recurrent.gradient(memory.previous[0], gates: 0..<4, dx), dc * f])
    }
}
