internal import CKernels
internal import COneDNN
internal import Tensors

/// From which image to which a pass over tiles goes.
struct WinogradPass {
    let source: Shape
    let target: Shape
    let tiling: crnn_tiling

    init(source: Shape, target: Shape, top: Int, left: Int) {
        self.source = source
        self.target = target
        tiling = crnn_tiling(
            rows: (target[1] + 3) / 4, columns: (target[2] + 3) / 4, top: top, left: left)
    }

    private var tiles: Int { source[0] * tiling.rows * tiling.columns }
    /// With 512 tiles, products run at full speed, and 36 points of 512 channels take 40 MB.
    var blockLength: Int { min(tiles, 512) }

    func forEachBlock(_ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: tiles, by: blockLength) {
            body(start..<min(start + blockLength, tiles))
        }
    }

    func sizes(_ tiles: Int) -> crnn_winograd_sizes {
        crnn_winograd_sizes(tiles: tiles, inputs: source[3], outputs: target[3])
    }
}

/// A block of tiles or patches: their values at each point.
struct PointMatrices {
    let memory: Memory
    let points: crnn_point_matrices

    /// Rows lie a cache line more than their length apart: at multiples of 1 KiB they would share few sets of the
    /// processor's cache.
    init(rows: Int, channels: Int, in context: Context) {
        let stride = channels + 16
        memory = context.memory(.dense([Int(crnn_winograd_points), rows, stride]))
        points = crnn_point_matrices(values: memory.floats, point_stride: rows * stride, row_stride: stride)
    }

    /// The matrices from a row on.
    func from(_ row: Int) -> crnn_point_matrices {
        var rows = points
        rows.values += row * rows.row_stride
        return rows
    }

    func fill(
        _ image: Memory, mask: Memory?, _ shape: Shape, _ pass: WinogradPass, _ start: Int,
        _ range: Range<Int>
    ) {
        crnn_winograd_patches(
            from(range.lowerBound), image.floats, mask?.floats, crnn_planes(shape), pass.tiling,
            crnn_range(first: start + range.lowerBound, count: range.count))
    }

    func fillGradients(
        _ image: Memory, mask: Memory?, sums: UnsafeMutablePointer<Float>, _ pass: WinogradPass,
        _ start: Int, _ range: Range<Int>
    ) {
        crnn_winograd_tile_gradients(
            from(range.lowerBound), sums, image.floats, mask?.floats, crnn_planes(pass.target), pass.tiling,
            crnn_range(first: start + range.lowerBound, count: range.count))
    }
}

extension crnn_range {
    init(_ range: Range<Int>) { self.init(first: range.lowerBound, count: range.count) }
}

extension crnn_planes {
    /// Images in oneDNN's layout with blocks of eight channels.
    init(_ shape: Shape) {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        self.init(
            channels: channels, height: height, width: width, pixel_stride: 8, row_stride: 8 * width,
            block_stride: 8 * width * height, image_stride: channels * width * height)
    }
}
