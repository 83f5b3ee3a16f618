import Tensors

extension CRNNConfiguration {
    /// A convolution with the sizes that follow from its place in the network.
    struct ConvolutionPlan {
        let form: Convolution
        /// The number of input channels.
        let inputs: Int
        /// The kernel: 3×3 with padding, or the remaining height × 2 without for the last convolution.
        let window: Window
    }

    /// All convolutions in order. The network and all of its sizes derive from them.
    var convolutionPlans: [ConvolutionPlan] {
        var (height, inputs) = (height, 1)
        return convolutions.enumerated().map { index, form in
            defer {
                if form.pooling != nil { height /= 2 }
                inputs = form.channels
            }
            let isLast = index == convolutions.count - 1
            let window = Window(
                size: isLast ? Extent(height: height, width: 2) : .square(3), strides: .square(1),
                padding: .square(isLast ? 0 : 1))
            return ConvolutionPlan(form: form, inputs: inputs, window: window)
        }
    }

    /// The number of features of a frame.
    var features: Int { convolutions.last?.channels ?? 1 }

    /// The number of frames of an image of the given width: ⌊width / 4⌋ + 1 for both presets from width 4 on; 0 if the
    /// image is too narrow.
    public func frames(forWidth width: Int) -> Int {
        var width = width
        for window in windows {
            let room = width + 2 * window.padding.width - window.size.width
            guard room >= 0 else { return 0 }
            width = room / window.strides.width + 1
        }
        return width
    }

    /// The width of a frame in pixels.
    public var frameWidth: Int { windows.reduce(1) { $0 * $1.strides.width } }

    /// The position in pixels of the centre of the first frame: 0 for both presets, as their vertical poolings pad by one
    /// column each.
    public var firstFrameCenter: Float {
        var (center, step): (Float, Float) = (0.5, 1)
        for window in windows {
            center += (Float(window.size.width - 1) / 2 - Float(window.padding.width)) * step
            step *= Float(window.strides.width)
        }
        return center
    }

    /// The number of trainable parameters with an alphabet of the given number of classes.
    public func parameterCount(classCount: Int) -> Int {
        var count = convolutionPlans.reduce(0) { count, plan in
            let kernel = plan.window.size.height * plan.window.size.width
            return count + (kernel * plan.inputs + (plan.form.isNormalized ? 3 : 1)) * plan.form.channels
        }
        var inputs = features
        for _ in 0..<recurrentLayers {
            count += 2 * 4 * recurrentUnits * (inputs + recurrentUnits + 1)
            inputs = 2 * recurrentUnits
        }
        return count + (inputs + 1) * classCount
    }

    /// The windows of all convolutions and poolings in order.
    private var windows: [Window] {
        convolutionPlans.flatMap { [$0.window, $0.form.pooling?.window].compactMap(\.self) }
    }
}
