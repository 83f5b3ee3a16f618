import Tensors
import Testing

@testable import Neural

/// A line of `keras-constraints.jsonl`.
private struct ConstraintLine: Decodable {
    struct Description: Decodable {
        let `class`: String
        let minValue: Float?
        let maxValue: Float?
        let rate: Float?
        let axis: KerasNumbers?

        var constraint: Constraint? {
            let axes = axis?.numbers.map { Int($0) } ?? [0]
            switch `class` {
            case "NonNeg": return .nonNegative
            case "UnitNorm": return .unitNorm(axes: axes)
            case "MaxNorm": return .maxNorm(maxValue ?? 2, axes: axes)
            case "MinMaxNorm": return .norm((minValue ?? 0)...(maxValue ?? 1), rate: rate ?? 1, axes: axes)
            default: return nil
            }
        }
    }

    let constraint: Description
    let weight: KerasFormula
    let values: [Float]
}

@Test func constraintsHoldWeightsAsKerasDoes() throws {
    var comparison = KerasComparison()
    for line in try kerasGoldens("constraints", of: ConstraintLine.self) {
        let constraint = try #require(line.constraint.constraint)
        let weight = line.weight.tensor(on: reference)
        comparison.hold(constraint.applied(to: weight).scalars, line.values, line.constraint.class)
    }
    #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
}
