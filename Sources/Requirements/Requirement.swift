/// Traps unless a condition holds that only a programmer can violate.
///
/// Unlike `precondition`, which is silent in release builds, this prints the place of the check and the message, with
/// the values that broke the rule, to standard error in every build. The message is built only if the condition fails.
@inlinable @inline(__always)
package func require(
    _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
    file: StaticString = #fileID, line: UInt = #line
) {
    if !condition() { failRequirement(message, file, line) }
}

/// Out of line, so that a check costs its caller one branch.
@inline(never) @usableFromInline
package func failRequirement(_ message: () -> String, _ file: StaticString, _ line: UInt) -> Never {
    fatalError(message(), file: file, line: line)
}
