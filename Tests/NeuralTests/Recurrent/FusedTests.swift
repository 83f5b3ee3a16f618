import Neural
import Tensors
import Testing

@Test(arguments: CellKind.allCases, allOptions.indices)
func aFusedLayerIsTheScanOfItsCell(_ kind: CellKind, _ index: Int) {
    let cell = AnyCell(kind)
    let fused = FusedRNN(cell, allOptions[index]), scanned = RNN(cell, allOptions[index])
    for mask in MaskForm.allCases {
        for withStates in [true, false] {
            let input = fused.input(mask, withStates: withStates)
            let found = RecurrentTrace(fused, input).differences(from: RecurrentTrace(scanned, input))
            #expect(found == [], "\(mask), \(withStates ? "with" : "without") states, \(allOptions[index])")
        }
    }
}

@Test(arguments: CellKind.allCases)
func withoutBiasAFusedLayerIsTheScanOfItsCell(_ kind: CellKind) {
    let cell = AnyCell(kind, CellConfiguration(usesBias: false))
    let fused = FusedRNN(cell), scanned = RNN(cell)
    #expect(
        RecurrentTrace(fused, fused.input()).differences(from: RecurrentTrace(scanned, fused.input())) == [])
}

@Test(arguments: [Shape([1, 1, 2]), [1, 5, 2], [4, 1, 2]])
func fusedAndScannedAgreeOnEdgesOfShape(_ shape: Shape) {
    for kind in CellKind.allCases {
        let cell = AnyCell(kind)
        let input = RecurrentInput(.uniform(shape))
        let options = RecurrentOptions(returnSequences: true)
        let found = RecurrentTrace(FusedRNN(cell, options), input)
        #expect(found.differences(from: RecurrentTrace(RNN(cell, options), input)) == [], "\(kind)")
    }
}

@Test func theScanServesWhatNoKernelDoes() {
    let configuration = CellConfiguration(activation: .softsign, recurrentActivation: .hardSigmoid)
    for kind in CellKind.allCases {
        let cell = AnyCell(kind, configuration)
        let fused = FusedRNN(cell), scanned = RNN(cell)
        let found = RecurrentTrace(fused, fused.input(.holes))
        #expect(found.differences(from: RecurrentTrace(scanned, fused.input(.holes))) == [], "\(kind)")
        #expect((cell.recurrence == nil) == (kind != .simple))
    }
}

@Test func gradientsBelongToTheLastBackwardPass() {
    for kind in CellKind.allCases {
        let input = RNN(AnyCell(kind)).input()
        var fused = FusedRNN(AnyCell(kind)), scanned = RNN(AnyCell(kind))
        for _ in 0..<2 {
            let (output, cache) = fused.forward(input)
            _ = fused.backward(output, cache)
            let (scannedOutput, steps) = scanned.forward(input)
            _ = scanned.backward(scannedOutput, steps)
        }
        var once = RNN(AnyCell(kind))
        let (output, cache) = once.forward(input)
        _ = once.backward(output, cache)
        for gradients in [parameterGradients(of: fused), parameterGradients(of: scanned)] {
            for (found, expected) in zip(gradients, parameterGradients(of: once)) {
                #expect(largestDifference(found.gradient.scalars, expected.gradient.scalars) <= 1e-6)
            }
            #expect(gradients.count == 3)
        }
    }
}

@Test(arguments: CellKind.allCases, allOptions.indices)
func shapesAreKnownBeforehand(_ kind: CellKind, _ index: Int) {
    let layer = FusedRNN(AnyCell(kind, units: 3), allOptions[index])
    let output = layer(layer.input(withStates: false))
    #expect(output.output.shape == layer.outputShape(for: [3, 4, 2]))
    #expect(output.state.map(\.shape) == layer.stateShapes(for: [3, 4, 2]))
    #expect(layer.cell.stateSize == output.state.map(\.shape.last))
    #expect(output.output.shape == (allOptions[index].returnSequences ? [3, 4, 3] : [3, 3]))
}
