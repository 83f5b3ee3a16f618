import Neural
import Tensors

extension Checkpoint {
    /// This model for inference alone, its convolutions in whole numbers of 8 bits but for the first.
    public func quantized(by calibration: Calibration) -> Checkpoint {
        var quantized = self
        quantized.model = model.quantized(by: calibration)
        return quantized
    }

    /// Whether convolutions compute with whole numbers; such a model cannot be trained.
    public var isQuantized: Bool { !model.quantizedConvolutions.isEmpty }

    /// Throws where the model cannot be trained further; `path` stands for its file.
    public func requireTrainable(at path: String) throws(CheckpointError) {
        guard isQuantized else { return }
        throw CheckpointError(
            path: path,
            reason:
                "is quantised: its weights are rounded to 8 bits for inference and cannot be trained; give the "
                + "model that it was made of")
    }
}

/// What a file's header tells of a quantised model.
private struct QuantizationNote: Codable {
    /// The convolutions whose kernels are whole numbers, counted from 0.
    let convolutions: [Int]
}

extension SafetensorsFile {
    private static let noteKey = "quantization"

    /// Adds what a quantised model has beside its parameters: scales, and a note in the header.
    mutating func insertQuantization(of model: CRNN) throws {
        let indices = model.quantizedConvolutions
        guard let device = tensors.values.first?.device, !indices.isEmpty else { return }
        try set(Self.noteKey, QuantizationNote(convolutions: indices))
        for index in indices {
            guard let kernel = model.convolutions[index].convolution.quantized else { continue }
            let names = QuantizedNames(index)
            formats[names.kernel] = .int8
            insert(kernel.scales, named: names.scales, on: device)
            insert([kernel.inputScale], named: names.inputScale, on: device)
        }
    }

    private mutating func insert(_ scales: [Float], named name: String, on device: any Device) {
        tensors[name] = Tensor(scales, shape: [scales.count], on: device)
        formats[name] = .float32
    }

    /// Lets those convolutions of a model, filled from the file, compute with whole numbers that the header names.
    mutating func moveQuantization(into model: inout CRNN) throws(ModelMismatch) {
        let indices = try quantizedConvolutions(of: model)
        for index in indices {
            let names = QuantizedNames(index)
            try checkWeights(model.convolutions[index].convolution.kernel.value, named: names.kernel)
            let outputs = model.convolutions[index].convolution.kernel.value.shape.last
            let scales = try positiveNumbers(outputs, named: names.scales)
            let inputScale = try positiveNumbers(1, named: names.inputScale)[0]
            model.convolutions[index].convolution.quantizeByKernel(scales: scales, inputScale: inputScale)
        }
        let kernels = Set(indices.map { QuantizedNames($0).kernel })
        if let name = formats.keys.filter({ formats[$0] == .int8 && !kernels.contains($0) }).min() {
            throw ModelMismatch(
                description: "has \(name) in 8 bits, which its header does not tell; \(advice)")
        }
        model.joinQuantizedConvolutions()
    }

    private var advice: String { "quantise the model again" }

    private mutating func quantizedConvolutions(of model: CRNN) throws(ModelMismatch) -> [Int] {
        guard metadata[Self.noteKey] != nil else { return [] }
        let note: QuantizationNote
        do { note = try value(Self.noteKey) } catch {
            throw ModelMismatch(description: "has a header that cannot be used (\(error)); \(advice)")
        }
        let possible = model.convolutions.indices.dropFirst()
        guard note.convolutions.allSatisfy(possible.contains),
            Set(note.convolutions).count == note.convolutions.count,
            note.convolutions.allSatisfy({ model.convolutions[$0].normalization == nil })
        else {
            throw ModelMismatch(
                description:
                    "tells of convolutions \(note.convolutions) in 8 bits, which do not fit its network; "
                    + advice)
        }
        return note.convolutions
    }

    private func checkWeights(_ weights: Tensor, named name: String) throws(ModelMismatch) {
        let limit = Int8(QuantizedKernel.weightLimit)
        guard formats[name] == .int8, weights.wholeNumbers.allSatisfy({ $0 >= -limit && $0 <= limit }) else {
            throw ModelMismatch(
                description: "has \(name) in other numbers than whole ones from −64 to 64; \(advice)")
        }
    }

    private mutating func positiveNumbers(
        _ count: Int, named name: String
    ) throws(ModelMismatch) -> [Float] {
        let numbers = tensors.removeValue(forKey: name)?.scalars ?? []
        guard numbers.count == count, numbers.allSatisfy({ $0.isNormal && $0 > 0 }) else {
            throw ModelMismatch(description: "lacks \(name), \(count) positive numbers; \(advice)")
        }
        return numbers
    }
}

/// How the parts of a quantised convolution are called in a file.
private struct QuantizedNames {
    let kernel: String
    let scales: String
    let inputScale: String

    init(_ index: Int) {
        let prefix = "convolutions.\(index).convolution."
        (kernel, scales, inputScale) = (prefix + "kernel", prefix + "scales", prefix + "inputScale")
    }
}
