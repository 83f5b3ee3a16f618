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

    /// How many tiles there are.
    var tiles: Int { source[0] * tiling.rows * tiling.columns }

    /// How many tiles are worked on at once: enough for products at full speed, and not above 80 MB.
    var blockLength: Int { min(tiles, max(512, (1 << 19) / (source[3] + target[3]))) }

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

    /// - Note: A gap follows each point, for else all points of a row would often share one set of the cache.
    init(rows: Int, channels: Int, in context: Context) {
        let panel = PanelProduct.panel, stride = rows * channels + panel
        memory = context.memory(.dense([Int(crnn_winograd_points), stride]))
        points = crnn_point_matrices(
            values: memory.floats, point_stride: stride, panel_stride: rows * panel)
    }

    /// The matrices from a column on, the first of a panel.
    func columns(from column: Int) -> crnn_point_matrices { from(row: 0, panel: column / PanelProduct.panel) }

    /// The matrices from a part's first row and column on.
    func from(_ part: MapPart) -> crnn_point_matrices {
        from(row: part.rows.lowerBound, panel: part.panels.lowerBound)
    }

    private func from(row: Int, panel: Int) -> crnn_point_matrices {
        var part = points
        part.values += row * PanelProduct.panel + panel * points.panel_stride
        return part
    }

    func fill(_ image: Memory, mask: Memory?, _ shape: Shape, _ pass: WinogradPass, _ part: MapPart) {
        let (planes, offset) = part.planes(of: shape)
        kernels.winograd.patches(
            from(part), image.floats + offset, mask.map { $0.floats + offset }, planes, pass.tiling,
            part.tiles)
    }

    func fillGradients(
        _ image: Memory, mask: Memory?, sums: UnsafeMutablePointer<Float>, _ pass: WinogradPass,
        _ start: Int, _ range: Range<Int>
    ) {
        kernels.winograd.tile_gradients(
            from(row: range.lowerBound, panel: 0), sums, image.floats, mask?.floats, crnn_planes(pass.target),
            pass.tiling,
            crnn_range(first: start + range.lowerBound, count: range.count))
    }
}

/// Some tiles and channels of a block of tiles, for one of the maps around the products.
struct MapPart {
    /// The block among all tiles.
    let block: Range<Int>
    /// The rows of the block's matrices.
    let rows: Range<Int>
    /// The panels of channels.
    let panels: Range<Int>

    /// The tiles among all.
    var tiles: crnn_range { crnn_range(first: block.lowerBound + rows.lowerBound, count: rows.count) }

    /// The first channel.
    var channel: Int { panels.lowerBound * PanelProduct.panel }

    /// An image's planes of these channels, and where they begin.
    func planes(of shape: Shape) -> (planes: crnn_planes, offset: Int) {
        var planes = crnn_planes(shape)
        planes.channels = panels.count * PanelProduct.panel
        return (planes, channel / Int(crnn_lanes) * planes.block_stride)
    }
}

/// A kernel `[3 × 3 × inputs × outputs]` in row-major order, or some inputs or outputs of one.
struct Weights {
    let weights: crnn_winograd_weights
    let inputs: Int
    let outputs: Int

    init(_ memory: Memory, _ shape: Shape) {
        (inputs, outputs) = (shape[2], shape[3])
        weights = crnn_winograd_weights(
            values: memory.floats, weight_stride: inputs * outputs, input_stride: outputs)
    }

    private init(_ weights: crnn_winograd_weights, offset: Int, inputs: Int, outputs: Int) {
        var weights = weights
        weights.values += offset
        (self.weights, self.inputs, self.outputs) = (weights, inputs, outputs)
    }

    func inputs(_ range: Range<Int>) -> Weights {
        Weights(
            weights, offset: range.lowerBound * weights.input_stride, inputs: range.count, outputs: outputs)
    }

    func outputs(_ range: Range<Int>) -> Weights {
        Weights(weights, offset: range.lowerBound, inputs: inputs, outputs: range.count)
    }

    func sizes(tiles: Int) -> crnn_winograd_sizes {
        crnn_winograd_sizes(tiles: tiles, inputs: inputs, outputs: outputs)
    }
}

extension crnn_range {
    init(_ range: Range<Int>) { self.init(first: range.lowerBound, count: range.count) }
}

extension crnn_planes {
    /// Images in oneDNN's layout with blocks of channels, the last padded.
    init(_ shape: Shape, lanes: Int = Int(crnn_lanes)) {
        let (height, width) = (shape[1], shape[2])
        let channels = (shape[3] + lanes - 1) / lanes * lanes
        self.init(
            channels: channels, height: height, width: width, pixel_stride: lanes,
            row_stride: lanes * width, block_stride: lanes * width * height,
            image_stride: channels * width * height)
    }
}
