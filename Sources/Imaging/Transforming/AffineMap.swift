import Foundation

/// An affine map of points, as a 2×3 matrix: x′ = xx·x + xy·y + x0, y′ = yx·x + yy·y + y0.
///
/// Lengths are in pixels; x grows to the right and y grows downwards. The origin is the top left corner of the image;
/// the centre of the first pixel is (0.5, 0.5).
public struct AffineMap: Sendable, Hashable {
    /// The coefficients of x′: those of x and y, and the constant.
    public var xx: Double, xy: Double, x0: Double

    /// The coefficients of y′: those of x and y, and the constant.
    public var yx: Double, yy: Double, y0: Double

    /// Creates the map with the matrix ((xx, xy, x0), (yx, yy, y0)).
    public init(xx: Double, xy: Double, x0: Double, yx: Double, yy: Double, y0: Double) {
        (self.xx, self.xy, self.x0) = (xx, xy, x0)
        (self.yx, self.yy, self.y0) = (yx, yy, y0)
    }

    var isFinite: Bool { [xx, xy, x0, yx, yy, y0].allSatisfy(\.isFinite) }

    /// The map of every point to itself.
    public static let identity = AffineMap(xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0)

    /// The translation by (x, y).
    public static func translation(x: Double, y: Double) -> AffineMap {
        AffineMap(xx: 1, xy: 0, x0: x, yx: 0, yy: 1, y0: y)
    }

    /// The clockwise rotation around the origin by an angle in radians.
    public static func rotation(_ angle: Double) -> AffineMap {
        AffineMap(xx: cos(angle), xy: -sin(angle), x0: 0, yx: sin(angle), yy: cos(angle), y0: 0)
    }

    /// The scaling of x and y by factors.
    public static func scaling(x: Double, y: Double) -> AffineMap {
        AffineMap(xx: x, xy: 0, x0: 0, yx: 0, yy: y, y0: 0)
    }

    /// The shear that adds `x` times y to x.
    public static func shear(x: Double) -> AffineMap {
        AffineMap(xx: 1, xy: x, x0: 0, yx: 0, yy: 1, y0: 0)
    }

    /// The composition of this map, applied first, and `next`.
    public func then(_ next: AffineMap) -> AffineMap {
        AffineMap(
            xx: next.xx * xx + next.xy * yx, xy: next.xx * xy + next.xy * yy,
            x0: next.xx * x0 + next.xy * y0 + next.x0,
            yx: next.yx * xx + next.yy * yx, yy: next.yx * xy + next.yy * yy,
            y0: next.yx * x0 + next.yy * y0 + next.y0)
    }

    /// This map with the point (x, y) as origin.
    public func around(x: Double, y: Double) -> AffineMap {
        AffineMap.translation(x: -x, y: -y).then(self).then(.translation(x: x, y: y))
    }
}
