import Files
import Foundation

extension SynthesisConfiguration {
    /// Reads a configuration: a JSON object with the differences from its `preset`, which is “print” by default.
    ///
    /// - Throws: ``SynthesisError`` if the file cannot be read, or a setting is unknown or out of range.
    public init(reading path: String) throws(SynthesisError) {
        let bytes = try SynthesisError.reading(path) { try Data(contentsOf: URL(filePath: path)) }
        do {
            self = try Self(json: bytes)
            if let problem { throw Problem(problem) }
        } catch {
            throw error as? SynthesisError ?? .invalidConfiguration(path: path, reason: Self.reason(error))
        }
    }

    private init(json: Data) throws {
        guard var changes = try JSONSerialization.jsonObject(with: json) as? [String: Any] else {
            throw Problem("it is not a JSON object")
        }
        let preset = try Self.preset(changes.removeValue(forKey: "preset") as? String ?? "print")
        let base =
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(preset)) as? [String: Any] ?? [:]
        let merged = try Self.merged(base, changes, path: "")
        self = try JSONDecoder().decode(Self.self, from: JSONSerialization.data(withJSONObject: merged))
    }

    /// `base` with the values of `changes`; a key that `base` lacks is an error.
    private static func merged(
        _ base: [String: Any], _ changes: [String: Any], path: String
    ) throws -> [String: Any] {
        var result = base
        for (key, value) in changes {
            guard let old = base[key] else { throw Problem("there is no setting “\(path)\(key)”") }
            if let old = old as? [String: Any], let value = value as? [String: Any] {
                result[key] = try merged(old, value, path: path + key + ".")
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// All settings as indented JSON.
    public func json() throws -> String { try JSONText.encoder(isIndented: true).encodedText(self) }

    private struct Problem: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as Problem: return error.text
        case is DecodingError: return JSONText.reason(of: error)
        default:
            let detail = (error as NSError).userInfo["NSDebugDescription"] as? String
            return detail ?? error.localizedDescription
        }
    }
}
