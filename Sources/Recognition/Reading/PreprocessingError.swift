/// Thrown for an image that is too wide compared with its height.
public struct PreprocessingError: Error, CustomStringConvertible {
    let width: Int
    let height: Int
    let padded: Int
    let limit: Int

    /// The reason and what to do, for people.
    public var description: String {
        "an image of \(width)×\(height) pixels would be \(padded) pixels wide at the network's height, more than "
            + "\(limit); cut it into shorter lines"
    }
}
