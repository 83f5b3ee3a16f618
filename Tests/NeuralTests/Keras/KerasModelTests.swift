import Neural
import Tensors
import Testing

@Suite struct KerasModelTests {
    /// Functions whose derivative does not follow from the value, and functions of several scalars.
    private let absent: Set = ["softmax", "gelu", "swish", "mish"]

    @Test(arguments: [KerasForm.fused, .fusedByOneDNN])
    func modelsGiveTheOutputsAndGradientsOfKeras(_ form: KerasForm) throws {
        var comparison = KerasComparison()
        for golden in try kerasGoldens("models", of: KerasCase.self) where !lacks(golden.layer) {
            comparison.hold(golden, scans: false, on: form.device)
        }
        #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
    }

    @Test func activationsAreThoseOfKerasThatFollowFromTheirValue() throws {
        let names = try kerasGoldens("models", of: KerasCase.self).compactMap(\.layer.activation)
        #expect(names.count == 16)
        for name in names {
            #expect((Activation(keras: name, version: 3) == nil) == absent.contains(name), "\(name)")
        }
    }

    private func lacks(_ layer: KerasLayer) -> Bool { layer.activation.map(absent.contains) ?? false }
}
