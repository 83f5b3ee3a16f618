public import Datasets
import Imaging
public import Recognition

extension Calibration {
    /// Sees the images of a data set as a recogniser would prepare and gather them; those that cannot be read are
    /// passed over.
    ///
    /// - Returns: How many images were seen.
    public mutating func observe(
        _ dataset: some LabelledImages, preparedFor recognizer: Recognizer,
        progress: (_ completed: Int) -> Void = { _ in }
    ) -> Int {
        var (seen, waiting) = (0, [Int: [Image]]())
        for index in 0..<dataset.count {
            guard let image = dataset.prepared(index, for: recognizer) else { continue }
            waiting[image.width, default: []].append(image)
            seen += 1
            if let group = waiting[image.width], group.count >= recognizer.batchLimit(width: image.width) {
                observe(recognizer.preprocessor.tensor(group, on: recognizer.device))
                waiting[image.width] = nil
            }
            progress(index + 1)
        }
        for (_, group) in waiting.sorted(by: { $0.key < $1.key }) {
            observe(recognizer.preprocessor.tensor(group, on: recognizer.device))
        }
        return seen
    }
}

extension LabelledImages {
    /// The image at `index` as the network wants it; nil where it cannot be read.
    fileprivate func prepared(_ index: Int, for recognizer: Recognizer) -> Image? {
        try? unsafe withSample(index) { bytes, _ in
            try recognizer.preprocessor.prepare(unsafe Image(decoding: bytes))
        }
    }
}
