/// A gated recurrent unit whose reset gate multiplies the state; see ``Recurrence/Kind/gru(resetAfter:)``.
struct ReferenceGRUCell: ReferenceCell {
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = state[0], x = x.parts(of: recurrent.units)
        let sums = recurrent(h, gates: 0..<2).parts(of: recurrent.units)
        let z = (x[0] + sums[0]).sigmoid(), r = (x[1] + sums[1]).sigmoid()
        let g = (x[2] + recurrent(r * h, gates: 2..<3)).tanh()
        return ([z * h + z.map { 1 - $0 } * g], [z, r, g])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (z, r, g) = (memory.gates[0], memory.gates[1], memory.gates[2])
        let h = memory.previous[0], dh = dState[0]
        let dCandidate = dh * z.map { 1 - $0 } * g.slope(of: .tanh)
        let dReset = recurrent.gradient(r * h, gates: 2..<3, dCandidate)
        let dGates = Row.joined([dh * (h - g) * z.slope(of: .sigmoid), dReset * h * r.slope(of: .sigmoid)])
        let dPrevious = dh * z + dReset * r + recurrent.gradient(h, gates: 0..<2, dGates)
        return (.joined([dGates, dCandidate]), [dPrevious])
    }
}
