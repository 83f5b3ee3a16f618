public import Neural
public import Recognition
public import Tensors

/// All settings of a training. The same settings and data give the same weights, bit for bit, if the number of threads
/// is the same.
public struct TrainingConfiguration: Sendable, Hashable, Codable {
    /// The form of the network.
    public var network: CRNNConfiguration
    /// Padded widths are multiples of this many pixels.
    public var widthStep = 32
    /// Whether wide margins are trimmed, in training and by the model; nil does not.
    public var trimsMargins: Bool?
    /// The paths of the training sets.
    public var trainingPaths: [String]
    /// The paths of the validation sets; if there are none, a part of the training data is held out.
    public var validationPaths: [String] = []
    /// The share of the training data that is held out for validation, at least 0 and below 1.
    public var validationFraction = 0.1
    /// Synthetic images generated during training; nil trains on data sets only.
    public var synthetic: SyntheticImageSettings?
    /// When training ends.
    public var limit = Limit.epochs(10)
    /// The number of images of a step. The gradient is that of the sum of losses divided by this number, even if a batch
    /// is smaller, so that each image has the same weight.
    public var batchSize = 32
    /// The greatest number of pixels of a step's prepared images; batches of wide images are smaller.
    public var batchPixels = 1 << 21
    /// The update rule.
    public var optimizer = Optimizer.Method.adam()
    /// The learning rate schedule.
    public var learningRate = LearningRate(peak: 1e-3, warmupSteps: 100, decay: .cosine)
    /// The norm to which gradients are clipped; nil does not clip.
    public var gradientLimit: Float? = 5
    /// Random changes to training images; nil does not augment.
    public var augmentation: Augmentation? = .mild
    /// Determines the initial weights, which samples are held out, the order of samples, and augmentation.
    public var seed: UInt64 = 1
    /// Steps between validations; nil validates after every epoch.
    public var validationInterval: Int?
    /// Steps between checkpoints, besides those after validations.
    public var checkpointInterval = 500
    /// The number of validations without a better score after which training stops; nil never stops early.
    public var patience: Int?
    /// The number of the device's threads. Another number gives other weights, within rounding.
    public var threads: Int
    /// The precision of the device; nil is 32-bit floats. Another precision gives other weights.
    public var precision: Precision?
    /// The number of background threads that prepare images.
    public var loaderThreads = 1

    /// When training ends.
    public enum Limit: Sendable, Hashable, Codable {
        /// After this many epochs; an epoch uses every training sample once.
        case epochs(Int)
        /// After this many steps.
        case steps(Int)
    }

    private enum CodingKeys: String, CodingKey {
        case network, widthStep, trimsMargins, trainingPaths, validationPaths, validationFraction, limit,
            batchSize,
            batchPixels
        case optimizer, learningRate, gradientLimit, augmentation, seed, validationInterval,
            checkpointInterval
        case patience, threads, precision, loaderThreads
        case synthetic = "made"
    }

    /// Prepares images for the network.
    var preprocessor: Preprocessor {
        Preprocessor(height: network.height, widthStep: widthStep, trimsMargins: trimsMargins ?? false)
    }

    /// This configuration with the network and preprocessing of the model from which training starts, if there is one.
    func adapted(to start: Checkpoint?) -> TrainingConfiguration {
        guard let start else { return self }
        var adapted = self
        adapted.network = start.model.configuration
        adapted.widthStep = start.preprocessor.widthStep
        if start.preprocessor.trimsMargins { adapted.trimsMargins = true }
        return adapted
    }

    /// Creates a configuration with the defaults.
    public init(network: CRNNConfiguration, trainingPaths: [String], threads: Int) {
        self.network = network
        self.trainingPaths = trainingPaths
        self.threads = threads
    }
}
