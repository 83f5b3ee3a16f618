import Dispatch
import Foundation
import Synchronization

/// Notes that the user (Ctrl-C) or the system (SIGTERM) asks the process to stop. The second signal ends the process
/// immediately.
public final class StopSignal {
    private let received = Received()
    private let sources: [any DispatchSourceSignal]

    /// The number of the signal received; 0 if there is none yet.
    public var number: Int32 { received.number.load(ordering: .relaxed) }

    /// Whether a signal was received.
    public var isRaised: Bool { number != 0 }

    /// Starts listening.
    public init() {
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
