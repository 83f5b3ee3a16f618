import CPango

/// A loaded font face that shapes text. Not thread-safe, because Pango's font maps are not.
///
/// Its font map contains only this face, so that no glyph comes from another font.
final class Typeface {
    /// The size of outlines in pixels per em, before they are scaled.
    static let size = 64.0

    private let configuration: OpaquePointer
    private let layout: LineLayout

    /// Top and bottom of an ordinary line of text, relative to the baseline.
    private(set) lazy var lineBox: (top: Double, bottom: Double) = {
        let bounds = outline(of: "Adhgpq").flatMap(\.bounds)
        return bounds.map { ($0.minimum.y, $0.maximum.y) } ?? (-0.72 * Self.size, 0.22 * Self.size)
    }()

    /// Whether lowercase letters look like capitals, so that an image would not match its label.
    private(set) lazy var isAllCaps = drawsLowercaseAsCapitals()

    /// Loads the face.
    init(_ face: FontFace) throws(SynthesisError) {
        guard let configuration = FcConfigCreate(),
            FcConfigAppFontAddFile(configuration, face.file) != 0,
            let layout = LineLayout(configuration, font: face.description, size: Self.size)
        else { throw .drawing(reason: "\(face.file) cannot be loaded") }
        (self.configuration, self.layout) = (configuration, layout)
    }

    deinit { FcConfigDestroy(configuration) }

    /// The outlines of one line of text; nil if the face lacks one of its glyphs.
    func outline(of text: String, spacing: Spacing = Spacing()) -> Outline? {
        let (outline, lacksGlyphs) = layout.outline(of: text, spacing: spacing)
        return lacksGlyphs ? nil : outline
    }
}

extension Typeface {
    /// Whether at least two of five lowercase letters have the outlines of their capitals.
    private func drawsLowercaseAsCapitals() -> Bool {
        let pairs = [("a", "A"), ("e", "E"), ("g", "G"), ("r", "R"), ("n", "N")]
        return pairs.count { lowercase, capital in
            guard let lowercase = outline(of: lowercase), let capital = outline(of: capital) else {
                return false
            }
            return lowercase.isSimilar(to: capital)
        } >= 2
    }
}

extension Outline {
    /// Whether both have the same curves, apart from position and size.
    fileprivate func isSimilar(to other: Outline) -> Bool {
        guard verbs == other.verbs, let own = bounds, let others = other.bounds else { return false }
        func unit(_ point: Point, _ box: (minimum: Point, maximum: Point)) -> Point {
            (point - box.minimum) / pointwiseMax(box.maximum - box.minimum, Point(repeating: 0.01))
        }
        return zip(points, other.points).allSatisfy { first, second in
            let difference = unit(first, own) - unit(second, others)
            return abs(difference.x) < 0.06 && abs(difference.y) < 0.06
        }
    }
}
