/// The order in which a recurrent layer reads time.
public enum ScanDirection: Sendable, Hashable {
    /// From the first step to the last.
    case forward
    /// From the last step to the first; the output of step t still stands at step t.
    case backward

    /// The other direction.
    public var opposite: ScanDirection { self == .forward ? .backward : .forward }
}
