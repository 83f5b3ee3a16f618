import CommandSupport
import Datasets
import Files
import Foundation
import Imaging

/// Builds a data set: reads and checks images on all processors, and writes them in the order of the source.
struct DatasetCreation {
    /// The folders that relative paths are resolved against, in this order.
    let folders: [String]
    let transcoding: TranscodingOptions
    /// The position in the source.
    private(set) var position: CreationPosition
    /// The list of problems.
    let problems: ProblemFile

    /// The number of samples in memory at once.
    private static let chunk = 128
    /// The maximum time between commits.
    private static let commitInterval = Duration.seconds(2)
    /// The advice for a first line whose image does not exist.
    private static let headingAdvice = "; if this line names the fields, give --header"
    /// The maximum number of problems printed on standard error.
    private static let printedProblems = 20

    init(
        folders: [String], transcoding: TranscodingOptions, at position: CreationPosition,
        problems: ProblemFile
    ) {
        (self.folders, self.transcoding, self.position) = (folders, transcoding, position)
        self.problems = problems
    }

    /// Writes all valid samples and lists the others.
    mutating func write(_ source: inout SampleSource, to writer: inout DatasetWriter) async throws {
        writer.commitsFullBatches = false
        var progress = ProgressLine(total: source.total, label: "storing images", from: position.taken)
        for _ in 0..<position.taken { _ = source.next() }
        var committed = ContinuousClock.now
        while case let listed = (0..<Self.chunk).compactMap({ _ in source.next() }), !listed.isEmpty {
            for (sample, image) in zip(listed, await images(of: listed)) {
                try take(sample, image, to: &writer, above: progress)
            }
            position.taken += listed.count
            if writer.isBatchFull || ContinuousClock.now - committed > Self.commitInterval {
                try commit(&writer)
                committed = ContinuousClock.now
            }
            progress.update(completed: position.taken)
        }
        try commit(&writer)
        progress.finish()
    }

    private mutating func take(
        _ sample: ListedSample, _ image: Result<PreparedBytes, Refusal>, to writer: inout DatasetWriter,
        above progress: ProgressLine
    ) throws {
        switch (sample, image) {
        case (.sample(let entry), .success(let image)):
            try writer.append(
                image: image.bytes, image.digest, label: entry.label, lexicon: entry.lexicon)
            if let note = image.note {
                let detail = "\(entry.path.printable) \(note)"
                try problems.append(place: entry.place, kind: "pages", detail: detail)
                progress.printLine(detail)
            }
        case (.sample(let entry), .failure(let refusal)):
            let isNamed = entry.place == entry.path
            let advice = refusal.isMissing && entry.place.hasSuffix(":1") ? Self.headingAdvice : ""
            try refuse(
                entry.place, (isNamed ? "" : "\(entry.path.printable): ") + refusal.reason + advice, progress)
        case (.refused(let place, let reason, let hint), _):
            try refuse(place, reason + (hint?.advice ?? ""), progress)
        }
    }

    private mutating func refuse(_ place: String, _ reason: String, _ progress: ProgressLine) throws {
        position.refused += 1
        try problems.append(place: place, kind: "refused", detail: reason)
        if position.refused <= Self.printedProblems { progress.printLine("\(place.printable): \(reason)") }
        if position.refused == Self.printedProblems {
            progress.printLine("further problems are listed in \(problems.path)")
        }
    }

    /// Forces the list of problems to the disk before the data set records the position behind them.
    private mutating func commit(_ writer: inout DatasetWriter) throws {
        position.problemBytes = try problems.sync()
        try writer.commit(note: try JSONText.encoder().encodedText(position))
    }

    /// The encoded images of the listed samples, in the same order; each was decoded once as a check.
    private func images(of listed: [ListedSample]) async -> [Result<PreparedBytes, Refusal>] {
        await withTaskGroup(of: (Int, Result<PreparedBytes, Refusal>).self) { group in
            for case (let index, .sample(let entry)) in listed.enumerated() {
                group.addTask { [folders, transcoding] in
                    (index, Self.image(entry.path, in: folders, transcoding))
                }
            }
            let none = Result<PreparedBytes, Refusal>.failure(Refusal(reason: ""))
            var results = [Result<PreparedBytes, Refusal>](repeating: none, count: listed.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    /// The bytes of the image at `path` in the first of `folders` that has it.
    private static func image(
        _ path: String, in folders: [String], _ transcoding: TranscodingOptions
    ) -> Result<PreparedBytes, Refusal> {
        let candidates =
            path.utf8.first == UInt8(ascii: "/") || folders.isEmpty ? [path] : folders.map { $0 + "/" + path }
        guard let file = candidates.first(where: { FileStatus(at: $0) != nil }) else {
            return .failure(Refusal(missing: candidates, in: folders.first ?? "/"))
        }
        do {
            let image = ImageFile(path: file, isNamed: true)
            guard image.isRegular else { throw CommandError("a folder or device; give an image file") }
            let (bytes, note) = try transcoding.checked(Array(try image.bytes()))
            return .success(PreparedBytes(bytes, note: note))
        } catch {
            return .failure(Refusal(reason: (error as? FileError)?.reason ?? "\(error)"))
        }
    }
}

extension ListedSample.Hint {
    /// The advice for the users of the command; it follows the reason.
    fileprivate var advice: String {
        switch self {
        case .restOfLine: "; quote the text, or give --text-to-end if it takes the rest of the line"
        }
    }
}
