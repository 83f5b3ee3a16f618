/// The kernels of structure and elements with their checks; see the requirements of the same names.
extension Device {
    /// Storage for scalars in row-major order.
    public func store(_ scalars: [Float], shape: Shape) -> any Storage {
        store(scalars, shape: shape, .stored(scalars.count, shape))
    }

    /// Storage that keeps int8 values in row-major order.
    public func store(int8 values: Int8Values, shape: Shape) -> any Storage {
        store(int8: values, shape: shape, .stored(values, shape))
    }

    /// The same scalars in row-major order, in another shape of equal count.
    public func reshaped(_ input: Tensor, to shape: Shape) -> Tensor {
        reshaped(input, to: shape, .reshaped(input.shape, shape))
    }

    /// The tensors joined along the last axis.
    public func concatenated(_ first: Tensor, _ second: Tensor) -> Tensor {
        concatenated(first, second, .concatenated(first.shape, second.shape))
    }

    /// The first `firstCount` columns of the last axis, and the rest.
    public func split(_ input: Tensor, firstCount: Int) -> (first: Tensor, second: Tensor) {
        split(input, firstCount: firstCount, .split(input.shape, firstCount: firstCount))
    }

    /// One step of a sequence `[batch × time × …]`, as `[batch × …]`.
    public func step(_ input: Tensor, at time: Int) -> Tensor {
        step(input, at: time, .step(input.shape, at: time))
    }

    /// Steps `[batch × …]` of one shape as a sequence `[batch × time × …]`.
    public func stacked(_ steps: [Tensor]) -> Tensor { stacked(steps, .stacked(steps)) }

    /// A sequence `[batch × time × …]` with its steps in reverse order.
    public func reversed(_ input: Tensor) -> Tensor { reversed(input, .sequence(input.shape)) }

    /// The rows of a table `[rows × width]` at indices of any shape `[…]`, as `[… × width]`.
    public func rows(of table: Tensor, at indices: Tensor) -> Tensor {
        let places = indices.indices(ofRows: table.shape.rows)
        return rows(of: table, at: places, Checked())
            .reshaped(to: Shape(indices.shape.dimensions + [table.shape.last]))
    }

    /// A table of `count` rows. Row r is the sum of the rows `[… × width]` whose index is r.
    public func rowSums(_ rows: Tensor, at indices: Tensor, count: Int) -> Tensor {
        rowSums(
            rows, at: indices.indices(ofRows: count), count: count, .rowSums(rows.shape, at: indices.shape))
    }

    /// The gradient of `activation`, from its output.
    public func activationBackward(
        _ outputGradient: Tensor, output: Tensor, _ activation: Activation
    ) -> Tensor {
        activationBackward(
            outputGradient, output: output, activation,
            .gradient(outputGradient.shape, ofOutput: output.shape))
    }

    /// The element-wise product of two tensors of one shape.
    public func product(_ first: Tensor, _ second: Tensor) -> Tensor {
        product(first, second, .same(first.shape, second.shape, "a product"))
    }

    /// The element-wise sum of two tensors of one shape.
    public func sum(_ first: Tensor, _ second: Tensor) -> Tensor {
        sum(first, second, .same(first.shape, second.shape, "a sum"))
    }

    /// For each sample, the scalars of `first` if its entry in `mask` `[batch]` is not zero, otherwise those of
    /// `second`.
    public func selected(_ mask: Tensor, _ first: Tensor, _ second: Tensor) -> Tensor {
        selected(mask, first, second, .selected(mask.shape, first.shape, second.shape))
    }
}
