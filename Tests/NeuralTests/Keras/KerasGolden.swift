import Foundation
import Tensors
import Testing

/// One case of `scripts/golden/keras_recurrent.py`: a layer, some calls and Keras' results.
struct KerasCase: Decodable, Sendable {
    let name: String
    /// The versions of Keras with these results.
    let versions: [Int]
    let layer: KerasLayer
    let weights: [KerasFormula]
    let calls: [KerasCall]

    /// The version whose defaults apply.
    var version: Int { versions[0] }
}

/// One call of a layer, and its results.
struct KerasCall: Decodable, Sendable {
    let input: KerasFormula
    let mask: [[Float]]?
    let initialState: [KerasFormula]?
    let constants: [KerasFormula]?
    let dropout: [KerasFormula]?
    let recurrentDropout: [KerasFormula]?
    /// Whether a stateful layer is reset first.
    let reset: Bool?

    let outputs: [KerasValues]
    let outputMask: [[Float]]?
    /// The sum of all penalties.
    let regularization: [[Float]]?
    let inputGradients: [[Float]]?
    let weightsGradients: [[Float]]?
    let initialStateGradients: [[Float]]?
    let constantsGradients: [[Float]]?
}

/// Results of one shape.
struct KerasValues: Decodable, Sendable {
    let shape: [Int]
    let values: [Float]
}

/// Numbers by a formula, as `given` in `keras_layers.py`.
struct KerasFormula: Decodable, Sendable {
    let step: Int
    let shape: [Int]
    /// Integers below this one, instead of a pattern.
    let below: Int?
    /// The leading indices at which this is zero have zeros.
    let zeroWhere: KerasNumbers?

    func tensor(on device: any Device) -> Tensor {
        Tensor(scalars, shape: Shape(shape), on: device)
    }

    /// Dropout masks for a share of one half.
    func dropoutMask(on device: any Device) -> Tensor {
        let shape = Shape(shape)
        let kept = (1...shape.count).map { Float($0 * step % 23 < 12 ? 2 : 0) }
        return Tensor(kept, shape: shape, on: device)
    }

    private var scalars: [Float] {
        let shape = Shape(shape)
        if let below { return (0..<shape.count).map { Float($0 * step % below) } }
        var scalars = pattern(step, shape).scalars
        if let kept = zeroWhere?.numbers {
            for index in scalars.indices where kept[index * kept.count / scalars.count] == 0 {
                scalars[index] = 0
            }
        }
        return scalars
    }
}

/// Numbers in a nested list of any depth, or a single one.
struct KerasNumbers: Decodable, Sendable {
    let numbers: [Float]

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let one = try? value.decode(Float.self) {
            numbers = [one]
        } else {
            numbers = try value.decode([KerasNumbers].self).flatMap(\.numbers)
        }
    }
}

/// The lines of a golden file after the first, which names the versions.
func kerasGoldens<Line: Decodable>(_ name: String, of type: Line.Type = Line.self) throws -> [Line] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens/keras-\(name).jsonl")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    try #require(!lines.isEmpty, "no cases in \(file.path(percentEncoded: false))")
    return try lines.map { try decoder.decode(Line.self, from: Data($0.utf8)) }
}
