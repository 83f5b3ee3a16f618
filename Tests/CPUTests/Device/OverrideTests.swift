import Foundation
import TestSupport
import Testing

/// The kernels that `CPUDevice` leaves to their plain defaults on purpose.
///
/// They run at most once a training step, except `recurrence`, whose default is the output of `recurrenceForward`.
private let leftToTheReference: Set = [
    "absoluteSum(_: Tensor)",
    "crossEntropy(_: Tensor, labels: [Int?], divisor: Float, _: Checked)",
    "logarithm(_: Tensor, plus: Float)",
    "logarithmBackward(_: Tensor, output: Tensor, _: Checked)",
    "normLimited(_: Tensor, _: NormLimits, _: Checked)",
    "recurrence(_: RecurrentInput, _: RecurrentWeights, _: Recurrence, _: Checked)",
    "rowsDiffering(_: Tensor, from: Float)",
    "signs(_: Tensor)",
]

/// An override with a mistyped signature compiles, because every kernel has a default. Here, its kernel is missing.
@Test func theDeviceOverridesAllKernelsButThoseThatItLeavesToTheReferenceOnPurpose() throws {
    let sources = SharedData.package.appending(path: "Sources")
    let definition = try text(sources.appending(path: "Tensors/Device/Device.swift"))
    let body = try #require(definition.firstRange(of: "\n}\n"))
    let kernels = signatures(in: definition[..<body.lowerBound])

    let folder = sources.appending(path: "CPU")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
    let overrides = try files.filter { $0.hasSuffix(".swift") }.flatMap { file in
        signatures(in: try text(folder.appending(path: file))[...])
    }
    #expect(kernels.count > 40 && leftToTheReference.isSubset(of: kernels))
    #expect(kernels.subtracting(overrides) == leftToTheReference)
}

private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

/// The functions that Swift source declares: names, argument labels and types, as in `signs(_: Tensor)`.
private func signatures(in source: Substring) -> Set<String> {
    let declarations = source.matches(of: /func (?<name>\w+)(<[^>]*>)?\s*\(/)
    return Set(
        declarations.map { declaration in
            let parameters = parameters(source[declaration.range.upperBound...])
            return "\(declaration.name)(\(parameters.joined(separator: ", ")))"
        })
}

/// The labels and types of the parameters that a source lists up to the closing parenthesis.
private func parameters(_ source: Substring) -> [String] {
    var list = [""], depth = 0
    for character in source {
        if "([<".contains(character) { depth += 1 }
        if ")]>".contains(character) { depth -= 1 }
        if depth < 0 { break }
        if character == ",", depth == 0 { list.append("") } else { list[list.count - 1].append(character) }
    }
    return list.compactMap { parameter in
        let parts = parameter.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let label = parts[0].split(whereSeparator: \.isWhitespace).first else {
            return nil
        }
        return "\(label): \(parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " "))"
    }
}
