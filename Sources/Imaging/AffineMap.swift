import Foundation

/// A 2×3 matrix that takes points to points: x′ = xx·x + xy·y + x0, y′ = yx·x + yy·y + y0.
///
/// Lengths are in pixels, x to the right and y down, with the origin at the picture's top left corner; the
/// centre of the first pixel is (0.5, 0.5).
public struct AffineMap: Sendable, Hashable {
    /// How x′ depends on x, on y, and on nothing.
    public var xx: Double, xy: Double, x0: Double

    /// How y′ depends on x, on y, and on nothing.
    public var yx: Double, yy: Double, y0: Double

    /// Makes the map of the matrix ((xx, xy, x0), (yx, yy, y0)).
    public init(xx: Double, xy: Double, x0: Double, yx: Double, yy: Double, y0: Double) {
        (self.xx, self.xy, self.x0) = (xx, xy, x0)
        (self.yx, self.yy, self.y0) = (yx, yy, y0)
    }

    var isFinite: Bool { [xx, xy, x0, yx, yy, y0].allSatisfy(\.isFinite) }

    /// The map that leaves every point where it is.
    public static let identity = AffineMap(xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0)

    /// Moves points by (x, y).
    public static func translation(x: Double, y: Double) -> AffineMap {
        AffineMap(xx: 1, xy: 0, x0: x, yx: 0, yy: 1, y0: y)
    }

    /// Turns points clockwise around the origin, by an angle in radians.
    public static func rotation(_ angle: Double) -> AffineMap {
        AffineMap(xx: cos(angle), xy: -sin(angle), x0: 0, yx: sin(angle), yy: cos(angle), y0: 0)
    }

    /// Multiplies x and y by factors.
    public static func scaling(x: Double, y: Double) -> AffineMap {
        AffineMap(xx: x, xy: 0, x0: 0, yx: 0, yy: y, y0: 0)
    }

    /// Slants points: x grows by `x` times y.
    public static func shear(x: Double) -> AffineMap {
        AffineMap(xx: 1, xy: x, x0: 0, yx: 0, yy: 1, y0: 0)
    }

    /// This map first, then `next`.
    public func then(_ next: AffineMap) -> AffineMap {
        AffineMap(
            xx: next.xx * xx + next.xy * yx, xy: next.xx * xy + next.xy * yy,
            x0: next.xx * x0 + next.xy * y0 + next.x0,
            yx: next.yx * xx + next.yy * yx, yy: next.yx * xy + next.yy * yy,
            y0: next.yx * x0 + next.yy * y0 + next.y0)
    }

    /// This map with the point (x, y) for its origin.
    public func around(x: Double, y: Double) -> AffineMap {
        AffineMap.translation(x: -x, y: -y).then(self).then(.translation(x: x, y: y))
    }
}
