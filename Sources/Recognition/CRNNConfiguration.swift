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

    /// Table 1 of Shi, Bai and Yao (arXiv 1507.05717): 8.3 M parameters with 36 symbols.
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

    /// A quarter of the paper's channels and half its units, normalised throughout: about 1 M parameters, ten
    /// times as fast, for small tasks.
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

extension CRNNConfiguration {
    /// Height of the image that the last convolution sees.
    var lastHeight: Int { convolutions.reduce(height) { $1.pooling == nil ? $0 : $0 / 2 } }

    /// Throws where the parts do not fit together; the reason names the part.
    public func validate() throws(ConfigurationError) {
        guard let last = convolutions.last, last.pooling == nil else {
            throw ConfigurationError(reason: "the last convolution must exist and have no pooling after it")
        }
        let factor = convolutions.reduce(1) { $1.pooling == nil ? $0 : $0 * 2 }
        guard height > 0, height % factor == 0 else {
            throw ConfigurationError(
                reason: "height \(height) is not a multiple of \(factor), the poolings' factor")
        }
        guard convolutions.allSatisfy({ $0.channels > 0 }), recurrentUnits > 0, recurrentLayers > 0 else {
            throw ConfigurationError(reason: "channels, recurrent units and layers must be positive")
        }
    }

    /// How many frames an image of the given width has: ⌊width / 4⌋ + 1 for both presets.
    public func frames(forWidth width: Int) -> Int {
        let pooled = convolutions.reduce(width) { width, convolution in
            guard let window = convolution.pooling?.window else { return width }
            return (width + 2 * window.padding.width - window.size.width) / window.strides.width + 1
        }
        return pooled - 1
    }

    /// How many pixels of width one frame stands for.
    public var frameWidth: Int { convolutions.reduce(1) { $1.pooling == .square ? $0 * 2 : $0 } }
}

/// A configuration whose parts do not fit together.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// What does not fit.
    public let reason: String

    /// The reason, for people.
    public var description: String { "the network cannot have this form: \(reason)" }
}
