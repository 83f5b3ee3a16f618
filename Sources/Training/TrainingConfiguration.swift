public import Neural
public import Recognition
public import Tensors

/// All that decides a training run: with the same data, seed and thread count it gives the same weights.
public struct TrainingConfiguration: Sendable, Hashable, Codable {
    /// The network's form.
    public var network: CRNNConfiguration
    /// Padded widths are multiples of this many pixels.
    public var widthStep = 32
    /// Data sets to learn from.
    public var trainingPaths: [String]
    /// Data sets to validate on; where there are none, a part of the training data is.
    public var validationPaths: [String] = []
    /// The share of the training data that is held back for validation, at least 0 and below 1.
    public var validationFraction = 0.1
    /// Images that are made while training goes on; nil learns from data sets alone.
    public var made: MadeImages?
    /// When training ends.
    public var limit = Limit.epochs(10)
    /// Images of a step. What the losses of every step are divided by for the gradient, also where a batch is
    /// smaller, so that each image weighs the same.
    public var batchSize = 32
    /// Pixels of a step's prepared images beyond which a batch of wide images is made smaller.
    public var batchPixels = 1 << 21
    /// The update rule.
    public var optimizer = Optimizer.Method.adam()
    /// The learning rate's course.
    public var learningRate = LearningRate(peak: 1e-3, warmupSteps: 100, decay: .cosine)
    /// The greatest norm of a step's gradient; nil leaves gradients as they are.
    public var gradientLimit: Float? = 5
    /// Random changes to images; nil leaves them as they are.
    public var augmentation: Augmentation? = .mild
    /// Decides first weights, what is held back, order of samples, and augmentation.
    public var seed: UInt64 = 1
    /// Steps between validations; nil validates after every epoch.
    public var validationInterval: Int?
    /// Steps between checkpoints besides those at validations.
    public var checkpointInterval = 500
    /// Validations without a better score after which training stops; nil never stops early.
    public var patience: Int?
    /// Threads of the device; weights are repeatable bit for bit with the same number.
    public var threads: Int
    /// The precision of the device; nil is 32-bit floats. Weights are repeatable bit for bit in the same.
    public var precision: Precision?
    /// Threads that prepare images in the background.
    public var loaderThreads = 1

    /// When training ends.
    public enum Limit: Sendable, Hashable, Codable {
        /// After every training sample was seen so many times.
        case epochs(Int)
        /// After so many steps.
        case steps(Int)
    }

    /// This configuration for going on from a trained model, if there is one.
    func adapted(to start: Checkpoint?) -> TrainingConfiguration {
        guard let start else { return self }
        var adapted = self
        adapted.network = start.model.configuration
        adapted.widthStep = start.preprocessor.widthStep
        return adapted
    }

    /// A configuration with the defaults.
    public init(network: CRNNConfiguration, trainingPaths: [String], threads: Int) {
        self.network = network
        self.trainingPaths = trainingPaths
        self.threads = threads
    }
}
