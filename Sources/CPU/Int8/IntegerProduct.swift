internal import CKernels
internal import COneDNN
internal import Tensors

/// Products with a kernel of whole numbers of 8 bits: the rows of floats are rounded to whole numbers of 16 bits, each
/// row by a unit of its own, so that its answer does not depend on its neighbours. All sums are exact.
struct IntegerProduct {
    private let panels: Memory
    private let units: Memory
    private let inner: Int
    private let columns: Int
    private let context: Context

    /// Nil unless a kernel `[inner × columns]` is int8 with a scale for each column.
    init?(_ kernel: Tensor, in context: Context) {
        guard let storage = kernel.storage as? IntegerStorage, storage.isSigned, kernel.shape.rank == 2,
            storage.units.count == kernel.shape[1], kernel.shape[0] > 0
        else { return nil }
        (inner, columns) = (kernel.shape[0], kernel.shape[1])
        self.context = context
        let matrix = crnn_int8_matrix(columns: columns, terms: inner)
        let layout = Descriptor.dense([matrix.panelCount, matrix.pairs, PanelProduct.panel, 2], dnnl_s8)
        panels = storage.packed.copy(of: storage.memory.descriptor, as: layout) {
            let panels = context.memory(layout)
            crnn_pack_int8(matrix.over(panels), storage.memory.signedBytes, kernel.shape[0])
            return panels
        }
        let width = columns
        units = storage.packed.copy(of: storage.memory.descriptor, as: .dense([width])) {
            let units = context.memory(.dense([width]))
            units.floats.update(from: storage.units, count: width)
            return units
        }
    }

    /// `result ← rows · kernel`, the columns shared among threads.
    func fill(_ result: Memory, _ rows: RowMatrix) {
        let rounded = RoundedRows(rows.rows, columns: inner, in: context)
        round(rows.floats, rows.rows, into: rounded, from: 0)
        context.forEachRange(of: matrix.panelCount, grain: 8) { range in
            multiply(rounded, from: 0, rows.rows, into: result.floats, panels: range, adds: false)
        }
    }

    /// Adds the product of consecutive rows, without gaps, to those of `sums`; `first` is the place in `rounded` that
    /// they may use.
    func add(
        _ rows: UnsafePointer<Float>, _ count: Int, to sums: UnsafeMutablePointer<Float>,
        by rounded: RoundedRows, from first: Int
    ) {
        round(rows, count, into: rounded, from: first)
        multiply(rounded, from: first, count, into: sums, panels: 0..<matrix.panelCount, adds: true)
    }

    private var matrix: crnn_int8_matrix {
        crnn_int8_matrix(columns: columns, terms: inner).over(panels)
    }

    /// The largest size of a rounded number, of 16 bits, with which sums stay within 32: less from 512 terms on.
    private var limit: Float { Float(min(Int(Int16.max), Int(Int32.max) / (128 * inner))) }

    private func round(
        _ rows: UnsafePointer<Float>, _ count: Int, into rounded: RoundedRows, from first: Int
    ) {
        kernels.int8.quantize_rows(
            rounded.rows(from: first), rounded.units.floats + first, rows, inner, limit, count, inner)
    }

    private func multiply(
        _ rounded: RoundedRows, from first: Int, _ count: Int, into result: UnsafeMutablePointer<Float>,
        panels range: Range<Int>, adds: Bool
    ) {
        kernels.int8.product(
            result, columns, rounded.rows(from: first), rounded.units.floats + first, count, matrix,
            units.floats, crnn_range(range), adds)
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

/// Memory for rows of whole numbers of 16 bits and their units.
struct RoundedRows {
    private let memory: Memory
    private let stride: Int
    let units: Memory

    init(_ count: Int, columns: Int, in context: Context) {
        stride = (columns + 1) / 2 * 2
        memory = context.memory(Descriptor.dense([count, stride], dnnl_f16))
        units = context.memory(.dense([count]))
    }

    func rows(from first: Int) -> crnn_int16_rows {
        crnn_int16_rows(values: memory.shorts + first * stride, stride: stride)
    }
}
