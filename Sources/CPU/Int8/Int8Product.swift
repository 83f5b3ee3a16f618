internal import CKernels
internal import COneDNN
internal import Tensors

/// Products of float rows and an int8 kernel. The rows are quantized to int16, each with a scale of its own, so the
/// result of a row does not depend on its neighbours. All sums are exact.
struct Int8Product {
    private let panels: Memory
    private let scales: Memory
    private let inner: Int
    private let columns: Int
    private let context: Context

    /// Nil unless the kernel `[inner × columns]` is int8 with a scale for each column.
    init?(_ kernel: Tensor, in context: Context) {
        guard let storage = kernel.storage as? QuantizedStorage, storage.isSigned, kernel.shape.rank == 2,
            storage.scales.count == kernel.shape[1], kernel.shape[0] > 0
        else { return nil }
        let (inner, columns) = (kernel.shape[0], kernel.shape[1])
        (self.inner, self.columns, self.context) = (inner, columns, context)
        let matrix = crnn_int8_matrix(columns: columns, terms: inner)
        let layout = Descriptor.dense([matrix.panelCount, matrix.pairs, PanelProduct.panel, 2], dnnl_s8)
        panels = storage.packedLayouts.memory(of: storage.memory.descriptor, in: layout) {
            let panels = context.memory(layout)
            crnn_pack_int8(matrix.over(panels), storage.memory.signedBytes, inner)
            return panels
        }
        scales = storage.packedLayouts.memory(of: storage.memory.descriptor, in: .dense([columns])) {
            let scales = context.memory(.dense([columns]))
            scales.floats.update(from: storage.scales, count: columns)
            return scales
        }
    }

    /// `result ← rows · kernel`. The threads share the columns.
    func fill(_ result: Memory, _ rows: RowMatrix) {
        let quantized = QuantizedRows(rows.rows, columns: inner, in: context)
        quantize(rows.floats, rows.rows, into: quantized.rows(from: 0))
        context.forEachRange(of: matrix.panelCount, grain: 8) { range in
            multiply(
                quantized.rows(from: 0), rows.rows, into: result.floats, panels: range, adds: false)
        }
    }

    /// Adds the product of `count` adjacent rows to those of `sums`. The rows use `quantized` from `first` on.
    func add(
        _ rows: UnsafePointer<Float>, _ count: Int, to sums: UnsafeMutablePointer<Float>,
        by quantized: QuantizedRows, from first: Int
    ) {
        let part = quantized.rows(from: first)
        quantize(rows, count, into: part)
        multiply(part, count, into: sums, panels: 0..<matrix.panelCount, adds: true)
        withExtendedLifetime(quantized) {}
    }

    private var matrix: crnn_int8_matrix {
        crnn_int8_matrix(columns: columns, terms: inner).over(panels)
    }

    /// The largest int16 magnitude with which int32 sums cannot overflow: less than the largest int16 from 513 terms
    /// on.
    private var limit: Float { Float(min(Int(Int16.max), Int(Int32.max) / (128 * inner))) }

    private func quantize(_ rows: UnsafePointer<Float>, _ count: Int, into quantized: crnn_quantized_rows) {
        kernels.int8.quantize_rows(
            quantized, crnn_const_matrix(values: rows, stride: inner), count, inner, limit)
    }

    private func multiply(
        _ rows: crnn_quantized_rows, _ count: Int, into result: UnsafeMutablePointer<Float>,
        panels range: Range<Int>, adds: Bool
    ) {
        kernels.int8.product(
            crnn_int8_product(
                result: crnn_matrix(values: result, stride: columns), left: rows, rows: count, right: matrix,
                column_scales: scales.floats, panels: crnn_range(range), adds: adds))
    }
}

extension crnn_int8_matrix {
    fileprivate init(columns: Int, terms: Int) {
        self.init(panels: nil, pairs: (terms + 1) / 2, columns: columns)
    }

    fileprivate var panelCount: Int { (columns + PanelProduct.panel - 1) / PanelProduct.panel }

    fileprivate func over(_ memory: Memory) -> crnn_int8_matrix {
        crnn_int8_matrix(panels: memory.signedBytes, pairs: pairs, columns: columns)
    }
}
