import Neural
import Tensors

extension CRNN {
    /// The network for inference, with each batch normalization folded into the convolution before it, using the present
    /// running statistics. Scores agree within rounding.
    ///
    /// The result is a network without normalization and can be saved as such. Training it would differ from training
    /// the original.
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
    /// Folds the normalization into the convolution, and moves its activation there or after the pooling.
    ///
    /// For each output channel, normalization is y = a x + d with a = γ / √(σ² + ε) and d = β − μ a. With the
    /// convolution x = W ∗ u + b before it, y = (a W) ∗ u + (a b + d). This is computed on the host: generating a kernel
    /// of the device would take longer than these few products.
    fileprivate mutating func fold() {
        guard let line = normalization?.line, let activation = normalization?.activation else { return }
        let kernel = convolution.kernel.value, bias = convolution.bias.value
        convolution.kernel = Parameter(kernel.scalingColumns(by: line.scale))
        convolution.bias = Parameter(
            Tensor(
                zip(bias.scalars, zip(line.scale, line.shift)).map { $0 * $1.0 + $1.1 }, shape: bias.shape,
                on: bias.device))
        if let window = pooling?.window, activation == .relu {
            pooling = MaxPooling2D(window, relu: true)
        } else {
            convolution.options.activation = activation
        }
        normalization = nil
    }
}

extension BatchNormalization {
    /// The map of each channel in inference, before the activation: `x · scale + shift`.
    fileprivate var line: (scale: [Float], shift: [Float]) {
        let scales = zip(scale.value.scalars, variance.scalars).map { $0 / ($1 + epsilon).squareRoot() }
        let shifts = zip(shift.value.scalars, zip(mean.scalars, scales)).map { $0 - $1.0 * $1.1 }
        return (scales, shifts)
    }
}

extension Tensor {
    /// The tensor with each column of the last axis multiplied by its factor.
    fileprivate func scalingColumns(by factors: [Float]) -> Tensor {
        let scalars = scalars
        return Tensor(shape: shape, on: device) { products in
            for start in stride(from: 0, to: scalars.count, by: factors.count) {
                for column in factors.indices {
                    products[start + column] = scalars[start + column] * factors[column]
                }
            }
        }
    }
}
