import Files
import Neural
import Recognition
import Tensors

/// The paper's CRNN with the weights of `GoldenFormulas`.
enum GoldenModel {
    /// The model on a device.
    static func on(_ device: any Device) -> CRNN {
        var model = made
        var move = Move(device: device)
        model.visitParameters(&move)
        return model
    }

    private static let made: CRNN = {
        var generator = SeededGenerator(seed: 1)
        guard
            var model = try? CRNN(
                .paper(), classCount: GoldenFormulas.classCount, on: ReferenceDevice(), using: &generator)
        else { preconditionFailure("the paper's configuration is valid") }
        let names = GoldenModel.tensors(of: model, \.value).keys.sorted()
        var fill = Fill(indices: Dictionary(uniqueKeysWithValues: zip(names, 0...)))
        model.visitParameters(&fill)
        return model
    }()

    /// A part of each parameter, and each running statistic, by name.
    static func tensors(of model: CRNN, _ part: @escaping @Sendable (Parameter) -> Tensor?) -> [String:
        Tensor]
    {
        var model = model
        var collect = Collect(part: part)
        model.visitParameters(&collect)
        return collect.tensors
    }
}

private struct Fill: ParameterVisitor {
    var path: [String] = []
    let indices: [String: Int]

    mutating func visit(_ parameter: inout Parameter) { visit(statistic: &parameter.value) }

    mutating func visit(statistic: inout Tensor) {
        guard let index = indices[name] else { preconditionFailure("\(name) was not met before") }
        let values = GoldenFormulas.values(of: name, index: index, shape: statistic.shape)
        statistic = Tensor(values, shape: statistic.shape, on: statistic.device)
    }
}

private struct Move: ParameterVisitor {
    var path: [String] = []
    let device: any Device

    mutating func visit(_ parameter: inout Parameter) { visit(statistic: &parameter.value) }

    mutating func visit(statistic: inout Tensor) { statistic = statistic.moved(to: device) }
}

private struct Collect: ParameterVisitor {
    var path: [String] = []
    let part: @Sendable (Parameter) -> Tensor?
    var tensors: [String: Tensor] = [:]

    mutating func visit(_ parameter: inout Parameter) { tensors[name] = part(parameter) }

    mutating func visit(statistic: inout Tensor) { tensors[name] = statistic }
}
