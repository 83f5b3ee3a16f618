internal import Tensors

/// The shapes of a cell's weights.
struct CellShapes {
    let kernel: Shape
    let recurrentKernel: Shape
    let bias: Shape

    /// The shapes of `gates` linear maps; with `hasStateBias`, the state's products have a bias of their own.
    init(features: Int, units: Int, gates: Int, hasStateBias: Bool = false) {
        let width = gates * units
        kernel = [features, width]
        recurrentKernel = [units, width]
        bias = hasStateBias ? [2, width] : [width]
    }

    /// The shapes of `gates` convolutions.
    init(_ size: Extent, channels: Int, filters: Int, gates: Int) {
        let width = gates * filters
        kernel = [size.height, size.width, channels, width]
        recurrentKernel = [size.height, size.width, filters, width]
        bias = [width]
    }
}
