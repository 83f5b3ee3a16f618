#ifndef CRNN_ELEMENTWISE_H
#define CRNN_ELEMENTWISE_H

#include "matrices.h"
#include <stdint.h>

#pragma clang assume_nonnull begin

/// An activation function. All are monotonic.
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

typedef struct {
    /// Applies a function to each input.
    void (*activate)(float *values, const float *inputs, long count, crnn_function function);

    /// The gradient of `activate` for its inputs, computed from its values: zero where the slope is, even if the
    /// gradient is NaN.
    void (*activate_gradient)(float *gradients, const float *value_gradients, const float *values, long count,
                              crnn_function function);

    /// The ReLU of bfloat16 numbers.
    void (*relu_bf16)(uint16_t *values, const uint16_t *inputs, long count);

    /// The gradient of `relu_bf16` for its inputs, computed from its values.
    void (*relu_gradient_bf16)(uint16_t *gradients, const uint16_t *value_gradients, const uint16_t *values,
                               long count);

    /// `result ← input · scale + shift`.
    void (*scale)(float *result, const float *input, float scale, float shift, long count);

    /// `result ← first + second`.
    void (*add)(float *result, const float *first, const float *second, long count);

    /// `result ← first · second`, element by element.
    void (*multiply)(float *result, const float *first, const float *second, long count);

    /// `target ← target · kept + value · added`.
    void (*blend)(float *target, const float *value, float kept, float added, long count);

    /// The sum of squares, in double precision.
    double (*squared_norm)(const float *values, long count);

    /// The sum of each column.
    void (*column_sums)(float *sums, const float *matrix, long rows, long columns);

    /// Applies an epilogue with a bias to each of `count` rows.
    void (*add_bias)(crnn_matrix rows, crnn_epilogue epilogue, long count, long columns);

    /// Adds each of `count` rows to the row of `table` that its index names.
    void (*scatter_rows)(float *table, const float *rows, const long *indices, long count, long columns);
} crnn_elementwise_kernels;

/// Copies `row` into each of `rows` rows.
void crnn_fill_rows(float *matrix, const float *row, long rows, long columns);

/// Copies the first `columns` floats of each of `rows` rows. Rows lie a stride apart.
void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns);

/// Copies the rows of `table` that `indices` name.
void crnn_gather_rows(float *result, const float *table, const long *indices, long rows, long columns);

/// Copies each row from `first` if its mask is not zero, otherwise from `second`.
void crnn_select_rows(float *result, const float *mask, const float *first, const float *second, long rows,
                      long columns);

#pragma clang assume_nonnull end

#endif
