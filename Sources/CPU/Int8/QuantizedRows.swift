internal import CKernels

/// Memory for quantized rows: int16 numbers in panels of sixteen columns, and a scale for each row.
struct QuantizedRows {
    private let numbers: Scratch<Int16>
    private let scales: Scratch<Float>
    private let count: Int

    /// Memory for `count` rows of `columns` numbers.
    init(_ count: Int, columns: Int, in context: Context) {
        self.count = count
        let panels = (columns + PanelProduct.panel - 1) / PanelProduct.panel
        numbers = Scratch(panels * count * PanelProduct.panel, in: context)
        scales = Scratch(count, in: context)
    }

    /// The rows from `first` on.
    func rows(from first: Int) -> crnn_quantized_rows {
        crnn_quantized_rows(
            rows: crnn_int16_rows(
                values: numbers.elements + first * PanelProduct.panel,
                panel_stride: count * PanelProduct.panel),
            scales: scales.elements + first)
    }
}
