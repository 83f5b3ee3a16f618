internal import CKernels
internal import COneDNN
internal import Tensors

/// Products of rows and a kernel in panels, which are cached with the kernel; see `gemm.h`. The bits of a row do not
/// depend on its neighbours.
struct PanelProduct {
    private let panels: Memory
    private let inner: Int
    private let columns: Int
    private let context: Context

    /// The number of terms or columns in a panel.
    static let panel = Int(crnn_panel)

    /// Products with a kernel `[inner × columns]`, or with its transpose. `inner` may be several axes. Nil if a size is
    /// not a multiple of the panel.
    init?(_ kernel: CPUStorage, transposed: Bool = false) {
        let (height, width) = (kernel.shape.rows, kernel.shape.last), panel = Self.panel
        guard height > 0, width > 0, height % panel == 0, width % panel == 0 else { return nil }
        context = kernel.context
        if transposed {
            (inner, columns) = (width, height)
            panels = kernel.repacked(
                Descriptor([height / panel, width, panel], strides: [panel * width, 1, width]),
                to: .dense([height / panel, width, panel]))
        } else {
            (inner, columns) = (height, width)
            panels = kernel.packed(.dense([height, width]), as: .dense([width / panel, height, panel])) {
                kernel in
                let panels = kernel.context.memory(.dense([width / panel, height, panel]))
                let matrix = kernel.rowMajor
                withExtendedLifetime(matrix) {
                    crnn_pack_columns(panels.floats, matrix.floats, height, width)
                }
                return panels
            }
        }
    }

    /// Memory for rows in panels.
    func scratch(rows: Int) -> Memory { context.memory(.dense([rows, inner])) }

    /// `result ← rows · kernel`.
    func fill(_ result: Memory, _ rows: RowMatrix) {
        let packed = scratch(rows: rows.rows), stride = rows.rows * Self.panel
        withExtendedLifetime((packed, rows)) {
            context.forEachRange(of: rows.rows, grain: 64) { range in
                crnn_pack_terms(
                    packed.floats + range.lowerBound * Self.panel, stride,
                    rows.floats + range.lowerBound * inner, range.count, inner)
            }
            fill(result.floats, packed, rows.rows) { _, _ in }
        }
    }

    /// `result ← rows · kernel` for `count` rows in panels. The threads share the columns, or the rows if these make
    /// more parts. Calls `finish` for each part that is done.
    func fill(
        _ result: UnsafeMutablePointer<Float>, _ rows: Memory, _ count: Int,
        _ finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
    ) {
        let panelCount = columns / Self.panel
        withExtendedLifetime((panels, rows)) {
            func fillPart(_ part: Range<Int>, _ range: Range<Int>) {
                kernels.gemm.panel_product(
                    crnn_panel_product(
                        result: crnn_panels(
                            values: result + part.lowerBound * columns, row_stride: columns,
                            panel_stride: Self.panel),
                        left: rows.floats + part.lowerBound * Self.panel,
                        left_panel_stride: count * Self.panel, right: panels.floats, rows: part.count,
                        terms: inner, panels: crnn_range(range), adds: false, backwards: false))
                finish(part, range.lowerBound * Self.panel..<range.upperBound * Self.panel)
            }
            if count / 64 > panelCount {
                context.forEachRange(of: count, grain: 64) { fillPart($0, 0..<panelCount) }
            } else {
                context.forEachRange(of: panelCount, grain: 1) { fillPart(0..<count, $0) }
            }
        }
    }

    /// Adds the product of a step's rows, without gaps, and some of the kernel's columns to `sums`, whose rows lie a
    /// stride apart. `scratch` has room for the rows of all samples. Every second step takes the columns from last to
    /// first: the part of a large kernel that was read last is still in the cache.
    func add(
        _ rows: UnsafePointer<Float>, _ step: ScanStep, columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>, stride: Int, by scratch: Memory
    ) {
        let packed = scratch.floats + step.sample * inner
        crnn_pack_terms(packed, step.count * Self.panel, rows, step.count, inner)
        withExtendedLifetime((panels, scratch)) {
            kernels.gemm.panel_product(
                crnn_panel_product(
                    result: crnn_panels(values: sums, row_stride: stride, panel_stride: Self.panel),
                    left: packed, left_panel_stride: step.count * Self.panel,
                    right: panels.floats + columns.lowerBound * inner, rows: step.count, terms: inner,
                    panels: crnn_range(first: 0, count: columns.count / Self.panel), adds: true,
                    backwards: step.index % 2 == 1))
        }
    }
}
