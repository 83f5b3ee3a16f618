internal import COneDNN

/// The attributes of an operation: scratch memory from the caller and, optionally, factors or a ReLU for the result.
final class Attributes {
    let handle: dnnl_primitive_attr_t
    /// The factors that oneDNN takes as an argument of the execution.
    private(set) var factors: ExecutionFactors?

    init() {
        var created: dnnl_primitive_attr_t?
        require(dnnl_primitive_attr_create(&created), "attributes")
        guard let created else { fatalError("oneDNN returned no attributes") }
        handle = created
        require(
            dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user),
            "a scratchpad from the caller")
    }

    deinit { dnnl_primitive_attr_destroy(handle) }

    /// Applies a ReLU to the result. oneDNN's ReLU turns NaN into zero, so use it for integer sums only.
    func appendReLU() { require(onednn_set_relu(handle), "a ReLU on the result") }

    /// Multiplies the scalars that a reorder copies.
    func scaleReorder(by factor: Float) {
        var scales = onednn_scales()
        require(onednn_scale_reorder(handle, factor, &scales), "a factor of a reorder")
        factors = ExecutionFactors(scales, [factor])
    }

    /// Multiplies the sums of a convolution, each output channel by its factor.
    func scaleConvolution(by channelFactors: [Float]) {
        var scales = onednn_scales()
        require(
            onednn_scale_convolution(handle, channelFactors, channelFactors.count, &scales),
            "factors of a convolution")
        factors = ExecutionFactors(scales, channelFactors)
    }
}

/// Factors for the result of an operation that are an argument of its execution.
struct ExecutionFactors {
    let argument: Int32
    let values: [Float]

    /// Nil if the factors are part of the operation's description.
    init?(_ scales: onednn_scales, _ values: [Float]) {
        guard scales.at_execution else { return nil }
        (argument, self.values) = (scales.argument, values)
    }
}
