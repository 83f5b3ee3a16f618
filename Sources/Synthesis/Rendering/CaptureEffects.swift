import Files
import Imaging

/// Effects of capture and storage: blur, sensor noise, binarisation and JPEG compression.
struct CaptureEffects {
    let effects: EffectOptions

    /// The image of `page` with `width` × `height` pixels.
    func image(
        of page: Plane, width: Int, height: Int, using generator: inout SeededGenerator
    ) -> Image {
        var page = page
        let threshold = generator.strength(effects.binarisation).map(Float.init)
        let isBinarisedFirst = generator.bernoulli(0.5)
        if let sigma = generator.strength(effects.blur) {
            page = page.blurred(sigma / 100 * Double(page.height))
        }
        if let length = generator.strength(effects.motion) {
            page = page.motionBlurred(
                length: length / 100 * Double(page.height), angle: generator.uniform(0, Double.pi))
        }
        if let deviation = generator.strength(effects.noise) {
            page.addNoise(deviation: deviation, using: &generator)
        }
        if let threshold, isBinarisedFirst { binarise(&page, threshold) }
        if let quality = generator.strength(effects.earlyJPEG) {
            page = Plane(page.image.compressedAsJPEG(quality: Int(quality)))
        }
        page = page.resized(width: width, height: height)
        if let amount = generator.strength(effects.sharpening) { sharpen(&page, Float(amount)) }
        if let threshold, !isBinarisedFirst { binarise(&page, threshold) }
        if generator.bernoulli(effects.inverse.probability) { page.update { 1 - $0 } }
        let image = page.image
        guard let quality = generator.strength(effects.jpeg) else { return image }
        return image.compressedAsJPEG(quality: Int(quality))
    }

    /// Makes each pixel black or white.
    ///
    /// - Parameter threshold: A position between the brightness of ink (0) and of paper (1), which are estimated as
    ///   the 2nd and the 80th percentile of the pixels.
    private func binarise(_ page: inout Plane, _ threshold: Float) {
        let sorted = stride(from: 0, to: page.values.count, by: max(1, page.values.count / 500)).map {
            page.values[$0]
        }
        .sorted()
        let (dark, bright) = (sorted[sorted.count / 50], sorted[sorted.count * 4 / 5])
        let level = dark + (bright - dark) * threshold
        page.update { $0 < level ? 0 : 1 }
    }

    /// Sharpens by an unsharp mask.
    private func sharpen(_ page: inout Plane, _ amount: Float) {
        let soft = page.blurred(max(0.7, Double(page.height) / 40))
        page.update(with: soft) { max(0, min(1, $0 + ($0 - $1) * amount)) }
    }
}
