extension Plane {
    /// The legibility of an image whose letters cover `ink`, 0 … 1: the absolute correlation of their pixels.
    ///
    /// The image is resized to the size of `ink` first.
    func legibility(of ink: Plane) -> Double {
        let pixels = resized(width: ink.width, height: ink.height).values
        let count = Float(pixels.count)
        let (inkMean, pixelMean) = (ink.values.reduce(0, +) / count, pixels.reduce(0, +) / count)
        var (product, inkSquare, pixelSquare) = (Float(0), Float(0), Float(0))
        for (ink, pixel) in zip(ink.values, pixels) {
            product += (ink - inkMean) * (pixel - pixelMean)
            inkSquare += (ink - inkMean) * (ink - inkMean)
            pixelSquare += (pixel - pixelMean) * (pixel - pixelMean)
        }
        return Double(abs(product) / max(1e-6, (inkSquare * pixelSquare).squareRoot()))
    }
}
