/// How the stored pixels of an image must be turned to be upright: the orientation of Exif and TIFF.
public enum ImageOrientation: Int, Sendable, Hashable, CaseIterable {
    /// The stored pixels are upright.
    case upright = 1
    /// The stored pixels are mirrored from left to right.
    case mirrored = 2
    /// The stored pixels are turned by 180°.
    case upsideDown = 3
    /// The stored pixels are mirrored from top to bottom.
    case flipped = 4
    /// Rows and columns are exchanged.
    case transposed = 5
    /// The stored pixels must be turned by 90° clockwise.
    case turnedLeft = 6
    /// Rows and columns are exchanged, and both are mirrored.
    case transversed = 7
    /// The stored pixels must be turned by 90° counterclockwise.
    case turnedRight = 8

    /// Whether the upright image is as wide as the stored one is high.
    public var exchangesSides: Bool { rawValue >= 5 }
}

extension Image {
    /// The upright image, if this one has the given orientation.
    func upright(from orientation: ImageOrientation) -> Image {
        guard orientation != .upright else { return self }
        let (right, below, last) = (1, width, width * height - 1)
        // The place of the upright image's first pixel in this one, and the steps to its right and lower neighbours.
        let walk: (start: Int, right: Int, down: Int) =
            switch orientation {
            case .upright: (0, right, below)
            case .mirrored: (width - 1, -right, below)
            case .upsideDown: (last, -right, -below)
            case .flipped: (last - width + 1, right, -below)
            case .transposed: (0, below, right)
            case .turnedLeft: (last - width + 1, -below, right)
            case .transversed: (last, -below, -right)
            case .turnedRight: (width - 1, below, -right)
            }
        let (newWidth, newHeight) = orientation.exchangesSides ? (height, width) : (width, height)
        return Image(width: newWidth, height: newHeight) { target in
            for row in 0..<newHeight {
                for column in 0..<newWidth {
                    target[row * newWidth + column] =
                        pixels[walk.start + row * walk.down + column * walk.right]
                }
            }
        }
    }
}
