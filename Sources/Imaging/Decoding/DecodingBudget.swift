internal import Foundation

/// The memory for decoded pixels that all threads of the process share. A thread that needs more than is left waits
/// until others have given theirs back, so that more threads do not need more memory for large images.
///
/// A thread holds at most one amount, so that none waits forever.
final class DecodingBudget: Sendable {
    /// The budget of the process: one image of the standard limits in colour.
    static let shared = DecodingBudget(bytes: 1 << 28)

    private let bytes: Int
    private let condition = NSCondition()
    /// Used only while `condition` is locked.
    private nonisolated(unsafe) var spent = 0

    init(bytes: Int) { self.bytes = bytes }

    /// Waits until `amount` is left. More than the whole budget is given to a thread that is alone.
    func take(_ amount: Int) {
        condition.withLock {
            while spent > 0, spent + amount > bytes { condition.wait() }
            spent += amount
        }
    }

    func giveBack(_ amount: Int) {
        condition.withLock {
            spent -= amount
            condition.broadcast()
        }
    }
}
