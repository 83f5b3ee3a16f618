internal import CKernels
internal import COneDNN
internal import Tensors

/// Products with a kernel in panels, see `panels.h`; those of the kernel itself are made once and kept. A row's bits do not depend on its
/// neighbours.
struct PanelProduct {
    private let panels: Memory
    /// The first panel that is used.
    private var first = 0
    private let inner: Int
    private var columns: Int
    private let context: Context

    /// The product with a kernel `[inner × columns]`, of which `inner` may be several axes, or with its transpose; nil
    /// where that does not part into whole panels, or the processor has no fast way.
    init?(_ kernel: OneDNNStorage, transposed: Bool = false) {
        let (rows, width) = (kernel.shape.rows, kernel.shape.last), panel = Self.panel
        guard rows > 0, width > 0, rows % panel == 0, width % panel == 0, crnn_vectors_run() else {
            return nil
        }
        context = kernel.context
        if transposed {
            (inner, columns) = (width, rows)
            panels = kernel.repacked(
                Descriptor([rows / panel, width, panel], strides: [panel * width, 1, width]),
                to: .dense([rows / panel, width, panel]))
        } else {
            (inner, columns) = (rows, width)
            panels = kernel.packed(.dense([rows, width]), as: .dense([width / panel, rows, panel])) {
                kernel in
                let panels = kernel.context.memory(.dense([width / panel, rows, panel]))
                let matrix = kernel.rowMajor
                withExtendedLifetime(matrix) {
                    crnn_pack_columns(panels.floats, matrix.floats, rows, width)
                }
                return panels
            }
        }
    }

    /// The product with the columns from `columns` on, whole panels.
    func dropping(columns dropped: Int) -> PanelProduct {
        precondition(dropped % Self.panel == 0, "\(dropped) columns are no whole panels")
        var part = self
        part.first += dropped / Self.panel
        part.columns -= dropped
        return part
    }

    /// The number of panels, among which threads share a product.
    var panelCount: Int { columns / Self.panel }

    /// `result ← rows · kernel` for some of the kernel's panels and rows in panels; the result's rows have no gaps.
    func multiply(
        _ rows: UnsafePointer<Float>, _ count: Int, into result: UnsafeMutablePointer<Float>,
        panels range: Range<Int>
    ) {
        crnn_panel_product(
            crnn_panels(values: result, row_stride: columns, panel_stride: Self.panel), rows,
            count * Self.panel, panels.floats, count, inner, crnn_range(range), false, false)
    }

    /// Memory for so many rows in panels.
    func scratch(rows: Int) -> Memory { context.memory(.dense([rows, inner])) }

    /// `result ← rows · kernel`, the columns shared among threads.
    func fill(_ result: Memory, _ rows: RowMatrix) {
        let packed = scratch(rows: rows.rows)
        crnn_pack_terms(packed.floats, rows.floats, inner, rows.rows, inner)
        withExtendedLifetime((packed, rows)) {
            context.forEachRange(of: panelCount, grain: 8) {
                multiply(packed.floats, rows.rows, into: result.floats, panels: $0)
            }
        }
    }

    /// Adds the product of consecutive rows, without gaps, and the kernel's first columns to those of `sums`, whose rows
    /// lie a stride apart; `scratch` has room for the rows of all samples. Every second step begins with the last
    /// column, since what was read last of a large kernel is still in the cache.
    func add(
        _ rows: UnsafePointer<Float>, _ step: ScanStep, to sums: UnsafeMutablePointer<Float>, stride: Int,
        columns: Int, by scratch: Memory
    ) {
        let packed = scratch.floats + step.sample * inner
        crnn_pack_terms(packed, rows, inner, step.count, inner)
        crnn_panel_product(
            crnn_panels(values: sums, row_stride: stride, panel_stride: Self.panel), packed,
            step.count * Self.panel, panels.floats + first * Self.panel * inner, step.count, inner,
            crnn_range(first: 0, count: columns / Self.panel), true,
            step.index % 2 == 1)
    }

    /// How many terms or columns share a panel.
    static let panel = Int(crnn_panel)
}
