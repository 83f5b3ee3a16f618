import Files
import Foundation

/// Marks on the page other than text: ruled lines, pen strokes, specks.
struct PageMarks {
    let effects: EffectOptions

    /// Draws the marks as additional ink.
    func add(to ink: inout Plane, using generator: inout SeededGenerator) throws(SynthesisError) {
        if let darkness = generator.strength(effects.rules) {
            try draw(rule(ink, &generator), darkness, on: &ink, pen: generator.uniform(0.02, 0.07))
        }
        if let darkness = generator.strength(effects.strokes) {
            try draw(stroke(ink, &generator), darkness, on: &ink, pen: generator.uniform(0.03, 0.1))
        }
        if let amount = generator.strength(effects.specks) { addSpecks(to: &ink, amount, &generator) }
    }

    /// Strokes a path with a pen whose width is `pen` times the height of the canvas.
    private func draw(
        _ outline: Outline, _ darkness: Double, on ink: inout Plane, pen: Double
    ) throws(SynthesisError) {
        let line = try outline.coverage(
            width: ink.width, height: ink.height, penWidth: max(0.8, pen * Double(ink.height)))
        ink.update(with: line) { max($0, $1 * Float(darkness)) }
    }

    /// A ruled line above, below, or at one side of the text.
    private func rule(_ ink: Plane, _ generator: inout SeededGenerator) -> Outline {
        let (width, height) = (Double(ink.width), Double(ink.height))
        var outline = Outline()
        func line(_ from: Outline.Point, _ to: Outline.Point) {
            outline.verbs += [.move, .line]
            outline.points += [from, to]
        }
        let tilt = generator.uniform(-0.02, 0.02) * height
        switch generator.integer(in: 0...4) {
        case 0: line(.init(0, 0.03 * height), .init(width, 0.03 * height + tilt))
        case 1, 2: line(.init(0, generator.uniform(0.9, 0.99) * height), .init(width, 0.95 * height + tilt))
        case 3: line(.init(generator.uniform(0, 0.06) * height, 0), .init(0.03 * height, height))
        default:
            line(.init(width - 0.04 * height, 0), .init(width - generator.uniform(0, 0.06) * height, height))
        }
        return outline
    }

    /// A curved pen stroke across the image.
    private func stroke(_ ink: Plane, _ generator: inout SeededGenerator) -> Outline {
        let (width, height) = (Double(ink.width), Double(ink.height))
        let start = generator.uniform(-0.1, 0.9) * width
        let length = generator.uniform(0.3, 4) * height
        func point(_ part: Double) -> Outline.Point {
            .init(start + length * part, height * generator.uniform(-0.3, 1.3))
        }
        var outline = Outline()
        outline.verbs = [.move, .curve]
        outline.points = [point(0), point(0.3), point(0.7), point(1)]
        return outline
    }

    private func addSpecks(to ink: inout Plane, _ amount: Double, _ generator: inout SeededGenerator) {
        let area = Double(ink.width * ink.height)
        let unit = Double(ink.height) / 32
        let count = Int(amount * area / (unit * unit) / 90)
        for _ in 0..<min(count, 400) {
            let (x, y) = (generator.integer(in: 0...ink.width - 1), generator.integer(in: 0...ink.height - 1))
            let radius = max(0.5, unit * generator.uniform(0.2, 1.1))
            let reach = Int(radius.rounded(.up))
            let darkness = Float(generator.uniform(0.3, 1))
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
