internal import CKernels

/// Memory for quantized rows: int16 numbers, and a scale for each row.
struct QuantizedRows {
    private let numbers: Scratch<Int16>
    private let scales: Scratch<Float>
    private let stride: Int

    /// Memory for `count` rows of `columns` numbers.
    init(_ count: Int, columns: Int, in context: Context) {
        stride = (columns + 1) / 2 * 2
        numbers = Scratch(count * stride, in: context)
        scales = Scratch(count, in: context)
    }

    /// The rows from `first` on.
    func rows(from first: Int) -> crnn_quantized_rows {
        crnn_quantized_rows(
            rows: crnn_int16_rows(values: numbers.elements + first * stride, stride: stride),
            scales: scales.elements + first)
    }
}
