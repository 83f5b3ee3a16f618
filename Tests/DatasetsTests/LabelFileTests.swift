import Datasets
import Foundation
import Testing

/// The entries of a list, and its problems as `line: reason`.
func listed(
    _ bytes: [UInt8], _ format: LabelFormat = .tsv
) throws -> (entries: [ListedSample.Entry], problems: [String]) {
    var (entries, problems): ([ListedSample.Entry], [String]) = ([], [])
    for sample in try LabelFile(bytes, name: "list", format) {
        switch sample {
        case .sample(let entry): entries.append(entry)
        case .refused(let place, let reason, _): problems.append("\(place): \(reason)")
        }
    }
    return (entries, problems)
}

/// The path, label and lexicon of each line of a list as one text, or its problem.
private func lines(_ text: String, _ format: LabelFormat) throws -> [String] {
    try LabelFile(Array(text.utf8), name: "list", format).map { sample in
        switch sample {
        case .sample(let entry):
            [entry.path, entry.label, entry.lexicon].compactMap { $0 }.joined(separator: "|")
        case .refused(_, let reason, _): "! \(reason)"
        }
    }
}

@Test func listsTakeMarksAndLineEndingsAsTheyCome() throws {
    let text = "\u{FEFF}a.png\tone\r\n\r\n\nb c.png\tzwei Wörter\nc.png\tthree"
    let list = try listed(Array(text.utf8))
    #expect(list.entries.map(\.path) == ["a.png", "b c.png", "c.png"])
    #expect(list.entries.map(\.label) == ["one", "zwei Wörter", "three"])
    #expect(list.entries.map(\.place) == ["list:1", "list:4", "list:5"])
    #expect(list.problems.isEmpty)
    #expect(try LabelFile(Array(text.utf8), name: "list", .tsv).lineCount == 3)
}

@Test func listsNumberTheirProblems() throws {
    let list = try listed(
        Array("no tab\na\t\n\ttext\na\tb\tc\n".utf8) + [0xFF, 0x09, 0x41, 0x0A] + Array("a\tb".utf8))
    #expect(list.entries.map(\.place) == ["list:6"])
    #expect(
        list.problems == [
            "list:1: no tab between path and text: no tab", "list:2: no text after the tab",
            "list:3: no path",
            "list:4: 3 fields, but a line has 2: a\\tb\\tc", "list:5: not valid UTF-8",
        ])
    #expect(try listed([]).entries.isEmpty)
}

@Test func commaSeparatedListsAreQuotedByTheRules() throws {
    let text = """
        a.png,one
        "b,c.png","say ""yes"", please"
        d.png,one,two
        e.png,"open
        f.png,"a"b
        """
    #expect(
        try lines(text, .csv) == [
            "a.png|one", "b,c.png|say \"yes\", please",
            "! 3 fields, but a line has 2: d.png,one,two",
            "! a quotation mark is not closed on its line: \"open",
            "! text follows a closing quotation mark: b",
        ])
}

@Test func headingsNameFields() throws {
    var format = LabelFormat.csv
    (format.path, format.label, format.lexicon) = (.name("file"), .name("gt"), .number(4))
    let text = "id,gt,file,words\n7,Hi,a.png,Hi Ho\n8,\"1,5\",b.png,\n"
    #expect(try lines(text, format) == ["a.png|Hi|Hi Ho", "b.png|1,5|"])
    format.label = .name("text")
    let error = #expect(throws: LabelFileError.self) { try lines(text, format) }
    #expect(error?.description == "list has no field “text”; its heading is: id, gt, file, words")
    #expect(throws: LabelFileError.self) { try lines("", format) }
}

@Test func namedFieldsLetOthersStand() throws {
    var format = LabelFormat.tsv
    (format.path, format.label) = (.number(3), .number(1))
    #expect(try lines("text\tx\ta.png\ty\ntext\tx\n", format) == ["a.png|text", "! 2 of 3 fields: text\\tx"])
}

@Test func competitionListsEscapeQuotationMarks() throws {
    let text =
        "word_1.png, \"Genaxis Theatre\"\r\nword_2.png, \"[06], \\\"a\\\\b\\\"\"\r\nword_3.png, plain\r\n"
    #expect(
        try lines(text, .icdar) == [
            "word_1.png|Genaxis Theatre", "word_2.png|[06], \"a\\b\"", "word_3.png|plain",
        ])
}

@Test func textsAfterASpaceMayHoldSpaces() throws {
    #expect(try lines("a.png one two\nb.png", .space) == ["a.png|one two", "! 1 of 2 fields: b.png"])
}

@Test func pathsAloneGiveTheirTextByName() throws {
    var format = LabelFormat.space
    format.name = NamePattern("*_LABEL_*")
    let text = "./2425/1/115_Lube_45484.jpg 45484\n./1/2/3_a_b_c_4.jpg 1\n./odd.jpg 2\n"
    #expect(
        try lines(text, format) == [
            "./2425/1/115_Lube_45484.jpg|Lube", "./1/2/3_a_b_c_4.jpg|a_b_c",
            "! the name of ./odd.jpg does not match *_LABEL_*",
        ])
}

@Test func namesAreHeldAgainstPatterns() {
    #expect(NamePattern("LABEL")?.label(in: "a/b.c/2b827.jpg") == "2b827")
    #expect(NamePattern("LABEL-*")?.label(in: "ab-1.png") == "ab")
    #expect(NamePattern("img.(LABEL)")?.label(in: "img.(x).png") == "x")
    #expect(NamePattern("img.(LABEL)")?.label(in: "imgs(x).png") == nil)
    #expect(NamePattern("LABEL")?.label(in: ".png") == nil)
    for pattern in ["", "*", "LABEL_LABEL", "label"] { #expect(NamePattern(pattern) == nil) }
}

@Test func jsonLinesAreTakenByTheirUsualNames() throws {
    let text = """
        {"file_name": "a.png", "text": "one", "lexicon": ["one", "two"]}
        {"image": "b.png", "label": "tab\\there", "width": 3}
        {"path": "c.png"}
        {"text": "x"}
        [1]
        """
    #expect(
        try lines(text, .json) == [
            "a.png|one|one two",
            "! the text “tab\\there” contains a control character, U+0009; remove it", "! no text",
            "! no path of an image among the fields text", "! not a JSON object: [1]",
        ])
    var format = LabelFormat.json
    (format.path, format.label) = (.name("i"), .name("t"))
    #expect(try lines("{\"i\": \"a.png\", \"t\": \"one\", \"text\": \"two\"}", format) == ["a.png|one"])
}
