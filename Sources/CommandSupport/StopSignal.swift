import Foundation
import Synchronization

/// Notes that the user (Ctrl-C), the terminal (SIGHUP) or the system (SIGTERM) asks the process to stop. The second
/// signal of a kind ends the process immediately.
///
/// A signal that the process was started to ignore, as under `nohup`, stays ignored.
public struct StopSignal {
    private static let received = Atomic<Int32>(0)

    /// The number of the signal received; 0 if there is none yet.
    public var number: Int32 { Self.received.load(ordering: .relaxed) }

    /// Whether a signal was received.
    public var isRaised: Bool { number != 0 }

    /// Starts listening.
    public init() {
        // The handler may only use what exists: this makes sure that it does.
        Self.received.store(0, ordering: .relaxed)
        for number in Self.numbers { Self.listen(number) }
    }

    /// Unblocks the signals for the calling thread. A process inherits the mask of the thread that started it, and threads
    /// of a server or of Dispatch block all signals.
    public static func unblock() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in Self.numbers { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    private static func listen(_ number: Int32) {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0, !action.isIgnored else { return }
        action = sigaction()
        action.handler = { StopSignal.received.store($0, ordering: .relaxed) }
        action.sa_flags = CInt(truncatingIfNeeded: SA_RESTART) | CInt(truncatingIfNeeded: SA_RESETHAND)
        unsafe sigaction(number, &action, nil)
    }
}

extension sigaction {
    #if os(Linux)
        fileprivate var handler: (@convention(c) (Int32) -> Void)? {
            get { unsafe __sigaction_handler.sa_handler }
            set { unsafe __sigaction_handler.sa_handler = newValue }
        }
    #else
        fileprivate var handler: (@convention(c) (Int32) -> Void)? {
            get { unsafe __sigaction_u.__sa_handler }
            set { unsafe __sigaction_u.__sa_handler = newValue }
        }
    #endif

    /// Whether the signal is ignored: the handler is `SIG_IGN`, the number 1.
    fileprivate var isIgnored: Bool { unsafe unsafeBitCast(handler, to: Int.self) == 1 }
}
