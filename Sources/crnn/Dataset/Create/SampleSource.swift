import CommandSupport
import Datasets
import Files
import Foundation

/// The samples for `crnn dataset create`, one after another: from a list, or from the files in a folder.
struct SampleSource {
    /// The name in messages.
    let name: String
    /// What a valid source looks like, for messages.
    let expectation: String
    /// The number of samples and problems.
    let total: Int
    /// The folders that relative paths are resolved against, in this order; empty if paths are complete.
    let folders: [String]

    private var samples: any IteratorProtocol<ListedSample>
    private let checksum: DatasetChecksum

    /// The samples of a list.
    init(list: String, _ bytes: [UInt8], _ format: LabelFormat, images: String) throws(LabelFileError) {
        let file = try LabelFile(bytes, name: list, format)
        (name, samples, total) = (list, file, file.lineCount)
        expectation =
            "each line must contain the path of an image and its text, in the format given by --label-format."
        let listFolder = URL(filePath: list).deletingLastPathComponent().path(percentEncoded: false)
        folders = [images, listFolder]
        var checksum = DatasetChecksum()
        checksum.add(ImageDigest(of: bytes), label: "\(format) \(images)".utf8)
        self.checksum = checksum
    }

    /// The images in a folder and its subfolders. Their texts are in the file names, at the position given by `pattern`;
    /// if it is nil, in files next to the images.
    init(folder: String, _ pattern: NamePattern?) {
        (name, samples) = (folder, FolderSamples(folder, pattern))
        expectation =
            pattern == nil ? "there is no pair name.png and name.gt.txt." : "there is no image in it."
        folders = []
        var all = FolderSamples(folder, pattern)
        var (count, checksum) = (0, DatasetChecksum())
        while let (_, path) = all.nextEntry() {
            checksum.add(ImageDigest(of: Array(path.utf8)), label: (pattern?.description ?? "").utf8)
            count += 1
        }
        (total, self.checksum) = (count, checksum)
    }

    /// The next sample; nil at the end.
    mutating func next() -> ListedSample? { samples.next() }

    /// A text that differs for other sources and other options.
    func fingerprint(with options: TranscodingOptions) -> String { "\(checksum) \(options.description)" }
}
