import Foundation
import Neural
import Recognition
import Tensors
import Testing

/// Kernel, output of the convolution and output of the block for a 32×100 image, as table 1 of arXiv 1507.05717
/// gives them, from the image on.
private let table: [(kernel: Shape, output: Shape)] = [
    ([3, 3, 1, 64], [1, 16, 50, 64]),
    ([3, 3, 64, 128], [1, 8, 25, 128]),
    ([3, 3, 128, 256], [1, 8, 25, 256]),
    ([3, 3, 256, 256], [1, 4, 26, 256]),
    ([3, 3, 256, 512], [1, 4, 26, 512]),
    ([3, 3, 512, 512], [1, 2, 27, 512]),
    ([2, 2, 512, 512], [1, 1, 26, 512]),
]

@Test func thePaperHasTheKernelsOfTableOne() throws {
    var zero = NoRandomness()
    let model = try CRNN(.paper(), classCount: 37, on: ReferenceDevice(), using: &zero)
    let inventory = Inventory(of: model)
    for (index, row) in table.enumerated() {
        let kernel = inventory.parameters["convolutions.\(index).convolution.kernel"]
        #expect(kernel?.shape == row.kernel, "convolution \(index + 1)")
        let block = model.convolutions[index]
        #expect((block.normalization != nil) == (4...5).contains(index), "normalization \(index + 1)")
    }
    #expect(model.recurrence.count == 2)
    #expect(inventory.parameters["classifier.kernel"]?.shape == [512, 37])
}

@Test func thePaperHasTheImagesOfTableOne() throws {
    let model = try network(tinyConfiguration(height: 32), classCount: 5)
    var features = Tensor(repeating: 0.5, shape: [1, 32, 100, 1], on: ReferenceDevice())
    for (index, row) in table.enumerated() {
        features = model.convolutions[index](features)
        #expect(features.shape == row.output.replacingLast(with: 2), "after convolution \(index + 1)")
    }
}

@Test func framesAreWhatTheNetworkGives() throws {
    for configuration in [tinyConfiguration(channels: 1, units: 1), slim(.compact(height: 16))] {
        let model = try network(configuration, classCount: 2)
        let widths = Array(4...70) + [99, 100, 101, 102, 103, 255, 256, 257, 397, 398, 399, 400]
        for width in widths {
            let scores = model(Tensor(repeating: 0, shape: [1, 16, width, 1], on: ReferenceDevice()))
            #expect(scores.shape == [1, width / 4 + 1, 2], "width \(width)")
        }
    }
}

@Test func bothPresetsHaveAQuarterOfTheWidthAndOneFrame() {
    for height in [16, 32, 48, 64] {
        for width in 4...400 {
            #expect(CRNNConfiguration.paper(height: height).frames(forWidth: width) == width / 4 + 1)
            #expect(CRNNConfiguration.compact(height: height).frames(forWidth: width) == width / 4 + 1)
        }
    }
    for width in 0...3 { #expect(CRNNConfiguration.paper().frames(forWidth: width) == 0) }
}

/// A configuration with one channel and unit throughout.
private func slim(_ configuration: CRNNConfiguration) -> CRNNConfiguration {
    var slim = configuration
    for index in slim.convolutions.indices { slim.convolutions[index].channels = 1 }
    slim.recurrentUnits = 1
    return slim
}

@Test(arguments: [16, 32, 48, 64])
func everyMultipleOfSixteenIsAHeight(height: Int) throws {
    let model = try network(slim(.paper(height: height)), classCount: 2)
    let scores = model(Tensor(repeating: 0, shape: [2, height, 32, 1], on: ReferenceDevice()))
    #expect(scores.shape == [2, 9, 2])
    try CRNNConfiguration.compact(height: height).validate()
}

@Test(arguments: [
    (CRNNConfiguration.paper(), 8_719_653), (.compact(), 1_015_365), (.paper(height: 64), 9_768_229),
])
func parametersAreCountedAsTheyAre(configuration: CRNNConfiguration, count: Int) throws {
    var zero = NoRandomness()
    let model = try CRNN(configuration, classCount: 37, on: ReferenceDevice(), using: &zero)
    #expect(Inventory(of: model).parameterCount == count)
    #expect(configuration.parameterCount(classCount: 37) == count)
}

@Test func anImageStartsInTheMiddleOfItsFirstFrame() {
    #expect(CRNNConfiguration.paper().firstFrameCenter == 0)
    #expect(CRNNConfiguration.compact().firstFrameCenter == 0)
    #expect(CRNNConfiguration.paper().frameWidth == 4)
    let plain = CRNNConfiguration(
        height: 1, convolutions: [.init(channels: 1)], recurrentUnits: 1, recurrentLayers: 1)
    #expect(plain.firstFrameCenter == 1)
    #expect(plain.frameWidth == 1)
}

/// What is wrong with a preset once it has been changed.
private func complaint(_ change: (inout CRNNConfiguration) -> Void) -> String {
    var configuration = CRNNConfiguration.compact()
    change(&configuration)
    do throws(ConfigurationError) {
        try configuration.validate()
        return "none"
    } catch { return error.description }
}

@Test func impossibleFormsAreNamed() {
    #expect(complaint { _ in } == "none")
    #expect(complaint { $0.height = 24 }.contains("height 24 is not a multiple of 16"))
    #expect(complaint { $0.height = 0 }.contains("the height is 0"))
    #expect(complaint { $0.height = 1 << 62 }.contains("the height is"))
    #expect(complaint { $0.convolutions = [] }.contains("the number of convolutions is 0"))
    #expect(complaint { $0.convolutions[6].pooling = .square }.contains("last convolution"))
    #expect(complaint { $0.convolutions[2].channels = 0 }.contains("channels of convolution 3 is 0"))
    #expect(complaint { $0.convolutions[2].channels = .max }.contains("channels of convolution 3 is"))
    #expect(complaint { $0.recurrentUnits = -1 }.contains("recurrent units is -1"))
    #expect(complaint { $0.recurrentLayers = 0 }.contains("recurrent layers is 0"))
    let many = [CRNNConfiguration.Convolution](repeating: .init(channels: 1, pooling: .square), count: 80)
    #expect(complaint { $0.convolutions = many }.contains("the number of convolutions is 80"))
}

@Test func aNetworkOfImpossibleFormIsRefused() {
    #expect(throws: ConfigurationError.self) { try network(.paper(height: 20), classCount: 2) }
}

@Test func preprocessingMustSuitTheNetwork() throws {
    let configuration = CRNNConfiguration.paper()
    try configuration.validate(Preprocessor(height: 32, widthStep: 4))
    #expect(throws: ConfigurationError.self) { try configuration.validate(Preprocessor(height: 48)) }
    #expect(throws: ConfigurationError.self) {
        try configuration.validate(Preprocessor(height: 32, widthStep: 3))
    }
}

@Test func aConfigurationIsKeptAsJSON() throws {
    for configuration in [CRNNConfiguration.paper(), .compact(height: 64), tinyConfiguration()] {
        let json = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(CRNNConfiguration.self, from: json) == configuration)
    }
    let foreign = Data(
        #"{"height": 32, "convolutions": [{"channels": 1, "isNormalized": false, "pooling": "round"}]}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(CRNNConfiguration.self, from: foreign) }
}
