/// A height and a width in pixels.
public struct Extent: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The vertical size.
    public var height: Int
    /// The horizontal size.
    public var width: Int

    /// A size for each direction.
    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// The same size in both directions.
    public static func square(_ size: Int) -> Extent { Extent(height: size, width: size) }

    /// Height × width, as in `32×100`.
    public var description: String { "\(height)×\(width)" }
}
