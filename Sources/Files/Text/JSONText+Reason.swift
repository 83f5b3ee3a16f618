extension JSONText {
    /// The part of a decoding error that helps a person: the place in the text, and what is wrong there.
    public static func reason(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context): return located("“\(key.stringValue)” is missing", context)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return located(context.debugDescription, context)
        @unknown default: return "the value is not of the expected kind"
        }
    }

    /// A problem, preceded by the keys that lead to it.
    private static func located(_ problem: String, _ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        let words = problem.hasSuffix(".") ? String(problem.dropLast()) : problem
        return path.isEmpty ? words : "\(path.joined(separator: ".")): \(words)"
    }
}
