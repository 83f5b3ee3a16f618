extension CRNNConfiguration {
    /// Throws if the parts do not fit together; the reason names the part.
    public func validate() throws(ConfigurationError) {
        try check("the number of convolutions", convolutions.count, in: 1...32)
        try check("the height", height, in: 1...4096)
        try check("the number of recurrent layers", recurrentLayers, in: 1...32)
        try check("the number of recurrent units", recurrentUnits, in: 1...65_536)
        for (index, convolution) in convolutions.enumerated() {
            try check(
                "the number of channels of convolution \(index + 1)", convolution.channels, in: 1...65_536)
        }
        guard convolutions.last?.pooling == nil else {
            throw ConfigurationError(
                reason: "the last convolution cannot have pooling after it; add another convolution")
        }
        let factor = convolutions.reduce(1) { $1.pooling == nil ? $0 : $0 * 2 }
        guard height % factor == 0 else {
            throw ConfigurationError(
                reason:
                    "height \(height) is not a multiple of \(factor); the pooling layers divide it by \(factor)"
            )
        }
    }

    /// Throws if the images of a preprocessor do not fit the network; the reason names the sizes.
    public func validate(_ preprocessor: Preprocessor) throws(ConfigurationError) {
        guard preprocessor.height == height else {
            throw ConfigurationError(
                reason:
                    "it reads images of height \(height), but they are prepared with height \(preprocessor.height)"
            )
        }
        guard frames(forWidth: preprocessor.widthStep) > 0 else {
            throw ConfigurationError(
                reason: "an image of width \(preprocessor.widthStep) has no frame; set a width step of "
                    + "\(2 * frameWidth) or more")
        }
    }

    private func check(
        _ subject: String, _ value: Int, in range: ClosedRange<Int>
    ) throws(ConfigurationError) {
        guard range.contains(value) else {
            throw ConfigurationError(
                reason: "\(subject) is \(value); it can be from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
