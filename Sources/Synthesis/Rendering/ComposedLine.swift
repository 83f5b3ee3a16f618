/// A line of text placed on a canvas, before any effect of printing or capture.
struct ComposedLine {
    /// The outlines of the line and its neighbours, in canvas pixels.
    var outline: Outline
    /// The canvas width in pixels.
    let width: Int
    /// The canvas height in pixels.
    let height: Int
}
