import Files
import Foundation
import Imaging
import Synchronization
import TestSupport
import Testing

@testable import Synthesis

/// A configuration with one font family that is installed wherever the tests run.
func configuration(_ preset: SynthesisConfiguration = .print, alphabet: String? = nil)
    -> SynthesisConfiguration
{
    var configuration = preset
    configuration.fonts.families = ["DejaVu *"]
    if let alphabet { configuration.text.alphabet = alphabet }
    return configuration
}

/// A configuration that draws only words of `text`, black on white.
func plainConfiguration(of text: String, in folder: TemporaryFolder) throws -> SynthesisConfiguration {
    try Data(text.utf8).write(to: URL(filePath: folder.path("texts.txt")))
    var plain = configuration()
    plain.text.sources = [.init(paths: [folder.path("texts.txt")])]
    plain.text.kinds = TextKinds(
        fromSources: 1, numbers: 0, prices: 0, dates: 0, times: 0, percentages: 0, phones: 0, codes: 0,
        addresses: 0,
        receipts: 0, rules: 0, characters: 0, random: 0)
    plain.text.letterCase = LetterCases(asWritten: 1, upper: 0, title: 0, lower: 0)
    (plain.text.balanced, plain.text.typographic, plain.text.hyphenated, plain.text.footnotes) = (0, 0, 0, 0)
    plain.effects = .none
    return plain
}

@Test(arguments: SynthesisConfiguration.presetNames)
func samplesAreTheSameInAnyOrderAndOnAnyThread(preset: String) throws {
    let settings = configuration(try .preset(preset))
    let forwards = try Synthesizer(settings, seed: 7)
    let expected = try (0..<24).map { try forwards.sample(at: $0) }
    let other = try Synthesizer(settings, seed: 7)
    let samples = Mutex([Int: SynthesizedSample]())
    DispatchQueue.concurrentPerform(iterations: 24) { step in
        let index = 23 - step
        let sample = try? other.sample(at: index)
        samples.withLock { $0[index] = sample }
    }
    for (index, sample) in expected.enumerated() {
        let again = samples.withLock { $0[index] }
        #expect(again?.image == sample.image, "sample \(index)")
        #expect(again?.text == sample.text)
        #expect(again?.font == sample.font)
    }
}

@Test func anotherSeedGivesOtherSamples() throws {
    let texts = try [UInt64(1), 2].map { seed in
        let synthesizer = try Synthesizer(configuration(), seed: seed)
        return try (0..<10).map { try synthesizer.sample(at: $0).text }
    }
    #expect(texts[0] != texts[1])
}

@Test(arguments: SynthesisConfiguration.presetNames)
func imagesStayWithinTheirSizes(preset: String) throws {
    var settings = configuration(try .preset(preset))
    settings.image.height = Span(30, 40)
    settings.image.maximumWidth = 200
    let synthesizer = try Synthesizer(settings, seed: 3)
    for index in 0..<40 {
        let image = try synthesizer.sample(at: index).image
        #expect((8...41).contains(image.height), "sample \(index) is \(image.height) pixels high")
        #expect(image.width <= 201, "sample \(index) is \(image.width) pixels wide")
    }
}

@Test func plainPrintIsBlackOnWhiteAndInverseIsWhiteOnBlack() throws {
    let folder = try TemporaryFolder()
    var plain = try plainConfiguration(of: "word\n", in: folder)
    plain.effects.margin = Effect(1, 0.3, 0.3)
    let upright = try Synthesizer(plain, seed: 1).sample(at: 0)
    #expect(upright.text == "word")
    #expect(upright.image.background == 255)
    #expect(upright.image.pixels.contains { $0 < 30 })
    plain.effects.inverse = Effect(1, 1, 1)
    #expect(try Synthesizer(plain, seed: 1).sample(at: 0).image.background == 0)
}

@Test func linesAreCutBetweenWordsAndStayWithinTheirLengths() throws {
    let folder = try TemporaryFolder()
    let words = (0..<200).map { String(repeating: Array("abcdefg")[$0 % 7], count: 1 + $0 % 5) }
    let tooLong = String(repeating: "h", count: 21)
    let text = (words + [tooLong] + words).joined(separator: " ") + "\n"
    var plain = try plainConfiguration(of: text, in: folder)
    plain.text.lengths = [.init(10, 20, weight: 1)]
    let texts = try TextGenerator(plain.text, base: ".")
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<400 {
        let text = try texts.text(using: &generator).text
        #expect(text.count <= 20)
        #expect(text.split(separator: " ").allSatisfy { words.contains(String($0)) }, "\(text)")
    }
}

@Test func everySymbolOfTheAlphabetOccurs() throws {
    let texts = try TextGenerator(TextOptions(), base: ".")
    var generator = SeededGenerator(seed: 11)
    var counts: [Character: Int] = [:]
    for _ in 0..<4000 {
        for symbol in try texts.text(using: &generator).text { counts[symbol, default: 0] += 1 }
    }
    for symbol in TextOptions.westernAlphabet { #expect(counts[symbol, default: 0] >= 3, "\(symbol)") }
    #expect(Set(counts.keys).isSubset(of: Set(TextOptions.westernAlphabet)))
}

@Test(arguments: ["ß", "Ы", "—", "{"] as [Character])
func rareSymbolsAreFoundInTheTexts(symbol: Character) throws {
    let folder = try TemporaryFolder()
    let (before, after) = (
        String(repeating: "plain ÿ é ", count: 500), String(repeating: "more of it ", count: 500)
    )
    var plain = try plainConfiguration(of: before + "a\(symbol)b " + after, in: folder)
    plain.text.alphabet = "ab" + String(symbol)
    let corpus = try Corpus(plain.text, base: ".")
    let place = try #require(corpus.places[symbol]?.first)
    #expect(corpus.places[symbol]?.count == 1)
    #expect(corpus.text(at: place, length: 8) == "a\(symbol)b more")
}

@Test func aFontWithoutTheGlyphsIsNeverUsed() throws {
    let folder = try TemporaryFolder()
    var plain = try plainConfiguration(of: "\u{4E00}\u{4E8C}\n", in: folder)
    plain.text.alphabet = ""
    let synthesizer = try Synthesizer(plain, seed: 1)
    #expect(throws: SynthesisError.noFontHasGlyphs(text: "\u{4E00}\u{4E8C}")) {
        try synthesizer.sample(at: 0)
    }
}

@Test func textsOutsideTheAlphabetGiveAnErrorInsteadOfAnEndlessSearch() throws {
    let folder = try TemporaryFolder()
    var plain = try plainConfiguration(of: "word\n", in: folder)
    plain.text.alphabet = "xyz"
    let synthesizer = try Synthesizer(plain, seed: 1)
    #expect(throws: SynthesisError.self) { try synthesizer.sample(at: 0) }
}

@Test func missingTextsFontsAndImagesAreNamed() throws {
    var missing = configuration()
    missing.text.sources = [.init(paths: ["nowhere.txt"])]
    #expect { try Synthesizer(missing, seed: 1) } throws: { "\($0)".contains("nowhere.txt cannot be read") }
    missing = configuration()
    missing.fonts.families = ["No Such Family"]
    #expect { try Synthesizer(missing, seed: 1) } throws: { "\($0)".contains("No Such Family") }
    missing = configuration()
    missing.image.backgrounds = ["nowhere.png"]
    #expect { try Synthesizer(missing, seed: 1) } throws: { "\($0)".contains("nowhere.png cannot be read") }
}

@Test func fontReportsNameWhatIsMissing() throws {
    let settings = configuration(alphabet: "aé\u{4E00}")
    let reports = try Synthesizer(settings, seed: 1).fontReports()
    let sans = try #require(reports.first { $0.family == "DejaVu Sans" })
    #expect(sans.missing == "\u{4E00}")
    #expect(!sans.isAllCaps)
}
