import Datasets

/// Synthetic images in memory as a data set for validation.
struct HeldOutSamples: LabelledImages {
    let samples: [SyntheticSample]
    let images: SyntheticImageSettings

    var count: Int { samples.count }

    func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        try unsafe samples[index].lend(body)
    }

    func label(_ index: Int) -> String { samples[index].label }

    func name(_ index: Int) -> SampleName { images.name(ofNumber: index) }
}
