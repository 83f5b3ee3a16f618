import Files
import Neural
import Recognition
import Tensors
import Testing

private let device = ReferenceDevice()

private func linear(outputs: Int = 2, seed: UInt64 = 1) -> Dense {
    var generator = SeededGenerator(seed: seed)
    return Dense(features: 3, units: outputs, on: device, using: &generator)
}

@Test func aModelComesBackFromItsTensorsAndLeavesTheOthers() throws {
    var file = SafetensorsFile(tensors: ["step": Tensor([7], shape: [], on: device)])
    let (model, normalization) = (linear(), BatchNormalization(channels: 2, on: device))
    file.insert(model)
    file.insert([normalization])
    #expect(file.tensors["kernel"]?.scalars == model.kernel.value.scalars)
    var other = linear(seed: 2)
    try file.move(into: &other)
    #expect(other.kernel.value.scalars == model.kernel.value.scalars)
    #expect(file.tensors.keys.sorted() == ["0.mean", "0.scale", "0.shift", "0.variance", "step"])
}

@Test func aModelThatDoesNotFitStaysAsItIs() throws {
    var file = SafetensorsFile()
    file.insert(linear())
    let kept = linear(outputs: 4)
    var model = kept
    let wrong = #expect(throws: CheckpointError.self) { try file.move(into: &model) }
    #expect(wrong?.description.contains("has kernel of shape 3×2, but its configuration needs 3×4") == true)
    file.tensors["bias"] = nil
    var same = linear(seed: 2)
    let missing = #expect(throws: CheckpointError.self) { try file.move(into: &same) }
    #expect(missing?.description.contains("lacks the tensor bias; ") == true)
    #expect(same.kernel.value.scalars == linear(seed: 2).kernel.value.scalars)
    #expect(file.tensors.keys.sorted() == ["kernel"])
}
