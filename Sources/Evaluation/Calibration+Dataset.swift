public import Datasets
import Imaging
public import Recognition

extension Calibration {
    /// Observes the images of a data set, prepared and grouped into batches as the recognizer does it. Images that
    /// cannot be read are skipped.
    ///
    /// - Returns: The number of images that were observed.
    public mutating func observe(
        _ dataset: some LabelledImages, preparedFor recognizer: Recognizer,
        progress: (_ completed: Int) -> Void = { _ in }
    ) -> Int {
        var observed = 0
        var batcher = WidthBatcher<Image>(limit: recognizer.batchLimit)
        for index in 0..<dataset.count {
            guard let image = dataset.prepared(index, for: recognizer) else { continue }
            observed += 1
            if let batch = batcher.append(image, width: image.width) { observe(batch, recognizer) }
            progress(index + 1)
        }
        while let batch = batcher.takeNarrowest() { observe(batch, recognizer) }
        return observed
    }

    private mutating func observe(_ batch: [Image], _ recognizer: Recognizer) {
        observe(recognizer.preprocessor.tensor(batch, on: recognizer.device))
    }
}

extension LabelledImages {
    /// The image at `index`, prepared for the network; nil if it cannot be read.
    fileprivate func prepared(_ index: Int, for recognizer: Recognizer) -> Image? {
        try? unsafe withSample(index) { bytes, _ in
            try recognizer.preprocessor.prepare(unsafe Image(decoding: bytes))
        }
    }
}
