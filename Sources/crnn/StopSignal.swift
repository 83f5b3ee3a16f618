import Dispatch
import Foundation
import Synchronization

/// Whether a person (Ctrl-C) or the system (SIGTERM) has asked to stop; the second time ends the process at once.
final class StopSignal {
    private let received = Received()
    private let sources: [any DispatchSourceSignal]

    /// The number of the signal that came; 0 before.
    var number: Int32 { received.number.load(ordering: .relaxed) }

    /// Whether one came.
    var isRaised: Bool { number != 0 }

    /// Begins to listen.
    init() {
        sources = [SIGINT, SIGTERM].map { [received] number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                received.number.store(number, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
            signal(number, SIG_IGN)
            source.resume()
            return source
        }
    }

    private final class Received: Sendable {
        let number = Atomic<Int32>(0)
    }
}
