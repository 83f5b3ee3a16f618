internal import Imaging

extension DatasetSummary {
    /// The number of samples and problems that are listed.
    public static let listed = 10

    /// Reads the label and the image header of every sample.
    ///
    /// Only the headers of images are decoded. An entry that cannot be read becomes a problem, not an error.
    ///
    /// - Parameters:
    ///   - dataset: The data set to read.
    ///   - progress: Called after each sample with the number of samples read.
    public init(of dataset: LMDBDataset, progress: (Int) -> Void = { _ in }) {
        var tally = Tally()
        tally.checkKeys(of: dataset)
        for index in 0..<dataset.count {
            tally.add(index, of: dataset)
            progress(index + 1)
        }
        self.init(dataset, tally)
    }

    private init(_ dataset: LMDBDataset, _ tally: Tally) {
        path = dataset.path
        samples = dataset.count
        readable = tally.widths.count
        checksum = dataset.checksum
        lexicons = tally.lexicons
        fileBytes = dataset.fileSize
        imageBytes = tally.imageBytes
        formats = tally.formats
        widths = Spread(tally.widths)
        heights = Spread(tally.heights)
        labelLengths = Spread(tally.labelLengths)
        alphabet = tally.symbols.sorted {
            $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
        }
        .map { SymbolCount(symbol: String($0.key), count: $0.value) }
        firstSamples = tally.firstSamples
        problemCount = tally.problemCount
        problems = tally.problems
    }
}

/// The numbers that accumulate while samples are read.
private struct Tally {
    var lexicons = 0
    var imageBytes = 0
    var formats: [String: Int] = [:]
    var widths: [Int] = []
    var heights: [Int] = []
    var labelLengths: [Int] = []
    var symbols: [Character: Int] = [:]
    var firstSamples: [DatasetSummary.Sample] = []
    var problemCount = 0
    var problems: [String] = []

    /// Notes a problem if the number of keys does not match the number of samples.
    mutating func checkKeys(of dataset: LMDBDataset) {
        if let interruption = dataset.interruption { note("\(dataset.path) \(interruption)") }
        for defect in dataset.keyDefects { note(defect) }
        let keys = try? KeyStatistics(of: dataset)
        lexicons = keys?.lexicons ?? 0
        let expected = 2 * dataset.count + 1 + lexicons + (keys?.ownKeys ?? 0)
        guard dataset.keyCount != expected else { return }
        note("num-samples: \(dataset.count) samples need \(expected) keys, the file has \(dataset.keyCount)")
    }

    /// Reads one sample.
    mutating func add(_ index: Int, of dataset: LMDBDataset) {
        do {
            try unsafe dataset.withSample(index) { bytes, label in
                add(label: label, key: dataset.key(index))
                let header = try unsafe ImageHeader(decoding: bytes)
                add(header, Sample(header, dataset.key(index), label, byteCount: bytes.count))
            }
        } catch let error as DatasetError {
            note(error.description)
        } catch {
            note("\(dataset.key(index)): \(error)")
        }
    }

    private mutating func add(label: String, key: String) {
        labelLengths.append(label.count)
        for symbol in label { symbols[symbol, default: 0] += 1 }
        if label.isEmpty { note("\(key): the label is empty") }
        if let defect = LabelDefects.controlDefect(of: label) { note("\(key): \(defect)") }
    }

    private mutating func add(_ header: ImageHeader, _ sample: Sample) {
        imageBytes += sample.bytes
        formats[sample.format, default: 0] += 1
        widths.append(header.width)
        heights.append(header.height)
        if firstSamples.count < DatasetSummary.listed { firstSamples.append(sample) }
    }

    private mutating func note(_ problem: String) {
        problemCount += 1
        if problems.count < DatasetSummary.listed { problems.append(problem) }
    }

    private typealias Sample = DatasetSummary.Sample
}

extension DatasetSummary.Sample {
    fileprivate init(_ header: ImageHeader, _ key: String, _ label: String, byteCount: Int) {
        (self.key, self.label, bytes) = (key, label, byteCount)
        (format, width, height) = (header.format.rawValue, header.width, header.height)
    }
}
