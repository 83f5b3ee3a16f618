import Foundation
internal import Requirements

extension Image {
    /// The image blurred with a Gaussian of standard deviation `sigma`, in pixels, truncated at 3σ.
    ///
    /// At the border, the weights of the pixels inside the image are scaled to a sum of 1. A `sigma` of 0 changes
    /// nothing.
    public func blurred(sigma: Double) -> Image {
        require(sigma >= 0 && sigma.isFinite, "sigma is \(sigma), not a standard deviation")
        guard sigma > 0 else { return self }
        return SeparableFilter(gaussian: sigma, count: height).appliedToColumns(
            of: SeparableFilter(gaussian: sigma, count: width).appliedToRows(of: self))
    }
}

extension SeparableFilter {
    /// The Gaussian exp(−d² / 2σ²) of the distance d, up to 3σ.
    fileprivate init(gaussian sigma: Double, count: Int) {
        let reach = (3 * sigma).rounded(.up)
        self.init(inputCount: count, outputCount: count, radius: reach + 0.5) { distance in
            exp(-distance * distance / (2 * sigma * sigma))
        }
    }
}
