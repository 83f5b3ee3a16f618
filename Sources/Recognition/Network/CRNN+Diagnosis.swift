import Neural
public import Tensors

extension CRNN {
    /// The name of the first weight, layer output or gradient that is not finite; nil if all are finite. Slow: meant for
    /// the message when a training diverges.
    public func firstNonFinitePart(reading images: Tensor) -> String? {
        var search = NonFiniteSearch()
        var network = self
        network.visitParameters(&search)
        return search.weight ?? firstNonFiniteOutput(images) ?? search.gradient
    }

    private func firstNonFiniteOutput(_ images: Tensor) -> String? {
        var network = self
        var values = images
        for layer in layers {
            values = network.forward(values, through: layer).output
            if !values.isFinite { return "the output of \(layer)" }
        }
        return nil
    }
}

extension Tensor {
    fileprivate var isFinite: Bool { device.squaredNorm(self).isFinite }
}

private struct NonFiniteSearch: ParameterVisitor {
    var path: [String] = []
    var weight: String?
    var gradient: String?

    mutating func visit(_ parameter: inout Parameter) {
        if weight == nil, !parameter.value.isFinite { weight = "the weights \(name)" }
        if gradient == nil, parameter.gradient?.isFinite == false { gradient = "the gradient of \(name)" }
    }
}
