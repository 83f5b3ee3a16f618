public import Imaging
internal import Requirements
public import Tensors

/// Scales and pads images of any size for the network.
///
/// An image is scaled to the network's height with its aspect ratio kept. It is then padded on the right with its own
/// background colour, up to a multiple of `widthStep`. So the padded width depends only on the size of the image, or of
/// its area without margins if `trimsMargins` is set.
public struct Preprocessor: Sendable, Hashable, Codable {
    /// The height of prepared images in pixels.
    public let height: Int
    /// Padded widths are multiples of this many pixels.
    public let widthStep: Int
    /// The greatest padded width in pixels.
    public let maximumWidth: Int
    /// Whether wide margins are cut off before scaling, where they contain nothing but background; see ``area(of:)``.
    public let trimsMargins: Bool

    /// Creates a preprocessor for a network of the given height.
    public init(
        height: Int, widthStep: Int = 32, maximumWidth: Int = 8192, trimsMargins: Bool = false
    ) {
        require(
            Self.arePossible(height, widthStep, maximumWidth),
            "images \(height) high, padded by steps of \(widthStep) up to \(maximumWidth) pixels")
        self.height = height
        self.widthStep = widthStep
        self.maximumWidth = maximumWidth
        self.trimsMargins = trimsMargins
    }

    /// The part of an image that is scaled and read.
    ///
    /// It is the whole image unless ``trimsMargins`` is set. Then it is the content of the image, outside which there is
    /// nothing but background, with at most a quarter of the content's height on each side. Low content, such as a
    /// hyphen, keeps all rows, and content as narrow as an apostrophe at least half of them.
    public func area(of image: Image) -> PixelArea {
        trimsMargins ? MarginTrimming.area(of: image) : image.area
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
        let area = area(of: image)
        let padded = try paddedWidth(area.width, area.height)
        let scaled = scaled(image.cropped(to: area))
        return scaled.padded(toWidth: padded, with: scaled.background)
    }

    /// The image, scaled to the network's height.
    public func scaled(_ image: Image) -> Image {
        image.resized(width: scaledWidth(image.width, image.height), height: height)
    }

    /// Prepared images of one width as a tensor `[batch × height × width × 1]`, from −1 (black) to 1 (white).
    public func tensor(_ images: [Image], on device: any Device) -> Tensor {
        let width = images.first?.width ?? 0
        require(
            images.allSatisfy { $0.width == width && $0.height == height },
            "a batch contains one size: \(width)×\(height)")
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
        case height, widthStep, maximumWidth, trimsMargins
    }

    /// Decodes the settings; throws if the sizes are impossible.
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
        self.init(
            height: height, widthStep: widthStep, maximumWidth: maximumWidth,
            trimsMargins: try sizes.decodeIfPresent(Bool.self, forKey: .trimsMargins) ?? false)
    }

    /// Encodes the settings; `trimsMargins` only if it is set, so that older versions read all other models.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(height, forKey: .height)
        try container.encode(widthStep, forKey: .widthStep)
        try container.encode(maximumWidth, forKey: .maximumWidth)
        if trimsMargins { try container.encode(true, forKey: .trimsMargins) }
    }

    /// Whether sizes are positive, consistent, and small enough that products do not overflow.
    private static func arePossible(_ height: Int, _ widthStep: Int, _ maximumWidth: Int) -> Bool {
        height > 0 && height <= 4096 && widthStep > 0 && widthStep <= maximumWidth && maximumWidth <= 1 << 24
    }
}
