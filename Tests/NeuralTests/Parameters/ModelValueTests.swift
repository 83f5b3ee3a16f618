import Files
import Neural
import Tensors
import Testing

/// One layer of each kind with parameters.
private struct Model: Parameterized {
    var convolutions: [Convolution2D]
    var normalization = BatchNormalization(channels: 2, on: reference)
    var recurrence: [Bidirectional<LSTM>]
    var classifier: Dense

    init() {
        var generator = SeededGenerator(seed: 1)
        convolutions = [
            Convolution2D(.square(1), inputs: 1, outputs: 2, .init(), on: reference, using: &generator)
        ]
        recurrence = [Bidirectional(features: 2, units: 2, on: reference, using: &generator)]
        classifier = Dense(features: 4, units: 3, on: reference, using: &generator)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&convolutions, named: "convolutions")
        visitor.visit(&normalization, named: "normalization")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }

    /// A training pass over one fixed image; gradients stay in the parameters.
    mutating func train() {
        let (features, convolved) = convolutions.forward(.uniform([1, 1, 5, 1]))
        let (normal, normalized) = normalization.forward(features)
        let (states, scanned) = recurrence.forward(reference.reshaped(normal, to: [1, 5, 2]))
        let (scores, classified) = classifier.forward(states)
        let loss = ctcLoss(scores, labels: [[1, 2]], blank: 0)
        let gradient = recurrence.backward(classifier.backward(loss.gradient, classified), scanned)
        _ = convolutions.backward(
            normalization.backward(reference.reshaped(gradient, to: features.shape), normalized), convolved)
    }
}

@Test func parametersAreVisitedByPathInTheOrderOfTheModel() {
    let scan = ["kernel", "recurrentKernel", "bias"]
    let expected =
        ["convolutions.0.kernel", "convolutions.0.bias", "normalization.scale", "normalization.shift"]
        + ["normalization.mean (statistic)", "normalization.variance (statistic)"]
        + scan.map { "recurrence.0.forward." + $0 } + scan.map { "recurrence.0.backward." + $0 }
        + ["classifier.kernel", "classifier.bias"]
    #expect(visited(Model()).map(\.name) == expected)
}

/// Every value changes except the convolution's bias, which the normalization after it cancels.
@Test func aSnapshotKeepsItsNumbersWhileTheModelLearns() {
    var model = Model()
    let snapshot = model
    let before = visited(snapshot).map(\.value.scalars)
    var optimizer = Optimizer(.sgd())
    model.train()
    optimizer.step(&model, rate: 0.5)
    #expect(visited(snapshot).map(\.value.scalars) == before)
    for (then, now) in zip(visited(snapshot), visited(model)) where now.name != "convolutions.0.bias" {
        #expect(then.value.scalars != now.value.scalars, "\(now.name) does not learn")
    }
    #expect(snapshot.gradientNorm() == 0 && model.gradientNorm() > 0)
}

@Test func aModelLearnsItsOneImageByHeart() {
    var model = Model()
    var optimizer = Optimizer(.adam())
    model.train()
    let first = model.gradientNorm()
    for _ in 0..<200 {
        model.train()
        optimizer.step(&model, rate: 0.02)
    }
    #expect(model.gradientNorm() < first / 10)
}
