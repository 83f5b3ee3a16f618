import Files
import Neural
import Recognition
import Tensors
import Testing

/// Two images of noise that a seed gives.
private func pictures() -> Tensor {
    var generator = SeededGenerator(seed: 5)
    let scalars = (0..<2 * 16 * 24).map { _ in Float.random(in: -1...1, using: &generator) }
    return Tensor(scalars, shape: [2, 16, 24, 1], on: ReferenceDevice())
}

/// What each score counts for.
private func weight(_ index: Int) -> Float { Float((index * 37 + 11) % 23) / 23 - 0.4 }

/// The sum of all scores in training, each times its weight.
private func loss(_ model: CRNN) -> Double {
    var model = model
    let scores = model.forward(pictures()).output.scalars
    return scores.indices.reduce(0) { $0 + Double(scores[$1]) * Double(weight($1)) }
}

/// Adds to one element of one parameter.
private struct Nudge: ParameterVisitor {
    var path: [String] = []
    let target: String
    let element: Int
    let amount: Float

    init(_ target: String, _ element: Int, by amount: Float) {
        (self.target, self.element, self.amount) = (target, element, amount)
    }

    mutating func visit(_ parameter: inout Parameter) {
        guard name == target else { return }
        var scalars = parameter.value.scalars
        scalars[element] += amount
        parameter.value = Tensor(scalars, shape: parameter.value.shape, on: parameter.value.device)
    }
}

/// The central difference of the loss for one element.
private func difference(_ model: CRNN, _ name: String, _ element: Int) -> Double {
    let step: Float = 5e-4
    let losses = [step, -step].map { amount in
        var (nudged, nudge) = (model, Nudge(name, element, by: amount))
        nudged.visitParameters(&nudge)
        return loss(nudged)
    }
    return (losses[0] - losses[1]) / (2 * Double(step))
}

@Test func theWholeNetworksGradientIsTheSlopeOfItsLoss() throws {
    var model = try network(tinyConfiguration(channels: 3, units: 4), classCount: 4, seed: 3)
    let fresh = model
    let (scores, cache) = model.forward(pictures())
    let weights = (0..<scores.shape.count).map(weight)
    _ = model.backward(Tensor(weights, shape: scores.shape, on: scores.device), cache)
    let inventory = Inventory(of: model)
    #expect(inventory.gradients.count == inventory.parameters.count)
    for (name, gradient) in inventory.gradients {
        let scalars = gradient.scalars
        let largest = scalars.indices.max { abs(scalars[$0]) < abs(scalars[$1]) } ?? 0
        for element in Set([largest, scalars.count / 2, scalars.count - 1]) {
            let slope = difference(fresh, name, element)
            let error = abs(slope - Double(scalars[element]))
            #expect(
                error < 2e-2 * max(0.05, abs(Double(scalars[largest]))),
                "\(name)[\(element)]: slope \(slope), gradient \(scalars[element])")
        }
    }
}

@Test func inferenceIsTrainingWithoutNormalization() throws {
    var configuration = tinyConfiguration()
    for index in configuration.convolutions.indices { configuration.convolutions[index].isNormalized = false }
    var model = try network(configuration, classCount: 4)
    #expect(model(pictures()).scalars == model.forward(pictures()).output.scalars)
}

@Test func theSameSeedGivesTheSameNetwork() throws {
    let (first, same, other) = (
        try network(tinyConfiguration(), classCount: 5, seed: 7),
        try network(tinyConfiguration(), classCount: 5, seed: 7),
        try network(tinyConfiguration(), classCount: 5, seed: 8)
    )
    let kernels = [first, same, other].map { $0.classifier.kernel.value.scalars }
    #expect(kernels[0] == kernels[1])
    #expect(kernels[0] != kernels[2])
}
