// A CRNN with a recurrent cell of its own: the convolutions of the compact network, two minimal gated units that read
// from either end, and CTC.
//
//     swift run -c release --package-path Examples CustomCell [--quick]

import CPU
import Files
import Foundation
import Imaging
import Neural
import Recognition
import Tensors

let isQuick = CommandLine.arguments.contains("--quick")
let device = CPUDevice(threads: 2)
var generator = SeededGenerator(seed: 1)

// The model: layers as properties. Its cell is in MinimalGatedUnit.swift.

struct Model: Parameterized {
    var convolutions: [ConvolutionBlock]
    var recurrence: Bidirectional<RNN<MinimalGatedUnit>>
    var classifier: Dense

    init(units: Int, classCount: Int, using generator: inout some RandomNumberGenerator) throws {
        let network = CRNNConfiguration.compact(height: 32)
        convolutions = try CRNN(network, classCount: classCount, on: device, using: &generator).convolutions
        let features = convolutions.outputShape(for: [1, 32, 96, 1]).last
        func scan() -> RNN<MinimalGatedUnit> {
            RNN(
                MinimalGatedUnit(features: features, units: units, on: device, using: &generator),
                RecurrentOptions(returnSequences: true))
        }
        recurrence = Bidirectional(forward: scan(), backward: scan())
        classifier = Dense(features: 2 * units, units: classCount, on: device, using: &generator)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&convolutions, named: "convolutions")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }

    /// Images `[batch × 32 × width × 1]` to scores `[batch × frames × classes]`.
    func callAsFunction(_ images: Tensor) -> Tensor { classifier(recurrence(sequence(convolutions(images)))) }

    /// One training step: forward, loss, backward in the opposite order, update. Returns the mean loss.
    mutating func learn(_ images: Tensor, _ labels: [[Int]], _ optimizer: inout Optimizer, rate: Float)
        -> Float
    {
        let (features, convolutionCache) = convolutions.forward(images)
        let (contexts, recurrenceCache) = recurrence.forward(sequence(features))
        let (scores, classifierCache) = classifier.forward(contexts)

        let loss = ctcLoss(scores, labels: labels, blank: alphabet.blank)
        let contextGradient = classifier.backward(loss.gradient, classifierCache)
        let sequenceGradient = recurrence.backward(contextGradient, recurrenceCache)
        _ = convolutions.backward(sequenceGradient.reshaped(to: features.shape), convolutionCache)

        let clipping = clippingFactor(norm: gradientNorm(), limit: 5)
        optimizer.step(&self, rate: rate, gradientScale: clipping)
        return loss.losses.reduce(0, +) / Float(labels.count)
    }

    /// One row of feature vectors `[batch × 1 × frames × features]` as a sequence `[batch × frames × features]`.
    private func sequence(_ row: Tensor) -> Tensor {
        row.reshaped(to: [row.shape[0], row.shape[2], row.shape[3]])
    }
}

// Data: the repository's images of numbers; those that are padded to one width.

let numbers = URL(filePath: #filePath).appending(path: "../../../../datasets/numbers").standardized
let preprocessor = Preprocessor(height: 32)
let samples = try String(contentsOf: numbers.appending(path: "labels.tsv"), encoding: .utf8)
    .split(separator: "\n").map { line in
        let fields = line.split(separator: "\t")
        let data = try Data(contentsOf: numbers.appending(path: "\(fields[0])"))
        return (image: try preprocessor.prepare(Image(decoding: data)), text: "\(fields[1])")
    }.filter { $0.image.width == 96 }
let alphabet = try Alphabet(covering: samples.map(\.text))
let (training, test) = (samples.dropLast(samples.count / 10), samples.suffix(samples.count / 10))

// Training and result.

var model = try Model(units: 64, classCount: alphabet.classCount, using: &generator)
var optimizer = Optimizer(.adam())
let steps = isQuick ? 3 : 600
print("\(model.parameterCount) parameters, \(steps) batches of 16 of \(training.count) images")
for step in 1...steps {
    let batch = training.shuffled(using: &generator).prefix(16)
    let images = preprocessor.tensor(batch.map(\.image), on: device)
    let loss = model.learn(images, try batch.map { try alphabet.encode($0.text) }, &optimizer, rate: 2e-3)
    if step % 100 == 0 || isQuick { print("step \(step): loss \(String(format: "%.3f", loss))") }
}
let transcripts = GreedyDecoder().decode(model(preprocessor.tensor(test.map(\.image), on: device)), alphabet)
let exact = zip(transcripts, test).count { $0.text == $1.text }
print("exact on images that it has not seen: \(exact) of \(test.count)")
