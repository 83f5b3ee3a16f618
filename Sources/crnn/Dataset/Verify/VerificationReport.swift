import CommandSupport
import Datasets
import Files
import Foundation

/// Prints the findings of `dataset verify`: as text with examples of each kind, or as one JSON object that grows with
/// each problem.
struct VerificationReport {
    private let format: DatasetInspect.Format
    private let path: String
    private let listed: Int
    private var examples: [DatasetProblem.Kind: [DatasetProblem]] = [:]
    private var waiting = Data()
    private var isFirst = true
    private let encoder = JSONText.encoder()

    init(_ format: DatasetInspect.Format, path: String, listed: Int) {
        (self.format, self.path, self.listed) = (format, path, listed)
    }

    /// Writes the fields that are known in advance.
    mutating func begin(_ verifier: DatasetVerifier) throws {
        guard format == .json else { return }
        let fields = [
            ("path", try encoder.encodedText(path)), ("samples", try encoder.encodedText(verifier.samples)),
            ("checksum", try encoder.encodedText(verifier.dataset.checksum)),
        ]
        let head = fields.map { "\"\($0)\":\($1)," }.joined()
        waiting += Data("{\(head)\"problems\":[".utf8)
    }

    /// Adds a problem.
    mutating func append(_ problem: DatasetProblem) throws {
        guard format == .json else {
            if examples[problem.kind, default: []].count < listed {
                examples[problem.kind, default: []].append(problem)
            }
            return
        }
        waiting += Data((isFirst ? "\n" : ",\n").utf8) + (try encoder.encode(problem))
        isFirst = false
        if waiting.count > 1 << 16 { try flush() }
    }

    /// Writes the rest.
    mutating func end(_ verification: DatasetVerification) throws {
        if format == .json {
            waiting += Data((isFirst ? "]}\n" : "\n]}\n").utf8)
            return try flush()
        }
        try StandardOutput.printLine(text(verification))
    }

    private mutating func flush() throws {
        try StandardOutput.write(waiting)
        waiting = Data()
    }

    private func text(_ verification: DatasetVerification) -> String {
        var lines = [
            path, "  samples       \(verification.samples)", "  checksum      \(checksum(verification))",
        ]
        lines.append("  problems      \(verification.problems == 0 ? "none" : "\(verification.problems)")")
        for kind in DatasetProblem.Kind.allCases {
            guard let count = verification.counts[kind] else { continue }
            lines.append("  \(kind.rawValue): \(count)")
            let shown = examples[kind] ?? []
            lines += shown.map { "    \($0.key)  \($0.detail)" }
            if count > shown.count, !shown.isEmpty { lines.append("    and \(count - shown.count) more") }
        }
        return lines.joined(separator: "\n")
    }

    private func checksum(_ verification: DatasetVerification) -> String {
        switch verification.declared {
        case nil: "\(verification.checksum) (the data set has none)"
        case verification.checksum?: "\(verification.checksum), as stored in the data set"
        case let declared?: "\(verification.checksum), but the data set has \(declared)"
        }
    }
}
