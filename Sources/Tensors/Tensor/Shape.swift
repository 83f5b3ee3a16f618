internal import Requirements

/// The sizes of a tensor's axes, outermost first.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The size of each axis.
    public let dimensions: [Int]

    /// A shape of the given sizes, each at least zero.
    public init(_ dimensions: [Int]) {
        require(dimensions.allSatisfy { $0 >= 0 }, "a shape has no negative size: \(dimensions)")
        self.dimensions = dimensions
    }

    /// A shape written as a list of sizes.
    public init(arrayLiteral elements: Int...) { self.init(elements) }

    /// How many axes there are.
    public var rank: Int { dimensions.count }

    /// How many scalars a tensor of this shape holds.
    public var count: Int { dimensions.reduce(1, *) }

    /// The size of the innermost axis; 1 for a scalar.
    public var last: Int { dimensions.last ?? 1 }

    /// The product of all sizes but the innermost.
    public var rows: Int { dimensions.dropLast().reduce(1, *) }

    /// The size of one axis.
    public subscript(axis: Int) -> Int { dimensions[axis] }

    /// This shape with another innermost size.
    public func replacingLast(with size: Int) -> Shape { Shape(dimensions.dropLast() + [size]) }

    /// The sizes with a cross between them, as in `64×32×100×1`.
    public var description: String { dimensions.map(String.init).joined(separator: "×") }
}
