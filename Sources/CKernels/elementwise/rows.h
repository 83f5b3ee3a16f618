#ifndef CRNN_ELEMENTWISE_ROWS_H
#define CRNN_ELEMENTWISE_ROWS_H

#include "CKernels.h"

static void column_sums(float *restrict sums, const float *restrict matrix, long rows, long columns) {
    for (long c = 0; c < columns; c++) sums[c] = 0.0f;
    for (long r = 0; r < rows; r++) {
        for (long c = 0; c < columns; c++) sums[c] += matrix[r * columns + c];
    }
}

static void blend(float *restrict target, const float *restrict value, float kept, float added, long count) {
    for (long i = 0; i < count; i++) target[i] = target[i] * kept + value[i] * added;
}

static double squared_norm(const float *values, long count) {
    double sums[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int lane = 0; lane < 16; lane++) {
            double value = values[i + lane];
            sums[lane] += value * value;
        }
    }
    for (; i < count; i++) sums[0] += (double)values[i] * values[i];
    double sum = 0;
    for (int lane = 0; lane < 16; lane++) sum += sums[lane];
    return sum;
}

static void scatter_rows(float *restrict table, const float *restrict rows, const long *restrict indices,
                         long count, long columns) {
    for (long r = 0; r < count; r++) {
        float *restrict sum = table + indices[r] * columns;
        for (long c = 0; c < columns; c++) sum[c] += rows[r * columns + c];
    }
}

static void add_bias(crnn_matrix rows, crnn_epilogue epilogue, long count, long columns) {
    const float *bias = epilogue.bias;
    const bool relu = epilogue.relu;
    for (long r = 0; r < count; r++) {
        float *row = rows.values + r * rows.stride;
        for (long c = 0; c < columns; c++) {
            float value = row[c] + bias[c];
            row[c] = relu && value < 0 ? 0 : value;
        }
    }
}

#endif
