public import Imaging
internal import Requirements
public import Tensors

/// Scales and pads images of any size for the network.
///
/// An image is scaled to the network's height with its aspect ratio kept. It is then padded on the right with its own
/// background colour, up to a multiple of `widthStep`. So the padded width depends only on the size of the image.
public struct Preprocessor: Sendable, Hashable, Codable {
    /// The height of prepared images in pixels.
    public let height: Int
    /// Padded widths are multiples of this many pixels.
    public let widthStep: Int
    /// The greatest padded width in pixels.
    public let maximumWidth: Int

    /// Creates a preprocessor for a network of the given height.
    public init(height: Int, widthStep: Int = 32, maximumWidth: Int = 8192) {
        require(
            Self.arePossible(height, widthStep, maximumWidth),
            "images \(height) high, padded by steps of \(widthStep) up to \(maximumWidth) pixels")
        self.height = height
        self.widthStep = widthStep
        self.maximumWidth = maximumWidth
    }

    /// The width of a `width` × `height` image after scaling.
    public func scaledWidth(_ width: Int, _ height: Int) -> Int {
        max(1, (2 * width * self.height + height) / (2 * height))
    }

    /// The width of a `width` × `height` image after scaling and padding; throws if it exceeds the limit.
    public func paddedWidth(_ width: Int, _ height: Int) throws(PreprocessingError) -> Int {
        let padded = (scaledWidth(width, height) + widthStep - 1) / widthStep * widthStep
        guard padded <= maximumWidth else {
            throw PreprocessingError(width: width, height: height, padded: padded, limit: maximumWidth)
        }
        return padded
    }

    /// The image, scaled to the network's height and padded; throws if it is too wide.
    public func prepare(_ image: Image) throws(PreprocessingError) -> Image {
        let padded = try paddedWidth(image.width, image.height)
        let scaled = image.resized(width: scaledWidth(image.width, image.height), height: height)
        return scaled.padded(toWidth: padded, with: scaled.background)
    }

    /// Prepared images of one width as a tensor `[batch × height × width × 1]`, from −1 (black) to 1 (white).
    public func tensor(_ images: [Image], on device: any Device) -> Tensor {
        let width = images.first?.width ?? 0
        require(
            images.allSatisfy { $0.width == width && $0.height == height },
            "a batch holds one size: \(width)×\(height)")
        return Tensor(shape: [images.count, height, width, 1], on: device) { scalars in
            for (index, image) in images.enumerated() {
                for pixel in image.pixels.indices {
                    scalars[index * height * width + pixel] = Float(image.pixels[pixel]) / 127.5 - 1
                }
            }
        }
    }
}

extension Preprocessor {
    private enum CodingKeys: String, CodingKey {
        case height, widthStep, maximumWidth
    }

    /// Decodes the three sizes; throws if they are impossible.
    public init(from decoder: any Decoder) throws {
        let sizes = try decoder.container(keyedBy: CodingKeys.self)
        let height = try sizes.decode(Int.self, forKey: .height)
        let widthStep = try sizes.decode(Int.self, forKey: .widthStep)
        let maximumWidth = try sizes.decode(Int.self, forKey: .maximumWidth)
        guard Self.arePossible(height, widthStep, maximumWidth) else {
            throw DecodingError.dataCorruptedError(
                forKey: .height, in: sizes,
                debugDescription: "images cannot be \(height) high and padded by steps of \(widthStep) up to "
                    + "\(maximumWidth) pixels")
        }
        self.init(height: height, widthStep: widthStep, maximumWidth: maximumWidth)
    }

    /// Whether sizes are positive, consistent, and small enough that products do not overflow.
    private static func arePossible(_ height: Int, _ widthStep: Int, _ maximumWidth: Int) -> Bool {
        height > 0 && height <= 4096 && widthStep > 0 && widthStep <= maximumWidth && maximumWidth <= 1 << 24
    }
}
