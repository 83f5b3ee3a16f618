internal import COneDNN

/// An operation for given layouts, and the implementation that oneDNN has chosen for it.
///
/// It is created for each call: oneDNN caches the generated code by the description.
final class PrimitiveDescriptor {
    typealias Create = (_ created: onednn_operation, onednn_settings) -> dnnl_status_t

    let handle: dnnl_primitive_desc_t
    /// The factors for the result that the execution needs.
    let factors: ExecutionFactors?

    /// Describes an operation for which oneDNN always has an implementation. Traps if it has none.
    init(
        _ name: String, _ attributes: Attributes = Attributes(), forward: PrimitiveDescriptor? = nil,
        _ create: Create
    ) {
        let (created, status) = Self.created(attributes, forward, create)
        require(status, name)
        guard let created else { fatalError("\(name): oneDNN returned no operation") }
        (handle, factors) = (created, attributes.factors)
    }

    /// Describes an operation. Nil if oneDNN has no implementation.
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
                onednn_settings(
                    engine: Engine.cpu.handle, attributes: attributes.handle, forward: forward?.handle))
        }
        return (status == dnnl_success ? created : nil, status)
    }

    deinit { dnnl_primitive_desc_destroy(handle) }

    /// The layout that the implementation expects for one of its arguments.
    func layout(_ argument: dnnl_query_t) -> Descriptor { Descriptor(argument, of: self) }

    /// The name of the implementation, for example `jit:avx2`.
    var implementation: String {
        var name: UnsafePointer<CChar>?
        dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &name)
        return name.map { String(cString: $0) } ?? ""
    }
}
