import Datasets
import Files
import Foundation
import Imaging
import Recognition

/// How far a source was taken into a set, as noted at each commit.
struct CreationPosition: Codable {
    /// What tells the source and the options from others.
    let source: String
    /// Lines or files that were looked at.
    var taken = 0
    /// Those among them that could not be taken.
    var refused = 0
    /// Bytes of the list of problems.
    var problemBytes = 0

    init(source: String) { self.source = source }
}

/// The work of `crnn dataset create`: images are read and checked on all processors and written in their order.
struct DatasetCreation {
    /// The folders below which images are looked for.
    let folders: [String]
    let transcoding: TranscodingOptions
    /// Where the source stands.
    private(set) var position: CreationPosition
    /// Where problems are listed.
    let problems: ProblemFile

    /// Samples that are in memory at once.
    private static let chunk = 128
    /// The longest time between commits.
    private static let patience = Duration.seconds(2)
    /// How many problems are named on standard error.
    private static let named = 20

    init(
        folders: [String], transcoding: TranscodingOptions, at position: CreationPosition,
        problems: ProblemFile
    ) {
        (self.folders, self.transcoding, self.position) = (folders, transcoding, position)
        self.problems = problems
    }

    /// Writes all samples that can be taken and lists the others.
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
            if writer.isBatchFull || ContinuousClock.now - committed > Self.patience {
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
        case (.sample(let entry), .failure(let refusal)):
            let isNamed = entry.place == entry.path
            try refuse(entry.place, isNamed ? refusal.reason : "\(entry.path): \(refusal.reason)", progress)
        case (.refused(let place, let reason), _): try refuse(place, reason, progress)
        }
    }

    private mutating func refuse(_ place: String, _ reason: String, _ progress: ProgressLine) throws {
        position.refused += 1
        try problems.append(place: place, kind: "refused", detail: reason)
        if position.refused <= Self.named { progress.printLine("\(place): \(reason)") }
        if position.refused == Self.named {
            progress.printLine("further ones are listed in \(problems.path)")
        }
    }

    /// What is listed is on the disk before the set says that it was looked at.
    private mutating func commit(_ writer: inout DatasetWriter) throws {
        position.problemBytes = try problems.sync()
        try writer.commit(note: try JSONText.encoder().encodedText(position))
    }

    /// The encoded images of what is listed, in its order, each decoded once.
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

    /// The bytes at `path` below the first of `folders` that has it.
    private static func image(
        _ path: String, in folders: [String], _ transcoding: TranscodingOptions
    ) -> Result<PreparedBytes, Refusal> {
        let candidates = path.hasPrefix("/") || folders.isEmpty ? [path] : folders.map { $0 + "/" + path }
        guard let file = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            return .failure(Refusal(reason: "there is no such file below \(folders.first ?? "/")"))
        }
        do {
            let image = ImageFile(path: file, isNamed: true)
            guard image.isRegular else { throw CommandError("a folder or device; name the file of an image") }
            return .success(PreparedBytes(try transcoding.checked(Array(try image.bytes()))))
        } catch {
            return .failure(Refusal(reason: (error as? FileError)?.reason ?? "\(error)"))
        }
    }
}

/// An encoded image that was proved to be one.
private struct PreparedBytes: Sendable {
    let bytes: [UInt8]
    let digest: ImageDigest

    init(_ bytes: [UInt8]) { (self.bytes, digest) = (bytes, ImageDigest(of: bytes)) }
}

/// Why a sample was not taken.
private struct Refusal: Error {
    let reason: String
}
