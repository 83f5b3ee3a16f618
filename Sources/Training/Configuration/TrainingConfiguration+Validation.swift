import Recognition

extension TrainingConfiguration {
    /// Throws if a value is out of range; the reason names it.
    public func validate() throws(TrainingError) {
        do {
            try network.validate()
        } catch {
            throw .unusableSetting(reason: "\(error)")
        }
        try checkNumbers()
        try checkLimit()
        try checkSyntheticImages()
        try augmentation?.validate(check)
        do {
            try network.validate(preprocessor)
        } catch {
            throw .unusableSetting(reason: "\(error)")
        }
    }

    private func checkNumbers() throws(TrainingError) {
        try check("the number of threads", Double(threads), in: 1...1024)
        try check("the number of loader threads", Double(loaderThreads), in: 1...256)
        try check("the width step", Double(widthStep), in: 1...8192)
        try check("the batch size", Double(batchSize), in: 1...65_536)
        try check("the pixels of a batch", Double(batchPixels), in: 1...0x1p40)
        try check("the steps between checkpoints", Double(checkpointInterval), in: 1...1e12)
        try check("the steps between validations", Double(validationInterval ?? 1), in: 1...1e12)
        try check("the patience", Double(patience ?? 1), in: 1...1e12)
        try check("the share held out for validation", validationFraction, in: 0...0.999_999)
        try check("the learning rate", Double(learningRate.peak), in: 0...1e30)
        try check("the warm-up", Double(learningRate.warmupSteps), in: 0...1e12)
        try check("the gradient norm's limit", Double(gradientLimit ?? 1), in: 1e-30...1e30)
    }

    private func checkLimit() throws(TrainingError) {
        switch limit {
        case .epochs(let epochs): try check("the number of epochs", Double(epochs), in: 1...1e9)
        case .steps(let steps): try check("the number of steps", Double(steps), in: 1...1e12)
        }
    }

    private func checkSyntheticImages() throws(TrainingError) {
        guard let synthetic else { return }
        let shares = trainingPaths.isEmpty ? 1...1 : 0.001...0.999
        try check("the share of synthetic images", synthetic.share, in: shares)
        try check(
            "the number of synthetic images of an epoch", Double(synthetic.samplesPerEpoch), in: 1...1e9)
        try check("the number of synthetic images held out", Double(synthetic.heldOutCount), in: 1...1e6)
    }

    private func check(
        _ subject: String, _ value: Double, in range: ClosedRange<Double>
    ) throws(TrainingError) {
        guard range.contains(value) else {
            throw .unusableSetting(
                reason: "\(subject) is \(value); it can be from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

extension Augmentation {
    fileprivate func validate(
        _ check: (String, Double, ClosedRange<Double>) throws(TrainingError) -> Void
    ) throws(TrainingError) {
        let strengths = [
            ("rotation", rotation, 180), ("shear", shear, 10), ("scale", scale, 0.9), ("shift", shift, 1000),
            ("blur", blur, 100), ("noise", Double(noise), 255), ("brightness", Double(brightness), 255),
            ("contrast", Double(contrast), 1), ("degradation probability", degradationProbability, 1),
            ("inversion probability", inversionProbability, 1),
        ]
        for (name, strength, limit) in strengths {
            try check("the augmentation's \(name)", strength, 0...limit)
        }
    }
}
