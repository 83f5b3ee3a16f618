internal import COneDNN

/// What accompanies an operation: scratch memory given by the caller, and maybe a ReLU on the result.
final class Attributes {
    let handle: dnnl_primitive_attr_t

    init(relu: Bool = false) {
        var created: dnnl_primitive_attr_t?
        require(dnnl_primitive_attr_create(&created), "attributes")
        guard let handle = created else { preconditionFailure("attributes: oneDNN returned none") }
        self.handle = handle
        require(
            dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user),
            "a scratchpad of one's own")
        if relu { appendReLU() }
    }

    deinit { dnnl_primitive_attr_destroy(handle) }

    /// Multiplies the result: by one factor, or by one for each place along an axis of it.
    func scale(by factors: [Float], alongAxis axis: Int? = nil) {
        require(
            dnnl_primitive_attr_set_output_scales(
                handle, Int64(factors.count), axis.map { 1 << Int32($0) } ?? 0, factors), "scales")
    }

    private func appendReLU() {
        var operations: dnnl_post_ops_t?
        require(dnnl_post_ops_create(&operations), "a list of operations")
        require(dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0), "a ReLU afterwards")
        require(dnnl_primitive_attr_set_post_ops(handle, operations), "operations afterwards")
        dnnl_post_ops_destroy(operations)
    }
}

/// An operation for given layouts, and the implementation that oneDNN chose for it.
///
/// Made anew for each call: oneDNN keeps the code that it generated, keyed by this description.
final class PrimitiveDescriptor {
    let handle: dnnl_primitive_desc_t

    /// Takes over a descriptor that a function of oneDNN makes.
    init(_ operation: String, _ make: (inout dnnl_primitive_desc_t?) -> dnnl_status_t) {
        var created: dnnl_primitive_desc_t?
        require(make(&created), operation)
        guard let handle = created else { preconditionFailure("\(operation): oneDNN returned none") }
        self.handle = handle
    }

    /// Describes an operation that oneDNN always has an implementation of; stops the program where it has none.
    convenience init<Operation>(
        _ name: String, _ operation: Operation, relu: Bool = false, forward: PrimitiveDescriptor? = nil
    ) {
        self.init(name) { Self.create(&$0, operation, relu, forward) }
    }

    /// Describes an operation, or returns nil where oneDNN has no implementation of this kind.
    init?<Operation>(ifImplemented operation: Operation, relu: Bool = false) {
        var created: dnnl_primitive_desc_t?
        let status = Self.create(&created, operation, relu, nil)
        guard status == dnnl_success, let handle = created else { return nil }
        self.handle = handle
    }

    deinit { dnnl_primitive_desc_destroy(handle) }

    /// The first of oneDNN's answers to an operation, in the order of its own preference, whose name ends in
    /// `suffix`; nil where there is none.
    static func alternative<Operation>(
        named suffix: String, to operation: Operation, forward: PrimitiveDescriptor
    ) -> PrimitiveDescriptor? {
        let attributes = Attributes()
        return withExtendedLifetime((attributes, forward)) {
            // The iterator refers to the operation as long as it lives.
            withUnsafePointer(to: operation) {
                var iterator: dnnl_primitive_desc_iterator_t?
                let status = dnnl_primitive_desc_iterator_create(
                    &iterator, $0, attributes.handle, Engine.cpu.handle, forward.handle)
                guard status == dnnl_success, let iterator else { return nil }
                defer { dnnl_primitive_desc_iterator_destroy(iterator) }
                return first(of: iterator) { $0.implementation.hasSuffix(suffix) }
            }
        }
    }

    private static func first(
        of iterator: dnnl_primitive_desc_iterator_t, where isWanted: (PrimitiveDescriptor) -> Bool
    ) -> PrimitiveDescriptor? {
        repeat {
            let found = PrimitiveDescriptor("an implementation") {
                $0 = dnnl_primitive_desc_iterator_fetch(iterator)
                return dnnl_success
            }
            if isWanted(found) { return found }
        } while dnnl_primitive_desc_iterator_next(iterator) == dnnl_success
        return nil
    }

    private static func create<Operation>(
        _ created: inout dnnl_primitive_desc_t?, _ operation: Operation, _ relu: Bool,
        _ forward: PrimitiveDescriptor?
    ) -> dnnl_status_t {
        let attributes = Attributes(relu: relu)
        return withExtendedLifetime((attributes, forward)) {
            withUnsafePointer(to: operation) {
                dnnl_primitive_desc_create(
                    &created, $0, attributes.handle, Engine.cpu.handle, forward?.handle)
            }
        }
    }

    /// The layout that the implementation wants for one of its arguments.
    func layout(_ query: dnnl_query_t) -> Descriptor {
        guard let found = dnnl_primitive_desc_query_md(handle, query, 0) else { return Descriptor() }
        return found.pointee
    }

    /// The name of the implementation, as in `jit:avx2`.
    var implementation: String {
        var name: UnsafePointer<CChar>?
        dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &name)
        return name.map { String(cString: $0) } ?? ""
    }
}
