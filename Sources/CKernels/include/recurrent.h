#ifndef CRNN_RECURRENT_H
#define CRNN_RECURRENT_H

#include "elementwise.h"

#pragma clang assume_nonnull begin

/// One time step of a recurrence, for `rows` samples.
///
/// In all of these, a row is skipped if its `mask` is zero: its states are those of the previous step (`previous…`),
/// the gradients of its sums are zero, and those of its states pass through. A null mask skips no row.
///
/// Gradients arrive as `output_gradient` and, from the following step, as `state_gradient`; each kernel leaves there
/// the part for the previous states that does not go through the sums.
typedef struct {
    /// A step of an LSTM; the gates are input, forget, candidate, output.
    ///
    /// `gates` `[rows × 4·units]` holds the sums without bias and is replaced by the activated gates.
    void (*lstm_step)(float *gates, const float *bias, const float *previous_cells,
                      const float *previous_states, const float *_Nullable mask, float *cells, float *states,
                      long rows, long units);

    /// The gradients of `lstm_step`. `gate_gradients` receives those of the sums; `cell_gradient` arrives from the
    /// following step and leaves for the previous one.
    void (*lstm_step_gradient)(float *gate_gradients, const float *gates, const float *cells,
                               const float *previous_cells, const float *output_gradient,
                               const float *_Nullable mask, float *state_gradient, float *cell_gradient,
                               long rows, long units);

    /// A step of a GRU that resets after the product; the gates are update, reset, candidate.
    ///
    /// `gates` `[rows × 3·units]` holds the sums without biases, the candidate's without the state's part, and is
    /// replaced by the activated gates. `sums` holds that part and receives its bias.
    void (*gru_step)(float *gates, const float *bias, float *sums, const float *sum_bias, const float *previous,
                     const float *_Nullable mask, float *states, long rows, long units);

    /// The gradients of `gru_step`.
    void (*gru_step_gradient)(float *gate_gradients, float *sum_gradients, const float *gates,
                              const float *sums, const float *previous, const float *output_gradient,
                              const float *_Nullable mask, float *state_gradient, long rows, long units);

    /// The first half of a step of a GRU that resets before the product: activates update and reset in `gates` and
    /// gives the product of the reset gate and the previous states.
    void (*gru_reset)(float *gates, const float *bias, const float *previous, float *reset_states, long rows,
                      long units);

    /// The second half: activates the candidate, whose sums are complete by then, and gives the states.
    void (*gru_update)(float *gates, const float *bias, const float *previous, const float *_Nullable mask,
                       float *states, long rows, long units);

    /// The gradients of `gru_update`, for update and candidate.
    void (*gru_update_gradient)(float *gate_gradients, const float *gates, const float *previous,
                                const float *output_gradient, const float *_Nullable mask,
                                float *state_gradient, long rows, long units);

    /// The gradients of `gru_reset`, for the reset gate; adds to `state_gradient`.
    void (*gru_reset_gradient)(float *gate_gradients, const float *gates, const float *previous,
                               const float *reset_gradient, const float *_Nullable mask, float *state_gradient,
                               long rows, long units);

    /// A step of a simple recurrence: `states` holds the sums without bias.
    void (*simple_step)(float *states, const float *bias, const float *previous, const float *_Nullable mask,
                        crnn_function function, long rows, long units);

    /// The gradients of `simple_step`.
    void (*simple_step_gradient)(float *sum_gradients, const float *states, const float *output_gradient,
                                 const float *_Nullable mask, crnn_function function, float *state_gradient,
                                 long rows, long units);

    /// Adds the gradients of skipped outputs to those of the previous outputs.
    void (*masked_outputs_gradient)(float *previous, const float *outputs, const float *_Nullable mask,
                                    long rows, long units);
} crnn_recurrent_kernels;

/// A step's outputs: its states, or the previous outputs if the row is skipped; zeros if `previous` is null.
void crnn_masked_outputs(float *outputs, const float *states, const float *_Nullable previous,
                         const float *_Nullable mask, long rows, long units);

#pragma clang assume_nonnull end

#endif
