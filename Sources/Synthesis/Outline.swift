/// The outlines of drawn text: closed curves around what is inked, in pixels, y down, with the baseline at 0.
struct Outline {
    /// A point of the plane.
    typealias Point = SIMD2<Double>

    /// How a curve goes on.
    enum Verb: UInt8 {
        /// Begins a curve; one point.
        case move
        /// A straight line; one point.
        case line
        /// A cubic Bézier curve; two handles and its end.
        case curve
        /// Back to where the curve began; no point.
        case close
    }

    var verbs: [Verb] = []
    var points: [Point] = []
    /// Which points belong to each glyph.
    var letters: [Range<Int>] = []
    /// How far the pen moves on: the width of the text with its side bearings.
    var advance = 0.0

    /// The corners of the smallest box around all points; nil where nothing is inked.
    var bounds: (minimum: Point, maximum: Point)? {
        guard var minimum = points.first else { return nil }
        var maximum = minimum
        for point in points {
            minimum = pointwiseMin(minimum, point)
            maximum = pointwiseMax(maximum, point)
        }
        return (minimum, maximum)
    }

    /// The outline with every point moved.
    func mapped(_ map: (Point) -> Point) -> Outline {
        var output = self
        for index in points.indices { output.points[index] = map(points[index]) }
        return output
    }

    /// Adds the curves of another outline.
    mutating func append(_ other: Outline) {
        letters += other.letters.map { $0.lowerBound + points.count..<$0.upperBound + points.count }
        verbs += other.verbs
        points += other.points
    }
}
