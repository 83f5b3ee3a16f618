public import Tensors

/// The form of a CRNN: everything that decides its shapes but the alphabet.
public struct CRNNConfiguration: Sendable, Hashable, Codable {
    /// Height in pixels to which images are scaled.
    public var height: Int
    /// The convolutions from the image on; the last one's kernel spans all the height that is left, so that
    /// each frame becomes one vector.
    public var convolutions: [Convolution]
    /// Units per direction of each recurrent layer.
    public var recurrentUnits: Int
    /// How many bidirectional layers there are.
    public var recurrentLayers: Int

    /// One convolution with what follows it.
    public struct Convolution: Sendable, Hashable, Codable {
        /// Channels of its output.
        public var channels: Int
        /// Whether batch normalisation follows.
        public var isNormalized: Bool
        /// How its output is pooled, if at all.
        public var pooling: Pooling?

        /// A 3×3 convolution, or the last one of a network.
        public init(channels: Int, isNormalized: Bool = false, pooling: Pooling? = nil) {
            self.channels = channels
            self.isNormalized = isNormalized
            self.pooling = pooling
        }
    }

    /// A way to pool; both halve the height.
    public enum Pooling: String, Sendable, Hashable, Codable {
        /// 2×2 windows side by side: halves the width, too.
        case square
        /// 2×2 windows with a horizontal stride of one: keeps the width (plus one), and so narrow letters.
        case vertical

        /// The window that slides.
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

    /// A form of the given parts; ``validate()`` says whether it can work.
    public init(height: Int, convolutions: [Convolution], recurrentUnits: Int, recurrentLayers: Int) {
        self.height = height
        self.convolutions = convolutions
        self.recurrentUnits = recurrentUnits
        self.recurrentLayers = recurrentLayers
    }

    /// Table 1 of Shi, Bai and Yao (arXiv 1507.05717): 8.7 M parameters with 36 symbols.
    ///
    /// The paper counts 8.3 M: its authors' program narrows the first recurrent layer's output from 512 to 256
    /// features by a linear map, which the table does not show.
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

    /// A quarter of the paper's channels and half its units, normalised throughout: 1.0 M parameters with 36
    /// symbols, for small tasks.
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

/// A configuration whose parts do not fit together.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// What does not fit.
    public let reason: String

    /// The reason, for people.
    public var description: String { "the network cannot have this form: \(reason)" }
}
