import Files
import Foundation

extension Plane {
    /// Darkens the plane by up to `amount`, interpolated between random values at four corners.
    mutating func shade(_ amount: Float, using generator: inout SeededGenerator) {
        let corners = Plane(
            width: 2, height: 2, values: (0..<4).map { _ in Float.random(in: 0...1, using: &generator) })
        for row in 0..<height {
            for column in 0..<width {
                let light = corners.sample(
                    Float(column) / Float(width), Float(row) / Float(max(height, width / 4)))
                values[row * width + column] -= amount * light
            }
        }
    }

    /// Adds a round spot of light at a random place; its brightness falls like a Gaussian.
    mutating func addReflection(_ brightness: Float, using generator: inout SeededGenerator) {
        let (x, y) = (generator.uniform(0, Double(width)), generator.uniform(0, Double(height)))
        let (reach, rise) = (
            Double(height) * generator.uniform(0.3, 1.5), Double(height) * generator.uniform(0.15, 0.6)
        )
        for row in 0..<height {
            for column in 0..<width {
                let (dx, dy) = ((Double(column) - x) / reach, (Double(row) - y) / rise)
                values[row * width + column] += brightness * Float(exp(-dx * dx - dy * dy))
            }
        }
    }
}
