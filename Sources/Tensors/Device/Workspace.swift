internal import Requirements

/// What a device keeps from a forward pass for the matching backward pass.
///
/// It is opaque. The backward pass takes it only on a device of the same kind, with inputs of the same shapes and with
/// the same options; otherwise, it traps.
public struct Workspace: Sendable {
    /// What only the device understands.
    let contents: any Sendable
    private let device: ObjectIdentifier
    private let pass: Pass

    /// A forward pass, by all that its workspace depends on.
    enum Pass: Sendable, Hashable {
        /// Of images of a shape.
        case maxPooling(Shape, Window)
        /// Of sequences of a shape, with a number of units.
        case recurrence(Shape, units: Int, Recurrence)
    }

    init(_ contents: any Sendable, of pass: Pass, on device: some Device) {
        self.contents = contents
        self.pass = pass
        self.device = ObjectIdentifier(type(of: device))
    }

    /// Traps unless the workspace comes from a forward pass on a device of this kind.
    func contents(for pass: Pass, on device: some Device) -> any Sendable {
        require(
            self.device == ObjectIdentifier(type(of: device)),
            "a workspace of another device")
        require(self.pass == pass, "the workspace of \(self.pass) for \(pass)")
        return contents
    }
}
