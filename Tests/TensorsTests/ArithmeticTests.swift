import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()
private let x = Tensor([1, -2, 3, -4, 5, -6], shape: [2, 3], on: device)
private let y = Tensor([0.5, 0.25, 2, 8, -1, 3], shape: [2, 3], on: device)

@Test func operatorsAreElementWise() {
    #expect((x + y).scalars == [1.5, -1.75, 5, 4, 4, -3])
    #expect((x - y).scalars == [0.5, -2.25, 1, -12, 6, -9])
    #expect((x * y).scalars == [0.5, -0.5, 6, -32, -5, -18])
    #expect((-2 * x).scalars == [-2, 4, -6, 8, -10, 12])
    #expect(x.signs().scalars == [1, -1, 1, -1, 1, -1])
    #expect((x + y).shape == [2, 3])
}

@Test func formulasBindAsOnPaper() {
    let formula = x * y + 2 * x
    #expect(formula.scalars == zip(x.scalars, y.scalars).map { $0 * $1 + 2 * $0 })
}

@Test func namedFunctionsAreTheActivations() {
    #expect(x.sigmoid().scalars == x.scalars.map(Activation.sigmoid.value))
    #expect(x.tanh().scalars == x.scalars.map(Activation.tanh.value))
    let output = x.activated(.softsign)
    let slopes = output.scalars.map(Activation.softsign.derivative)
    #expect(y.backward(through: .softsign, output: output).scalars == zip(y.scalars, slopes).map { $0 * $1 })
}

@Test(arguments: [1, 2, 3, 6])
func aTensorIsTheConcatenationOfItsParts(_ count: Int) {
    let tensor = Tensor.wave([2, 2, 6], on: device)
    let parts = tensor.split(into: count)
    #expect(parts.map(\.shape) == [Shape](repeating: [2, 2, 6 / count], count: count))
    #expect(Tensor.concatenated(parts).scalars == tensor.scalars)
}

@Test func aTensorSplitsAtAnyColumn() {
    for width in 0...3 {
        let (first, second) = x.split(at: width)
        #expect(first.shape == [2, width] && second.shape == [2, 3 - width])
        #expect(Tensor.concatenated([first, second]).scalars == x.scalars)
    }
}

@Test func aSequenceIsTheStackOfItsSteps() {
    let sequence = Tensor.wave([2, 4, 3], on: device)
    let steps = (0..<4).map { sequence.step(at: $0) }
    #expect(Tensor.stacked(steps).scalars == sequence.scalars)
    #expect(Tensor.stacked(steps.reversed()).scalars == sequence.reversedInTime().scalars)
}

@Test func aMaskSelectsSampleBySample() {
    let mask = Tensor([0, 1], shape: [2], on: device)
    #expect(Tensor.selected(by: mask, x, else: y).scalars == [0.5, 0.25, 2, -4, 5, -6])
    #expect(Tensor.selected(by: mask, x, else: x.zeros).scalars == [0, 0, 0, -4, 5, -6])
}

@Test func reshapingKeepsTheOrderOfScalars() {
    #expect(x.reshaped(to: [3, 2]).scalars == x.scalars)
    #expect(x.reshaped(to: [3, 2]).shape == [3, 2])
    #expect(Tensor.zeros([2, 2], on: device).scalars == [0, 0, 0, 0])
}
