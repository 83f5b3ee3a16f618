#include "CKernels.h"
#include "dispatch.h"
#include <string.h>

void crnn_fill_rows(float *matrix, const float *row, long rows, long columns) {
    for (long r = 0; r < rows; r++) memcpy(matrix + r * columns, row, columns * sizeof(float));
}

void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns) {
    for (long r = 0; r < rows; r++)
        memcpy(target + r * target_stride, source + r * source_stride, columns * sizeof(float));
}

PER_PROCESSOR
void crnn_column_sums(float *restrict sums, const float *restrict matrix, long rows, long columns) {
    for (long c = 0; c < columns; c++) sums[c] = 0.0f;
    for (long r = 0; r < rows; r++) {
        for (long c = 0; c < columns; c++) sums[c] += matrix[r * columns + c];
    }
}

PER_PROCESSOR
void crnn_blend(float *restrict target, const float *restrict value, float kept, float added, long count) {
    for (long i = 0; i < count; i++) target[i] = target[i] * kept + value[i] * added;
}

PER_PROCESSOR
double crnn_squared_norm(const float *values, long count) {
    double lanes[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int lane = 0; lane < 16; lane++) {
            double value = values[i + lane];
            lanes[lane] += value * value;
        }
    }
    for (; i < count; i++) lanes[0] += (double)values[i] * values[i];
    double sum = 0;
    for (int lane = 0; lane < 16; lane++) sum += lanes[lane];
    return sum;
}

void crnn_gather_rows(float *result, const float *table, const long *indices, long rows, long columns) {
    for (long r = 0; r < rows; r++)
        memcpy(result + r * columns, table + indices[r] * columns, columns * sizeof(float));
}

PER_PROCESSOR
void crnn_scatter_rows(float *restrict table, const float *restrict rows, const long *restrict indices,
                       long count, long columns) {
    for (long r = 0; r < count; r++) {
        float *restrict sum = table + indices[r] * columns;
        for (long c = 0; c < columns; c++) sum[c] += rows[r * columns + c];
    }
}

void crnn_select_rows(float *result, const float *mask, const float *first, const float *second, long rows,
                      long columns) {
    for (long r = 0; r < rows; r++) {
        const float *chosen = mask[r] != 0.0f ? first : second;
        memcpy(result + r * columns, chosen + r * columns, columns * sizeof(float));
    }
}
