import Evaluation
import Foundation
import Testing

/// The scores of pairs of label and answer.
private func scores(_ pairs: KeyValuePairs<String, String?>) -> Scores {
    pairs.reduce(into: Scores()) { $0.add(label: $1.key, answer: $1.value) }
}

@Suite struct ScoresTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("abc", "abc", 0),
        ("abcd", "acbd", 2), ("a", "b", 1), ("flaw", "lawn", 2),
    ])
    func editDistancesCountTheLeastChanges(first: String, second: String, distance: Int) {
        #expect(editDistance(Array(first), Array(second)) == distance)
        #expect(editDistance(Array(second), Array(first)) == distance)
    }

    @Test func perfectAnswersScoreFully() {
        let rates = scores(["one two": "one two", "": "", "Ä-ö": "Ä-ö"]).rates
        #expect(rates == Scores.Rates(exact: 1, alphanumeric: 1, cer: 0, wer: 0, ned: 1))
    }

    @Test func nothingComparedIsNoScore() throws {
        let none = Scores.Rates(exact: nil, alphanumeric: nil, cer: nil, wer: nil, ned: nil)
        #expect(Scores().rates == none)
        let unreadable = scores(["": nil, "": nil]).rates
        #expect(unreadable == Scores.Rates(exact: 0, alphanumeric: nil, cer: nil, wer: nil, ned: 0))
        let json = String(decoding: try JSONEncoder().encode(none), as: UTF8.self)
        #expect(json.contains("\"cer\":null"))
    }

    @Test func scriptsWithoutLatinLettersHaveNoAlphanumericScore() {
        #expect(scores(["বাংলা": "বাংলা", "हिन्दी": "हिन्द", "!": "?"]).rates.alphanumeric == nil)
        #expect(scores(["বাংলা": "বাংলা", "a": "b"]).rates.alphanumeric == 0)
        #expect(scores(["বাংলা": "7", "a": "a"]).rates.alphanumeric == 1.0 / 2)
    }

    @Test func errorRatesAreOfSumsAndSimilarityIsAMean() {
        let rates = scores(["abcdefgh": "abcdefgx", "ab": "b"]).rates
        #expect(rates.cer == 2.0 / 10)
        #expect(rates.wer == 2.0 / 2)
        #expect(rates.ned == ((1 - 1.0 / 8) + (1 - 1.0 / 2)) / 2)
        #expect(rates.exact == 0)
    }

    @Test func wordErrorsCountWordsThatWhiteSpaceParts() {
        #expect(scores(["the quick  brown fox": "the quack brown"]).rates.wer == 2.0 / 4)
    }

    @Test(arguments: [(false, 0.4), (true, 0.2)]) func caseCountsUnlessIgnored(isIgnored: Bool, rate: Double)
    {
        var scores = Scores(ignoringCase: isIgnored)
        scores.add(label: "Écru.", answer: "écru,")
        #expect(scores.rates.cer == rate)
    }

    @Test func alphanumericIgnoresCaseAndEverythingElse() {
        let rates = scores(["It's 5 O'CLOCK!": "its5oclock", "naïve": "Nave", "a1": "a2"]).rates
        #expect(rates.alphanumeric == 2.0 / 3)
        #expect(rates.exact == 0)
    }

    @Test func composedAndDecomposedTextsAreEqual() {
        let rates = scores(["caf\u{E9}": "cafe\u{301}"]).rates
        #expect(rates.exact == 1 && rates.cer == 0)
        #expect(scores(["e\u{301}": "e"]).rates.cer == 1)
    }

    @Test func unreadableSamplesAreWrongInEveryMeasure() {
        let unreadable = scores(["ab c": nil, "!": nil, "": nil])
        #expect(unreadable.rates == Scores.Rates(exact: 0, alphanumeric: 0, cer: 1, wer: 1, ned: 0))
        #expect(unreadable.samples == 3 && unreadable.unreadable == 3)
    }

    @Test func insertionsTakeErrorRatesAboveOneAndNeverToInfinity() {
        #expect(scores(["a": "abc"]).rates.cer == 2)
        #expect(scores(["": "abc"]).rates.cer == 3)
    }

    @Test func scoresAddUpToThoseOfAllSamples() {
        let first = scores(["abc": "abd", "x y": nil])
        let second = scores(["12": "12"])
        #expect(first + second == scores(["abc": "abd", "x y": nil, "12": "12"]))
        #expect(first + Scores() == first)
    }
}
