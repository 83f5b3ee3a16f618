/// Answers the closed list of kernels.
///
/// Each requirement has a plain Swift default that works on any storage. The default defines what the kernel means, and
/// faster devices are tested against it. A device overrides the kernels that it computes faster, and may keep its
/// results in a layout of its own between kernels. Images are `[batch × height × width × channel]`, sequences
/// `[batch × time × features]`.
///
/// The requirements are what a device implements. Callers use the functions of the same names without a ``Checked``,
/// which check that the arguments fit each other and trap otherwise, on every device alike.
///
/// A kernel also returns contents of a ``Workspace`` if its backward pass needs more than its inputs and output. Only
/// devices of the kind that made it understand it.
public protocol Device: AnyObject, Sendable {
    /// The name for users, as in `oneDNN 2.6.3`.
    var name: String { get }

    /// Storage for scalars in row-major order.
    func store(_ scalars: [Float], shape: Shape, _ checked: Checked) -> any Storage
    /// Storage for scalars that `fill` writes, every one, in row-major order.
    func store<Failure>(
        shape: Shape, filledBy fill: (inout MutableSpan<Float>) throws(Failure) -> Void
    ) throws(Failure) -> any Storage
    /// Storage that keeps int8 values in row-major order.
    func store(int8 values: Int8Values, shape: Shape, _ checked: Checked) -> any Storage

    // MARK: Images

    /// The activation of the correlation of `input` with `kernel` `[height × width × input × output]`, plus `bias`.
    func convolution(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _ checked: Checked
    ) -> Tensor
    /// As `convolution`, in integers: the non-negative input is quantized to uint8, the kernel is int8, and the result
    /// is quantized, too, if the kernel has a scale for its output. See ``QuantizedKernel``.
    func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions, _ checked: Checked
    )
        -> Tensor
    /// As `convolution`, with the algorithm chosen for a training step.
    func convolutionForward(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _ checked: Checked
    )
        -> Tensor
    /// The gradients of a convolution; the input's only if `needsInput`. Without an activation, only the shape of
    /// `output` is used.
    func convolutionBackward(
        _ outputGradient: Tensor, input: Tensor, kernel: Tensor, output: Tensor,
        _ options: ConvolutionOptions,
        needsInput: Bool, _ checked: Checked
    ) -> ConvolutionGradients

    /// The maximum in each window, then a ReLU if `relu`; padding never wins.
    func maxPooling(_ input: Tensor, _ window: Window, relu: Bool, _ checked: Checked) -> Tensor
    /// As `maxPooling`; the contents of the workspace are the winners. The first of equal maxima wins.
    func maxPoolingForward(_ input: Tensor, _ window: Window, relu: Bool, _ checked: Checked) -> (
        output: Tensor, contents: any Sendable
    )
    /// The gradient for the pooled image of shape `inputShape`: each output's goes to its winner.
    func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ contents: any Sendable,
        _ checked: Checked
    ) -> Tensor

    /// `activation((input − mean) / √(variance + ε) · scale + shift)` per channel, with given statistics.
    func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters,
        _ checked: Checked
    ) -> Tensor
    /// As `batchNormalization`, with the batch's own mean and biased variance.
    func batchNormalizationForward(_ input: Tensor, _ parameters: NormalizationParameters, _ checked: Checked)
        -> NormalizedBatch
    /// The gradients of `batchNormalizationForward`, including those through the batch's statistics.
    func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch,
        _ parameters: NormalizationParameters, _ checked: Checked
    ) -> NormalizationGradients

    // MARK: Sequences

    /// `input · kernel + bias` over the last axis, for `kernel` `[input × output]`.
    func linear(_ input: Tensor, kernel: Tensor, bias: Tensor, _ checked: Checked) -> Tensor
    /// The gradients of `linear`.
    func linearBackward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor, _ checked: Checked)
        -> LinearGradients

    /// The outputs and final states of a recurrence; see ``Recurrence``.
    func recurrence(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence, _ checked: Checked
    )
        -> RecurrentOutput
    /// As `recurrence`, with the contents of a workspace for the backward pass.
    func recurrenceForward(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence, _ checked: Checked
    )
        -> (output: RecurrentOutput, contents: any Sendable)
    /// The gradients of `recurrenceForward`, from those of its outputs and final states. Missing gradients of the
    /// states count as zeros.
    func recurrenceBackward(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence, _ contents: any Sendable, _ checked: Checked
    ) -> RecurrentGradients

    /// The logarithm of the softmax over the last axis.
    func logSoftmax(_ input: Tensor, _ checked: Checked) -> Tensor
    /// The gradient of `logSoftmax`, from its output.
    func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor, _ checked: Checked) -> Tensor
    /// The loss −log softmax(scores)[label], in nats, of each row of scores `[… × classes]`, and the gradient of the
    /// sum of all losses divided by `divisor`. Both are zero for a row without a label.
    func crossEntropy(_ scores: Tensor, labels: [Int?], divisor: Float, _ checked: Checked) -> (
        losses: [Float], gradient: Tensor
    )
    /// The logarithm of `input + shift`.
    func logarithm(_ input: Tensor, plus shift: Float) -> Tensor
    /// The gradient of `logarithm`, from its output.
    func logarithmBackward(_ outputGradient: Tensor, output: Tensor, _ checked: Checked) -> Tensor
    /// The CTC loss of scores `[batch × time × classes]` before softmax, and the gradient of the sum of all losses
    /// divided by `divisor`; see ``CTCResult``. Labels hold classes other than `blank`. Only the first `frames[i]`
    /// frames of sample i are used.
    func ctcLoss(
        _ scores: Tensor, labels: [[Int]], frames: [Int], blank: Int, divisor: Float, _ checked: Checked
    ) -> CTCResult

    // MARK: Structure

    /// The same scalars in row-major order, in another shape of equal count.
    func reshaped(_ input: Tensor, to shape: Shape, _ checked: Checked) -> Tensor
    /// The tensors joined along the last axis.
    func concatenated(_ first: Tensor, _ second: Tensor, _ checked: Checked) -> Tensor
    /// The first `firstCount` columns of the last axis, and the rest: the reverse of `concatenated`.
    func split(_ input: Tensor, firstCount: Int, _ checked: Checked) -> (first: Tensor, second: Tensor)
    /// One step of a sequence `[batch × time × …]`, as `[batch × …]`.
    func step(_ input: Tensor, at time: Int, _ checked: Checked) -> Tensor
    /// Steps `[batch × …]` of one shape as a sequence `[batch × time × …]`: the reverse of `step`.
    func stacked(_ steps: [Tensor], _ checked: Checked) -> Tensor
    /// A sequence `[batch × time × …]` with its steps in reverse order.
    func reversed(_ input: Tensor, _ checked: Checked) -> Tensor
    /// The rows of a table `[rows × width]` at `count` indices, as `[count × width]`.
    func rows(of table: Tensor, at indices: [Int], _ checked: Checked) -> Tensor
    /// A table of `count` rows. Row r is the sum of the rows `[… × width]` whose index is r: the gradient of `rows`.
    func rowSums(_ rows: Tensor, at indices: [Int], count: Int, _ checked: Checked) -> Tensor

    // MARK: Elements

    /// A function of each scalar.
    func activation(_ input: Tensor, _ activation: Activation) -> Tensor
    /// The gradient of `activation`, from its output.
    func activationBackward(
        _ outputGradient: Tensor, output: Tensor, _ activation: Activation, _ checked: Checked
    ) -> Tensor
    /// `input · scale + shift`.
    func scaled(_ input: Tensor, by scale: Float, plus shift: Float) -> Tensor
    /// The element-wise product of two tensors of one shape.
    func product(_ first: Tensor, _ second: Tensor, _ checked: Checked) -> Tensor
    /// The element-wise sum of two tensors of one shape.
    func sum(_ first: Tensor, _ second: Tensor, _ checked: Checked) -> Tensor
    /// For each sample, the scalars of `first` if its entry in `mask` `[batch]` is not zero, otherwise those of
    /// `second`.
    func selected(_ mask: Tensor, _ first: Tensor, _ second: Tensor, _ checked: Checked) -> Tensor
    /// For each row of the last axis, 1 if any scalar differs from `value`, otherwise 0; without that axis.
    func rowsDiffering(_ input: Tensor, from value: Float) -> Tensor
    /// −1 for each negative scalar, 1 for each positive one, otherwise 0.
    func signs(_ input: Tensor) -> Tensor

    // MARK: Arithmetic

    /// A self-gated function of each scalar.
    func activation(_ input: Tensor, _ activation: SelfGatedActivation) -> Tensor
    /// The gradient of a self-gated activation, from its input.
    func activationBackward(
        _ outputGradient: Tensor, input: Tensor, _ activation: SelfGatedActivation, _ checked: Checked
    ) -> Tensor
    /// The element-wise quotient of two tensors of one shape.
    func quotient(_ first: Tensor, _ second: Tensor, _ checked: Checked) -> Tensor
    /// The sums over an axis, without that axis.
    func sums(_ input: Tensor, over axis: Int, _ checked: Checked) -> Tensor
    /// The maxima over an axis, without that axis; NaN if an element is NaN.
    func maxima(_ input: Tensor, over axis: Int, _ checked: Checked) -> Tensor
    /// `count` copies along a new axis at the given place: the gradient of `sums`.
    func repeated(_ input: Tensor, count: Int, along axis: Int, _ checked: Checked) -> Tensor
    /// The products of matrices `[… × rows × columns]`, pair by pair.
    func matrixProducts(
        _ first: Tensor, _ second: Tensor, _ form: MatrixProductForm, _ checked: Checked
    ) -> Tensor

    // MARK: Concurrency

    /// The results of two independent computations, run concurrently if the device can.
    func concurrently<First: Sendable, Second: Sendable>(
        _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second)

    // MARK: Optimization

    /// The sum of the squares of all scalars; NaN or infinite exactly if a scalar is or the sum overflows.
    func squaredNorm(_ tensor: Tensor) -> Double
    /// The sum of the absolute values of all scalars.
    func absoluteSum(_ tensor: Tensor) -> Double
    /// The weights, scaled so that their norms over some axes move into a range; see ``NormLimits``.
    func normLimited(_ weights: Tensor, _ limits: NormLimits, _ checked: Checked) -> Tensor
    /// `target ← target · (1 − amount) + value · scale · amount`.
    func blend(_ target: inout Tensor, with value: Tensor, scale: Float, amount: Float, _ checked: Checked)
    /// One step of Adam with decoupled weight decay; see ``AdamStep``.
    func adam(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdamStep,
        _ checked: Checked)
    /// One step of Adadelta; see ``AdadeltaStep``.
    func adadelta(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdadeltaStep,
        _ checked: Checked)
    /// One step of RMSprop; see ``RMSpropStep``.
    func rmsprop(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: RMSpropStep,
        _ checked: Checked)
    /// One step of stochastic gradient descent; see ``MomentumStep``.
    func momentum(
        _ parameter: inout Tensor, velocity: inout Tensor, gradient: Tensor, _ step: MomentumStep,
        _ checked: Checked)
}

extension Device {
    /// Storage that keeps the int8 values and the floats that they dequantize to.
    public func store(int8 values: Int8Values, shape: Shape, _ checked: Checked) -> any Storage {
        HostStorage(values)
    }

    /// Storage of scalars that are first gathered on the host.
    public func store<Failure>(
        shape: Shape, filledBy fill: (inout MutableSpan<Float>) throws(Failure) -> Void
    ) throws(Failure) -> any Storage {
        var scalars = [Float](repeating: 0, count: shape.count)
        var span = scalars.mutableSpan
        try fill(&span)
        return store(scalars, shape: shape)
    }
}
