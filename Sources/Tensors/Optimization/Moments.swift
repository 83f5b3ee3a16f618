/// Two running averages for each scalar of a parameter.
public struct Moments: Sendable {
    /// Adam: of gradients. Adadelta: of squared gradients.
    public var first: Tensor
    /// Adam: of squared gradients. Adadelta: of squared updates.
    public var second: Tensor

    /// Groups two running averages.
    public init(first: Tensor, second: Tensor) {
        self.first = first
        self.second = second
    }
}
