internal import CKernels

/// The values of a block of patches or tiles at each point `[points × rows × channels]`. Points have a gap between
/// them: at multiples of 4 KiB they would share few sets of the cache.
struct QuantizedPointMatrices<Element: BitwiseCopyable> {
    private let values: Scratch<Element>
    private let channels: Int
    private let stride: Int

    init(_ points: Int, rows: Int, channels: Int, in context: Context) {
        self.channels = channels
        stride = rows * channels + 64
        values = Scratch(points * stride, in: context)
    }
}

extension QuantizedPointMatrices<Int16> {
    /// The patches from a row on, at all points.
    func patches(from row: Int) -> crnn_int16_patches {
        crnn_int16_patches(
            values: values.elements + row * channels, point_stride: stride, tile_stride: channels)
    }

    /// The patches at one point.
    func rows(at point: Int) -> crnn_int16_rows {
        crnn_int16_rows(values: values.elements + point * stride, stride: channels)
    }
}

extension QuantizedPointMatrices<Int32> {
    /// The sums from a row on, at all points.
    func tiles(from row: Int) -> crnn_int32_tiles {
        crnn_int32_tiles(
            values: values.elements + row * channels, point_stride: stride, tile_stride: channels)
    }

    /// The sums at one point.
    func sums(at point: Int) -> UnsafeMutablePointer<Int32> { values.elements + point * stride }
}
