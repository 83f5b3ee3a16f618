import Foundation
import Synchronization
import Testing

@testable import Imaging

/// The memory that threads share for the pixels of large images.
@Suite struct DecodingBudgetTests {
    @Test func threadsNeverHoldMoreThanTheBudget() {
        let budget = DecodingBudget(bytes: 100)
        let held = Mutex((now: 0, most: 0))
        DispatchQueue.concurrentPerform(iterations: 40) { index in
            let amount = 10 + index % 5 * 20
            budget.take(amount)
            held.withLock {
                $0.now += amount
                $0.most = max($0.most, $0.now)
            }
            usleep(200)
            held.withLock { $0.now -= amount }
            budget.giveBack(amount)
        }
        #expect(held.withLock { $0.now } == 0)
        #expect((90...100).contains(held.withLock { $0.most }))
    }

    @Test func anImageLargerThanTheBudgetIsDecodedAlone() {
        let budget = DecodingBudget(bytes: 100)
        budget.take(500)
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            budget.take(1)
            budget.giveBack(1)
            done.signal()
        }
        #expect(done.wait(timeout: .now() + 0.05) == .timedOut)
        budget.giveBack(500)
        #expect(done.wait(timeout: .now() + 10) == .success)
    }
}
