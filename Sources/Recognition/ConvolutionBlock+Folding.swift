import Neural
import Tensors

extension CRNN {
    /// The same network for inference alone, in fewer kernels: each batch normalisation folded into the convolution
    /// before it, by the running statistics of this moment. Scores agree but for rounding.
    ///
    /// The result is a network of a form without normalisation, and as such can be saved; training it would learn
    /// something else.
    public func foldedForInference() -> CRNN {
        var folded = self
        for index in folded.convolutions.indices {
            folded.convolutions[index].fold()
            folded.configuration.convolutions[index].isNormalized = false
        }
        return folded
    }
}

extension ConvolutionBlock {
    /// Moves normalisation and activation into the convolution.
    ///
    /// Normalisation is a line per output channel, y = a x + d with a = γ / √(σ² + ε) and d = β − μ a, and so
    /// is the convolution x = W ∗ u + b before it: y = (a W) ∗ u + (a b + d). Computed on the host: a kernel of the
    /// device would cost more to generate than these few products take.
    fileprivate mutating func fold() {
        guard let line = normalization?.line, let activation = normalization?.activation else { return }
        let kernel = convolution.kernel.value, bias = convolution.bias.value
        convolution.kernel = Parameter(kernel.scalingColumns(by: line.scale))
        convolution.bias = Parameter(
            Tensor(
                zip(bias.scalars, zip(line.scale, line.shift)).map { $0 * $1.0 + $1.1 }, shape: bias.shape,
                on: bias.device))
        convolution.options.activation = activation
        normalization = nil
    }
}

extension BatchNormalization {
    /// What inference does to each channel but for the activation: `x · scale + shift`.
    fileprivate var line: (scale: [Float], shift: [Float]) {
        let scales = zip(scale.value.scalars, variance.scalars).map { $0 / ($1 + epsilon).squareRoot() }
        let shifts = zip(shift.value.scalars, zip(mean.scalars, scales)).map { $0 - $1.0 * $1.1 }
        return (scales, shifts)
    }
}

extension Tensor {
    /// Each column of the last axis times its factor.
    fileprivate func scalingColumns(by factors: [Float]) -> Tensor {
        var products = scalars
        for start in stride(from: 0, to: products.count, by: factors.count) {
            for column in factors.indices { products[start + column] *= factors[column] }
        }
        return Tensor(products, shape: shape, on: device)
    }
}
