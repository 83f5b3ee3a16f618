/// What happens to the text on its way through press, wear and scanner, in the order in which it happens.
public struct EffectOptions: Codable, Hashable, Sendable {
    /// Letters made wider or narrower; strength: width as a factor.
    public var stretch = Effect(0.35, 0.7, 1.45)
    /// Letters leaning; strength: pixels to the right for each pixel of height.
    public var slant = Effect(0.1, -0.15, 0.25)
    /// The line turned; strength in degrees, clockwise.
    public var skew = Effect(0.35, -1.6, 1.6)
    /// Baseline bent like a page near its spine; strength: rise in heights of the line.
    public var bend = Effect(0.08, -0.2, 0.2)
    /// Each letter on its own: turned, moved and resized; 1 turns by up to 30°.
    public var letterJitter = Effect(0, 0.2, 1)
    /// Lines in waves, crosswise and lengthwise; strength: their height in heights of the line.
    public var waves = Effect(0, 0.03, 0.15)
    /// The line seen from a side; 1 makes its far end half as high.
    public var perspective = Effect(0, 0.1, 0.8)
    /// Room at each side of the text; strength in heights of the line, below 0 cuts into it.
    public var margin = Effect(1, -0.02, 0.25)
    /// Parts of the lines above and below; strength: how much of the gap to them is seen.
    public var neighbours = Effect(0.2, 0.3, 1.1)
    /// A size too small for the picture: drawn at this part of its height and enlarged.
    public var lowResolution = Effect(0.4, 0.35, 0.85)
    /// Letters of dots, as needle printers make them; strength: rows of dots in the height of the line.
    public var dots = Effect(0.03, 10, 20)
    /// Ink that runs; strength: hundredths of the line's height.
    public var spread = Effect(0.3, 0.3, 2.2)
    /// Ink that is missing at the edges; strength: hundredths of the line's height.
    public var erosion = Effect(0.22, 0.3, 1.3)
    /// Letters with ragged edges; 1 is as ragged as can be read.
    public var roughness = Effect(0.3, 0.1, 1)
    /// Spots without ink; 1 is as worn as can be read.
    public var wear = Effect(0.15, 0.1, 1)
    /// Print that fades from one side to the other, or in bands; 1 fades to a quarter.
    public var fading = Effect(0.12, 0.2, 1)
    /// Letters with a contour of another brightness; strength: hundredths of the line's height.
    public var contour = Effect(0, 1, 6)
    /// A shadow behind the letters; strength: how dark it is.
    public var shadow = Effect(0, 0.2, 0.9)
    /// A background that is no paper: clouds, stripes, a gradient, or a part of a picture in `image.backgrounds`;
    /// strength: the least difference in brightness between letters and background.
    public var background = Effect(0, 0.25, 0.8)
    /// Things in front of the letters; strength: how much of the height they hide.
    public var occlusion = Effect(0, 0.05, 0.25)
    /// How dark ink is: its brightness, 0 … 1.
    public var ink = Effect(0.8, 0, 0.45)
    /// Paper that is not white; strength: its brightness, 0 … 1.
    public var paper = Effect(0.6, 0.65, 0.98)
    /// Light that falls off to a side; strength: the difference in brightness.
    public var unevenLight = Effect(0.25, 0.05, 0.3)
    /// Texture of the paper; strength: the difference in brightness.
    public var texture = Effect(0.3, 0.02, 0.18)
    /// Specks of dirt; 1 is some in each letter's space.
    public var specks = Effect(0.12, 0.1, 0.8)
    /// The other side of the page; strength: how dark it is.
    public var bleedThrough = Effect(0.06, 0.05, 0.25)
    /// Rules of a form or table, underlines; strength: how dark they are.
    public var rules = Effect(0.06, 0.3, 1)
    /// Strokes of a pen across the text; strength: how dark they are.
    public var strokes = Effect(0.03, 0.2, 0.7)
    /// Blur of lens and scanner; strength: deviation in hundredths of the line's height.
    public var blur = Effect(0.45, 0.5, 3)
    /// Blur along a line, as of a moved camera; strength: its length in hundredths of the line's height.
    public var motion = Effect(0, 3, 15)
    /// Sharpening by the scanner; 1 doubles differences between neighbours.
    public var sharpening = Effect(0.2, 0.3, 2)
    /// Noise of the sensor; strength: deviation of brightness.
    public var noise = Effect(0.4, 0.005, 0.05)
    /// Black and white alone; strength: threshold between paper and ink.
    public var binarisation = Effect(0.3, 0.35, 0.65)
    /// JPEG; strength: quality, 1 … 100.
    public var jpeg = Effect(0.4, 20, 90)
    /// Light text on dark; strength has no meaning.
    public var inverse = Effect(0.08, 1, 1)
}
