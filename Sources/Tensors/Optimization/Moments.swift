/// Running averages for each scalar of a parameter.
public struct Moments: Sendable {
    /// Adam: of gradients. Adadelta: of squared gradients. RMSprop: the velocity.
    public var first: Tensor
    /// Adam, RMSprop: of squared gradients. Adadelta: of squared updates.
    public var second: Tensor
    /// AMSGrad: the largest `second` so far. Nil for all others.
    public var maximum: Tensor?

    /// Groups running averages.
    public init(first: Tensor, second: Tensor, maximum: Tensor? = nil) {
        self.first = first
        self.second = second
        self.maximum = maximum
    }

    /// Zeros of a parameter's shape.
    public init(zerosLike parameter: Tensor) { self.init(first: parameter.zeros, second: parameter.zeros) }
}
