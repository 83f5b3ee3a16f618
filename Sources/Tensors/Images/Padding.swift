/// Zeros around an image.
public enum Padding: Sendable, Hashable {
    /// `height` pixels at the top and at the bottom, `width` pixels at the left and at the right.
    case pixels(Extent)
    /// As many pixels as give ⌈size / stride⌉ outputs in each direction, as in TensorFlow: the greater half of an odd
    /// number lies at the bottom and at the right.
    case same

    /// None: the kernel always lies within the image.
    public static let none = Padding.pixels(.square(0))
    /// The same number on all four sides.
    public static func square(_ count: Int) -> Padding { .pixels(.square(count)) }
}
