/// The outlines of shaped text: closed curves in pixels, with y pointing down and the baseline at y = 0.
struct Outline {
    /// A point of the plane.
    typealias Point = SIMD2<Double>

    /// A step of a path, as in PostScript and cairo.
    enum Verb: UInt8 {
        /// Starts a new curve; one point.
        case move
        /// A straight line; one point.
        case line
        /// A cubic Bézier curve; three points: two control points and the end.
        case curve
        /// A straight line back to the start of the curve; no point.
        case close
    }

    var verbs: [Verb] = []
    var points: [Point] = []
    /// The range of points of each glyph that has any.
    var letters: [Range<Int>] = []
    /// The advance width: the width of the text including its side bearings.
    var advance = 0.0

    /// The corners of the smallest box around all points; nil if there are none.
    var bounds: (minimum: Point, maximum: Point)? {
        guard var minimum = points.first else { return nil }
        var maximum = minimum
        for point in points {
            minimum = pointwiseMin(minimum, point)
            maximum = pointwiseMax(maximum, point)
        }
        return (minimum, maximum)
    }

    /// A horizontal bar from one x to another, in short pieces so that it bends with the text.
    static func rule(from left: Double, to right: Double, y: Double, thickness: Double) -> Outline {
        let pieces = 24
        let top = (0...pieces).map { Point(left + (right - left) * Double($0) / Double(pieces), y) }
        let bottom = top.reversed().map { $0 + Point(0, thickness) }
        var rule = Outline()
        rule.points = top + bottom
        rule.verbs = [.move] + [Verb](repeating: .line, count: rule.points.count - 1) + [.close]
        return rule
    }

    /// The outline with `map` applied to every point.
    func mapped(_ map: (Point) -> Point) -> Outline {
        var output = self
        for index in points.indices { output.points[index] = map(points[index]) }
        return output
    }

    /// Appends the curves of another outline.
    mutating func append(_ other: Outline) {
        letters += other.letters.map { $0.lowerBound + points.count..<$0.upperBound + points.count }
        verbs += other.verbs
        points += other.points
    }
}
