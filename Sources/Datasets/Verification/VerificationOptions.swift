/// The kinds of problems that verification searches for.
public struct VerificationOptions: Sendable {
    /// Checks a label, and the width and height of its image in pixels, against a model or an alphabet. Returns the
    /// problem, or nil if there is none.
    public typealias Requirement =
        @Sendable (_ label: String, _ width: Int, _ height: Int) -> (
            kind: DatasetProblem.Kind, detail: String
        )?

    /// The kinds of problems that are neither reported nor cleaned.
    public var ignored: Set<DatasetProblem.Kind>
    /// A further requirement of every sample.
    public var requirement: Requirement?

    /// Searches for all kinds except those in `ignored`.
    public init(ignoring ignored: Set<DatasetProblem.Kind> = [], requirement: Requirement? = nil) {
        (self.ignored, self.requirement) = (ignored, requirement)
    }
}
