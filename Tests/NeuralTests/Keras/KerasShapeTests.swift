import Neural
import Tensors
import Testing

/// A line of `keras-shapes.jsonl`.
private struct ShapeLine: Decodable {
    let versions: [Int]
    let layer: KerasLayer
    let input: [Int]
    let outputs: [[Int]]
    let weights: [[Int]]
    /// Initial values.
    let bias: [Float]?
}

@Suite struct KerasShapeTests {
    /// The predicted shapes, and those of a call.
    @Test func layersStateTheShapesOfKeras() throws {
        for line in try kerasGoldens("shapes", of: ShapeLine.self) {
            let builder = KerasBuilder(version: line.versions[0], device: reference)
            let layer = builder.subject(line.layer, for: Shape(line.input))
            let input = Tensor(repeating: 0, shape: Shape(line.input), on: reference)
            let given = layer.inferred(RecurrentInput(input)).outputs
            let name = "\(line.layer.class) \(line.layer.layer?.class ?? "") for \(line.input)"
            #expect(layer.outputShapes(for: Shape(line.input)).map(\.dimensions) == line.outputs, "\(name)")
            #expect(given.map(\.shape.dimensions) == line.outputs, "\(name)")
            #expect(layer.parameterGradients.map(\.shape.dimensions) == line.weights, "\(name)")
        }
    }

    @Test func biasesStartAsInKeras() throws {
        for line in try kerasGoldens("shapes", of: ShapeLine.self) {
            guard let expected = line.bias else { continue }
            let builder = KerasBuilder(version: line.versions[0], device: reference)
            let layer = builder.subject(line.layer, for: Shape(line.input))
            let biases = visited(layer).filter { $0.name.hasSuffix("bias") }
            #expect(biases.first?.value.scalars == expected, "\(line.layer.class)")
        }
    }
}
