#ifndef CRNN_MATRICES_H
#define CRNN_MATRICES_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

/// Consecutive items of some work: rows, panels, tiles or points.
typedef struct {
    long first, count;
} crnn_range;

/// A matrix whose rows lie `stride` floats apart.
typedef struct {
    float *values;
    long stride;
} crnn_matrix;

/// A matrix that is only read.
typedef struct {
    const float *values;
    long stride;
} crnn_const_matrix;

/// The last operation on a sum before it is stored: adds the bias of its column or channel, then applies the ReLU if
/// `relu`. A null bias is zero.
typedef struct {
    const float *_Nullable bias;
    bool relu;
} crnn_epilogue;

#pragma clang assume_nonnull end

#endif
