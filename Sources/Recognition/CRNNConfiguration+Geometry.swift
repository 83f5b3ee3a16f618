import Tensors

extension CRNNConfiguration {
    /// Height of the image that the last convolution sees.
    var lastHeight: Int { convolutions.reduce(height) { $1.pooling == nil ? $0 : $0 / 2 } }

    /// How many frames an image of the given width has: ⌊width / 4⌋ + 1 for both presets from width 4 on, and
    /// none where the image is too narrow for one.
    public func frames(forWidth width: Int) -> Int {
        var width = width
        for window in windows {
            let room = width + 2 * window.padding.width - window.size.width
            guard room >= 0 else { return 0 }
            width = room / window.strides.width + 1
        }
        return max(0, width - 1)
    }

    /// How many pixels of width one frame stands for.
    public var frameWidth: Int { windows.reduce(1) { $0 * $1.strides.width } }

    /// The position in pixels of the middle of what the first frame stands for: 0 for both presets, since their
    /// vertical poolings pad by one column each.
    public var firstFrameCenter: Float {
        var (center, step): (Float, Float) = (0.5, 1)
        for window in windows {
            center += (Float(window.size.width - 1) / 2 - Float(window.padding.width)) * step
            step *= Float(window.strides.width)
        }
        return center + step / 2
    }

    /// How many numbers are learned for an alphabet of the given number of classes.
    public func parameterCount(classes: Int) -> Int {
        var (count, inputs) = (0, 1)
        for (index, convolution) in convolutions.enumerated() {
            let kernel = index == convolutions.count - 1 ? 2 * lastHeight : 9
            count += (kernel * inputs + (convolution.isNormalized ? 3 : 1)) * convolution.channels
            inputs = convolution.channels
        }
        for _ in 0..<recurrentLayers {
            count += 2 * 4 * recurrentUnits * (inputs + recurrentUnits + 1)
            inputs = 2 * recurrentUnits
        }
        return count + (inputs + 1) * classes
    }

    private var windows: [Window] { convolutions.compactMap { $0.pooling?.window } }
}
