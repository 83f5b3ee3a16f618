#ifndef CKERNELS_H
#define CKERNELS_H

/// The few hot loops that no library serves, compiled once per generation of processors and chosen at load
/// time. Matrices are row-major and without gaps; counts are in floats unless said otherwise.

/// Copies `row` into each of `rows` rows.
void crnn_fill_rows(float *matrix, const float *row, long rows, long columns);

/// Copies `columns` floats of each of `rows` rows that lie a stride apart.
void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns);

/// Sums each column.
void crnn_column_sums(float *sums, const float *matrix, long rows, long columns);

/// A monotonic function of each scalar.
typedef enum {
    crnn_identity,
    crnn_relu,
    crnn_relu6,
    crnn_leaky_relu,
    crnn_elu,
    crnn_selu,
    crnn_softplus,
    crnn_softsign,
    crnn_exponential,
    crnn_tanh,
    crnn_hard_tanh,
    crnn_sigmoid,
    crnn_hard_sigmoid,
    crnn_keras2_hard_sigmoid
} crnn_function;

/// The value of a function at each input.
void crnn_activate(float *values, const float *inputs, long count, crnn_function function);

/// The gradient for the inputs of `crnn_activate`, from its values.
void crnn_activate_gradient(float *gradients, const float *value_gradients, const float *values, long count,
                            crnn_function function);

/// `result ← input · scale + shift`.
void crnn_scale(float *result, const float *input, float scale, float shift, long count);

/// `result ← first · second`, element by element.
void crnn_product(float *result, const float *first, const float *second, long count);

/// One time step of an LSTM for `rows` samples; gates stand as input, forget, candidate, output.
///
/// `gates` `[rows × 4·units]` holds the sums without bias and is replaced by the activated gates.
/// `previous` holds the cells of the step before; null for the first.
void crnn_lstm_step(float *gates, const float *bias, const float *previous, float *cells, float *outputs,
                    long rows, long units);

/// The gradients of one time step.
///
/// `gates`, `cells` and `previous` are those of `crnn_lstm_step`. The output's gradient is
/// `output_gradient` + `state_gradient` (null for the last step); `cell_gradient` arrives from the step
/// after and leaves for the step before. `gate_gradients` receives those of the sums.
void crnn_lstm_step_gradient(float *gate_gradients, const float *gates, const float *cells,
                             const float *previous, const float *output_gradient,
                             const float *state_gradient, float *cell_gradient, long rows, long units);

/// The constants of a step of Adam; the corrections are 1 / (1 − decayᵗ).
typedef struct {
    float rate, first_decay, second_decay, epsilon, weight_decay, gradient_scale;
    float first_correction, second_correction;
} crnn_adam_step;

/// The constants of a step of Adadelta.
typedef struct {
    float rate, decay, epsilon, weight_decay, gradient_scale;
} crnn_adadelta_step;

/// The constants of a step of gradient descent with momentum.
typedef struct {
    float rate, momentum, weight_decay, gradient_scale;
} crnn_momentum_step;

/// Updates `count` parameters and their running averages by one step.
void crnn_adam(float *parameter, float *first, float *second, const float *gradient, long count,
               const crnn_adam_step *step);
/// Updates `count` parameters and their running averages by one step.
void crnn_adadelta(float *parameter, float *first, float *second, const float *gradient, long count,
                   const crnn_adadelta_step *step);
/// Updates `count` parameters and their velocities by one step.
void crnn_momentum(float *parameter, float *velocity, const float *gradient, long count,
                   const crnn_momentum_step *step);

/// `target ← target · kept + value · added`.
void crnn_blend(float *target, const float *value, float kept, float added, long count);

/// The sum of squares, in double precision.
double crnn_squared_norm(const float *values, long count);

/// A sample of connectionist temporal classification.
typedef struct {
    /// `classes` scores of each frame before softmax, frames lying `stride` floats apart.
    const float *scores;
    long frames, classes, stride;
    /// The classes of the text, `length` of them, none of which is the blank.
    const int *label;
    long length;
    int blank;
    /// What the gradient is divided by.
    float divisor;
} crnn_ctc_sample;

/// The floats that `crnn_ctc` works in.
long crnn_ctc_workspace(long frames, long length);

/// −log p(label | scores), in log space with each frame's states relative to the likeliest; infinite where the
/// label cannot be. Needs a frame. `gradient` lies as the scores do.
float crnn_ctc(const crnn_ctc_sample *sample, float *gradient, float *workspace);

#endif
