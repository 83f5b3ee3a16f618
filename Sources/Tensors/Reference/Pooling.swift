extension Device {
    /// The maximum in each window, then a ReLU if `relu`; padding never wins.
    public func maxPooling(_ input: Tensor, _ window: Window, relu: Bool, _: Checked) -> Tensor {
        maxPoolingForward(input, window, relu: relu).output
    }

    /// As `maxPooling`; the first of equal maxima wins. The contents are each winner's index in the input; nil
    /// if the ReLU's output is zero.
    public func maxPoolingForward(
        _ input: Tensor, _ window: Window, relu: Bool, _: Checked
    ) -> (output: Tensor, contents: any Sendable) {
        let (output, winners) = pooledMaxima(input, window)
        guard relu else { return (output, winners) }
        let kept: [Int?] = zip(winners, output.scalars).map { winner, maximum in
            maximum <= 0 ? nil : winner
        }
        return (activation(output, .relu), kept)
    }

    /// The gradient for the pooled image of shape `inputShape`: each output's goes to its winner.
    public func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ contents: any Sendable, _: Checked
    ) -> Tensor {
        guard let winners = contents as? [Int?] else {
            fatalError("contents of a workspace of another device")
        }
        var dx = [Float](repeating: 0, count: inputShape.count)
        for (winner, gradient) in zip(winners, outputGradient.scalars) {
            if let winner { dx[winner] += gradient }
        }
        return Tensor(dx, shape: inputShape, like: outputGradient)
    }
}

private func pooledMaxima(_ input: Tensor, _ window: Window) -> (output: Tensor, winners: [Int?]) {
    let channels = input.shape[3]
    let shape = window.outputShape(of: input.shape, channels: channels)
    let x = input.scalars
    var winners = [Int?](), maxima = [Float]()
    winners.reserveCapacity(shape.count)
    maxima.reserveCapacity(shape.count)
    for n in 0..<shape[0] {
        for row in 0..<shape[1] {
            for column in 0..<shape[2] {
                let pixels = window.pixels(n, row, column, of: input.shape)
                for channel in 0..<channels {
                    var winner = pixels[0] * channels + channel
                    for pixel in pixels.dropFirst() where x[pixel * channels + channel] > x[winner] {
                        winner = pixel * channels + channel
                    }
                    winners.append(winner)
                    maxima.append(x[winner])
                }
            }
        }
    }
    return (Tensor(maxima, shape: shape, like: input), winners)
}

extension Window {
    /// The indices of the pixels under one window, without padding.
    fileprivate func pixels(_ n: Int, _ row: Int, _ column: Int, of input: Shape) -> [Int] {
        var found: [Int] = []
        for y in row * strides.height - padding.height..<row * strides.height - padding.height + size.height
        where y >= 0 && y < input[1] {
            for x in column * strides.width - padding.width..<column * strides.width - padding.width
                + size.width
            where x >= 0 && x < input[2] {
                found.append((n * input[1] + y) * input[2] + x)
            }
        }
        return found
    }
}
