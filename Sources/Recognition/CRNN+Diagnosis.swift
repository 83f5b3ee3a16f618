import Neural
public import Tensors

extension CRNN {
    /// The first part of the network with a weight, gradient or output that is not finite, by its name; nil where
    /// all are. Slow: for telling people where a training went wrong.
    public func firstNonFinitePart(reading images: Tensor) -> String? {
        var search = NonFiniteSearch()
        var network = self
        network.visitParameters(&search)
        return search.weight ?? firstNonFiniteOutput(images) ?? search.gradient
    }

    private func firstNonFiniteOutput(_ images: Tensor) -> String? {
        var network = self
        var values = images
        for index in network.convolutions.indices {
            values = network.convolutions[index].forward(values).output
            if !values.isFinite { return "the output of convolutions.\(index)" }
        }
        values = sequence(values)
        for index in network.recurrence.indices {
            values = network.recurrence[index].forward(values).output
            if !values.isFinite { return "the output of recurrence.\(index)" }
        }
        return network.classifier(values).isFinite ? nil : "the output of classifier"
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
