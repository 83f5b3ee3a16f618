public import Tensors

/// The form of a CRNN: with the alphabet, it determines all shapes.
public struct CRNNConfiguration: Sendable, Hashable, Codable {
    /// The height in pixels to which images are scaled.
    public var height: Int
    /// The convolutions, the first one on the image. The kernel of the last one spans the whole remaining height, so that
    /// each frame becomes one vector.
    public var convolutions: [Convolution]
    /// The number of units per direction of each recurrent layer.
    public var recurrentUnits: Int
    /// The number of bidirectional recurrent layers.
    public var recurrentLayers: Int

    /// One convolution, its normalization and its pooling.
    public struct Convolution: Sendable, Hashable, Codable {
        /// The number of output channels.
        public var channels: Int
        /// Whether batch normalization follows.
        public var isNormalized: Bool
        /// The pooling of the output; nil for none.
        public var pooling: Pooling?

        /// Creates a convolution: 3×3, or 2 wide and as high as the input if it is the last one.
        public init(channels: Int, isNormalized: Bool = false, pooling: Pooling? = nil) {
            self.channels = channels
            self.isNormalized = isNormalized
            self.pooling = pooling
        }
    }

    /// A kind of max pooling; both kinds halve the height.
    public enum Pooling: String, Sendable, Hashable, Codable {
        /// Adjacent 2×2 windows: halves the width, too.
        case square
        /// 2×2 windows with a horizontal stride of 1: the width grows by 1, so that narrow letters keep their frames.
        case vertical

        /// The sliding window.
        public var window: Window {
            switch self {
            case .square: Window(size: .square(2), strides: .square(2))
            case .vertical:
                Window(
                    size: .square(2), strides: Extent(height: 2, width: 1),
                    padding: Extent(height: 0, width: 1))
            }
        }
    }

    /// Creates a form; ``validate()`` checks whether its parts fit together.
    public init(height: Int, convolutions: [Convolution], recurrentUnits: Int, recurrentLayers: Int) {
        self.height = height
        self.convolutions = convolutions
        self.recurrentUnits = recurrentUnits
        self.recurrentLayers = recurrentLayers
    }

    /// Table 1 of Shi, Bai and Yao (arXiv 1507.05717): 8.7 M parameters with 36 symbols.
    ///
    /// The paper states 8.3 M: its authors' program maps the output of the first recurrent layer from 512 to 256 features,
    /// which the table does not show.
    public static func paper(height: Int = 32) -> CRNNConfiguration {
        CRNNConfiguration(
            height: height,
            convolutions: [
                Convolution(channels: 64, pooling: .square), Convolution(channels: 128, pooling: .square),
                Convolution(channels: 256), Convolution(channels: 256, pooling: .vertical),
                Convolution(channels: 512, isNormalized: true),
                Convolution(channels: 512, isNormalized: true, pooling: .vertical),
                Convolution(channels: 512),
            ], recurrentUnits: 256, recurrentLayers: 2)
    }

    /// A quarter of the paper's channels and half of its units, with normalization after every convolution: 1.0 M
    /// parameters with 36 symbols, for small tasks.
    public static func compact(height: Int = 32) -> CRNNConfiguration {
        CRNNConfiguration(
            height: height,
            convolutions: [
                Convolution(channels: 16, isNormalized: true, pooling: .square),
                Convolution(channels: 32, isNormalized: true, pooling: .square),
                Convolution(channels: 64, isNormalized: true),
                Convolution(channels: 64, isNormalized: true, pooling: .vertical),
                Convolution(channels: 128, isNormalized: true),
                Convolution(channels: 128, isNormalized: true, pooling: .vertical),
                Convolution(channels: 128, isNormalized: true),
            ], recurrentUnits: 128, recurrentLayers: 2)
    }
}
