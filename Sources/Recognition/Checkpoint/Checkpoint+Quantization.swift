import Neural
import Tensors

extension Checkpoint {
    /// The model for inference in int8; see ``CRNN/quantized(by:)``.
    public func quantized(by calibration: Calibration) -> Checkpoint {
        var quantized = self
        quantized.model = model.quantized(by: calibration)
        return quantized
    }

    /// Whether any layer computes in int8; such a model cannot be trained.
    public var isQuantized: Bool {
        !model.quantizedConvolutions.isEmpty || !model.quantizedRecurrence.isEmpty
    }

    /// Throws if the model cannot be trained; the error names the file at `path`.
    public func requireTrainable(at path: String) throws(CheckpointError) {
        guard isQuantized else { return }
        throw CheckpointError(
            path: path,
            reason:
                "is quantized: its weights are rounded to 8 bits for inference and cannot be trained; give the "
                + "original model")
    }
}

/// The note in a file's header about a quantized model.
private struct QuantizationNote: Codable {
    /// The indices of the convolutions with int8 kernels.
    let convolutions: [Int]
    /// The indices of the recurrent layers with int8 kernels; nil if there are none.
    let recurrence: [Int]?
}

extension SafetensorsFile {
    private static let noteKey = "quantization"

    /// Adds the scales of a quantized model, and a note in the header.
    mutating func insertQuantization(of model: CRNN) throws {
        let (convolutions, recurrence) = (model.quantizedConvolutions, model.quantizedRecurrence)
        guard let device = tensors.values.first?.device, !(convolutions + recurrence).isEmpty else { return }
        try set(
            Self.noteKey,
            QuantizationNote(
                convolutions: convolutions, recurrence: recurrence.isEmpty ? nil : recurrence))
        for index in convolutions {
            guard let kernel = model.convolutions[index].convolution.quantized else { continue }
            let names = QuantizedNames(index)
            formats[names.kernel] = .int8
            insert(kernel.scales, named: names.scales, on: device)
            insert([kernel.inputScale], named: names.inputScale, on: device)
        }
        for (name, path) in recurrence.flatMap(recurrentKernels) {
            guard let values = model[keyPath: path].storage.int8 else { continue }
            formats[name] = .int8
            insert(values.scales, named: name + scalesSuffix, on: device)
        }
    }

    private mutating func insert(_ scales: [Float], named name: String, on device: any Device) {
        tensors[name] = Tensor(scales, shape: [scales.count], on: device)
        formats[name] = .float32
    }

    /// Quantizes those layers of a model, filled from the file, that the header names.
    mutating func moveQuantization(into model: inout CRNN) throws(CheckpointError) {
        let note = try quantizationNote(for: model)
        try moveConvolutions(note.convolutions, into: &model)
        let matrices = (note.recurrence ?? []).flatMap(recurrentKernels)
        try moveMatrices(matrices, into: &model)
        let kernels = Set(note.convolutions.map { QuantizedNames($0).kernel } + matrices.map(\.name))
        try checkUnnamed(except: kernels)
        model.joinQuantizedConvolutions()
    }

    private mutating func moveConvolutions(_ indices: [Int], into model: inout CRNN) throws(CheckpointError) {
        for index in indices {
            let names = QuantizedNames(index)
            try checkWeights(
                model.convolutions[index].convolution.kernel.value, named: names.kernel,
                limit: Int8(QuantizedKernel.weightLimit))
            let outputs = model.convolutions[index].convolution.kernel.value.shape.last
            let scales = try positiveNumbers(outputs, named: names.scales)
            let inputScale = try positiveNumbers(1, named: names.inputScale)[0]
            model.convolutions[index].convolution.quantizeByKernel(scales: scales, inputScale: inputScale)
        }
    }

    private mutating func moveMatrices(
        _ matrices: [(name: String, path: WritableKeyPath<CRNN, Tensor>)], into model: inout CRNN
    ) throws(CheckpointError) {
        for (name, path) in matrices {
            let kernel = model[keyPath: path]
            try checkWeights(kernel, named: name, limit: 127)
            let scales = try positiveNumbers(kernel.shape.last, named: name + scalesSuffix)
            model[keyPath: path] = Tensor(
                int8: Int8Values(kernel.int8Values, scales: scales), shape: kernel.shape,
                on: kernel.device)
        }
    }

    /// Throws if the file has int8 values or scales of layers that its header does not name.
    private func checkUnnamed(except kernels: Set<String>) throws(CheckpointError) {
        if let name = formats.keys.filter({ formats[$0] == .int8 && !kernels.contains($0) }).min() {
            throw CheckpointError(
                reason: "has \(name) in 8 bits, but its header does not say so; \(advice)")
        }
        if let name = tensors.keys.filter(QuantizedNames.isScale).min() {
            throw CheckpointError(
                reason: "has \(name), but its header does not name the layer; \(advice)")
        }
    }

    private var advice: String { "quantize the model again" }

    private mutating func quantizationNote(for model: CRNN) throws(CheckpointError) -> QuantizationNote {
        guard metadata[Self.noteKey] != nil else {
            return QuantizationNote(convolutions: [], recurrence: nil)
        }
        let note: QuantizationNote
        do { note = try value(Self.noteKey) } catch {
            throw CheckpointError(reason: "has a header that cannot be used (\(error)); \(advice)")
        }
        let recurrence = note.recurrence ?? []
        guard fits(note.convolutions, model.convolutions.indices.dropFirst()),
            note.convolutions.allSatisfy({ model.convolutions[$0].normalization == nil }),
            fits(recurrence, model.recurrence.indices)
        else {
            throw CheckpointError(
                reason:
                    "names convolutions \(note.convolutions) and recurrent layers \(recurrence) in 8 bits, "
                    + "which do not fit its network; " + advice)
        }
        return note
    }

    /// Whether all layers exist in the model, and none is named twice.
    private func fits(_ layers: [Int], _ possible: Range<Int>) -> Bool {
        layers.allSatisfy(possible.contains) && Set(layers).count == layers.count
    }

    private func checkWeights(_ weights: Tensor, named name: String, limit: Int8) throws(CheckpointError) {
        guard formats[name] == .int8, weights.int8Values.allSatisfy({ $0 >= -limit && $0 <= limit }) else {
            throw CheckpointError(
                reason:
                    "has \(name) with other values than integers from −\(limit) to \(limit); \(advice)")
        }
    }

    private mutating func positiveNumbers(
        _ count: Int, named name: String
    ) throws(CheckpointError) -> [Float] {
        let numbers = tensors.removeValue(forKey: name)?.scalars ?? []
        guard numbers.count == count, numbers.allSatisfy({ $0.isNormal && $0 > 0 }) else {
            throw CheckpointError(
                reason:
                    "lacks \(name) of \(count == 1 ? "a positive number" : "\(count) positive numbers"); \(advice)"
            )
        }
        return numbers
    }
}

/// The suffix that turns the name of a recurrent kernel into that of its scales.
private let scalesSuffix = "Scales"

/// The kernels of a recurrent layer, with their names in a file.
private func recurrentKernels(_ layer: Int) -> [(name: String, path: WritableKeyPath<CRNN, Tensor>)] {
    let weights: [(String, WritableKeyPath<CRNN, CellWeights>)] = [
        ("forward", \.recurrence[layer].forwardScan.cell.weights),
        ("backward", \.recurrence[layer].backwardScan.cell.weights),
    ]
    return weights.flatMap { direction, path in
        let prefix = "recurrence.\(layer).\(direction)."
        return [
            (prefix + "kernel", path.appending(path: \.kernel.value)),
            (prefix + "recurrentKernel", path.appending(path: \.recurrentKernel.value)),
        ]
    }
}

/// The names of the tensors of a quantized convolution in a file.
private struct QuantizedNames {
    let kernel: String
    let scales: String
    let inputScale: String

    /// Whether a name is that of a tensor that only quantized layers have.
    static func isScale(_ name: String) -> Bool {
        (name.hasPrefix("convolutions.") && (name.hasSuffix(".scales") || name.hasSuffix(".inputScale")))
            || (name.hasPrefix("recurrence.") && name.hasSuffix(scalesSuffix))
    }

    init(_ index: Int) {
        let prefix = "convolutions.\(index).convolution."
        (kernel, scales, inputScale) = (prefix + "kernel", prefix + "scales", prefix + "inputScale")
    }
}
