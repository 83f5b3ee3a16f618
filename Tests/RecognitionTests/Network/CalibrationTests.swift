import Testing

@testable import Recognition

@Test func aStrayValueIsCutOff() {
    var histogram = Histogram()
    histogram.add((1...200_000).map { Float($0) / 200_000 })
    #expect(histogram.commonLimit > 0.99 && histogram.commonLimit <= 1)
    histogram.add([40])
    #expect(histogram.commonLimit > 0.99 && histogram.commonLimit < 1.02)
}

@Test func largeValuesThatAreManyAreKept() {
    var histogram = Histogram()
    histogram.add((1...1000).map { Float($0) / 1000 })
    histogram.add([Float](repeating: 7.9, count: 1000))
    #expect(histogram.commonLimit > 7.8 && histogram.commonLimit < 8.1)
}

@Test func whatIsNotPositiveDoesNotCount() {
    var histogram = Histogram()
    #expect(histogram.commonLimit == 1)
    histogram.add([-3, 0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, 3e38])
    #expect(histogram.commonLimit == 1)
}
