internal import CKernels

/// The values of a block of patches or tiles at each point, in panels of sixteen channels
/// `[points × channels / 16 × rows × 16]`. Points have a gap between them: at multiples of 4 KiB they would share few
/// sets of the cache.
struct QuantizedPointMatrices<Element: BitwiseCopyable> {
    private let values: Scratch<Element>
    /// The distances between points and between panels.
    private let stride: (point: Int, panel: Int)

    init(_ points: Int, rows: Int, channels: Int, in context: Context) {
        stride = (rows * channels + 64, rows * PanelProduct.panel)
        values = Scratch(points * stride.point, in: context)
    }
}

extension QuantizedPointMatrices<Int16> {
    /// The patches from a row on, at all points.
    func patches(from row: Int) -> crnn_int16_patches {
        crnn_int16_patches(
            values: values.elements + row * PanelProduct.panel, point_stride: stride.point,
            panel_stride: stride.panel)
    }

    /// The patches at one point.
    func rows(at point: Int) -> crnn_int16_rows {
        crnn_int16_rows(values: values.elements + point * stride.point, panel_stride: stride.panel)
    }
}

extension QuantizedPointMatrices<Int32> {
    /// The sums from a row on, at all points.
    func tiles(from row: Int) -> crnn_int32_tiles { tiles(at: row * PanelProduct.panel) }

    /// The sums, from those at one point on.
    func tiles(point: Int) -> crnn_int32_tiles { tiles(at: point * stride.point) }

    private func tiles(at offset: Int) -> crnn_int32_tiles {
        crnn_int32_tiles(
            values: values.elements + offset, point_stride: stride.point, panel_stride: stride.panel)
    }
}
