import Foundation

extension Plane {
    /// The plane shifted right and down by integer numbers of pixels, filled up with 0.
    func shifted(x: Int, y: Int) -> Plane {
        var output = Plane(width: width, height: height)
        for row in max(0, y)..<max(max(0, y), min(height, height + y)) {
            for column in max(0, x)..<max(max(0, x), min(width, width + x)) {
                output.values[row * width + column] = values[(row - y) * width + column - x]
            }
        }
        return output
    }

    /// The ink grown by `distance` pixels on all sides.
    func dilated(by distance: Double) -> Plane {
        let soft = blurred(max(0.4, distance * 0.6))
        let slope = Float(max(2, distance * 2))
        var output = soft
        output.update { max(0, min(1, ($0 - 0.12) * slope + 0.3)) }
        output.update(with: self) { max($0, $1) }
        return output
    }

    /// The plane under motion blur: the mean along a line of `length` pixels, centred on each pixel.
    ///
    /// - Parameter angle: The direction of the line, in radians.
    func motionBlurred(length: Double, angle: Double) -> Plane {
        let steps = max(2, Int(length.rounded(.up)))
        var output = Plane(width: width, height: height)
        for step in 0..<steps {
            let offset = (Double(step) / Double(steps - 1) - 0.5) * length
            let (dx, dy) = (Float(offset * cos(angle)), Float(offset * sin(angle)))
            for row in 0..<height {
                for column in 0..<width {
                    output.values[row * width + column] += sample(Float(column) + dx, Float(row) + dy)
                }
            }
        }
        output.update { $0 / Float(steps) }
        return output
    }
}
