import Foundation

extension Image {
    /// The picture under a Gaussian of standard deviation `sigma`, in pixels, cut off at three deviations.
    ///
    /// At the border the weights that remain inside are scaled up. A `sigma` of 0 leaves the picture as it is.
    public func blurred(sigma: Double) -> Image {
        precondition(sigma >= 0 && sigma.isFinite, "sigma is \(sigma), not a standard deviation")
        guard sigma > 0 else { return self }
        return SeparableFilter(gaussian: sigma, count: height).appliedToColumns(
            of: SeparableFilter(gaussian: sigma, count: width).appliedToRows(of: self))
    }
}

extension SeparableFilter {
    /// The density exp(−d² / 2σ²) at the whole distances d up to 3σ.
    fileprivate init(gaussian sigma: Double, count: Int) {
        let reach = (3 * sigma).rounded(.up)
        self.init(inputCount: count, outputCount: count, radius: reach + 0.5) { distance in
            exp(-distance * distance / (2 * sigma * sigma))
        }
    }
}
