import Testing

@testable import Recognition

@Test func rareLargeValuesAreCutOff() {
    var histogram = Histogram()
    histogram.add((1...100_000).map { Float($0) / 100_000 })
    let without = histogram.bestLimit
    #expect(without > 0.98 && without < 1.01)
    histogram.add([40])
    #expect(histogram.bestLimit > 30 && histogram.bestLimit < 38)
}

@Test func largeValuesThatAreManyAreKept() {
    var histogram = Histogram()
    histogram.add((1...1000).map { Float($0) / 1000 })
    histogram.add([Float](repeating: 7.9, count: 1000))
    #expect(histogram.bestLimit > 7.8 && histogram.bestLimit < 8.1)
}

@Test func whatIsNotPositiveDoesNotCount() {
    var histogram = Histogram()
    #expect(histogram.bestLimit == 1)
    histogram.add([-3, 0, .nan, .infinity, -.infinity])
    #expect(histogram.bestLimit == 1)
}
