internal import Neural

/// Thrown for a label that CTC cannot align: its image has fewer frames than the label has symbols and repeats.
public struct UnfitLabel: Error, Sendable, CustomStringConvertible {
    let label: String
    let needed: Int
    let frames: Int
    let width: Int

    /// The reason, for people.
    public var description: String {
        "label “\(label)” needs \(needed) frames, and an image \(width) pixels wide gives \(frames); "
            + "check the label, or widen the image"
    }
}

extension CRNNConfiguration {
    /// Throws if a label with the given classes does not fit into an image of the given padded width in pixels.
    public func checkFit(
        of label: String, _ classes: [Int], inWidth width: Int
    ) throws(UnfitLabel) {
        let frames = frames(forWidth: width), needed = framesNeeded(for: classes)
        guard needed <= frames else {
            throw UnfitLabel(label: label, needed: needed, frames: frames, width: width)
        }
    }
}
