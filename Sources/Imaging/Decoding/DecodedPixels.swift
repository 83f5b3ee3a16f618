/// The pixels of a decoded image [height × width × channels], 8 bits per channel, before the conversion to grey.
struct DecodedPixels: ~Copyable {
    /// The channels of a pixel.
    enum Layout {
        case grey, greyAlpha, rgb, rgba
        /// Cyan, magenta, yellow and black, with 255 for no ink, as in Adobe's JPEGs.
        case invertedCMYK

        /// The number of channels.
        var channels: Int {
            switch self {
            case .grey: 1
            case .greyAlpha: 2
            case .rgb: 3
            case .rgba, .invertedCMYK: 4
            }
        }
    }

    let width: Int
    let height: Int
    let layout: Layout
    /// How the pixels must be turned.
    let orientation: ImageOrientation
    let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Allocates the pixels; the decoder fills `bytes`. Waits while other threads hold too much; see ``DecodingBudget``.
    init(width: Int, height: Int, layout: Layout, orientation: ImageOrientation = .upright) {
        self.width = width
        self.height = height
        self.layout = layout
        self.orientation = orientation
        let count = width * height * layout.channels
        DecodingBudget.shared.take(count)
        bytes = .allocate(capacity: count)
    }

    deinit {
        bytes.deallocate()
        DecodingBudget.shared.giveBack(bytes.count)
    }
}
