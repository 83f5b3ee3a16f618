internal import COneDNN

/// What accompanies an operation: scratch memory given by the caller, and maybe factors for the result or a ReLU on it.
final class Attributes {
    let handle: dnnl_primitive_attr_t
    /// Factors that oneDNN takes as an argument of the execution.
    private(set) var factors: ExecutionFactors?

    init() {
        var created: dnnl_primitive_attr_t?
        require(dnnl_primitive_attr_create(&created), "attributes")
        guard let created else { preconditionFailure("attributes: oneDNN returned none") }
        handle = created
        require(
            dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user),
            "a scratchpad of one's own")
    }

    deinit { dnnl_primitive_attr_destroy(handle) }

    /// Applies the ReLU to the result. oneDNN's turns NaN into zero, so it suits integer sums only.
    func appendReLU() { require(onednn_append_relu(handle), "a ReLU on the result") }

    /// Multiplies what a reorder copies.
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

/// Factors for an operation's result that are an argument of its execution.
struct ExecutionFactors {
    let argument: Int32
    let values: [Float]

    /// Nil if the description of the operation holds the factors.
    init?(_ scales: onednn_scales, _ values: [Float]) {
        guard scales.at_execution else { return nil }
        (argument, self.values) = (scales.argument, values)
    }
}

/// An operation for given layouts, and the implementation that oneDNN chose for it.
///
/// Created for each call: oneDNN keeps the code that it generated, keyed by this description.
final class PrimitiveDescriptor {
    typealias Create = (_ created: onednn_operation, onednn_surroundings) -> dnnl_status_t

    let handle: dnnl_primitive_desc_t
    /// Factors for the result that the execution needs.
    let factors: ExecutionFactors?

    /// Describes an operation that oneDNN always has an implementation of; stops the program if it has none.
    init(
        _ name: String, _ attributes: Attributes = Attributes(), forward: PrimitiveDescriptor? = nil,
        _ create: Create
    ) {
        let (created, status) = Self.created(attributes, forward, create)
        require(status, name)
        guard let created else { preconditionFailure("\(name): oneDNN returned none") }
        (handle, factors) = (created, attributes.factors)
    }

    /// Describes an operation, or returns nil if oneDNN has no such implementation.
    init?(ifImplemented forward: PrimitiveDescriptor? = nil, _ create: Create) {
        guard let created = Self.created(Attributes(), forward, create).operation else { return nil }
        (handle, factors) = (created, nil)
    }

    private static func created(
        _ attributes: Attributes, _ forward: PrimitiveDescriptor?, _ create: Create
    ) -> (operation: dnnl_primitive_desc_t?, dnnl_status_t) {
        var created: dnnl_primitive_desc_t?
        let status = withExtendedLifetime((attributes, forward)) {
            create(
                &created,
                onednn_surroundings(
                    engine: Engine.cpu.handle, attributes: attributes.handle, forward: forward?.handle))
        }
        return (status == dnnl_success ? created : nil, status)
    }

    deinit { dnnl_primitive_desc_destroy(handle) }

    /// The layout that the implementation expects for one of its arguments.
    func layout(_ argument: dnnl_query_t) -> Descriptor { Descriptor(argument, of: self) }

    /// The name of the implementation, as in `jit:avx2`.
    var implementation: String {
        var name: UnsafePointer<CChar>?
        dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &name)
        return name.map { String(cString: $0) } ?? ""
    }
}
