internal import CKernels
internal import Tensors

/// The values of a block of tiles or patches at each point.
struct PointMatrices {
    let memory: Memory
    let points: crnn_point_matrices

    /// - Note: A gap follows the matrix of each point. Without it, all points of a row would often share one set of the
    ///   cache.
    init(rows: Int, channels: Int, in context: Context) {
        let panel = PanelProduct.panel, stride = rows * channels + panel
        memory = context.memory(.dense([Int(crnn_winograd_points), stride]))
        points = crnn_point_matrices(
            values: memory.floats, point_stride: stride, panel_stride: rows * panel)
    }

    /// The matrices from a column on, the first of a panel.
    func columns(from column: Int) -> crnn_point_matrices { from(row: 0, panel: column / PanelProduct.panel) }

    /// The matrices from the first row and column of a part on.
    func from(_ part: TransformPart) -> crnn_point_matrices {
        from(row: part.rows.lowerBound, panel: part.panels.lowerBound)
    }

    private func from(row: Int, panel: Int) -> crnn_point_matrices {
        var part = points
        part.values += row * PanelProduct.panel + panel * points.panel_stride
        return part
    }

    /// Fills a part with the values of the patches of images.
    func fill(_ images: Memory, mask: Memory?, _ pass: WinogradPass, _ part: TransformPart) {
        let (images, offset) = part.images(images, pass.source)
        kernels.winograd.patches(
            from(part), images, mask.map { $0.floats + offset }, pass.tiling, part.tiles)
    }

    /// Fills some rows with the gradients of the tiles of images, and adds the gradients of each channel to `sums`.
    func fillGradients(
        _ images: Memory, mask: Memory?, sums: UnsafeMutablePointer<Float>, _ pass: WinogradPass,
        _ start: Int, _ range: Range<Int>
    ) {
        kernels.winograd.tile_gradients(
            from(row: range.lowerBound, panel: 0), sums, crnn_images(images, pass.target), mask?.floats,
            pass.tiling, crnn_range(first: start + range.lowerBound, count: range.count))
    }
}
