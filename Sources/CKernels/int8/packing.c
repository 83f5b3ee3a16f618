#include "CKernels.h"

/// Packs int8 weights.

void crnn_pack_int8(crnn_int8_matrix matrix, const int8_t *values, long terms) {
    int8_t *target = matrix.panels;
    for (long column = 0; column < matrix.columns; column += crnn_panel)
        for (long pair = 0; pair < matrix.pairs; pair++)
            for (long c = column; c < column + crnn_panel; c++)
                for (long term = 2 * pair; term < 2 * pair + 2; term++)
                    *target++ = c < matrix.columns && term < terms ? values[term * matrix.columns + c] : 0;
}

long crnn_int8_winograd_points(long tile_size) { return (tile_size + 2) * (tile_size + 2); }

/// G: the value of three weights at a point. It is scaled by 2 for tiles of 2×2, by 4, −6, −6, 24, 24, 1 for tiles of
/// 4×4.
static int kernel_point(long tile_size, long point, int first, int second, int third) {
    bool small = tile_size == 2;
    if (point == 0) return small ? 2 * first : first;
    if (point == tile_size + 1) return small ? 2 * third : third;
    int even = point <= 2 ? first + third : first + 4 * third, odd = point <= 2 ? second : 2 * second;
    return point % 2 == 1 ? even + odd : even - odd;
}

void crnn_int8_winograd_kernel(crnn_int16_matrix matrix, const int8_t *kernel, long inputs, long tile_size,
                               long point) {
    const long panel = crnn_panel, outputs = matrix.columns, stride = inputs * outputs, size = tile_size + 2;
    int16_t *target = matrix.panels;
    for (long start = 0; start < outputs; start += panel) {
        for (long pair = 0; pair < matrix.pairs; pair++) {
            for (long output = start; output < start + panel; output++) {
                for (long input = 2 * pair; input < 2 * pair + 2; input++) {
                    const int8_t *weights = kernel + input * outputs + output;
                    int rows[3];
                    for (int y = 0; y < 3; y++) {
                        const int8_t *row = weights + 3 * y * stride;
                        rows[y] = kernel_point(tile_size, point % size, row[0], row[stride], row[2 * stride]);
                    }
                    *target++ = (int16_t)kernel_point(tile_size, point / size, rows[0], rows[1], rows[2]);
                }
            }
        }
    }
}
