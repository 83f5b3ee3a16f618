#ifndef CKERNELS_H
#define CKERNELS_H

#include "integers.h"
#include "panels.h"
#include "patches.h"
#include "pooling.h"
#include "thin.h"
#include "winograd.h"
#include <stdint.h>

/// The few hot loops that no library serves, compiled once per generation of processors and chosen at load
/// time. Matrices are row-major and without gaps; counts are in floats unless said otherwise.

/// Copies `row` into each of `rows` rows.
void crnn_fill_rows(float *matrix, const float *row, long rows, long columns);

/// Copies `columns` floats of each of `rows` rows that lie a stride apart.
void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns);

/// Copies the rows of `table` at `indices`.
void crnn_gather_rows(float *result, const float *table, const long *indices, long rows, long columns);

/// Adds each of `count` rows to the row of `table` at its index.
void crnn_scatter_rows(float *table, const float *rows, const long *indices, long count, long columns);

/// Copies each row from `first` where its mask is not zero, else from `second`.
void crnn_select_rows(float *result, const float *mask, const float *first, const float *second, long rows,
                      long columns);

/// Sums each column.
void crnn_column_sums(float *sums, const float *matrix, long rows, long columns);

/// `result ← result + left · right` for factors `[rows × inner]` and `[inner × columns]` whose rows, as those of the
/// result, lie a stride apart; on the calling thread. For products that are too small for a library's preparations.
void crnn_add_product(const float *left, long left_stride, const float *right, long right_stride, float *result,
                      long stride, long rows, long columns, long inner);

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

/// The gradient for the inputs of a ReLU, from its outputs, all in 16-bit floats: the upper halves of 32-bit ones.
void crnn_relu_gradient_halves(uint16_t *gradients, const uint16_t *value_gradients, const uint16_t *values,
                               long count);

/// `result ← input · scale + shift`.
void crnn_scale(float *result, const float *input, float scale, float shift, long count);

/// `result ← first · second`, element by element.
void crnn_product(float *result, const float *first, const float *second, long count);

/// One time step of a recurrence, for `rows` samples.
///
/// In all of these, `mask` is zero where a row's step is passed over: its states are those of the step before
/// (`previous…`), the gradients of its sums are zero, and those of its states pass. A null mask reads all rows.
///
/// Gradients arrive as `output_gradient` and, from the step after, as `state_gradient`; there each kernel
/// leaves what goes to the states before by other ways than the sums.

/// A step of an LSTM; gates stand as input, forget, candidate, output.
///
/// `gates` `[rows × 4·units]` holds the sums without bias and is replaced by the activated gates.
void crnn_lstm_step(float *gates, const float *bias, const float *previous_cells, const float *previous_states,
                    const float *mask, float *cells, float *states, long rows, long units);

/// The gradients of `crnn_lstm_step`; `gate_gradients` receives those of the sums, and `cell_gradient` arrives
/// from the step after and leaves for the step before.
void crnn_lstm_step_gradient(float *gate_gradients, const float *gates, const float *cells,
                             const float *previous_cells, const float *output_gradient, const float *mask,
                             float *state_gradient, float *cell_gradient, long rows, long units);

/// A step of a gated recurrent unit that resets after the product; gates stand as update, reset, candidate.
///
/// `gates` `[rows × 3·units]` holds the sums without biases, for the candidate without the state's part, and
/// is replaced by the activated gates. `sums` holds that part and receives its bias, too.
void crnn_gru_step(float *gates, const float *bias, float *sums, const float *sum_bias, const float *previous,
                   const float *mask, float *states, long rows, long units);

/// The gradients of `crnn_gru_step`.
void crnn_gru_step_gradient(float *gate_gradients, float *sum_gradients, const float *gates, const float *sums,
                            const float *previous, const float *output_gradient, const float *mask,
                            float *state_gradient, long rows, long units);

/// The first half of a step of a gated recurrent unit that resets before the product: activates update and
/// reset of `gates` and gives the states that the reset gate leaves.
void crnn_gru_reset(float *gates, const float *bias, const float *previous, float *reset_states, long rows,
                    long units);

/// The second half: activates the candidate, whose sums are then complete, and gives the states.
void crnn_gru_update(float *gates, const float *bias, const float *previous, const float *mask, float *states,
                     long rows, long units);

/// The gradients of `crnn_gru_update`, for update and candidate.
void crnn_gru_update_gradient(float *gate_gradients, const float *gates, const float *previous,
                              const float *output_gradient, const float *mask, float *state_gradient,
                              long rows, long units);

/// The gradients of `crnn_gru_reset`, for the reset gate; `state_gradient` grows.
void crnn_gru_reset_gradient(float *gate_gradients, const float *gates, const float *previous,
                             const float *reset_gradient, const float *mask, float *state_gradient, long rows,
                             long units);

/// A step of a simple recurrence: `states` holds the sums without bias.
void crnn_simple_step(float *states, const float *bias, const float *previous, const float *mask,
                      crnn_function function, long rows, long units);

/// The gradients of `crnn_simple_step`.
void crnn_simple_step_gradient(float *sum_gradients, const float *states, const float *output_gradient,
                               const float *mask, crnn_function function, float *state_gradient, long rows,
                               long units);

/// A step's outputs: its states, or where it is passed over the outputs before; zeros where those are null.
void crnn_masked_outputs(float *outputs, const float *states, const float *previous, const float *mask,
                         long rows, long units);

/// Adds the gradients of outputs that are passed over to those of the outputs before.
void crnn_masked_outputs_gradient(float *previous, const float *outputs, const float *mask, long rows,
                                  long units);

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
