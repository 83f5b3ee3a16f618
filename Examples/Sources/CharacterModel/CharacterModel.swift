import Foundation
import Neural
import Recognition
import Tensors

/// A language model over characters: the probability of each next character, given those before it in the line.
///
///     symbols [batch × time] → Embedding → LSTM → Dense → scores [batch × time × symbols]
///
/// Symbol 0 separates lines: the model reads it before the first character and predicts it after the last.
struct CharacterModel: Parameterized {
    /// The symbols from 1 on.
    let characters: [Character]
    private var embedding: Embedding
    private var recurrence: LSTM
    private var classifier: Dense

    /// An untrained model of a list of characters.
    init(
        characters: [Character], units: Int, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.characters = characters
        let symbols = characters.count + 1
        embedding = Embedding(count: symbols, width: 16, on: device, using: &generator)
        recurrence = LSTM(
            features: 16, units: units, options: RecurrentOptions(returnSequences: true), on: device,
            using: &generator)
        classifier = Dense(features: units, units: symbols, on: device, using: &generator)
    }

    /// Visits all trained parameters, for optimizers and files.
    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&embedding, named: "embedding")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }
}

// MARK: Training

extension CharacterModel {
    /// One training step: forward, loss, backward in the opposite order, update.
    mutating func learn(_ lines: [String], _ optimizer: inout Optimizer, rate: Float) {
        let batch = Batch(lines, characters, on: device)
        let (vectors, embeddingCache) = embedding.forward(batch.symbols)
        let (contexts, recurrenceCache) = recurrence.forward(vectors)
        let (scores, classifierCache) = classifier.forward(contexts)

        let scoreGradient = crossEntropy(scores, labels: batch.next).gradient
        let contextGradient = classifier.backward(scoreGradient, classifierCache)
        let vectorGradient = recurrence.backward(contextGradient, recurrenceCache)
        _ = embedding.backward(vectorGradient, embeddingCache)

        let clipping = clippingFactor(norm: gradientNorm(), limit: 1)
        optimizer.step(&self, rate: rate, gradientScale: clipping)
    }

    /// The perplexity: e to the mean loss, the number of equally probable symbols with the same loss.
    func perplexity(of lines: [String]) -> Float {
        let batch = Batch(lines, characters, on: device)
        let scores = classifier(recurrence(embedding(batch.symbols)))
        let losses = crossEntropy(scores, labels: batch.next).losses
        return exp(losses.reduce(0, +) / Float(batch.next.count { $0 != nil }))
    }

    private var device: any Device { embedding.embeddings.value.device }
}

/// Lines as the model reads them, and the next symbol at each step; nil after the end of a line.
private struct Batch {
    let symbols: Tensor
    let next: [Int?]

    init(_ lines: [String], _ characters: [Character], on device: any Device) {
        let indices = Dictionary(uniqueKeysWithValues: zip(characters, 1...))
        let texts = lines.map { line in line.compactMap { indices[$0] } }
        let time = 1 + (texts.map(\.count).max() ?? 0)
        symbols = Tensor(padding: texts.map { [0] + $0 }, on: device)
        next = texts.flatMap { $0 + [0] + [Int?](repeating: nil, count: time - $0.count - 1) }
    }
}

// MARK: Prediction

extension CharacterModel {
    /// The model's prediction after some characters of a line. It is a value, so several continuations can start from
    /// one prediction, as in a beam search.
    struct Prediction {
        /// The log-probability of each next symbol.
        let logProbabilities: [Float]
        fileprivate let state: [Tensor]
    }

    /// The prediction at the start of a line.
    var start: Prediction { prediction(reading: 0, state: []) }

    /// The prediction after one more symbol.
    func prediction(reading symbol: Int, after earlier: Prediction) -> Prediction {
        prediction(reading: symbol, state: earlier.state)
    }

    private func prediction(reading symbol: Int, state: [Tensor]) -> Prediction {
        let vectors = embedding(Tensor(padding: [[symbol]], on: device))
        let output = recurrence(RecurrentInput(vectors, state: state))
        let scores = classifier(output.output)
        return Prediction(logProbabilities: device.logSoftmax(scores).scalars, state: output.state)
    }

    /// A random line: each symbol is drawn with its probability.
    func sample(atMost limit: Int, using generator: inout some RandomNumberGenerator) -> String {
        var (line, expected) = ("", start)
        while line.count < limit {
            let symbol = draw(expected.logProbabilities, using: &generator)
            if symbol == 0 { break }
            line.append(characters[symbol - 1])
            expected = prediction(reading: symbol, after: expected)
        }
        return line
    }

    private func draw(_ logProbabilities: [Float], using generator: inout some RandomNumberGenerator) -> Int {
        var rest = Float.random(in: 0..<1, using: &generator)
        for (symbol, logProbability) in logProbabilities.enumerated() {
            rest -= exp(logProbability)
            if rest < 0 { return symbol }
        }
        return 0
    }
}
