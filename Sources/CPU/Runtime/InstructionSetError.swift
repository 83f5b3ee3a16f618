/// Why an instruction set cannot be chosen.
public enum InstructionSetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No set has this name.
    case unknown(String)
    /// The processor does not support this set.
    case unavailable(InstructionSet)
    /// Another set is already in use.
    case alreadyChosen(InstructionSet)
    /// oneDNN has already computed with a larger set.
    case libraryInUse(InstructionSet)

    /// What is wrong, and what to do.
    public var description: String {
        let offered = InstructionSet.available.map(\.rawValue).joined(separator: ", ")
        return switch self {
        case .unknown(let name):
            "\(InstructionSet.variable)=\(name): no such instruction set; this processor supports \(offered)"
        case .unavailable(let set):
            "this processor does not support the instruction set \(set.rawValue); it supports \(offered)"
        case .alreadyChosen(let set):
            "the instruction set \(set.rawValue) was chosen too late: "
                + "\(InstructionSet.current.rawValue) is in use; choose before the first device is made"
        case .libraryInUse(let set):
            "the instruction set \(set.rawValue) was chosen too late: another part of the program has used oneDNN; "
                + "choose it before that"
        }
    }
}
