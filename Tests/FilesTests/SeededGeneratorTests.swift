import Files
import Testing

@Suite struct SeededGeneratorTests {
    @Test func neighbouringSeedsShareNoItem() {
        var firsts: Set<UInt64> = []
        for seed in UInt64(0)..<16 {
            for step in 0..<64 {
                var generator = SeededGenerator(seed: seed, step)
                firsts.insert(generator.next())
            }
        }
        #expect(firsts.count == 16 * 64)
    }

    @Test func theOrderOfAPathCounts() {
        var (one, other) = (SeededGenerator(seed: 1, 2, 3), SeededGenerator(seed: 1, 3, 2))
        #expect(one.next() != other.next())
    }

    @Test func theSameSeedAndPathGiveTheSameSequence() {
        var (one, other) = (SeededGenerator(seed: 7, 4), SeededGenerator(seed: 7, 4))
        #expect((0..<8).allSatisfy { _ in one.next() == other.next() })
    }
}
