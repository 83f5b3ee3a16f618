import CPU
import Neural
import Recognition
import Tensors
import TestSupport
import Testing

private let devices: [any Device] = [ReferenceDevice(), CPUDevice(threads: 2)]

/// The greatest relative difference between the scores of a folded model and of the model.
private let tolerance: Float = 2e-5

/// A network normalized in every layer, with statistics as training leaves them: means away from zero, deviations
/// from a tenth to ten, scales of both signs, and one channel that is as good as dead.
private func trainedLikeNetwork(on device: any Device) throws -> CRNN {
    var configuration = tinyConfiguration(channels: 4, units: 8)
    for index in configuration.convolutions.indices {
        configuration.convolutions[index].isNormalized = index != 1
    }
    var model = try network(configuration, classCount: 6, seed: 5, on: device)
    for index in model.convolutions.indices {
        let seed = Double(index)
        model.convolutions[index].convolution.bias.value = .wave([4], seed: seed, on: device)
        guard model.convolutions[index].normalization != nil else { continue }
        func channels(_ value: (Float) -> Float) -> Tensor {
            Tensor(wave([4], seed: 3 * seed).map(value), shape: [4], on: device)
        }
        model.convolutions[index].normalization?.mean = channels { 3 * $0 }
        model.convolutions[index].normalization?.variance = Tensor(
            [0.01, 100, 1.5, 1e-9], shape: [4], on: device)
        model.convolutions[index].normalization?.scale.value = Tensor(
            [-0.5, 2, 1, 1e-3], shape: [4], on: device)
        model.convolutions[index].normalization?.shift.value = channels { $0 / 2 }
    }
    return model
}

@Test(arguments: devices, [1, 3])
func foldedModelsGiveTheModelsScores(device: any Device, batch: Int) throws {
    let model = try trainedLikeNetwork(on: device)
    let folded = model.foldedForInference()
    for width in [8, 40, 101] {
        let images = Tensor.wave([batch, 16, width, 1], seed: 2, on: device)
        #expect(relativeDifference(folded(images), model(images)) < tolerance, "width \(width)")
    }
}

@Test func foldedModelsHaveNoNormalization() throws {
    let folded = try trainedLikeNetwork(on: ReferenceDevice()).foldedForInference()
    #expect(folded.convolutions.allSatisfy { $0.normalization == nil })
    for block in folded.convolutions {
        #expect((block.convolution.options.activation == .relu) == (block.pooling == nil))
        #expect(block.pooling?.relu != false)
    }
    #expect(Inventory(of: folded).statistics.isEmpty)
}

@Test func foldingLeavesTheModelAsItIs() throws {
    let model = try trainedLikeNetwork(on: ReferenceDevice())
    let before = Inventory(of: model)
    let checkpoint = Checkpoint(
        model: model, alphabet: try Alphabet(characters: "abcde"), preprocessor: Preprocessor(height: 16))
    let recognizer = checkpoint.recognizer
    #expect(recognizer.model.convolutions[0].normalization == nil)
    let after = Inventory(of: checkpoint.model)
    #expect(after.parameters.mapValues(\.scalars) == before.parameters.mapValues(\.scalars))
    #expect(after.statistics.mapValues(\.scalars) == before.statistics.mapValues(\.scalars))
}

@Test func aFoldedModelCanBeSavedAsOneWithoutNormalization() throws {
    let device = ReferenceDevice()
    let folded = try trainedLikeNetwork(on: device).foldedForInference()
    let folder = try TemporaryFolder()
    let path = folder.path("folded.safetensors")
    try Checkpoint(
        model: folded, alphabet: try Alphabet(characters: "abcde"), preprocessor: Preprocessor(height: 16)
    ).write(to: path)
    let read = try Checkpoint(reading: path, on: device).model
    let images = Tensor.wave([1, 16, 40, 1], on: device)
    #expect(read(images).scalars == folded(images).scalars)
}
