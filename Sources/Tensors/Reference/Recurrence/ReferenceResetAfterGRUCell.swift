/// A gated recurrent unit whose reset gate multiplies the state's product; see ``Recurrence/Kind/gru(resetAfter:)``.
struct ReferenceResetAfterGRUCell: ReferenceCell {
    let bias: Row
    let recurrentBias: Row
    var recurrent: RecurrentProduct
    private(set) var recurrentBiasGradient: Row

    init(bias: Row, recurrentBias: Row, recurrent: RecurrentProduct) {
        (self.bias, self.recurrentBias, self.recurrent) = (bias, recurrentBias, recurrent)
        recurrentBiasGradient = .zeros(recurrentBias.values.count)
    }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = state[0], x = x.parts(of: recurrent.units)
        let sums = (recurrent(h, gates: 0..<3) + recurrentBias).parts(of: recurrent.units)
        let z = (x[0] + sums[0]).sigmoid(), r = (x[1] + sums[1]).sigmoid(), g = (x[2] + r * sums[2]).tanh()
        return ([z * h + z.map { 1 - $0 } * g], [z, r, g, sums[2]])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (z, r, g, sum) = (memory.gates[0], memory.gates[1], memory.gates[2], memory.gates[3])
        let h = memory.previous[0], dh = dState[0]
        let dUpdate = dh * (h - g) * z.slope(of: .sigmoid)
        let dCandidate = dh * z.map { 1 - $0 } * g.slope(of: .tanh)
        let dReset = dCandidate * sum * r.slope(of: .sigmoid)
        let dSums = Row.joined([dUpdate, dReset, dCandidate * r])
        recurrentBiasGradient = recurrentBiasGradient + dSums
        let dPrevious = dh * z + recurrent.gradient(h, gates: 0..<3, dSums)
        return (.joined([dUpdate, dReset, dCandidate]), [dPrevious])
    }
}
