#ifndef CRNN_RECURRENT_H
#define CRNN_RECURRENT_H

#include "elementwise.h"

#pragma clang assume_nonnull begin

/// One time step of a recurrence, for `rows` samples.
///
/// A row whose `mask` is zero is skipped: its states are those of the previous step, the gradients of its sums are
/// zero, and the gradients of its states pass through. A null mask skips no row.
///
/// The gradient of a step's states is the sum of `output_gradient` and `state_gradient`, which comes from the following
/// step. Each kernel leaves in `state_gradient` the part for the previous states that does not go through the sums.

/// A step of an LSTM. The gates are input, forget, candidate, output.
typedef struct {
    /// `[rows × 4·units]`: the sums without bias, replaced by the activated gates.
    float *gates;
    const float *bias;
    const float *previous_cells, *previous_states;
    const float *_Nullable mask;
    float *cells, *states;
    long rows, units;
} crnn_lstm_step;

/// The gradients of an LSTM step.
typedef struct {
    /// Receives the gradients of the sums.
    float *gate_gradients;
    const float *gates, *cells, *previous_cells;
    const float *output_gradient;
    const float *_Nullable mask;
    float *state_gradient;
    /// From the following step; replaced by the gradient for the previous step.
    float *cell_gradient;
    long rows, units;
} crnn_lstm_step_gradient;

/// A step of a GRU. The gates are update, reset, candidate.
typedef struct {
    /// `[rows × 3·units]`: the sums without bias, replaced by the activated gates. If the GRU resets after the product,
    /// the candidate's sum lacks the part of the states.
    float *gates;
    const float *bias;
    /// `[rows × units]`. If the GRU resets after the product: the states' part of the candidate's sum, to which its
    /// bias is added. If it resets before: receives the product of the reset gate and the previous states.
    float *inner;
    /// The second bias of a GRU that resets after the product.
    const float *_Nullable inner_bias;
    const float *previous;
    const float *_Nullable mask;
    float *states;
    long rows, units;
} crnn_gru_step;

/// The gradients of a GRU step.
typedef struct {
    /// The gradients of the sums.
    float *gate_gradients;
    /// The gradients of `inner`.
    float *inner_gradients;
    const float *gates, *inner, *previous;
    const float *output_gradient;
    const float *_Nullable mask;
    float *state_gradient;
    long rows, units;
} crnn_gru_step_gradient;

/// A step of a simple recurrence.
typedef struct {
    /// The sums without bias, replaced by the states.
    float *states;
    const float *bias, *previous;
    const float *_Nullable mask;
    crnn_function function;
    long rows, units;
} crnn_simple_step;

/// The gradients of a step of a simple recurrence.
typedef struct {
    float *sum_gradients;
    const float *states;
    const float *output_gradient;
    const float *_Nullable mask;
    crnn_function function;
    float *state_gradient;
    long rows, units;
} crnn_simple_step_gradient;

typedef struct {
    /// An LSTM.
    void (*lstm_step)(crnn_lstm_step step);
    void (*lstm_step_gradient)(crnn_lstm_step_gradient step);

    /// A GRU that resets after the product.
    void (*gru_step)(crnn_gru_step step);
    void (*gru_step_gradient)(crnn_gru_step_gradient step);

    /// A GRU that resets before the product, in two halves. The first activates the update and reset gates and fills
    /// `inner`. The caller then completes the candidate's sums, and the second activates the candidate and fills the
    /// states.
    void (*gru_reset)(crnn_gru_step step);
    void (*gru_update)(crnn_gru_step step);

    /// The gradients of `gru_update`: those of the update gate and the candidate.
    void (*gru_update_gradient)(crnn_gru_step_gradient step);

    /// The gradients of `gru_reset`: reads `inner_gradients`, fills those of the reset gate and adds to
    /// `state_gradient`.
    void (*gru_reset_gradient)(crnn_gru_step_gradient step);

    /// A simple recurrence.
    void (*simple_step)(crnn_simple_step step);
    void (*simple_step_gradient)(crnn_simple_step_gradient step);

    /// Adds the gradients of skipped outputs to those of the previous outputs.
    void (*masked_outputs_gradient)(float *previous, const float *outputs, const float *_Nullable mask,
                                    long rows, long units);
} crnn_recurrent_kernels;

/// The outputs of a step: its states, or the previous outputs if the row is skipped; zeros if `previous` is null.
void crnn_masked_outputs(float *outputs, const float *states, const float *_Nullable previous,
                         const float *_Nullable mask, long rows, long units);

#pragma clang assume_nonnull end

#endif
