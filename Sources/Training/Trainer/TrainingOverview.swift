/// The sizes of a training: its network, its alphabet and its data.
public struct TrainingOverview: Sendable {
    /// The number of trainable scalars of the network.
    public let parameters: Int
    /// The number of symbols of the alphabet.
    public let symbols: Int
    /// The number of training samples of an epoch.
    public let trainingSamples: Int
    /// The number of these that are synthetic; each epoch has new ones.
    public let syntheticSamples: Int
    /// The number of samples held out for validation.
    public let validationSamples: Int
    /// The number of steps before this start.
    public let step: Int
}
