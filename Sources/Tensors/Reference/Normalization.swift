extension Device {
    /// `activation((input − mean) / √(variance + ε) · scale + shift)` per channel, with given statistics.
    public func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters, _: Checked
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

    /// As `batchNormalization`, with the batch's own mean and biased variance.
    public func batchNormalizationForward(
        _ input: Tensor, _ parameters: NormalizationParameters, _: Checked
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

    /// The gradients of `batchNormalizationForward`, including those through the batch's statistics.
    ///
    /// With x̂ = (x − μ) / √(σ² + ε) and M values per channel (Ioffe and Szegedy, arXiv 1502.03167):
    ///
    ///     dshift = Σ dy,  dscale = Σ dy x̂,  dx = scale / √(σ² + ε) · (dy − dshift / M − x̂ dscale / M)
    public func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch,
        _ parameters: NormalizationParameters, _: Checked
    ) -> NormalizationGradients {
        let channels = input.shape.last, count = Float(input.shape.rows)
        let dy = activationBackward(outputGradient, output: batch.output, parameters.activation).scalars
        let inverse = batch.variance.scalars.map { 1 / ($0 + parameters.epsilon).squareRoot() }
        let normalized = normalizedScalars(input, mean: batch.mean.scalars, inverse: inverse)
        let scale = parameters.scale.scalars
        var dscale = [Float](repeating: 0, count: channels), dshift = dscale
        for index in dy.indices {
            dscale[index % channels] += dy[index] * normalized[index]
            dshift[index % channels] += dy[index]
        }
        let dx = dy.indices.map { index in
            let c = index % channels
            let corrected = dy[index] - dshift[c] / count - normalized[index] * dscale[c] / count
            return scale[c] * inverse[c] * corrected
        }
        return NormalizationGradients(
            input: Tensor(dx, shape: input.shape, like: input),
            scale: Tensor(dscale, shape: [channels], like: input),
            shift: Tensor(dshift, shape: [channels], like: input))
    }

    /// (x − μ) / √(σ² + ε), for the inverse of that root.
    private func normalizedScalars(_ input: Tensor, mean: [Float], inverse: [Float]) -> [Float] {
        let channels = input.shape.last
        return input.scalars.enumerated().map { index, x in
            (x - mean[index % channels]) * inverse[index % channels]
        }
    }
}
