public import Imaging

/// Random changes to training images, each mild enough that a person reads the image as before.
///
/// Strengths are the greatest amounts; each image draws its own between none and these.
public struct Augmentation: Sendable, Hashable, Codable {
    /// Degrees to either side.
    public var rotation: Double = 2
    /// Horizontal shift per pixel of height, to either side.
    public var shear: Double = 0.15
    /// Share by which width and height grow or shrink, each on its own.
    public var scale: Double = 0.1
    /// Pixels in any direction.
    public var shift: Double = 1.5
    /// Standard deviation in pixels of a Gaussian blur.
    public var blur: Double = 0.8
    /// Standard deviation of grey noise, of 255.
    public var noise: Float = 12
    /// Grey levels added or taken, of 255.
    public var brightness: Float = 25
    /// Share by which contrast grows or shrinks.
    public var contrast: Float = 0.3
    /// The probability of blur and of noise, each.
    public var degradationProbability: Double = 0.25
    /// The probability of black on white becoming white on black, and the reverse.
    public var inversionProbability: Double = 0.05

    /// The mild strengths that training uses unless told otherwise.
    public static let mild = Augmentation()

    /// The default strengths.
    public init() {}

    /// A changed image of the same size.
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

    /// Scale, shear and rotation about the centre, then a shift.
    private func map(for image: Image, using generator: inout some RandomNumberGenerator) -> AffineMap {
        func amount(_ limit: Double) -> Double { Double.random(in: -limit...limit, using: &generator) }
        return AffineMap.scaling(x: 1 + amount(scale), y: 1 + amount(scale))
            .then(.shear(x: amount(shear)))
            .then(.rotation(amount(rotation) * .pi / 180))
            .around(x: Double(image.width) / 2, y: Double(image.height) / 2)
            .then(.translation(x: amount(shift), y: amount(shift)))
    }
}
