internal import Foundation

/// What lies on the page beside the text: rules, strokes of a pen, specks.
struct Marks {
    let effects: EffectOptions

    /// Adds marks to the ink.
    func add(to ink: inout Plane, using chance: inout Chance) throws(SynthesisError) {
        if let darkness = chance.strength(effects.rules) {
            try lay(rules(ink, &chance), darkness, on: &ink, pen: chance.uniform(0.02, 0.07))
        }
        if let darkness = chance.strength(effects.strokes) {
            try lay(stroke(ink, &chance), darkness, on: &ink, pen: chance.uniform(0.03, 0.1))
        }
        if let amount = chance.strength(effects.specks) { addSpecks(to: &ink, amount, &chance) }
    }

    private func lay(
        _ outline: Outline, _ darkness: Double, on ink: inout Plane, pen: Double
    ) throws(SynthesisError) {
        let line = try outline.coverage(
            width: ink.width, height: ink.height, penWidth: max(0.8, pen * Double(ink.height)))
        ink.update(with: line) { max($0, $1 * Float(darkness)) }
    }

    /// A rule above, below, or at a side of the text.
    private func rules(_ ink: Plane, _ chance: inout Chance) -> Outline {
        let (width, height) = (Double(ink.width), Double(ink.height))
        var outline = Outline()
        func line(_ from: Outline.Point, _ to: Outline.Point) {
            outline.verbs += [.move, .line]
            outline.points += [from, to]
        }
        let tilt = chance.uniform(-0.02, 0.02) * height
        switch chance.whole(0...4) {
        case 0: line(.init(0, 0.03 * height), .init(width, 0.03 * height + tilt))
        case 1, 2: line(.init(0, chance.uniform(0.9, 0.99) * height), .init(width, 0.95 * height + tilt))
        case 3: line(.init(chance.uniform(0, 0.06) * height, 0), .init(0.03 * height, height))
        default:
            line(.init(width - 0.04 * height, 0), .init(width - chance.uniform(0, 0.06) * height, height))
        }
        return outline
    }

    /// A curved stroke across the picture.
    private func stroke(_ ink: Plane, _ chance: inout Chance) -> Outline {
        let (width, height) = (Double(ink.width), Double(ink.height))
        let start = chance.uniform(-0.1, 0.9) * width
        let length = chance.uniform(0.3, 4) * height
        func point(_ part: Double) -> Outline.Point {
            .init(start + length * part, height * chance.uniform(-0.3, 1.3))
        }
        var outline = Outline()
        outline.verbs = [.move, .curve]
        outline.points = [point(0), point(0.3), point(0.7), point(1)]
        return outline
    }

    private func addSpecks(to ink: inout Plane, _ amount: Double, _ chance: inout Chance) {
        let area = Double(ink.width * ink.height)
        let unit = Double(ink.height) / 32
        let count = Int(amount * area / (unit * unit) / 90)
        for _ in 0..<min(count, 400) {
            let (x, y) = (chance.whole(0...ink.width - 1), chance.whole(0...ink.height - 1))
            let radius = max(0.5, unit * chance.uniform(0.2, 1.1))
            let reach = Int(radius.rounded(.up))
            let darkness = Float(chance.uniform(0.3, 1))
            for row in max(0, y - reach)...min(ink.height - 1, y + reach) {
                for column in max(0, x - reach)...min(ink.width - 1, x + reach) {
                    let distance = hypot(Double(column - x), Double(row - y))
                    let part = Float(max(0, min(1, radius - distance + 0.5))) * darkness
                    ink.values[row * ink.width + column] = max(ink.values[row * ink.width + column], part)
                }
            }
        }
    }
}
