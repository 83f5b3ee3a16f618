/// The effects of layout, printing, wear and capture, roughly in the order of their application.
///
/// Each doc comment states the unit of the strength. “Line height” is the height of the line of text.
public struct EffectOptions: Codable, Hashable, Sendable {
    /// Horizontal stretching of the letters. Strength: factor of the width.
    public var stretch = Effect(0.35, 0.7, 1.45)
    /// Slant of the letters. Strength: horizontal shift per pixel of height; positive leans right.
    public var slant = Effect(0.1, -0.15, 0.25)
    /// Rotation of the line. Strength: degrees clockwise.
    public var skew = Effect(0.35, -1.6, 1.6)
    /// A curved baseline, as near the spine of a book. Strength: rise in line heights.
    public var bend = Effect(0.08, -0.2, 0.2)
    /// A baseline on a circle, as on round signs and badges. Strength: degrees of arc; negative for a valley.
    public var arc = Effect(0, -100, 100)
    /// Rotation, shift and scale of each letter. Strength 1: rotation by up to 30°.
    public var letterJitter = Effect(0, 0.2, 1)
    /// Waves along and across the line. Strength: amplitude in line heights.
    public var waves = Effect(0, 0.03, 0.15)
    /// Perspective, as if seen from one side. Strength 1: the far end has half the height.
    public var perspective = Effect(0, 0.1, 0.8)
    /// The margin on each side of the text. Strength: line heights; negative cuts into the text.
    public var margin = Effect(1, -0.02, 0.25)
    /// Parts of the lines above and below. Strength: the visible share of the gap to them.
    public var neighbours = Effect(0.2, 0.3, 1.1)
    /// Slices of the words on the left and right, as at the edges of tight crops. Strength: their width in line heights.
    public var slices = Effect(0.04, 0.02, 0.18)
    /// A line under the text that crosses its descenders. Strength: thickness in hundredths of the line height.
    public var underline = Effect(0.04, 2, 8)
    /// Low resolution: the text is drawn smaller and enlarged. Strength: factor of the height.
    public var lowResolution = Effect(0.4, 0.35, 0.85)
    /// Dot-matrix print. Strength: rows of dots per line height.
    public var dots = Effect(0.03, 10, 20)
    /// Ink spread: thicker letters. Strength: hundredths of the line height.
    public var spread = Effect(0.3, 0.3, 2.2)
    /// Ink erosion: thinner letters. Strength: hundredths of the line height.
    public var erosion = Effect(0.22, 0.3, 1.3)
    /// Ragged edges. Strength 1: barely legible.
    public var roughness = Effect(0.3, 0.1, 1)
    /// Spots without ink. Strength 1: barely legible.
    public var wear = Effect(0.15, 0.1, 1)
    /// Ink that fades along the line or in bands. Strength 1: to a quarter.
    public var fading = Effect(0.12, 0.2, 1)
    /// Letters of which only the rim is drawn, as in neon signs. Strength: width of the rim in hundredths of the line
    /// height.
    public var hollow = Effect(0, 4, 9)
    /// Letters as solid bodies, seen from one side. Strength: depth in hundredths of the line height.
    public var relief = Effect(0, 3, 14)
    /// Letters that become brighter or darker from top to bottom. Strength: difference in brightness.
    public var gradient = Effect(0, 0.1, 0.5)
    /// A contour of different brightness around the letters. Strength: width in hundredths of the line height.
    public var contour = Effect(0, 1, 6)
    /// A shadow of the letters. Strength: darkness.
    public var shadow = Effect(0, 0.2, 0.9)
    /// A background other than paper: value noise, stripes, a gradient, or a crop of an image in
    /// ``ImageOptions/backgrounds``. Strength: minimum difference in brightness between letters and background.
    public var background = Effect(0, 0.25, 0.8)
    /// Letters and background in two colours of real signs, as a camera sees them in grey. Strength: the greatest
    /// deviation of a colour's channels, 0 … 1.
    public var colours = Effect(0, 0, 0.15)
    /// A bright reflection in front of the letters. Strength: brightness at its centre.
    public var reflection = Effect(0, 0.2, 0.7)
    /// A bar in front of the letters. Strength: the covered share of the height.
    public var occlusion = Effect(0, 0.05, 0.25)
    /// Ink that is not black. Strength: its brightness, 0 … 1.
    public var ink = Effect(0.8, 0, 0.45)
    /// Paper that is not white. Strength: its brightness, 0 … 1.
    public var paper = Effect(0.6, 0.65, 0.98)
    /// Uneven light. Strength: difference in brightness.
    public var unevenLight = Effect(0.25, 0.05, 0.3)
    /// Paper texture. Strength: difference in brightness.
    public var texture = Effect(0.3, 0.02, 0.18)
    /// Specks of dirt. Strength 1: several in the area of each letter.
    public var specks = Effect(0.12, 0.1, 0.8)
    /// Text on the back side that shows through. Strength: darkness.
    public var bleedThrough = Effect(0.06, 0.05, 0.25)
    /// Ruled lines of forms and tables, underlines. Strength: darkness.
    public var rules = Effect(0.06, 0.3, 1)
    /// Pen strokes across the text. Strength: darkness.
    public var strokes = Effect(0.03, 0.2, 0.7)
    /// Gaussian blur of lens and scanner. Strength: standard deviation in hundredths of the line height.
    public var blur = Effect(0.45, 0.5, 3)
    /// Motion blur. Strength: length in hundredths of the line height.
    public var motion = Effect(0, 3, 15)
    /// Sharpening by an unsharp mask. Strength: its amount; 1 doubles local contrast.
    public var sharpening = Effect(0.2, 0.3, 2)
    /// Gaussian noise of the sensor. Strength: standard deviation of the brightness.
    public var noise = Effect(0.4, 0.005, 0.05)
    /// Binarisation to black and white. Strength: threshold between ink (0) and paper (1).
    public var binarisation = Effect(0.3, 0.35, 0.65)
    /// JPEG compression before a text of low resolution is enlarged. Strength: quality, 1 … 100.
    public var earlyJPEG = Effect(0.05, 25, 90)
    /// JPEG compression. Strength: quality, 1 … 100.
    public var jpeg = Effect(0.4, 20, 90)
    /// Inverted brightness: light text on dark paper. The strength is ignored.
    public var inverse = Effect(0.08, 1, 1)
}
