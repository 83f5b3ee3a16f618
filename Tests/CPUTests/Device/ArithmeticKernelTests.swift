import Tensors
import TestSupport
import Testing

private let shapes: [Shape] = [[1], [7], [3, 5], [2, 1, 4], [2, 3, 4, 5], [65, 33, 17], [0, 3], [3, 0]]

@Test(arguments: shapes)
func reductionsAndCopiesAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        let input = Tensor.wave(shape, on: device)
        return (0..<shape.rank).flatMap { axis in
            [input.sum(over: axis), input.repeated(3, along: axis)]
                + (shape[axis] > 0 ? [input.maximum(over: axis), input.mean(over: axis)] : [])
        } + [input.repeated(2, along: shape.rank)]
    }
    #expect(difference < 1e-6)
}

@Test(arguments: shapes, SelfGatedActivation.allCases)
func quotientsAndSelfGatedFunctionsAgreeWithTheReference(_ shape: Shape, _ activation: SelfGatedActivation) {
    let difference = disagreement { device in
        let (a, b) = (4 * Tensor.wave(shape, on: device), Tensor.wave(shape, seed: 1, on: device))
        return [a / b, a.activated(activation), b.backward(through: activation, input: a)]
    }
    #expect(difference < 1e-6)
}

@Test(
    arguments: MatrixProductForm.allCases, [[1, 1, 1], [3, 4, 5], [17, 16, 32], [2, 0, 3], [40, 70, 33]])
func productsOfMatricesAgreeWithTheReference(_ form: MatrixProductForm, _ sizes: [Int]) {
    let (rows, inner, columns) = (sizes[0], sizes[1], sizes[2])
    for batch in [[], [3], [2, 2]] {
        let first = Shape(batch + (form == .firstTransposed ? [inner, rows] : [rows, inner]))
        let second = Shape(batch + (form == .secondTransposed ? [columns, inner] : [inner, columns]))
        let difference = disagreement(termSize: 1) { device in
            [Tensor.wave(first, on: device).matrixProduct(.wave(second, seed: 1, on: device), form)]
        }
        #expect(difference < 1e-5, "batch \(batch)")
    }
}

@Test func reductionsKeepNotANumberAndSoDoQuotients() {
    for device in [device as any Device, reference] {
        let input = Tensor([1, .nan, 3, 2, -1, 0], shape: [2, 3], on: device)
        #expect(input.sum(over: 1).scalars.map(\.isNaN) == [true, false])
        #expect(input.maximum(over: 1).scalars.map(\.isNaN) == [true, false])
        #expect(input.maximum(over: 0).scalars.map(\.isNaN) == [false, true, false])
        #expect((input / input).scalars.map(\.isNaN) == [false, true, false, false, false, true])
    }
}
