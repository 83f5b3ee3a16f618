import Files
import Neural
import Tensors

/// Where these tests compute.
let reference = ReferenceDevice()

extension Tensor {
    /// Numbers between −1 and 1 by a seed.
    static func uniform(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in Float.random(in: -1...1, using: &generator) }, shape: shape,
            on: reference)
    }

    /// Multiples of ½ between −1½ and 1½ by a seed, so that sums of their products are multiples of ¼.
    static func halves(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in Float(Int.random(in: -3...3, using: &generator)) / 2 },
            shape: shape, on: reference)
    }

    /// Distinct multiples of 1/10 around zero in an order by a seed, so that a small change keeps the order.
    static func distinctTenths(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        let places = (0..<shape.count).shuffled(using: &generator)
        return Tensor(places.map { Float($0 - shape.count / 2) / 10 }, shape: shape, on: reference)
    }

    /// Numbers of either sign and of size 0.7 to 1.3, far from zero.
    static func farFromZero(_ shape: Shape, seed: UInt64 = 1) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in
                Float.random(in: 0.7...1.3, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
            }, shape: shape, on: reference)
    }
}

/// The largest difference between two lists of numbers; infinite where their counts differ or one is no number.
func largestDifference(_ first: [Float], _ second: [Float]) -> Float {
    guard first.count == second.count, !(first + second).contains(where: \.isNaN) else { return .infinity }
    return zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// All names and values in the order of the visit; statistics are marked.
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
