internal import CKernels
internal import Tensors

/// Some tiles and channels of a block of tiles: a thread's part of a transform.
struct TransformPart {
    /// The block, among all tiles.
    let block: Range<Int>
    /// The rows of the block's matrices.
    let rows: Range<Int>
    /// The panels of channels.
    let panels: Range<Int>

    /// The tiles, among all tiles.
    var tiles: crnn_range { crnn_range(first: block.lowerBound + rows.lowerBound, count: rows.count) }

    /// The first channel.
    var channel: Int { panels.lowerBound * PanelProduct.panel }

    /// These channels of images, and the offset at which they begin.
    func images(_ memory: Memory, _ shape: Shape) -> (images: crnn_images, offset: Int) {
        var images = crnn_images(memory, shape)
        let offset = channel / Int(crnn_lanes) * images.planes.block_stride
        images.planes.channels = panels.count * PanelProduct.panel
        images.values += offset
        return (images, offset)
    }
}
