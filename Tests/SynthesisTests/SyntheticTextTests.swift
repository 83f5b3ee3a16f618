import Files
import Testing

@testable import Synthesis

private func syntheticText() -> SyntheticText {
    SyntheticText(symbols: Array("abc"), word: { _ in "word" }, length: 6)
}

@Test(arguments: [
    TextKinds.Kind.numbers, .prices, .dates, .times, .percentages, .phones, .codes,
])
func syntheticTextsOfThisKindContainADigit(kind: TextKinds.Kind) {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
        let text = syntheticText().text(kind, &generator)
        #expect(text.contains(where: \.isNumber) || kind == .codes, "\(text)")
        #expect(!text.isEmpty)
    }
}

@Test func addressesContainAPointBeforeTheirEnd() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
        let text = syntheticText().text(.addresses, &generator)
        #expect(text.contains(".") && !text.hasSuffix("."), "\(text)")
        #expect(!text.contains(" "))
    }
}

@Test func randomTextsContainOnlyTheGivenSymbols() {
    var generator = SeededGenerator(seed: 1)
    let texts = (0..<50).map { _ in syntheticText().text(.random, &generator) }
    #expect(texts.allSatisfy { $0.count == 6 && Set($0).isSubset(of: "abc") })
    #expect(Set(texts.joined()) == Set("abc"))
}

@Test func charactersAreOneOrTwoLettersOrDigits() {
    var generator = SeededGenerator(seed: 1)
    let texts = (0..<400).map { _ in syntheticText().text(.characters, &generator) }
    #expect(
        texts.allSatisfy {
            (1...2).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        })
    #expect(Set(texts.filter { $0.count == 1 }).count > 50)
}

@Test func aLongSStandsBeforeLetters() {
    #expect(Typography.withLongS("possession, es-tu sûr") == "poſſeſſion, es-tu ſûr")
    #expect(Typography.withLongS("SALES s") == "SALES s")
}

@Test func digitsAreGroupedByThree() {
    #expect(SyntheticText.grouped("1234567", by: ",") == "1,234,567")
    #expect(SyntheticText.grouped("123", by: ",") == "123")
}

@Test func straightQuotesBecomeCurly() {
    #expect(Typography.typographic(#"He said "don't" -- (and 'why')..."#) == "He said “don’t” — (and ‘why’)…")
}

@Test(arguments: Array("«»“”£é§½¡Ñ()"))
func aTextAroundASymbolContainsIt(symbol: Character) {
    var generator = SeededGenerator(seed: 2)
    for length in [1, 3, 8, 40] {
        for _ in 0..<30 {
            let text = Typography.text(
                with: symbol, around: ["first", "second"], length: length, using: &generator)
            #expect(text.contains(symbol), "\(text)")
            #expect(text.count <= max(length, 3))
        }
    }
}
