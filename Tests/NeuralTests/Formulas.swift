import Files
import Neural
import Tensors

/// The device of these tests.
let reference = ReferenceDevice()

extension Tensor {
    /// Uniform numbers between −1 and 1, by a seed.
    static func uniform(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) }, shape: shape,
            on: reference)
    }

    /// Multiples of ½ between −1½ and 1½, by a seed: sums of their products are exact.
    static func halves(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in Float(Int.random(in: -3...3, using: &generator)) / 2 },
            shape: shape, on: reference)
    }

    /// Distinct multiples of 1/10 around zero, shuffled by a seed: a small change keeps their order.
    static func distinctTenths(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        let places = (0..<shape.count).shuffled(using: &generator)
        return Tensor(places.map { Float($0 - shape.count / 2) / 10 }, shape: shape, on: reference)
    }

    /// Numbers of either sign and of magnitude 0.7 to 1.3, by a seed.
    static func farFromZero(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in
                Float.random(in: 0.7...1.3, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
            }, shape: shape, on: reference)
    }
}

/// The largest difference between two lists of numbers; infinite if their counts differ or one is NaN.
func largestDifference(_ first: [Float], _ second: [Float]) -> Float {
    guard first.count == second.count, !(first + second).contains(where: \.isNaN) else { return .infinity }
    return zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// The names and values of a model's parameters in the order of the visit; statistics are marked.
func visited(_ model: some Parameterized) -> [(name: String, value: Tensor)] {
    var list = VisitList()
    var copy = model
    copy.visitParameters(&list)
    return list.entries
}

private struct VisitList: ParameterVisitor {
    var path: [String] = []
    var entries: [(name: String, value: Tensor)] = []

    mutating func visit(_ parameter: inout Parameter) { entries.append((name, parameter.value)) }

    mutating func visit(statistic: inout Tensor) { entries.append((name + " (statistic)", statistic)) }
}
