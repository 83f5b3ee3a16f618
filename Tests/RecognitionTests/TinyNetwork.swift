import Files
import Imaging
import Neural
import Recognition
import Tensors

/// The paper's network with 2 to 4 channels in place of 64 to 512, and few units: the same shapes but narrow.
func tinyConfiguration(height: Int = 16, channels: Int = 2, units: Int = 3) -> CRNNConfiguration {
    var configuration = CRNNConfiguration.paper(height: height)
    for index in configuration.convolutions.indices { configuration.convolutions[index].channels = channels }
    configuration.recurrentUnits = units
    return configuration
}

/// A network with weights drawn from a seed.
func network(
    _ configuration: CRNNConfiguration, classCount: Int, seed: UInt64 = 1,
    on device: any Device = ReferenceDevice()
) throws -> CRNN {
    var generator = SeededGenerator(seed: seed)
    return try CRNN(configuration, classCount: classCount, on: device, using: &generator)
}

/// An image of waves whose pixels are a formula of its size and a number.
func waves(_ width: Int, _ height: Int, _ number: Int = 0) -> Image {
    let pixels = (0..<width * height).map { index in
        UInt8((index % width * (7 + number) + index / width * 13 + index * index / (width + 3)) % 256)
    }
    return Image(width: width, height: height, pixels: pixels)
}

/// Collects each parameter and statistic by name.
struct Inventory: ParameterVisitor {
    var path: [String] = []
    var parameters: [String: Tensor] = [:]
    var gradients: [String: Tensor] = [:]
    var statistics: [String: Tensor] = [:]

    /// What `model` holds.
    init(of model: CRNN) {
        var model = model
        model.visitParameters(&self)
    }

    mutating func visit(_ parameter: inout Parameter) {
        parameters[name] = parameter.value
        gradients[name] = parameter.gradient
    }

    mutating func visit(statistic: inout Tensor) { statistics[name] = statistic }

    /// How many numbers are learned.
    var parameterCount: Int { parameters.values.reduce(0) { $0 + $1.shape.count } }
}
