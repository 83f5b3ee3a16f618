extension Device {
    /// The plain definition of the kernel.
    public func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters
    ) -> Tensor {
        let channels = input.shape.last
        let m = mean.scalars, v = variance.scalars
        let scale = parameters.scale.scalars, shift = parameters.shift.scalars
        var y = input.scalars
        for index in y.indices {
            let c = index % channels
            y[index] = (y[index] - m[c]) / (v[c] + parameters.epsilon).squareRoot() * scale[c] + shift[c]
        }
        return activation(Tensor(y, shape: input.shape, like: input), parameters.activation)
    }

    /// The plain definition of the kernel.
    public func batchNormalizationForward(
        _ input: Tensor, _ parameters: NormalizationParameters
    ) -> NormalizedBatch {
        let channels = input.shape.last
        let count = Double(input.shape.rows)
        let x = input.scalars
        var mean = [Double](repeating: 0, count: channels)
        var variance = mean
        for index in x.indices { mean[index % channels] += Double(x[index]) / count }
        for index in x.indices {
            let deviation = Double(x[index]) - mean[index % channels]
            variance[index % channels] += deviation * deviation / count
        }
        let meanTensor = Tensor(mean.map { Float($0) }, shape: [channels], like: input)
        let varianceTensor = Tensor(variance.map { Float($0) }, shape: [channels], like: input)
        return NormalizedBatch(
            output: batchNormalization(input, mean: meanTensor, variance: varianceTensor, parameters),
            mean: meanTensor, variance: varianceTensor)
    }

    /// The plain definition of the kernel.
    ///
    /// With x̂ = (x − μ) / √(σ² + ε) and M values per channel (Ioffe and Szegedy, arXiv 1502.03167):
    ///
    ///     dshift = Σ dy,  dscale = Σ dy x̂,  dx = scale / √(σ² + ε) · (dy − dshift / M − x̂ dscale / M)
    public func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch, _ parameters: NormalizationParameters
    ) -> NormalizationGradients {
        let channels = input.shape.last
        let count = Float(input.shape.rows)
        let dy = activationBackward(outputGradient, output: batch.output, parameters.activation).scalars
        let mean = batch.mean.scalars, scale = parameters.scale.scalars
        let inverse = batch.variance.scalars.map { 1 / ($0 + parameters.epsilon).squareRoot() }
        var normalized = input.scalars
        for index in normalized.indices {
            let c = index % channels
            normalized[index] = (normalized[index] - mean[c]) * inverse[c]
        }
        var dscale = [Float](repeating: 0, count: channels)
        var dshift = dscale
        for index in normalized.indices {
            dscale[index % channels] += dy[index] * normalized[index]
            dshift[index % channels] += dy[index]
        }
        var dx = normalized
        for index in normalized.indices {
            let c = index % channels
            let corrected = dy[index] - dshift[c] / count - normalized[index] * dscale[c] / count
            dx[index] = scale[c] * inverse[c] * corrected
        }
        return NormalizationGradients(
            input: Tensor(dx, shape: input.shape, like: input),
            scale: Tensor(dscale, shape: [channels], like: input),
            shift: Tensor(dshift, shape: [channels], like: input))
    }
}
