import CPU
import Files
import Neural
import Tensors
import TestSupport
import Testing

/// Options of the input's convolution, and the other arguments.
struct ConvLSTMCase: CustomTestStringConvertible {
    let name: String
    var size = Extent.square(2)
    var convolution = ConvolutionOptions()
    var configuration = CellConfiguration(bias: ParameterRules(.uniform(1)))
    var options = RecurrentOptions(returnSequences: true)
    /// The size of output and states for frames of 3×4.
    var output = Extent(height: 2, width: 3)

    var testDescription: String { name }

    static let all = [
        ConvLSTMCase(name: "valid"),
        ConvLSTMCase(
            name: "same", convolution: ConvolutionOptions(padding: .same),
            output: Extent(height: 3, width: 4)),
        ConvLSTMCase(
            name: "3×2, strides 2×1", size: Extent(height: 3, width: 2),
            convolution: ConvolutionOptions(strides: Extent(height: 2, width: 1), padding: .same),
            output: Extent(height: 2, width: 4)),
        ConvLSTMCase(
            name: "dilation 1×2", convolution: ConvolutionOptions(dilation: Extent(height: 1, width: 2)),
            output: Extent(height: 2, width: 2)),
        ConvLSTMCase(name: "no bias", configuration: CellConfiguration(usesBias: false)),
        ConvLSTMCase(
            name: "other activations",
            configuration: CellConfiguration(activation: .sigmoid, recurrentActivation: .tanh)),
        ConvLSTMCase(
            name: "dropout",
            configuration: CellConfiguration(
                dropout: RecurrentDropout(inputShare: 0.3, stateShare: 0.4, seed: 5))),
        ConvLSTMCase(name: "last output", options: RecurrentOptions()),
        ConvLSTMCase(name: "backwards", options: .goBackwards(returnSequences: true)),
    ]

    func layer(on device: any Device = reference) -> ConvLSTM2D {
        var generator = SeededGenerator(seed: 1)
        return ConvLSTM2D(
            size, channels: 2, filters: 2, convolution, configuration, options: options, on: device,
            using: &generator)
    }
}

private let films = Tensor.uniform([2, 3, 3, 4, 2], seed: 2)

@Test(arguments: ConvLSTMCase.all)
func convLSTMGradientsAgreeWithDifferences(_ test: ConvLSTMCase) {
    #expect(gradientMismatches(of: test.layer(), input: .uniform([1, 3, 3, 4, 2], seed: 2)) == [])
}

@Test(arguments: ConvLSTMCase.all)
func convLSTMShapesAreThoseOfTheInputsConvolution(_ test: ConvLSTMCase) {
    let layer = test.layer(), result = layer(RecurrentInput(films))
    let state: Shape = [2, test.output.height, test.output.width, 2]
    #expect(layer.stateShapes(for: films.shape) == [state, state])
    #expect(result.state.map(\.shape) == [state, state])
    #expect(layer.outputShape(for: films.shape) == result.output.shape)
    let sequence: Shape = [2, 3, test.output.height, test.output.width, 2]
    #expect(result.output.shape == (test.options.returnSequences ? sequence : state))
}

/// On images of one pixel, a convolution by a kernel of one pixel is the product of an LSTM.
@Test func onImagesOfOnePixelItIsAnLSTM() {
    var generator = SeededGenerator(seed: 1)
    let options = RecurrentOptions(returnSequences: true)
    let lstm = LSTM(features: 2, units: 3, options: options, on: reference, using: &generator)
    var layer = ConvLSTM2D(
        .square(1), channels: 2, filters: 3, options: options, on: reference, using: &generator)
    layer.cell.kernel.value = reference.reshaped(lstm.kernel.value, to: [1, 1, 2, 12])
    layer.cell.recurrentKernel.value = reference.reshaped(lstm.recurrentKernel.value, to: [1, 1, 3, 12])
    let sequence = Tensor.uniform([2, 4, 2])
    let output = layer(reference.reshaped(sequence, to: [2, 4, 1, 1, 2]))
    #expect(largestDifference(output.scalars, lstm(sequence).scalars) < 1e-6)
}

@Test(arguments: ConvLSTMCase.all)
func convLSTMsOnTheCPUDeviceAgreeWithTheReference(_ test: ConvLSTMCase) {
    func pass(on device: any Device) -> [Tensor] {
        var layer = test.layer(on: device)
        let (output, cache) = layer.forward(films.moved(to: device))
        let gradient = layer.backward(.wave(output.shape, on: device), cache)
        return [output, gradient, layer.cell.kernel.gradient, layer.cell.recurrentKernel.gradient]
            .compactMap(\.self) + (test.configuration.usesBias ? [layer.cell.bias.gradient!] : [])
    }
    for (fast, plain) in zip(pass(on: CPUDevice()), pass(on: reference)) {
        #expect(relativeDifference(fast, plain) < 1e-5)
    }
}

@Test func maskedFramesAreAsIfTheyWereNotThere() {
    let layer = ConvLSTMCase.all[0].layer()
    let mask = Tensor([1, 0, 1, 1, 1, 0], shape: [2, 3], on: reference)
    let padded = layer(RecurrentInput(films, mask: mask))
    let frames = (0..<3).map { reference.step(films, at: $0) }
    let first = layer(RecurrentInput(reference.stacked([frames[0], frames[2]])))
    let second = layer(RecurrentInput(reference.stacked([frames[0], frames[1]])))
    for (found, alone) in zip(padded.state, zip(first.state, second.state)) {
        let half = found.shape.count / 2
        let expected = Array(alone.0.scalars.prefix(half) + alone.1.scalars.suffix(half))
        #expect(found.scalars == expected)
    }
}

@Test func theSeedDecidesWhatAConvLSTMLeavesOut() {
    func outputs(_ seed: UInt64) -> [[Float]] {
        var test = ConvLSTMCase.all[0]
        test.configuration.dropout = RecurrentDropout(inputShare: 0.5, seed: seed)
        var layer = test.layer()
        return [layer.forward(films).output.scalars, layer.forward(films).output.scalars]
    }
    let passes = outputs(1)
    #expect(passes == outputs(1) && passes[0] != passes[1] && passes[0] != outputs(2)[0])
}

@Test func bothDirectionsOfAFilmStandSideBySide() {
    let test = ConvLSTMCase.all[1]
    let layer = Bidirectional(forward: test.layer(), backward: test.layer())
    #expect(layer.outputShape(for: films.shape) == [2, 3, 3, 4, 4])
    #expect(gradientMismatches(of: layer, input: .uniform([1, 2, 3, 4, 2])) == [])
}

@Test func aConvLSTMStartsAsKerasDoes() {
    let layer = ConvLSTMCase(name: "default", configuration: CellConfiguration()).layer()
    #expect(visited(layer).map(\.name) == ["kernel", "recurrentKernel", "bias"])
    #expect(visited(layer).map(\.value.shape) == [[2, 2, 2, 8], [2, 2, 2, 8], [8]])
    #expect(layer.cell.bias.value.scalars == [0, 0, 1, 1, 0, 0, 0, 0])
    #expect(visited(ConvLSTMCase.all[4].layer()).count == 2)
}
