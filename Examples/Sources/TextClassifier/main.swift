// A text classifier: a bidirectional LSTM decides whether the brackets of a text are balanced.
//
//     swift run -c release --package-path Examples TextClassifier [--quick]

import CPU
import Files
import Foundation
import Neural
import Tensors

let isQuick = CommandLine.arguments.contains("--quick")
let device = CPUDevice(threads: 1)  // more threads do not speed up a model as small as this
var generator = SeededGenerator(seed: 1)

// The model: one vector for each bracket, two LSTMs that read from either end, two scores.
// Texts differ in length; index 0 pads the shorter ones, and the mask lets the LSTMs skip it.

struct Classifier: Parameterized {
    var embedding: Embedding
    var recurrence: Bidirectional<LSTM>
    var classifier: Dense

    init(units: Int, using generator: inout some RandomNumberGenerator) {
        embedding = Embedding(
            count: 1 + brackets.count, width: 8, masksZero: true, on: device, using: &generator)
        recurrence = Bidirectional(
            forward: LSTM(features: 8, units: units, on: device, using: &generator),
            backward: LSTM(features: 8, units: units, on: device, using: &generator))
        classifier = Dense(features: 2 * units, units: 2, on: device, using: &generator)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&embedding, named: "embedding")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }

    /// The scores of each text for “broken” and “balanced”, `[batch × 2]`.
    func callAsFunction(_ texts: [String]) -> Tensor {
        let symbols = Tensor(padding: texts.map(indices), on: device)
        let input = RecurrentInput(embedding(symbols), mask: embedding.mask(for: symbols))
        return classifier(recurrence(input).output)
    }

    /// One training step: forward, loss, backward in the opposite order, update.
    mutating func learn(_ samples: [Sample], _ optimizer: inout Optimizer, rate: Float) {
        let symbols = Tensor(padding: samples.map { indices($0.text) }, on: device)
        let (vectors, embeddingCache) = embedding.forward(symbols)
        let (contexts, recurrenceCache) = recurrence.forward(
            RecurrentInput(vectors, mask: embedding.mask(for: symbols)))
        let (scores, classifierCache) = classifier.forward(contexts.output)

        let scoreGradient = crossEntropy(scores, labels: samples.map { $0.isBalanced ? 1 : 0 }).gradient
        let contextGradient = classifier.backward(scoreGradient, classifierCache)
        let inputGradient = recurrence.backward(RecurrentOutput(contextGradient), recurrenceCache)
        _ = embedding.backward(inputGradient.sequence, embeddingCache)

        let clipping = clippingFactor(norm: gradientNorm(), limit: 1)
        optimizer.step(&self, rate: rate, gradientScale: clipping)
    }
}

// Data: texts of two kinds of brackets, balanced or almost balanced.

struct Sample: Hashable {
    let text: String
    let isBalanced: Bool
}

let brackets: [Character] = ["(", ")", "[", "]"]

/// The index of each bracket, from 1.
func indices(_ text: String) -> [Int] { text.map { 1 + (brackets.firstIndex(of: $0) ?? 0) } }

/// A balanced text of `pairs` pairs: one pair around some of the others, followed by the rest.
func balanced(_ pairs: Int, using generator: inout SeededGenerator) -> String {
    guard pairs > 0 else { return "" }
    let inner = Int.random(in: 0..<pairs, using: &generator)
    let kind = 2 * Int.random(in: 0...1, using: &generator)
    let content = balanced(inner, using: &generator)
    let rest = balanced(pairs - 1 - inner, using: &generator)
    return "\(brackets[kind])\(content)\(brackets[kind + 1])\(rest)"
}

/// Whether each closing bracket matches the last open one, and none stays open.
func isBalanced(_ text: String) -> Bool {
    var open: [Int] = []
    for symbol in indices(text) {
        if !symbol.isMultiple(of: 2) {
            open.append(symbol)
        } else if open.popLast() != symbol - 1 {
            return false
        }
    }
    return open.isEmpty
}

/// A balanced text, or one with two brackets swapped, so that counting brackets does not suffice.
func sample(using generator: inout SeededGenerator) -> Sample {
    var text = Array(balanced(Int.random(in: 1...12, using: &generator), using: &generator))
    if Bool.random(using: &generator) {
        let places = text.indices
        text.swapAt(Int.random(in: places, using: &generator), Int.random(in: places, using: &generator))
    }
    return Sample(text: String(text), isBalanced: isBalanced(String(text)))
}

// Training on texts of 2 to 24 brackets; held-out texts are excluded.

let heldOut = Set((0..<1000).map { _ in sample(using: &generator) })
let tests = heldOut.sorted { $0.text < $1.text }
var model = Classifier(units: 48, using: &generator)
var optimizer = Optimizer(.adam())
let steps = isQuick ? 20 : 3000
print("\(model.parameterCount) parameters, texts such as \(tests[tests.count / 2].text)")
print("held-out accuracy before training: \(accuracy(model))")
for step in 0..<steps {
    let batch = (0..<64).map { _ in sample(using: &generator) }.filter { !heldOut.contains($0) }
    model.learn(batch, &optimizer, rate: 0.01 * (1 - Float(step) / Float(steps)))
}
print("held-out accuracy after training:  \(accuracy(model)), of texts that it has not seen")

// A text has the same scores in a padded batch as alone.

let texts = ["[]", "([])", "([)]", "[[()][]()]", "(([[()][]])[()](("]
let together = model(texts).scalars
let alone = texts.flatMap { model([$0]).scalars }
let difference = zip(together, alone).map { abs($0 - $1) }.max() ?? 0
for (row, text) in texts.enumerated() {
    print("\(text) is \(together[2 * row] < together[2 * row + 1] ? "balanced" : "broken")")
}
print("greatest difference between a padded batch and single texts: \(difference)")

/// The number of held-out texts that a model classifies correctly.
func accuracy(_ model: Classifier) -> String {
    let scores = model(tests.map(\.text)).scalars
    let right = tests.indices.count { (scores[2 * $0] < scores[2 * $0 + 1]) == tests[$0].isBalanced }
    return "\(right) of \(tests.count)"
}
