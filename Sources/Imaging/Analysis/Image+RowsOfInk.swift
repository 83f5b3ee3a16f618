extension Image {
    /// An estimate of the number of rows of text: the median over vertical strips, which are so narrow that skewed rows
    /// stay apart, of the number of bands of ink of similar height.
    var rowsOfInk: Int {
        let ink = Ink(of: self)
        let counts = (0..<Self.stripCount).map { strip in
            let columns = strip * width / Self.stripCount..<(strip + 1) * width / Self.stripCount
            return columns.isEmpty ? 0 : bands(in: columns, ink)
        }
        return counts.sorted()[Self.stripCount / 2]
    }

    private static var stripCount: Int { 8 }
    /// The smallest height of a band in pixels.
    private static var minimumBand: Int { 4 }

    /// The number of bands of rows with ink, in the given columns, without those that are far lower or higher than most.
    private func bands(in columns: Range<Int>, _ ink: Ink) -> Int {
        let threshold = max(1, columns.count / 50)
        var heights: [Int] = []
        var start: Int?
        for row in 0...height {
            let hasInk = row < height && inkCount(row, columns, ink) > threshold
            if hasInk, start == nil { start = row }
            guard !hasInk, let first = start else { continue }
            if row - first >= Self.minimumBand { heights.append(row - first) }
            start = nil
        }
        let median = heights.sorted().dropFirst(heights.count / 2).first ?? 0
        return heights.count { median <= 2 * $0 && $0 <= 2 * median }
    }

    private func inkCount(_ row: Int, _ columns: Range<Int>, _ ink: Ink) -> Int {
        let start = row * width
        return pixels[start + columns.lowerBound..<start + columns.upperBound].count {
            ($0 <= ink.threshold) == ink.isDark
        }
    }
}

/// Which pixels are ink: the rarer side of a threshold.
private struct Ink {
    let threshold: UInt8
    let isDark: Bool

    /// Separates the grey levels of every few pixels by the method of Otsu (1979).
    init(of image: Image) {
        var histogram = [Int](repeating: 0, count: 256)
        let (rowStep, columnStep) = (max(1, image.height / 256), max(1, image.width / 256))
        for row in stride(from: 0, to: image.height, by: rowStep) {
            for column in stride(from: 0, to: image.width, by: columnStep) {
                histogram[Int(image.pixels[row * image.width + column])] += 1
            }
        }
        let total = histogram.reduce(0, +)
        let sum = histogram.enumerated().reduce(0) { $0 + $1.offset * $1.element }
        var (dark, darkSum, best) = (0, 0, (spread: -1.0, threshold: 127, dark: total))
        for level in histogram.indices where histogram[level] > 0 {
            dark += histogram[level]
            darkSum += level * histogram[level]
            guard dark < total else { break }
            let difference = Double(darkSum) / Double(dark) - Double(sum - darkSum) / Double(total - dark)
            let spread = Double(dark) * Double(total - dark) * difference * difference
            if spread > best.spread { best = (spread, level, dark) }
        }
        (threshold, isDark) = (UInt8(best.threshold), 2 * best.dark <= total)
    }
}
