import Imaging
import Synchronization
import TestSupport
import Training

/// Images by formula: number n shows n mod 3 + 1 bars, and is wide if n is odd.
final class FormulaSampleSource: SyntheticSampleSource {
    let settings: String
    let symbols: String?
    /// Every image whose number is a multiple of this has a label that does not fit.
    private let unfitEvery: Int?
    /// The first number of which no image can be drawn.
    private let end: Int
    private let log = Mutex(Log())

    /// The calls of the source.
    struct Log {
        var requested: [Int] = []
        var drawn: [Int] = []
        /// The greatest number of images that were requested and not yet drawn.
        var farthestAhead = 0
    }

    /// Thrown for numbers from `end` on.
    struct Ended: Error {}

    init(settings: String = "bars", symbols: String? = "ab", unfitEvery: Int? = nil, end: Int = .max) {
        (self.settings, self.symbols, self.unfitEvery, self.end) = (settings, symbols, unfitEvery, end)
    }

    var requested: [Int] { log.withLock { $0.requested } }
    var drawn: [Int] { log.withLock { $0.drawn } }
    var farthestAhead: Int { log.withLock { $0.farthestAhead } }

    func request(_ number: Int) { log.withLock { $0.requested.append(number) } }

    func sample(at number: Int) throws -> SyntheticSample {
        guard number < end else { throw Ended() }
        log.withLock { log in
            log.drawn.append(number)
            log.farthestAhead = max(log.farthestAhead, log.requested.count - log.drawn.count + 1)
        }
        let isUnfit = unfitEvery.map { number % $0 == 0 } ?? false
        let image = TinyRun.image(bars: number % 3 + 1, width: number % 2 == 0 ? 20 : 36)
        return SyntheticSample(
            label: isUnfit ? "aaaaaaaaaaaaaaaa" : String("aba".prefix(number % 3 + 1)),
            bytes: try image.encodedPNG())
    }
}
