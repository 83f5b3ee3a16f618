import Tensors
import TestSupport
import Testing

@Test func eachElementIsComparedWithItselfAndTheRootMeanSquare() {
    // The root mean square is 10 / √4 = 5.
    #expect(relativeDifference([10, 1, 0, 0], [10, 0, 0, 0]) == 0.2)
    #expect(relativeDifference([13, 0, 0, 0], [10, 0, 0, 0]) == 0.2)
    #expect(relativeDifference([10, 0, 0, 0], [10, 0, 0, 0]) == 0)
    #expect(relativeDifference([0.5], [0], termSize: 2) == 0.25)
}

@Test func oneLargeElementDoesNotHideTheOthers() {
    let expected = [1000] + [Float](repeating: 1, count: 9999)
    var found = expected
    found[7] = 1.5
    // The root mean square is 10.05.
    #expect(abs(relativeDifference(found, expected) - 0.5 / 11.05) < 1e-4)
}

@Test func notANumberAgreesWithItselfAlone() {
    #expect(relativeDifference([.nan, 1], [.nan, 1]) == 0)
    #expect(relativeDifference([.nan, 1], [0, 1]) == .infinity)
    #expect(relativeDifference([0, 1], [.nan, 1]) == .infinity)
    #expect(relativeDifference([.nan], [.infinity]) == .infinity)
}

@Test func anInfinityAgreesWithItselfAloneAndHidesNothing() {
    #expect(relativeDifference([1, .infinity], [1, .infinity]) == 0)
    #expect(relativeDifference([5, .infinity], [1, .infinity]) == 2)
    #expect(relativeDifference([1, -.infinity], [1, .infinity]) == .infinity)
    #expect(relativeDifference([1, 2], [1, .infinity]) == .infinity)
    #expect(relativeDifference([1, .infinity], [1, 2]) == .infinity)
}

@Test func listsOfOtherCountsAndTensorsOfOtherShapesDisagree() {
    #expect(relativeDifference([1], [1, 1]) == .infinity)
    #expect(relativeDifference([], []) == 0)
    #expect(relativeDifference([0.1], [0]) == .infinity)
    let device = ReferenceDevice()
    let row = Tensor.wave([1, 4], on: device), column = Tensor.wave([4, 1], on: device)
    #expect(relativeDifference(row, row) == 0)
    #expect(relativeDifference(row, column) == .infinity)
}
