internal import CKernels
internal import Tensors

/// The tiles of a convolution by Winograd's algorithm, from source images to target images.
struct WinogradPass {
    let source: Shape
    let target: Shape
    let tiling: crnn_tiling

    /// - Parameters:
    ///   - top: The rows of padding above each source image.
    ///   - left: The columns of padding left of each source image.
    init(source: Shape, target: Shape, top: Int, left: Int) {
        self.source = source
        self.target = target
        tiling = crnn_tiling(
            rows: (target[1] + 3) / 4, columns: (target[2] + 3) / 4, tile_size: 4, top: top, left: left)
    }

    /// The number of tiles.
    var tiles: Int { source[0] * tiling.rows * tiling.columns }

    /// The number of tiles in a block: enough for products at full speed, with matrices of at most 80 MB.
    var blockLength: Int { min(tiles, max(512, (1 << 19) / (source[3] + target[3]))) }

    func forEachBlock(_ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: tiles, by: blockLength) {
            body(start..<min(start + blockLength, tiles))
        }
    }

    /// The sizes of the products of so many tiles.
    func sizes(_ tiles: Int) -> crnn_winograd_sizes {
        crnn_winograd_sizes(tiles: tiles, inputs: source[3], outputs: target[3])
    }
}
