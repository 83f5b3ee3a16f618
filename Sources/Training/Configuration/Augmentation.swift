public import Imaging

/// Random changes to training images, mild enough that a person still reads the same text.
///
/// Each property is the greatest strength of a change; each image draws its own strength up to it.
public struct Augmentation: Sendable, Hashable, Codable {
    /// Rotation in degrees, in both directions.
    public var rotation: Double = 2
    /// Horizontal shift per pixel of height, in both directions.
    public var shear: Double = 0.15
    /// Relative change of width and of height, drawn separately.
    public var scale: Double = 0.1
    /// Shift in pixels, in any direction.
    public var shift: Double = 1.5
    /// Standard deviation of the Gaussian blur in pixels.
    public var blur: Double = 0.8
    /// Standard deviation of the grey noise, from 0 to 255.
    public var noise: Float = 12
    /// Change of brightness in grey levels, from 0 to 255.
    public var brightness: Float = 25
    /// Relative change of contrast.
    public var contrast: Float = 0.3
    /// The probability of blur, and that of noise.
    public var degradationProbability: Double = 0.25
    /// The probability that black and white are swapped.
    public var inversionProbability: Double = 0.05

    /// The default strengths of training.
    public static let mild = Augmentation()

    /// Creates an augmentation with the default strengths.
    public init() {}

    /// An augmented image of the same size.
    public func callAsFunction(_ image: Image, using generator: inout some RandomNumberGenerator) -> Image {
        var result = image.transformed(by: map(for: image, using: &generator), background: image.background)
        if Double.random(in: 0..<1, using: &generator) < degradationProbability {
            result = result.blurred(sigma: Double.random(in: 0...blur, using: &generator))
        }
        result = result.adjusted(
            brightness: Float.random(in: -brightness...brightness, using: &generator),
            contrast: 1 + Float.random(in: -contrast...contrast, using: &generator))
        if Double.random(in: 0..<1, using: &generator) < degradationProbability {
            result = result.noisy(
                deviation: Float.random(in: 0...noise, using: &generator), using: &generator)
        }
        if Double.random(in: 0..<1, using: &generator) < inversionProbability { result = result.inverted() }
        return result
    }

    /// Scale, shear and rotation around the centre, then a shift.
    private func map(for image: Image, using generator: inout some RandomNumberGenerator) -> AffineMap {
        func amount(_ limit: Double) -> Double { Double.random(in: -limit...limit, using: &generator) }
        return AffineMap.scaling(x: 1 + amount(scale), y: 1 + amount(scale))
            .then(.shear(x: amount(shear)))
            .then(.rotation(amount(rotation) * .pi / 180))
            .around(x: Double(image.width) / 2, y: Double(image.height) / 2)
            .then(.translation(x: amount(shift), y: amount(shift)))
    }
}
