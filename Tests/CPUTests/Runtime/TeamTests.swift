import Foundation
import Synchronization
import Tensors
import Testing

@testable import CPU

/// The threads of kernels.
@Suite struct TeamTests {
    @Test(arguments: [1, 2, 3, 7]) func everyShareRunsOnceOnAThreadOfItsOwn(shares: Int) {
        for _ in 0..<50 {
            let counts = Mutex([Int](repeating: 0, count: shares))
            let threads = Mutex(Set<UInt>())
            Team.run(shares: shares) { share in
                #expect(Team.isInside == (shares > 1))
                counts.withLock { $0[share] += 1 }
                threads.withLock { _ = $0.insert(UInt(pthread_self())) }
            }
            #expect(counts.withLock { $0 } == [Int](repeating: 1, count: shares))
            #expect(threads.withLock { $0.count } == shares)
        }
    }

    @Test func aMemberRunsItsOwnSharesAlone() {
        let count = Atomic(0)
        Team.run(shares: 3) { _ in
            let thread = pthread_self()
            Team.run(shares: 4) { _ in
                #expect(pthread_self() == thread)
                count.add(1, ordering: .relaxed)
            }
            #expect(Team.isInside)
        }
        #expect(count.load(ordering: .relaxed) == 12 && !Team.isInside)
    }

    @Test func severalTeamsRunAtOnce() {
        let count = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<100 { Team.run(shares: 3) { _ in count.add(1, ordering: .relaxed) } }
        }
        #expect(count.load(ordering: .relaxed) == 4 * 100 * 3)
    }

    @Test func aDeviceHasAsManyThreadsAsTheSystemStarts() {
        #expect(Team.prepared(1) == 1)
        #expect(Team.prepared(5) == 5)
        #expect(CPUDevice(threads: 3).threads == 3)
    }

    /// oneDNN's own threads would be those of libgomp, which spin for long before they sleep.
    @Test func oneDNNComputesWithTheSameThreads() async {
        await #expect(processExitsWith: .success) {
            func threads() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            }
            let device = CPUDevice(threads: 3)
            let tensor = Tensor([Float](repeating: 1, count: 1 << 20), shape: [64, 128, 128], on: device)
            Team.run(shares: 3) { _ in }
            let before = try threads()
            for _ in 0..<3 { _ = device.logSoftmax(tensor).scalars }
            #expect(try threads() <= before)
        }
    }
}
