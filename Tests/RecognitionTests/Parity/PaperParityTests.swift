import CPU
import Neural
import Recognition
import Tensors
import Testing

/// The paper's CRNN against PyTorch: see `scripts/golden/paper_crnn.py`.
@Suite struct PaperParityTests {
    @Test(arguments: GoldenCase.all(.formula))
    func formulaPicturesGiveTheResultsOfPyTorch(_ golden: GoldenCase) throws {
        try expectParity(golden, on: CPUDevice(threads: 2), logits: 1e-3)
    }

    @Test(
        .enabled(if: GoldenCase.hasRealPictures, "needs iiit5k-train and captcha-v2"),
        arguments: GoldenCase.all(.real))
    func realPicturesGiveTheResultsOfPyTorch(_ golden: GoldenCase) throws {
        try expectParity(golden, on: CPUDevice(threads: 2), logits: 1e-3)
    }

    @Test func theReferenceDeviceIsWithinRoundingOfPyTorch() throws {
        let golden = GoldenCase(pictures: .formula, batch: 1, width: 32)
        try expectParity(golden, on: ReferenceDevice(), logits: 1e-5)
    }
}

/// Compares inference, one training pass, its losses and all gradients.
private func expectParity(_ golden: GoldenCase, on device: any Device, logits tolerance: Float) throws {
    let expected = try golden.golden()
    let images = try golden.images(expected, on: device)
    var model = GoldenModel.on(device)
    #expect(try expected.largestDifference("logits.inference", model(images)) <= tolerance)
    let (scores, cache) = model.forward(images)
    #expect(try expected.largestDifference("logits.training", scores) <= tolerance)
    let loss = ctcLoss(scores, labels: try golden.labels(expected), blank: 0)
    let losses = Tensor(loss.losses, shape: [golden.batch], on: device)
    let largest = try #require(expected.values("losses").max())
    #expect(try expected.largestDifference("losses", losses) <= tolerance * largest)
    _ = model.backward(loss.gradient, cache)
    try expectGradients(of: model, expected)
    try expectStatistics(of: model, expected)
}

/// A gradient may be off by 1e-3 of its norm, and by what rounding alone does to it in PyTorch.
///
/// A bias in front of a normalization has no gradient but rounding: it is weighed by its kernel's.
private func expectGradients(of model: CRNN, _ expected: Golden) throws {
    let gradients = GoldenModel.tensors(of: model, \.gradient)
    for name in expected.names(after: "gradient.") {
        let unrest = expected.file.tensors["unrest.\(name)"]?.scalars.first
        let weight = unrest == nil ? name.replacing(".bias", with: ".kernel") : name
        let norm = try #require(expected.values("norm.\(weight)").first)
        let error = try expected.distance("gradient.\(name)", #require(gradients[name])) / norm
        #expect(error <= 1e-3 + 2 * (unrest ?? 0), "\(name)")
    }
}

/// One training pass moves the running statistics as it does in PyTorch.
private func expectStatistics(of model: CRNN, _ expected: Golden) throws {
    let tensors = GoldenModel.tensors(of: model, \.value)
    for name in expected.names(after: "statistic.") {
        #expect(
            try expected.largestDifference("statistic.\(name)", #require(tensors[name])) <= 1e-4, "\(name)")
    }
}
