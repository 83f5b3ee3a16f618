import Files
import Foundation
import Neural
import Tensors
import Testing

/// One scalar with weight decay (rank 2) and one without (rank 1), both initially 1.
struct Pair: Parameterized {
    var weight = Parameter(Tensor([1], shape: [1, 1], on: reference))
    var bias = Parameter(Tensor([1], shape: [1], on: reference))

    /// Both values.
    var scalars: [Float] { weight.value.scalars + bias.value.scalars }

    /// Sets the gradients of the two parameters.
    mutating func setGradients(_ weightGradient: Float, _ biasGradient: Float) {
        weight.gradient = Tensor([weightGradient], shape: [1, 1], on: reference)
        bias.gradient = Tensor([biasGradient], shape: [1], on: reference)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&weight, named: "weight")
        visitor.visit(&bias, named: "bias")
    }
}

/// A method, a learning rate, and the values after the first two steps from 1 with the gradients 2 and 1.
struct MethodCase: Sendable {
    let method: Optimizer.Method
    let rate: Float
    let steps: [Float]

    static let all = [
        // m̂ = 2, v̂ = 4; then m̂ = 0.28 / 0.19, v̂ = 0.004996 / 0.001999.
        MethodCase(method: .adam(), rate: 0.1, steps: [0.9, 0.806_782_0]),
        // a = 0.4, Δ = 2 √(10⁻⁶ / 0.400001); then a = 0.46, d = 10⁻⁶, Δ = √(1.99999·10⁻⁶ / 0.460001).
        MethodCase(method: .adadelta(), rate: 1, steps: [0.996_837_7, 0.994_752_6]),
        // v = 2; then v = 0.9 · 2 + 1.
        MethodCase(method: .sgd(), rate: 0.1, steps: [0.8, 0.52]),
        // v = 0.4; then v = 0.46.
        MethodCase(method: .rmsprop(), rate: 0.1, steps: [0.683_772_2, 0.536_330_3]),
        // The largest v is 4 · 0.001, then 0.004996.
        MethodCase(method: .adam(amsgrad: true), rate: 0.1, steps: [0.9, 0.806_782_0]),
        // 2 + 0.9 · 2; then 1 + 0.9 · 2.8.
        MethodCase(method: .sgd(nesterov: true), rate: 0.1, steps: [0.62, 0.268]),
    ]
}

/// Values of PyTorch 2.13 and, where named, Keras 3.15 after steps with the gradients 2, 1 and −½; see
/// `scripts/golden/optimizers.py`.
@Test(arguments: [
    MethodCase(method: .adam(epsilon: 0.5), rate: 0.1, steps: [0.92, 0.849_180_5, 0.808_279_1]),
    // Keras.
    MethodCase(
        method: .adam(epsilon: 0.5, epsilonForm: .uncorrected), rate: 0.1,
        steps: [0.988_771_3, 0.977_225_8, 0.970_096_8]),
    MethodCase(
        method: .adam(secondDecay: 0.5, amsgrad: true), rate: 0.1, steps: [0.9, 0.809_755_6, 0.760_452_9]),
    MethodCase(method: .rmsprop(), rate: 0.1, steps: [0.683_772_2, 0.536_330_3, 0.611_793_9]),
    MethodCase(
        method: .rmsprop(momentum: 0.9, epsilon: 0.5), rate: 0.1,
        steps: [0.823_392_6, 0.579_573_1, 0.403_143_7]),
    // Both.
    MethodCase(method: .sgd(nesterov: true), rate: 0.1, steps: [0.62, 0.268, 0.1362]),
    MethodCase(method: .adadelta(epsilon: 0.5), rate: 1, steps: [-0.490_712, -1.358_072_8, -0.903_762_2]),
])
func theFirstStepsEqualThoseOfOtherLibraries(_ test: MethodCase) {
    var model = Pair()
    var optimizer = Optimizer(test.method)
    for (gradient, expected) in zip([Float(2), 1, -0.5], test.steps) {
        model.setGradients(gradient, gradient)
        optimizer.step(&model, rate: test.rate)
        #expect(largestDifference(model.scalars, [expected, expected]) < 2e-6)
    }
}

@Test(arguments: [
    Optimizer.Method.adam(weightDecay: 0.1, epsilon: 1e-3, epsilonForm: .uncorrected, amsgrad: true),
    .adam(), .adadelta(epsilon: 1e-3), .rmsprop(momentum: 0.5), .sgd(nesterov: true),
])
func methodsSurviveJSON(_ method: Optimizer.Method) throws {
    #expect(try JSONDecoder().decode(Optimizer.Method.self, from: JSONEncoder().encode(method)) == method)
}

/// As written before methods had these constants.
@Test func constantsThatAFileLacksHaveTheirDefaults() throws {
    let file = Data(#"{"adam":{"firstDecay":0.5,"secondDecay":0.999,"weightDecay":0.25}}"#.utf8)
    let method = Optimizer.Method.adam(weightDecay: 0.25, firstDecay: 0.5)
    #expect(try JSONDecoder().decode(Optimizer.Method.self, from: file) == method)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let plain = try encoder.encode(Optimizer.Method.sgd())
    #expect(String(decoding: plain, as: UTF8.self) == #"{"sgd":{"momentum":0.9,"weightDecay":0}}"#)
}

@Test(arguments: MethodCase.all)
func theFirstTwoStepsEqualThoseByHand(_ test: MethodCase) {
    var model = Pair()
    var optimizer = Optimizer(test.method)
    for (gradient, expected) in zip([Float(2), 1], test.steps) {
        model.setGradients(gradient, gradient)
        optimizer.step(&model, rate: test.rate)
        #expect(largestDifference(model.scalars, [expected, expected]) < 1e-6)
    }
    #expect(optimizer.count == 2)
}

@Test(arguments: [
    MethodCase(method: .adam(), rate: 0.05, steps: []), MethodCase(method: .adadelta(), rate: 1, steps: []),
    MethodCase(method: .sgd(), rate: 0.05, steps: []),
    MethodCase(method: .sgd(nesterov: true), rate: 0.05, steps: []),
    MethodCase(method: .rmsprop(momentum: 0.5), rate: 0.002, steps: []),
    MethodCase(method: .adam(amsgrad: true), rate: 0.05, steps: []),
])
func everyMethodDescendsAQuadratic(_ test: MethodCase) {
    var model = Pair()
    var optimizer = Optimizer(test.method)
    for _ in 0..<600 {
        let distances = model.scalars.map { $0 - 0.25 }
        model.setGradients(distances[0], 4 * distances[1])
        optimizer.step(&model, rate: test.rate)
    }
    #expect(largestDifference(model.scalars, [0.25, 0.25]) < 0.05)
}

@Test(arguments: [
    Optimizer.Method.adam(weightDecay: 0.5), .adadelta(weightDecay: 0.5), .sgd(weightDecay: 0.5),
    .rmsprop(weightDecay: 0.5),
])
func weightDecaySparesBiases(_ method: Optimizer.Method) {
    var model = Pair()
    var optimizer = Optimizer(method)
    model.setGradients(0, 0)
    optimizer.step(&model, rate: 0.1)
    #expect(model.scalars == [0.95, 1])
}

@Test(arguments: MethodCase.all)
func theGradientScaleMultipliesGradients(_ test: MethodCase) {
    var whole = Pair(), scaled = Pair()
    var first = Optimizer(test.method), second = first
    for gradient in [Float(2), 1] {
        whole.setGradients(gradient, -gradient)
        scaled.setGradients(4 * gradient, -4 * gradient)
        first.step(&whole, rate: test.rate)
        second.step(&scaled, rate: test.rate, gradientScale: 0.25)
    }
    #expect(whole.scalars == scaled.scalars)
}

@Test(arguments: MethodCase.all)
func anOptimizerGoesOnFromItsMemory(_ test: MethodCase) {
    var straight = Pair()
    var optimizer = Optimizer(test.method)
    straight.setGradients(2, -3)
    optimizer.step(&straight, rate: test.rate)
    var resumed = straight
    var other = Optimizer(
        test.method, count: optimizer.count, moments: optimizer.moments, velocities: optimizer.velocities)
    #expect(optimizer.moments.count + optimizer.velocities.count == 2)
    optimizer.step(&straight, rate: test.rate)
    other.step(&resumed, rate: test.rate)
    #expect(straight.scalars == resumed.scalars)
}

@Test func whatHasNoGradientStays() {
    var model = Pair()
    model.setGradients(1, 1)
    model.bias.gradient = nil
    var optimizer = Optimizer(.sgd(weightDecay: 1))
    optimizer.step(&model, rate: 0.5)
    #expect(model.scalars == [0, 1])
}

@Test func theGradientNormRunsOverAllParameters() {
    var model = Pair()
    #expect(model.gradientNorm() == 0)
    model.setGradients(3, -4)
    #expect(model.gradientNorm() == 5)
    model.setGradients(3e30, 4e30)
    #expect(abs(model.gradientNorm() / 5e30 - 1) < 1e-6)
    model.setGradients(0, .nan)
    #expect(!model.gradientNorm().isFinite)
    model.setGradients(-.infinity, 0)
    #expect(!model.gradientNorm().isFinite)
}

@Test func clippingBringsTheNormToTheLimitAndNoHigher() {
    #expect(clippingFactor(norm: 5, limit: 2) == 0.4)
    #expect(clippingFactor(norm: 2, limit: 2) == 1)
    #expect(clippingFactor(norm: 0, limit: 2) == 1)
    #expect(clippingFactor(norm: 5, limit: nil) == 1)
}

/// Both biases of a GRU that resets after the product form one table of two rows.
@Test func weightDecaySparesBiasesOfTwoRows() {
    var generator = SeededGenerator(seed: 1)
    var cell = GRUCell(features: 2, units: 2, on: reference, using: &generator)
    cell.bias.value = Tensor(repeating: 1, shape: [2, 6], on: reference)
    let before = cell.kernel.value.scalars
    for path in [\GRUCell.kernel, \.recurrentKernel, \.bias] {
        cell[keyPath: path].gradient = cell[keyPath: path].value.zeros
    }
    var optimizer = Optimizer(.sgd(weightDecay: 0.5))
    optimizer.step(&cell, rate: 0.1)
    #expect(cell.bias.value.scalars == [Float](repeating: 1, count: 12))
    #expect(largestDifference(cell.kernel.value.scalars, before.map { 0.95 * $0 }) < 1e-7)
}

/// Two parameters that are visited without names.
private struct Unnamed: Parameterized {
    var first = Parameter(.zeros([1], on: reference))
    var second = Parameter(.zeros([4], on: reference))

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&first)
        visitor.visit(&second)
    }
}

@Test func parametersOfOneNameShareNoState() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var model = Unnamed()
        model.first.gradient = model.first.value
        model.second.gradient = model.second.value
        var optimizer = Optimizer(.adam())
        optimizer.step(&model, rate: 0.1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("two parameters are named \"\"; visit each under a name of its own"))
}
