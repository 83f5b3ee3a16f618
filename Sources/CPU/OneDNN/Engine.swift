internal import COneDNN

/// oneDNN's engine for the processor.
///
/// Sendable because a CPU engine has no state of its own; it lives as long as the program.
final class Engine: @unchecked Sendable {
    /// The only engine.
    static let cpu = Engine()

    let handle: dnnl_engine_t

    private init() {
        _ = InstructionSet.current
        var created: dnnl_engine_t?
        require(dnnl_engine_create(&created, dnnl_cpu, 0), "oneDNN's engine")
        guard let handle = created else { fatalError("oneDNN returned no engine") }
        self.handle = handle
    }

    /// Whether oneDNN uses some instructions here. The value of a set has a bit for each of its instructions.
    static func offers(_ instructions: dnnl_cpu_isa_t) -> Bool {
        _ = InstructionSet.current
        return dnnl_get_effective_cpu_isa().rawValue & instructions.rawValue == instructions.rawValue
    }

    /// oneDNN's version, for example `2.6.3`.
    static var version: String {
        guard let version = dnnl_version()?.pointee else { return "" }
        return "\(version.major).\(version.minor).\(version.patch)"
    }
}
