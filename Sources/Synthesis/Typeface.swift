internal import CPango

/// One face of a font, ready to shape and draw. For one thread at a time, as Pango's font maps are.
///
/// Its font map sees this face alone, so that no glyph can come from another font.
final class Typeface {
    /// Pixels to the em at which outlines are taken; they are scaled afterwards.
    static let size = 64.0

    private let configuration: OpaquePointer
    private let layout: LineLayout

    /// Top and bottom of an ordinary line of text, from the baseline.
    private(set) lazy var lineBox: (top: Double, bottom: Double) = {
        let bounds = outline(of: "Adhgpq").flatMap(\.bounds)
        return bounds.map { ($0.minimum.y, $0.maximum.y) } ?? (-0.72 * Self.size, 0.22 * Self.size)
    }()

    /// Whether small letters look like capitals, so that a picture would not show what its label says.
    private(set) lazy var hidesCase = drawsSmallLettersAsCapitals()

    /// Loads the face.
    init(_ face: FontFace) throws(SynthesisError) {
        guard let configuration = FcConfigCreate(),
            FcConfigAppFontAddFile(configuration, face.file) != 0,
            let layout = LineLayout(configuration, font: face.description, size: Self.size)
        else { throw .drawing(reason: "\(face.file) cannot be loaded") }
        (self.configuration, self.layout) = (configuration, layout)
    }

    deinit { FcConfigDestroy(configuration) }

    /// The outlines of one line of text; nil where the face lacks one of its glyphs.
    func outline(of text: String, spacing: Spacing = Spacing()) -> Outline? {
        let (outline, lacksGlyphs) = layout.outline(of: text, spacing: spacing)
        return lacksGlyphs ? nil : outline
    }
}

extension Typeface {
    /// Whether small letters are drawn as capitals, so that a picture would not show what its label says.
    func drawsSmallLettersAsCapitals() -> Bool {
        let pairs = [("a", "A"), ("e", "E"), ("g", "G"), ("r", "R"), ("n", "N")]
        return pairs.count { small, capital in
            guard let small = outline(of: small), let capital = outline(of: capital) else { return false }
            return small.isSimilar(to: capital)
        } >= 2
    }
}

extension Outline {
    /// Whether both have the same curves, apart from place and size.
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
