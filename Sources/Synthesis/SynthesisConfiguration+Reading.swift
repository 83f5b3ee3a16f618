internal import Foundation

extension SynthesisConfiguration {
    /// Reads a configuration: a JSON object that says what differs from its `preset`.
    public init(reading path: String) throws(SynthesisError) {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
            throw .unreadableText(path: path, reason: error.localizedDescription)
        }
        do {
            self = try Self(json: bytes)
            if let problem { throw Problem(problem) }
        } catch {
            throw error as? SynthesisError ?? .invalidConfiguration(path: path, reason: Self.reason(error))
        }
    }

    private init(json: Data) throws {
        guard var own = try JSONSerialization.jsonObject(with: json) as? [String: Any] else {
            throw Problem("it is not a JSON object")
        }
        let preset = try Self.preset(own.removeValue(forKey: "preset") as? String ?? "print")
        let base =
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(preset)) as? [String: Any] ?? [:]
        let merged = try Self.merged(base, own, path: "")
        self = try JSONDecoder().decode(Self.self, from: JSONSerialization.data(withJSONObject: merged))
    }

    /// `base` with what `own` has instead; a key that `base` lacks is an error.
    private static func merged(_ base: [String: Any], _ own: [String: Any], path: String) throws -> [String:
        Any]
    {
        var result = base
        for (key, value) in own {
            guard let old = base[key] else { throw Problem("there is no setting “\(path)\(key)”") }
            if let old = old as? [String: Any], let value = value as? [String: Any] {
                result[key] = try merged(old, value, path: path + key + ".")
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// The whole configuration as JSON for people.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private struct Problem: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as Problem: return error.text
        case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
            DecodingError.keyNotFound(_, let context), DecodingError.valueNotFound(_, let context):
            return context.codingPath.map(\.stringValue).joined(separator: ".") + ": "
                + context.debugDescription
        default:
            let detail = (error as NSError).userInfo["NSDebugDescription"] as? String
            return detail ?? error.localizedDescription
        }
    }
}
