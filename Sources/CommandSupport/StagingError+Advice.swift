public import Files

extension StagingError {
    /// The error's description and, if the result can replace what is there, the option for it.
    public var advice: String { allowsReplacement ? "\(description) (--force)" : description }
}
