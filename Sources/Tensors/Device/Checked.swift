internal import Requirements

/// The proof that the arguments of a kernel fit each other.
///
/// Only the checks of this module create it, and every kernel of ``Device`` with a condition on its arguments takes one.
/// So no device can be called with arguments that were not checked, and none needs checks of its own.
public struct Checked: Sendable {
    init() {}
}

extension Checked {
    /// Two tensors of one shape.
    static func same(_ first: Shape, _ second: Shape, _ operation: @autoclosure () -> String) -> Checked {
        require(first == second, "\(operation()) of different shapes, \(first) and \(second)")
        return Checked()
    }

    /// A gradient of the shape of an output.
    static func gradient(_ gradient: Shape, ofOutput output: Shape) -> Checked {
        require(gradient == output, "a gradient \(gradient) for an output \(output)")
        return Checked()
    }
}
