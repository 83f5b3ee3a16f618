import Tensors
import Testing

@testable import Synthesis

private func maker() -> MadeText { MadeText(symbols: Array("abc"), word: { _ in "word" }, length: 6) }

@Test(arguments: [
    TextKinds.Kind.numbers, .prices, .dates, .times, .percentages, .phones, .codes,
])
func madeTextsOfThisKindHoldADigit(kind: TextKinds.Kind) {
    var chance = Chance(seed: 1)
    for _ in 0..<300 {
        let text = maker().text(kind, &chance)
        #expect(text.contains(where: \.isNumber) || kind == .codes, "\(text)")
        #expect(!text.isEmpty)
    }
}

@Test func addressesHoldAPointBeforeTheirEnd() {
    var chance = Chance(seed: 1)
    for _ in 0..<200 {
        let text = maker().text(.addresses, &chance)
        #expect(text.contains(".") && !text.hasSuffix("."), "\(text)")
        #expect(!text.contains(" "))
    }
}

@Test func randomTextsHoldTheSymbolsAlone() {
    var chance = Chance(seed: 1)
    let texts = (0..<50).map { _ in maker().text(.random, &chance) }
    #expect(texts.allSatisfy { $0.count == 6 && Set($0).isSubset(of: "abc") })
    #expect(Set(texts.joined()) == Set("abc"))
}

@Test func digitsAreGroupedByThree() {
    #expect(MadeText.grouped("1234567", by: ",") == "1,234,567")
    #expect(MadeText.grouped("123", by: ",") == "123")
}

@Test func straightQuotesBecomeCurly() {
    #expect(Typography.curled(#"He said "don't" -- (and 'why')..."#) == "He said “don’t” — (and ‘why’)…")
}

@Test(arguments: Array("«»“”£é§½¡Ñ()"))
func aTextAroundASymbolHoldsIt(symbol: Character) {
    var chance = Chance(seed: 2)
    for length in [1, 3, 8, 40] {
        for _ in 0..<30 {
            let text = Typography.text(
                with: symbol, around: ["first", "second"], length: length, using: &chance)
            #expect(text.contains(symbol), "\(text)")
            #expect(text.count <= max(length, 3))
        }
    }
}
