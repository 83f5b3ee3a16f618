import CPU
import Tensors
import TestSupport
import Testing

private let shapes: [Shape] = [[1, 1, 1], [1, 5, 3], [4, 1, 8], [3, 7, 17], [37, 3, 5]]
private let directions = [ScanDirection.forward, .backward]

@Test(arguments: RecurrenceCase.kinds, directions)
func recurrencesAgreeWithTheReference(_ kind: Recurrence.Kind, _ direction: ScanDirection) {
    for shape in shapes {
        for units in [1, 9, 32, 64] {
            let given = RecurrenceCase(
                recurrence: Recurrence(kind, direction), shape: shape, units: units,
                startsFromStates: units == 9)
            #expect(disagreement { given.results(on: $0) } < 1e-4, "\(shape) to \(units) units")
        }
    }
}

/// Features and units that are multiples of the panel. One row and many: more than a product adds or multiplies at
/// once.
@Test(arguments: RecurrenceCase.kinds, directions)
func recurrencesOfWholePanelsAgreeWithTheReference(_ kind: Recurrence.Kind, _ direction: ScanDirection) {
    for (shape, units) in [([1, 4, 16], 16), ([2, 3, 288], 48), ([90, 6, 32], 16), ([1, 3, 16], 272)] {
        let given = RecurrenceCase(
            recurrence: Recurrence(kind, direction), shape: Shape(shape), units: units,
            startsFromStates: units == 48)
        #expect(disagreement { given.results(on: $0) } < 1e-4, "\(shape) to \(units) units")
    }
}

@Test(arguments: RecurrenceCase.kinds, [1, 2, 3])
func aSamplesRecurrenceDoesNotDependOnItsNeighbours(_ kind: Recurrence.Kind, threads: Int) {
    let device = CPUDevice(threads: threads)
    let given = RecurrenceCase(recurrence: Recurrence(kind), shape: [40, 7, 32], units: 48)
    let isSame = given.isBitEqualAlone(given.weights(on: device), on: device)
    #expect(isSame)
}

@Test(arguments: RecurrenceCase.kinds, MaskForm.allCases)
func maskedRecurrencesAgreeWithTheReference(_ kind: Recurrence.Kind, _ mask: MaskForm) {
    for direction in directions {
        for zeroes in [false, true] {
            for startsFromStates in [false, true] {
                let given = RecurrenceCase(
                    recurrence: Recurrence(kind, direction, zeroOutputForMask: zeroes), mask: mask,
                    startsFromStates: startsFromStates)
                #expect(disagreement { given.results(on: $0) } < 1e-5, "\(given.testDescription)")
            }
        }
    }
}

@Test(arguments: Activation.allCases)
func simpleRecurrencesTakeEveryActivation(_ activation: Activation) {
    let given = RecurrenceCase(recurrence: Recurrence(.simple(activation)), shape: [2, 3, 2], units: 3)
    #expect(disagreement { given.results(on: $0) } < 1e-5)
}

@Test func sequencesMayLieInAnyOrder() {
    let given = RecurrenceCase(recurrence: Recurrence(.lstm), shape: [5, 26, 16], units: 8)
    let weights = given.weights(on: device), line = Tensor.wave([5, 1, 26, 16], on: device)
    let timeMajor = RecurrentInput(device.reshaped(line, to: given.shape))
    let found = device.recurrence(timeMajor, weights, given.recurrence).output
    let expected = device.recurrence(given.input(on: device), weights, given.recurrence).output
    #expect(found.scalars == expected.scalars)
}

@Test func weightsChangedInPlaceArePackedAnew() {
    let given = RecurrenceCase(recurrence: Recurrence(.lstm), shape: [2, 3, 16], units: 16)
    let input = given.input(on: device), other = Tensor.wave([16, 64], seed: 7, on: device)
    var weights = given.weights(on: device)
    _ = device.recurrence(input, weights, given.recurrence)
    device.blend(&weights.kernel, with: other, amount: 1)
    device.blend(&weights.recurrentKernel, with: other, amount: 1)
    let fresh = RecurrentWeights(
        kernel: .wave([16, 64], seed: 7, on: device), recurrentKernel: .wave([16, 64], seed: 7, on: device),
        bias: weights.bias)
    let found = device.recurrence(input, weights, given.recurrence).output
    let expected = device.recurrence(input, fresh, given.recurrence).output
    #expect(found.scalars == expected.scalars)
}

@Test func aWorkspaceServesAgainAfterItsOutputHasChanged() {
    let given = RecurrenceCase(recurrence: Recurrence(.gru(resetAfter: true)))
    let input = given.input(on: device), weights = given.weights(on: device)
    var (output, workspace) = device.recurrenceForward(input, weights, given.recurrence)
    let gradient = RecurrentOutput(Tensor.wave(output.output.shape, seed: 1, on: device))
    func gradients() -> RecurrentGradients {
        device.recurrenceBackward(
            gradient, input: input, output: output, weights, given.recurrence, workspace)
    }
    let expected = gradients().weights.recurrentKernel.scalars
    device.blend(&output.output, with: gradient.output, amount: 1)
    #expect(gradients().weights.recurrentKernel.scalars == expected)
}

@Test(arguments: RecurrenceCase.boundedKinds)
func saturatedGatesStayFinite(_ kind: Recurrence.Kind) {
    let shape: Shape = [3, 7, 17]
    let weights = RecurrentWeights(
        kernel: Tensor(repeating: 1e4, shape: [17, kind.gates * 2], on: device),
        recurrentKernel: Tensor(repeating: -1e4, shape: [2, kind.gates * 2], on: device),
        bias: Tensor(
            repeating: 0, shape: kind == .gru(resetAfter: true) ? [2, kind.gates * 2] : [kind.gates * 2],
            on: device))
    let output = device.recurrence(RecurrentInput(.wave(shape, on: device)), weights, Recurrence(kind)).output
    #expect(output.scalars.allSatisfy { abs($0) <= 1 })
}

@Test(arguments: RecurrenceCase.kinds)
func recurrencesPassNotANumberOn(_ kind: Recurrence.Kind) {
    let given = RecurrenceCase(recurrence: Recurrence(kind), shape: [1, 1, 2])
    let input = RecurrentInput(Tensor([1, .nan], shape: [1, 1, 2], on: device))
    let output = device.recurrence(input, given.weights(on: device), given.recurrence).output
    #expect(output.scalars.allSatisfy { $0.isNaN })
}

/// Not even as 0 · NaN in the gradients of the kernels.
@Test(arguments: RecurrenceCase.kinds, [MaskForm.right, .left, .holes, .wholeSample])
func whatIsSkippedReachesNoResult(_ kind: Recurrence.Kind, _ mask: MaskForm) {
    for direction in [ScanDirection.forward, .backward] {
        for startsFromStates in [false, true] {
            var given = RecurrenceCase(
                recurrence: Recurrence(kind, direction), mask: mask, startsFromStates: startsFromStates,
                skippedValue: .nan)
            let found = [device.computed(given), reference.computed(given)]
            given.skippedValue = 0
            #expect(found == [device.computed(given), reference.computed(given)], "\(given)")
            #expect(found.joined().joined().allSatisfy { $0.isFinite }, "\(given)")
        }
    }
}

extension Device {
    /// The scalars of all results of a case.
    fileprivate func computed(_ given: RecurrenceCase) -> [[Float]] { given.results(on: self).map(\.scalars) }
}
