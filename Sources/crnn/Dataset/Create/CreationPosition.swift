import CommandSupport
import Datasets
import Files
import Foundation

/// The position in the source up to which samples are in the data set; stored with each commit.
struct CreationPosition: Codable {
    /// The fingerprint of the source and the options.
    let source: String
    /// The number of lines or files processed.
    var taken = 0
    /// The number of those that could not be added.
    var refused = 0
    /// The size of the list of problems, in bytes.
    var problemBytes = 0

    init(source: String) { self.source = source }
}

extension CreationPosition {
    /// The position at which the interrupted run stopped, from the note in `writer`; the beginning if there is no such
    /// run.
    static func resumed(
        _ writer: borrowing DatasetWriter, _ source: SampleSource, _ transcoding: TranscodingOptions
    ) throws -> CreationPosition {
        let fingerprint = source.fingerprint(with: transcoding)
        guard writer.count > 0 || writer.resumedNote != nil else {
            return CreationPosition(source: fingerprint)
        }
        let note = writer.resumedNote.flatMap {
            try? JSONDecoder().decode(CreationPosition.self, from: Data($0.utf8))
        }
        guard let note, note.source == fingerprint else {
            throw CommandError(
                "\(writer.output)\(StagingDirectory.suffix) was started from other images or texts, or with other "
                    + "options, and cannot be resumed: repeat the original command, move the folder away, or start "
                    + "over with --force")
        }
        return note
    }
}
