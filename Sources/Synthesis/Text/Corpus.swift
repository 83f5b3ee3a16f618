import Files
import Foundation

/// The source texts as bytes. A random byte offset selects an excerpt, so that no index is needed.
struct Corpus: Sendable {
    /// One file.
    struct Source: Sendable {
        let bytes: [UInt8]
        /// Whether the file is a word list, with one entry per line; otherwise it is running text.
        let isList: Bool
        let weight: Double
    }

    /// A byte offset in a source.
    struct Place: Sendable {
        let source: Int
        let offset: Int
    }

    private(set) var sources: [Source] = []
    /// Places of the rare symbols of the alphabet, a few hundred of each.
    private(set) var places: [Character: [Place]] = [:]
    private var weights: [Double] = []

    var isEmpty: Bool { sources.isEmpty }

    /// Reads all sources of `options`. Relative paths refer to `base`.
    init(_ options: TextOptions, base: String) throws(SynthesisError) {
        for source in options.sources {
            var files: [String] = []
            for path in source.paths {
                files += try Self.files(
                    at: URL(filePath: path, relativeTo: URL(filePath: base)).path(percentEncoded: false))
            }
            guard !files.isEmpty else { throw .noTextFiles(paths: source.paths) }
            for file in files { try read(file, weight: source.weight / Double(files.count)) }
        }
        weights = sources.map(\.weight)
        let rare = RareSymbols(alphabet: options.alphabet)
        for index in sources.indices { recordPlaces(of: rare, inSource: index) }
    }

    private static func files(at path: String) throws(SynthesisError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadableText(path: path, reason: "there is no such file or folder; check the path")
        }
        guard isFolder.boolValue else { return [path] }
        let names = try SynthesisError.reading(path) {
            try FileSearch.names(in: path)
        }
        return names.filter { $0.hasSuffix(".txt") }.map { path + "/" + $0 }
    }

    private mutating func read(_ path: String, weight: Double) throws(SynthesisError) {
        let bytes = try SynthesisError.reading(path) { Array(try Data(contentsOf: URL(filePath: path))) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw .unreadableText(path: path, reason: "it is not UTF-8; convert it, for example with iconv")
        }
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") }
        let spaces = bytes.count { $0 == UInt8(ascii: " ") }
        sources.append(Source(bytes: bytes, isList: Double(spaces) < 0.6 * Double(lines), weight: weight))
    }

    /// Records the places of rare symbols in one source; only every 2nd, 4th, … place of frequent ones.
    private mutating func recordPlaces(of rare: RareSymbols, inSource index: Int) {
        var seen = [(count: Int, stride: Int)](repeating: (0, 1), count: rare.symbols.count)
        let bytes = sources[index].bytes
        for offset in bytes.indices {
            guard let number = rare.number(at: offset, in: bytes) else { continue }
            let (count, stride) = seen[number]
            if count % stride == 0 {
                places[rare.symbols[number], default: []].append(Place(source: index, offset: offset))
                if count / stride > 200 { seen[number].stride *= 2 }
            }
            seen[number].count += 1
        }
    }

    /// A random place.
    func place(using generator: inout SeededGenerator) -> Place {
        let source = generator.index(weights: weights)
        return Place(
            source: source, offset: Int.random(in: 0..<sources[source].bytes.count, using: &generator))
    }

    /// Complete words from `place` on, separated by single spaces: at most `length` characters, but at least one word.
    ///
    /// The text starts with the word that contains the place. From a word list, it is one entry.
    func text(at place: Place, length: Int) -> String {
        let source = sources[place.source]
        let isEnd: (UInt8) -> Bool = source.isList ? { $0 == 10 || $0 == 13 } : { $0 <= 32 }
        var start = min(place.offset, source.bytes.count - 1)
        while start > 0, !isEnd(source.bytes[start - 1]) { start -= 1 }
        var end = start
        var text = ""
        while end < source.bytes.count, text.utf8.count <= 4 * length {
            var next = end
            while next < source.bytes.count, isEnd(source.bytes[next]) { next += 1 }
            let word = next
            while next < source.bytes.count, !isEnd(source.bytes[next]) { next += 1 }
            guard next > word else { break }
            let longer =
                (text.isEmpty ? "" : text + " ") + String(decoding: source.bytes[word..<next], as: UTF8.self)
            if longer.count > length, !text.isEmpty { break }
            (text, end) = (longer, next)
            if source.isList { break }
        }
        return text
    }
}
