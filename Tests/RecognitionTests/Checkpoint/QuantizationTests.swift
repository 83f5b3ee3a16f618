import CPU
import Foundation
import Neural
import Recognition
import Tensors
import TestSupport
import Testing

private let device = CPUDevice(threads: 2)

/// Prepared images of waves, 16 pixels high.
private func images(on device: any Device) -> Tensor {
    Preprocessor(height: 16).tensor((0..<4).map { waves(64, 16, $0) }, on: device)
}

/// A network of 16 channels with statistics that folding has to take along.
private func model(on device: any Device) throws -> CRNN {
    var model = try network(tinyConfiguration(channels: 16, units: 8), classCount: 4, seed: 9, on: device)
    for index in model.convolutions.indices {
        model.convolutions[index].convolution.bias.value = .wave([16], seed: Double(index), on: device)
        model.convolutions[index].normalization?.mean = .wave([16], seed: 1, on: device)
    }
    return model
}

private func quantized(on device: any Device) throws -> CRNN {
    let model = try model(on: device)
    var calibration = Calibration(of: model)
    calibration.observe(images(on: device))
    return model.quantized(by: calibration)
}

private func checkpoint(on device: any Device) throws -> Checkpoint {
    Checkpoint(
        model: try quantized(on: device), alphabet: try Alphabet(["a", "é", "-"]),
        preprocessor: Preprocessor(height: 16))
}

@Test func quantizedScoresAreCloseToThoseOfFloats() throws {
    let (plain, whole) = (try model(on: device), try quantized(on: device))
    #expect(whole.quantizedConvolutions == Array(1..<7))
    #expect(whole.quantizedRecurrence == Array(whole.recurrence.indices) && !whole.recurrence.isEmpty)
    let difference = relativeDifference(whole(images(on: device)), plain(images(on: device)))
    #expect(difference < 0.15 && difference > 0)
    #expect(relativeDifference(whole.dequantized()(images(on: device)), plain(images(on: device))) < 0.15)
    #expect(whole.dequantized().quantizedConvolutions.isEmpty)
    #expect(whole.dequantized().quantizedRecurrence.isEmpty)
}

@Test func quantizedNetworksAgreeWithTheReference() throws {
    let reference = ReferenceDevice()
    let scores = try [reference, device].map { (device: any Device) in
        try quantized(on: device)(images(on: device))
    }
    #expect(relativeDifference(scores[1], scores[0]) < 0.01)
}

@Test func aQuantizedCheckpointComesBackWhole() throws {
    let folder = try TemporaryFolder()
    let written = try checkpoint(on: device)
    try written.write(to: folder.path("model"))
    let read = try Checkpoint(reading: folder.path("model"), on: device)
    #expect(read.isQuantized && read.extraTensors.isEmpty && read.notes.isEmpty)
    #expect(read.model(images(on: device)).scalars == written.model(images(on: device)).scalars)
    try read.write(to: folder.path("again"))
    let bytes = try ["model", "again"].map { try Data(contentsOf: URL(filePath: folder.path($0))) }
    #expect(bytes[0] == bytes[1])
}

@Test func halvesOfAQuantizedCheckpointKeepItsWholeNumbers() throws {
    let folder = try TemporaryFolder()
    let written = try checkpoint(on: device)
    try written.write(to: folder.path("model"), as: .float16)
    let read = try Checkpoint(reading: folder.path("model"), on: device)
    for (found, expected) in zip(read.model.convolutions, written.model.convolutions) {
        #expect(found.convolution.quantized?.scales == expected.convolution.quantized?.scales)
        #expect(found.convolution.quantized?.inputScale == expected.convolution.quantized?.inputScale)
    }
    #expect(relativeDifference(read.model(images(on: device)), written.model(images(on: device))) < 0.05)
}

@Test func aQuantizedModelCannotBeTrained() throws {
    let error = #expect(throws: CheckpointError.self) {
        try checkpoint(on: device).requireTrainable(at: "small.safetensors")
    }
    #expect(error?.description.contains("small.safetensors: is quantized") == true)
    let plain = Checkpoint(
        model: try model(on: device), alphabet: try Alphabet(["a", "é", "-"]),
        preprocessor: Preprocessor(height: 16))
    try plain.requireTrainable(at: "")
}

/// Reads a quantized checkpoint from a changed file and returns the error; nil if it can be read.
private func refusal(_ change: (inout SafetensorsFile) throws -> Void) throws -> String? {
    let folder = try TemporaryFolder()
    let path = folder.path("model.safetensors")
    try checkpoint(on: device).write(to: path)
    var file = try SafetensorsFile(reading: path, on: device)
    try change(&file)
    try file.write(to: path)
    do throws(CheckpointError) {
        _ = try Checkpoint(reading: path, on: device)
        return nil
    } catch {
        return error.reason
    }
}

@Test func modelsWithQuantizedConvolutionsAloneComeBack() throws {
    let folder = try TemporaryFolder()
    var written = try checkpoint(on: device)
    written.model.recurrence = try model(on: device).recurrence
    try written.write(to: folder.path("model"))
    let read = try Checkpoint(reading: folder.path("model"), on: device)
    #expect(read.isQuantized && read.model.quantizedRecurrence.isEmpty)
    #expect(read.model(images(on: device)).scalars == written.model(images(on: device)).scalars)
}

private let kernel = "convolutions.2.convolution.kernel"
private let recurrentKernel = "recurrence.0.backward.recurrentKernel"
private let scales = "convolutions.2.convolution.scales"

@Test func quantizedCheckpointsWithoutTheirPartsAreRefused() throws {
    #expect(try refusal { _ in } == nil)
    #expect(try refusal { $0.tensors[scales] = nil }?.contains("lacks \(scales) of 16 positive") == true)
    #expect(
        try refusal { $0.tensors["convolutions.1.convolution.inputScale"] = nil }?.contains(
            "a positive number")
            == true)
    for value in [Float.nan, 0, -1, .infinity] {
        let error = try refusal {
            $0.tensors[scales] = Tensor([Float](repeating: value, count: 16), shape: [16], on: device)
        }
        #expect(error?.contains("positive numbers") == true)
    }
    #expect(
        try refusal { $0.tensors[recurrentKernel + "Scales"] = nil }?
            .contains("lacks \(recurrentKernel)Scales of 32 positive") == true)
    let silent = try refusal {
        $0.metadata["quantization"] = nil
        $0.formats = [:]
    }
    #expect(silent?.contains("but its header does not name the layer") == true)
    #expect(
        try refusal { $0.metadata["quantization"] = nil }?.contains("in 8 bits, but its header") == true)
}

@Test func quantizedCheckpointsWithOtherWeightsAreRefused() throws {
    #expect(try refusal { $0.formats[kernel] = nil }?.contains("integers from −64 to 64") == true)
    let large = try refusal {
        $0.tensors[kernel] = Tensor(
            int8: Int8Values([Int8](repeating: 65, count: 2304)), shape: [3, 3, 16, 16], on: device)
    }
    #expect(large?.contains("integers from −64 to 64") == true)
    #expect(try refusal { $0.formats[recurrentKernel] = nil }?.contains("from −127 to 127") == true)
    let least = try refusal {
        $0.tensors[recurrentKernel] = Tensor(
            int8: Int8Values([Int8](repeating: -128, count: 256)), shape: [8, 32], on: device)
    }
    #expect(least?.contains("from −127 to 127") == true)
}

@Test(arguments: [
    "", "{}", "7", "null", #"{"convolutions": [0]}"#, #"{"convolutions": [1, 1]}"#,
    #"{"convolutions": [-1]}"#, #"{"convolutions": [7]}"#, #"{"convolutions": ["x"]}"#,
    #"{"convolutions": [1]}"#, #"{"convolutions": [], "recurrence": [9]}"#,
    #"{"convolutions": [], "recurrence": [0, 0]}"#, #"{"recurrence": [0]}"#,
])
func headersThatDoNotFitAQuantizedNetworkAreRefused(note: String) throws {
    #expect(try refusal { $0.metadata["quantization"] = note }?.contains("quantize the model again") == true)
}
