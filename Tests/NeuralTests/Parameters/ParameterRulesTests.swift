import Files
import Neural
import Tensors
import TestSupport
import Testing

/// One kernel `[… × 2]` with rules; all elements of its gradient are equal.
private struct Ruled: Parameterized {
    var kernel: Parameter

    init(
        _ values: [Float], gradient: Float = 0, regularizer: Regularizer? = nil,
        constraint: Constraint? = nil
    ) {
        let shape: Shape = [values.count / 2, 2]
        kernel = Parameter(
            Tensor(values, shape: shape, on: reference), regularizer: regularizer, constraint: constraint)
        kernel.gradient = Tensor(repeating: gradient, shape: shape, on: reference)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
    }

    /// The kernel after one step of plain descent at rate 1.
    func stepped(scale: Float = 1) -> [Float] {
        var (model, optimizer) = (self, Optimizer(.sgd(momentum: 0)))
        optimizer.step(&model, rate: 1, gradientScale: scale)
        return model.kernel.value.scalars
    }
}

/// A penalty of the weights 1, −2, 5, 0; their magnitudes sum to 8 and their squares to 30.
struct PenaltyCase: Sendable {
    let regularizer: Regularizer
    let loss: Float
    let gradients: [Float]

    static let all = [
        PenaltyCase(regularizer: .l1(0.5), loss: 4, gradients: [0.5, -0.5, 0.5, 0]),
        PenaltyCase(regularizer: .l2(0.25), loss: 7.5, gradients: [0.5, -1, 2.5, 0]),
        PenaltyCase(regularizer: Regularizer(l1: 1, l2: 0.5), loss: 23, gradients: [2, -3, 6, 0]),
    ]
}

@Test(arguments: PenaltyCase.all)
func aPenaltyIsToldAndItsGradientJoinsTheStep(_ test: PenaltyCase) {
    let weights: [Float] = [1, -2, 5, 0]
    let model = Ruled(weights, gradient: 0.25, regularizer: test.regularizer)
    #expect(model.regularizationLoss() == test.loss)
    let sums = test.gradients.map { 0.25 + $0 }
    #expect(model.stepped() == zip(weights, sums).map(-))
    #expect(model.stepped(scale: 0.5) == zip(weights, sums).map { $0 - $1 / 2 })
    let norm = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(model.gradientNorm() - norm) < 1e-5)
}

@Test func withoutAPenaltyOrAGradientNothingIsAdded() {
    var model = Ruled([1, -2], gradient: 0.5)
    #expect(model.regularizationLoss() == 0 && model.stepped() == [0.5, -2.5])
    model = Ruled([1, -2], regularizer: .l2(1), constraint: .nonNegative)
    model.kernel.gradient = nil
    #expect(model.stepped() == [1, -2] && model.gradientNorm() == 0)
}

/// The columns 3, 4 and 0.6, 0.8 have norms 5 and 1.
@Test func constraintsHoldColumnsAfterEachStep() {
    func held(_ constraint: Constraint) -> [Float] {
        Ruled([3, 0.6, 4, 0.8], constraint: constraint).stepped()
    }
    func close(_ found: [Float], _ expected: [Float]) -> Bool { largestDifference(found, expected) < 1e-5 }
    #expect(close(held(.unitNorm()), [0.6, 0.6, 0.8, 0.8]))
    #expect(close(held(.maxNorm(2)), [1.2, 0.6, 1.6, 0.8]))
    #expect(close(held(.norm(2...4)), [2.4, 1.2, 3.2, 1.6]))
    #expect(close(held(.norm(2...4, rate: 0.5)), [2.7, 0.9, 3.6, 1.2]))
    #expect(close(held(.maxNorm(0.5, axes: [0, 1])), [3, 0.6, 4, 0.8].map { $0 / 5.0990195 / 2 }))
    #expect(Ruled([3, -1, 0, 1], gradient: 0.5, constraint: .nonNegative).stepped() == [2.5, 0, 0, 0.5])
}

@Test func aColumnOfZerosStaysWhatItIs() {
    #expect(Ruled([0, 3, 0, 4], constraint: .norm(1...2)).stepped()[0] == 0)
}

@Test func rulesOfALayerReachItsWeights() {
    var generator = SeededGenerator(seed: 1)
    let kernel = ParameterRules(.constant(2), regularizer: .l2(0.5), constraint: .nonNegative)
    let configuration = CellConfiguration(kernel: kernel, recurrentKernel: kernel)
    let dense = Dense(features: 3, units: 2, kernel: kernel, on: reference, using: &generator)
    let lstm = LSTM(features: 3, units: 1, configuration, on: reference, using: &generator)
    let film = ConvLSTM2D(
        .square(1), channels: 3, filters: 1, ConvolutionOptions(), configuration, on: reference,
        using: &generator)
    let embedding = Embedding(count: 3, width: 2, embeddings: kernel, on: reference, using: &generator)
    #expect(dense.regularizationLoss() == 12 && embedding.regularizationLoss() == 12)
    #expect(lstm.regularizationLoss() == 32 && film.regularizationLoss() == 32)
    #expect(dense.kernel.constraint == .nonNegative && film.cell.kernel.constraint == .nonNegative)
}
