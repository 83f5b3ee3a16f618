/// What a person can use of an error from reading JSON: where in the text, and what is wrong there.
func reason(ofJSONError error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .keyNotFound(let key, let context): return at(context, "“\(key.stringValue)” is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        return at(context, context.debugDescription)
    @unknown default: return "it is not what was expected"
    }
}

/// A problem behind the keys that lead to it.
private func at(_ context: DecodingError.Context, _ problem: String) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    let words = problem.hasSuffix(".") ? String(problem.dropLast()) : problem
    return path.isEmpty ? words : "\(path.joined(separator: ".")): \(words)"
}
