import Files
public import Neural
public import Tensors

/// A derivative on which a backward pass and finite differences disagree.
public struct GradientMismatch: Sendable, Equatable, CustomStringConvertible {
    /// `input`, or the name of a parameter.
    public let subject: String
    /// The index of the scalar in row-major order.
    public let index: Int
    /// The result of the backward pass; NaN if it left no gradient of the value's shape.
    public let analytic: Double
    /// The result of finite differences.
    public let numeric: Double

    /// Both derivatives, as in `kernel[7]: backward 0.5, finite differences 0.25`.
    public var description: String {
        "\(subject)[\(index)]: backward \(analytic), finite differences \(numeric)"
    }
}

/// Compares a layer's backward pass with finite differences of its forward pass.
///
/// The objective is the weighted sum of all outputs, with fixed weights. The input and every parameter that
/// `visitParameters` visits are checked at up to 24 scalars each, drawn with a fixed seed.
///
/// The five-point difference (8(f₊ₕ − f₋ₕ) − (f₊₂ₕ − f₋₂ₕ)) / 12h has an error of h⁴/30 · f⁽⁵⁾, about 5·10⁻⁹ · f⁽⁵⁾ for
/// h = 0.02, and that of the rounding of f: for a hundred outputs of size one in 32 bits, about 10⁻⁶ / 1.5h = 3·10⁻⁵.
/// So a derivative agrees within 10⁻⁴ + 10⁻³ of its size. The layer must be smooth within 2h.
///
/// - Returns: The mismatches: none if the backward pass is right.
public func gradientMismatches(
    of layer: some Layer, input: Tensor, step: Float = 0.02
) -> [GradientMismatch] {
    func output(_ layer: some Layer, _ input: Tensor) -> [Float] {
        var layer = layer
        return layer.forward(input).output.scalars
    }
    var check = DifferenceCheck(step: step)
    var trained = layer
    let (result, cache) = trained.forward(input)
    let weights = check.weigh(result.scalars)
    let gradient = trained.backward(Tensor(weights, shape: result.shape, on: input.device), cache)
    return check.mismatches(GradientSubject(name: "input", value: input, gradient: gradient)) {
        output(layer, $0)
    } + check.mismatches(parameters: trained) { output(layer.replacing($0, with: $1), input) }
}

/// A tensor that the objective depends on, and its gradient by the backward pass.
struct GradientSubject {
    let name: String
    let value: Tensor
    let gradient: Tensor?

    fileprivate func analytic(_ index: Int) -> Double {
        guard let gradient, gradient.shape == value.shape else { return .nan }
        return Double(gradient.scalars[index])
    }
}

/// Finite differences of the weighted sum of all outputs.
struct DifferenceCheck {
    private let step: Float
    private var weights: [Float] = []
    private var generator = SeededGenerator(seed: 1)

    init(step: Float) { self.step = step }

    /// Draws and stores the weights of the outputs.
    mutating func weigh(_ outputs: [Float]) -> [Float] {
        weights = outputs.map { _ in Float.random(in: -1...1, using: &generator) }
        return weights
    }

    /// The mismatches of one subject; `outputs` returns the outputs for another value of it.
    mutating func mismatches(
        _ subject: GradientSubject, _ outputs: (Tensor) -> [Float]
    ) -> [GradientMismatch] {
        let sample = subject.value.scalars.indices.shuffled(using: &generator).prefix(24)
        return sample.compactMap { index in
            let analytic = subject.analytic(index)
            let numeric = derivative(subject.value, index) { objective(outputs($0)) }
            let agrees = abs(analytic - numeric) <= 1e-4 + 1e-3 * abs(numeric)
            return agrees
                ? nil
                : GradientMismatch(subject: subject.name, index: index, analytic: analytic, numeric: numeric)
        }
    }

    /// The mismatches of all parameters; `outputs` returns the outputs for another value of the parameter of a name.
    mutating func mismatches(
        parameters trained: some Parameterized, _ outputs: (String, Tensor) -> [Float]
    ) -> [GradientMismatch] {
        trained.gradientSubjects().flatMap { subject in
            mismatches(subject) { outputs(subject.name, $0) }
        }
    }

    private func objective(_ outputs: [Float]) -> Double {
        zip(outputs, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    private func derivative(_ value: Tensor, _ index: Int, of objective: (Tensor) -> Double) -> Double {
        func at(_ steps: Float) -> Double {
            var scalars = value.scalars
            scalars[index] += steps * step
            return objective(Tensor(scalars, shape: value.shape, on: value.device))
        }
        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * Double(step))
    }
}

extension Parameterized {
    fileprivate func gradientSubjects() -> [GradientSubject] {
        var collector = Collector()
        var copy = self
        copy.visitParameters(&collector)
        return collector.subjects
    }

    /// A copy with another value of the parameter of that name.
    func replacing(_ name: String, with value: Tensor) -> Self {
        var replacement = Replacement(target: name, value: value)
        var copy = self
        copy.visitParameters(&replacement)
        return copy
    }
}

private struct Collector: ParameterVisitor {
    var path: [String] = []
    var subjects: [GradientSubject] = []

    mutating func visit(_ parameter: inout Parameter) {
        subjects.append(
            GradientSubject(name: name, value: parameter.value, gradient: parameter.gradient))
    }
}

private struct Replacement: ParameterVisitor {
    var path: [String] = []
    let target: String
    let value: Tensor

    mutating func visit(_ parameter: inout Parameter) {
        if name == target { parameter.value = value }
    }
}
