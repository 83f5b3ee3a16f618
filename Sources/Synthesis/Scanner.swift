internal import Imaging

/// What lens, sensor and file do to the page.
struct Scanner {
    let effects: EffectOptions

    /// The page as it is stored, `width` × `height` pixels.
    func scanned(_ page: Plane, width: Int, height: Int, using chance: inout Chance) -> Image {
        var page = page
        let binary = chance.strength(effects.binarisation).map(Float.init)
        let isBinaryFirst = chance.happens(0.5)
        if let sigma = chance.strength(effects.blur) {
            page = page.blurred(sigma / 100 * Double(page.height))
        }
        if let length = chance.strength(effects.motion) {
            page = page.smeared(
                length: length / 100 * Double(page.height), angle: chance.uniform(0, Double.pi))
        }
        if let deviation = chance.strength(effects.noise) {
            page.addNoise(deviation: deviation, using: &chance)
        }
        if let binary, isBinaryFirst { binarise(&page, binary) }
        page = page.resized(width: width, height: height)
        if let amount = chance.strength(effects.sharpening) { sharpen(&page, Float(amount)) }
        if let binary, !isBinaryFirst { binarise(&page, binary) }
        if chance.happens(effects.inverse.probability) { page.update { 1 - $0 } }
        let image = page.image
        guard let quality = chance.strength(effects.jpeg) else { return image }
        return image.throughJPEG(quality: Int(quality))
    }

    /// Black where the page is nearer to its ink than to its paper.
    private func binarise(_ page: inout Plane, _ threshold: Float) {
        let sorted = stride(from: 0, to: page.values.count, by: max(1, page.values.count / 500)).map {
            page.values[$0]
        }
        .sorted()
        let (dark, bright) = (sorted[sorted.count / 50], sorted[sorted.count * 4 / 5])
        let level = dark + (bright - dark) * threshold
        page.update { $0 < level ? 0 : 1 }
    }

    private func sharpen(_ page: inout Plane, _ amount: Float) {
        let soft = page.blurred(max(0.7, Double(page.height) / 40))
        page.update(with: soft) { max(0, min(1, $0 + ($0 - $1) * amount)) }
    }
}
