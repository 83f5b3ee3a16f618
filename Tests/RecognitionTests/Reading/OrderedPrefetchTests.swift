import Foundation
import Recognition
import Synchronization
import Testing

@Suite struct OrderedPrefetchTests {
    /// The squares of 0..<count; the later a number comes, the shorter its work takes.
    private func squares(
        _ count: Int, workers: Int, lookahead: Int, counting begun: Counter = Counter()
    ) -> OrderedPrefetch<CountedNumbers, Int> {
        let numbers = CountedNumbers(count: count, begun: begun)
        return OrderedPrefetch(numbers, workers: workers, lookahead: lookahead) { number in
            Thread.sleep(forTimeInterval: Double(max(0, 5 - number % 6)) / 1000)
            return number * number
        }
    }

    @Test(arguments: [(1, 1), (2, 1), (1, 8), (4, 3), (8, 100)])
    func resultsComeInTheOrderOfInputs(workers: Int, lookahead: Int) {
        let prefetch = squares(50, workers: workers, lookahead: lookahead)
        var results: [Int] = []
        while let result = prefetch.next() { results.append(result) }
        #expect(results == (0..<50).map { $0 * $0 })
        #expect(prefetch.next() == nil)
    }

    @Test func noInputsGiveNoResults() {
        #expect(squares(0, workers: 3, lookahead: 2).next() == nil)
    }

    @Test func noMoreThanTheLookaheadIsBegun() {
        let begun = Counter()
        let prefetch = squares(100, workers: 4, lookahead: 6, counting: begun)
        #expect(holds { begun.value >= 6 })
        #expect(!holds(for: 0.1) { begun.value > 6 })
        #expect(prefetch.next() == 0)
        #expect(holds { begun.value == 7 })
        #expect(!holds(for: 0.1) { begun.value > 7 })
    }

    /// Whether `condition` comes to hold within some seconds.
    private func holds(for seconds: Double = 10, _ condition: () -> Bool) -> Bool {
        let deadline = Date.now + seconds
        while !condition(), Date.now < deadline { Thread.sleep(forTimeInterval: 0.005) }
        return condition()
    }

    @Test func droppingItEndsTheThreads() {
        weak var witness: Counter?
        do {
            let begun = Counter()
            witness = begun
            let prefetch = squares(1000, workers: 2, lookahead: 4, counting: begun)
            #expect(prefetch.next() == 0)
        }
        #expect(holds { witness == nil })
    }

    @Test func manyConsumersGetEveryResultOnce() async {
        let prefetch = squares(200, workers: 2, lookahead: 8)
        let sums = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var sum = 0
                    while let result = prefetch.next() { sum += result }
                    return sum
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sums == (0..<200).reduce(0) { $0 + $1 * $1 })
    }
}

/// The numbers 0..<count, counted as they are taken.
private struct CountedNumbers: Sequence, IteratorProtocol, Sendable {
    let count: Int
    let begun: Counter

    func next() -> Int? {
        let number = begun.increment()
        return number < count ? number : nil
    }
}

/// Counts calls from many threads.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// How often `increment` was called.
    var value: Int { count.withLock { $0 } }

    /// The number of earlier calls.
    func increment() -> Int {
        count.withLock {
            $0 += 1
            return $0 - 1
        }
    }
}
