import Files

/// Pairs of colours as they occur on signs, covers and packages.
enum SignColours {
    /// The brightness of letters and background, 0 … 1, of one pair in either order.
    ///
    /// - Parameter deviation: The greatest random deviation of each channel.
    static func pair(
        deviation: Double, using generator: inout SeededGenerator
    ) -> (letters: Float, background: Float) {
        let (first, second) = generator.pick(pairs)
        func brightness(_ colour: Colour) -> Float {
            let channels = [colour.red, colour.green, colour.blue].map {
                max(0, min(1, $0 / 255 + generator.uniform(-deviation, deviation)))
            }
            return Float(zip(channels, [0.299, 0.587, 0.114]).map(*).reduce(0, +))
        }
        let (one, other) = (brightness(first), brightness(second))
        // Two colours may differ in hue alone; a grey camera needs a difference in brightness.
        let gap = max(0, 0.07 - abs(one - other)) / 2
        let (dark, bright) = (min(one, other) - gap, max(one, other) + gap)
        let isSwapped = generator.bernoulli(0.3)
        return (one <= other) != isSwapped ? (dark, bright) : (bright, dark)
    }

    private typealias Colour = (red: Double, green: Double, blue: Double)

    private static let white = (red: 250.0, green: 250.0, blue: 245.0)
    private static let black = (red: 20.0, green: 20.0, blue: 22.0)
    private static let red = (red: 200.0, green: 25.0, blue: 35.0)
    private static let blue = (red: 20.0, green: 60.0, blue: 150.0)
    private static let navy = (red: 15.0, green: 25.0, blue: 70.0)
    private static let green = (red: 10.0, green: 110.0, blue: 60.0)
    private static let yellow = (red: 250.0, green: 205.0, blue: 20.0)
    private static let orange = (red: 240.0, green: 120.0, blue: 20.0)
    private static let brown = (red: 95.0, green: 60.0, blue: 35.0)
    private static let cream = (red: 240.0, green: 225.0, blue: 190.0)
    private static let gold = (red: 200.0, green: 160.0, blue: 70.0)
    private static let grey = (red: 130.0, green: 130.0, blue: 132.0)
    private static let silver = (red: 190.0, green: 192.0, blue: 195.0)
    private static let pink = (red: 240.0, green: 110.0, blue: 160.0)
    private static let sky = (red: 120.0, green: 190.0, blue: 235.0)
    private static let maroon = (red: 110.0, green: 20.0, blue: 30.0)

    /// The letters first, then the background.
    private static let pairs: [(Colour, Colour)] = [
        (white, red), (white, blue), (white, green), (white, black), (white, navy), (white, brown),
        (white, orange), (white, grey), (white, maroon), (white, sky), (white, pink), (black, white),
        (black, yellow), (black, cream), (black, silver), (black, grey), (black, orange), (red, white),
        (red, yellow), (red, cream), (red, black), (red, blue), (blue, white), (blue, yellow), (blue, sky),
        (navy, silver), (green, white), (green, cream), (green, yellow), (yellow, black), (yellow, red),
        (yellow, blue), (yellow, green), (gold, black), (gold, green), (gold, maroon), (gold, navy),
        (silver, grey), (silver, black), (silver, blue), (brown, cream), (cream, brown), (cream, green),
        (orange, black), (orange, navy), (grey, white), (grey, black), (pink, black), (sky, navy),
    ]
}
