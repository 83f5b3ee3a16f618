#ifndef CRNN_ELEMENTWISE_H
#define CRNN_ELEMENTWISE_H

#include <stdint.h>

#pragma clang assume_nonnull begin

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

typedef struct {
    /// The function of each input.
    void (*activate)(float *values, const float *inputs, long count, crnn_function function);

    /// The gradient for the inputs of `activate`, from its values.
    void (*activate_gradient)(float *gradients, const float *value_gradients, const float *values, long count,
                              crnn_function function);

    /// The ReLU of bfloat16 numbers.
    void (*relu_bf16)(uint16_t *values, const uint16_t *inputs, long count);

    /// The gradient for the inputs of a ReLU, from its outputs, all in bfloat16.
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

    /// Adds `bias`, one float per column, to each row; rows lie `stride` apart. Then applies the ReLU if `relu`.
    void (*add_bias)(float *rows, long stride, const float *bias, long count, long columns, _Bool relu);

    /// Adds each of `count` rows to the row of `table` at its index.
    void (*scatter_rows)(float *table, const float *rows, const long *indices, long count, long columns);
} crnn_elementwise_kernels;

/// Copies `row` into each of `rows` rows.
void crnn_fill_rows(float *matrix, const float *row, long rows, long columns);

/// Copies `columns` floats of each of `rows` rows that lie a stride apart.
void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns);

/// Copies the rows of `table` at `indices`.
void crnn_gather_rows(float *result, const float *table, const long *indices, long rows, long columns);

/// Copies each row from `first` if its mask is not zero, else from `second`.
void crnn_select_rows(float *result, const float *_Nullable mask, const float *first, const float *second, long rows,
                      long columns);

#pragma clang assume_nonnull end

#endif
