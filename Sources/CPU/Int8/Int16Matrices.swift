internal import CKernels
internal import Requirements

/// Matrices `[terms × columns]` of int16, each the right factor of a product, packed in panels; see `int8.h`.
struct Int16Matrices: Sendable {
    private let numbers: Scratch<Int16>
    private let pairs: Int
    private let columns: Int

    /// Memory for `count` matrices with arbitrary contents. Columns are a multiple of the width of a panel.
    init(_ count: Int, terms: Int, columns: Int, in context: Context) {
        require(columns % PanelProduct.panel == 0, "\(columns) columns do not fill panels")
        (pairs, self.columns) = ((terms + 1) / 2, columns)
        numbers = Scratch(count * columns * pairs * 2, in: context)
    }

    /// One of the matrices.
    subscript(_ index: Int) -> crnn_int16_matrix {
        crnn_int16_matrix(
            panels: numbers.elements + index * columns * pairs * 2, pairs: pairs, columns: columns)
    }
}
