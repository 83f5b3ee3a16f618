import Foundation
import Recognition
import Testing

/// The code points of a text, which `==` on strings does not tell apart.
private func codePoints(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

/// The error of `body`; nil if there is none.
private func refusal(_ body: () throws(AlphabetError) -> some Any) -> AlphabetError? {
    do throws(AlphabetError) {
        _ = try body()
        return nil
    } catch { return error }
}

@Test func theBlankIsClassZeroAndSymbolsFollow() throws {
    let alphabet = try Alphabet(["b", "a"])
    #expect(alphabet.blank == 0)
    #expect(alphabet.classCount == 3)
    #expect(try alphabet.encode("abba") == [2, 1, 1, 2])
    #expect(alphabet.decode([2, 0, 1, 1, 0, 2]) == "abba")
}

@Test func theBlankHasNoSymbol() throws {
    let alphabet = try Alphabet(["b", "a"])
    #expect([-1, alphabet.blank, 1, 2, 3].map(alphabet.symbol) == [nil, nil, "b", "a", nil])
}

@Test func aDashStaysADash() throws {
    let alphabet = try Alphabet(characters: "-ab")
    #expect(try alphabet.encode("a--b") == [2, 1, 1, 3])
    #expect(alphabet.decode([2, 1, 1, 3]) == "a--b")
}

@Test func classesOutsideTheAlphabetHaveNoText() throws {
    #expect(try Alphabet(["a"]).decode([-1, 1, 2, 99, 0]) == "a")
}

@Test func theEmptyTextHasNoClasses() throws {
    #expect(try Alphabet.alphanumeric.encode("") == [])
    #expect(Alphabet.alphanumeric.decode([]) == "")
}

@Test func thePaperHasThirtySixSymbols() throws {
    #expect(Alphabet.alphanumeric.classCount == 37)
    #expect(try Alphabet.alphanumeric.encode("09az") == [1, 10, 11, 36])
}

@Test func symbolsAreKeptInComposedForm() throws {
    let alphabet = try Alphabet(["e\u{301}", "\u{212B}"])
    #expect(alphabet.symbols.map(codePoints) == [[0xE9], [0xC5]])
}

@Test func decomposedAndComposedTextAreTheSame() throws {
    let alphabet = try Alphabet(["e", "é"])
    #expect(try alphabet.encode("\u{E9}") == [2])
    #expect(try alphabet.encode("e\u{301}e") == [2, 1])
    #expect(codePoints(alphabet.decode([2])) == [0xE9])
}

@Test func theLongestSymbolWins() throws {
    let alphabet = try Alphabet(["c", "h", "ch", "sch", "s"])
    #expect(try alphabet.encode("schchcs") == [4, 3, 1, 5])
    #expect(alphabet.decode([4, 3, 1, 5]) == "schchcs")
}

@Test func combiningMarksStandAlone() throws {
    let alphabet = try Alphabet(["e", "\u{301}", "\u{323}", "ا", "\u{64E}"])
    #expect(try alphabet.encode("é") == [1, 2])
    #expect(try alphabet.encode("e\u{301}") == [1, 2])
    #expect(try alphabet.encode("ẹ́") == [1, 3, 2])
    #expect(try alphabet.encode("ا\u{64E}") == [4, 5])
    #expect(codePoints(alphabet.decode([1, 2])) == [0xE9])
}

@Test func emojiOfManyCodePointsAreOneSymbol() throws {
    let family = "👩‍👩‍👧"
    let alphabet = try Alphabet(["👩", family, "👧", "🇩🇪"])
    #expect(try alphabet.encode("\(family)👩🇩🇪") == [2, 1, 4])
    #expect(try Alphabet(characters: "a\(family)a").symbols == ["a", family])
}

@Test func hangulIsFoundInEitherForm() throws {
    let alphabet = try Alphabet(characters: "한글")
    #expect(try alphabet.encode("한글".decomposedStringWithCanonicalMapping) == [1, 2])
}

@Test func charactersKeepTheOrderOfTheirFirstAppearance() throws {
    #expect(try Alphabet(characters: "banana").symbols == ["b", "a", "n"])
    #expect(try Alphabet(characters: "e\u{301}é").symbols == ["é"])
}

@Test func labelsAreCoveredInCodePointOrder() throws {
    let labels = ["Zoo", "a", "", "e\u{301}", "é", "-1"]
    let alphabet = try Alphabet(covering: labels)
    #expect(alphabet.symbols == ["-", "1", "Z", "a", "o", "é"])
    for label in labels {
        #expect(try alphabet.decode(alphabet.encode(label)) == label)
    }
}

@Test func unknownSymbolsAreNamedWithTheirCodePoints() throws {
    let alphabet = try Alphabet(["a", "e"])
    #expect(refusal { () throws(AlphabetError) in try alphabet.encode("aπa") } == .unknown(symbol: "π"))
    let texts = [
        "aπ": "“π” (U+03C0)", "é": "“◌\u{301}” (U+0301)", "a👩‍👧": "“👩‍👧” (U+1F469 U+200D U+1F467)",
        "\n": "(U+000A)",
    ]
    for (text, name) in texts {
        let error = refusal { () throws(AlphabetError) in try alphabet.encode(text) }
        #expect(error?.description.contains(name) == true, "\(text): \(error?.description ?? "encoded")")
    }
}

@Test func impossibleAlphabetsAreRefused() throws {
    let none: [String] = []
    #expect(refusal { () throws(AlphabetError) in try Alphabet(none) } == .empty)
    #expect(refusal { () throws(AlphabetError) in try Alphabet(characters: "") } == .empty)
    #expect(refusal { () throws(AlphabetError) in try Alphabet(covering: ["", ""]) } == .empty)
    #expect(refusal { () throws(AlphabetError) in try Alphabet(["a", ""]) } == .emptySymbol(position: 1))
    #expect(refusal { () throws(AlphabetError) in try Alphabet(["a", "b", "a"]) } == .repeated(symbol: "a"))
    #expect(
        refusal { () throws(AlphabetError) in try Alphabet(["é", "e\u{301}"]) } == .repeated(symbol: "é"))
}

@Test func anAlphabetIsWrittenAsTheListOfItsSymbols() throws {
    let alphabet = try Alphabet(["é", "\"", "ch", "👩‍👧"])
    let json = try JSONEncoder().encode(alphabet)
    #expect(try JSONDecoder().decode([String].self, from: json) == alphabet.symbols)
    let read = try JSONDecoder().decode(Alphabet.self, from: json)
    #expect(read == alphabet)
    #expect(try read.encode("ch👩‍👧") == [3, 4])
    #expect(throws: AlphabetError.repeated(symbol: "a")) {
        try JSONDecoder().decode(Alphabet.self, from: Data(#"["a", "a"]"#.utf8))
    }
}
