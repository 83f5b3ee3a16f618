import Datasets
import Foundation
import Imaging
import Recognition
import Tensors

/// Measures the loading of encoded images on one thread, from LMDB to a batch's tensor, in images per second of a core.
/// Without data sets, synthetic noise is measured.
func measureLoading(_ load: Load, _ paths: [String]) throws {
    guard paths.isEmpty else {
        for path in paths { try measureLoading(load, LMDBDataset(path)) }
        return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "crnn-loading-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path(percentEncoded: false)
    try writeNumbered(4 * load.batch, Size(width: load.width, height: 32), to: path)
    try measureLoading(load, LMDBDataset(path))
}

private func measureLoading(_ load: Load, _ dataset: LMDBDataset) throws {
    let preprocessor = Preprocessor(height: 32), device = ReferenceDevice()
    var watch = Stopwatch()
    var (images, failure): (Int, (any Error)?) = (0, nil)
    load.repeatedly {
        do {
            for index in 0..<dataset.count {
                let image = try watch.time("decoding") { Result { try dataset.image(index) } }.get()
                let ready = try watch.time("scaling, padding") { Result { try preprocessor.prepare(image) } }
                    .get()
                _ = watch.time("tensor") { preprocessor.tensor([ready], on: device) }
            }
            images += dataset.count
        } catch { failure = error }
    }
    if let failure { throw failure }
    let summary = DatasetSummary(of: dataset)
    print("loading \(dataset.path): \(summary.formats), median \(summary.widths?.median ?? 0) pixels wide:")
    print(watch.report)
    print("  \(rounded(Double(images) / watch.processorSeconds)) images/s of one core")
}

extension LMDBDataset {
    /// The image of the sample at `index`, decoded without a copy of its bytes.
    fileprivate func image(_ index: Int) throws -> Image {
        try withSample(index) { bytes, _ in try Image(decoding: bytes) }
    }
}
