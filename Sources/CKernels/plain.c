#include "CKernels.h"
#include <stddef.h>
#include <string.h>

/// The functions that do not depend on the instruction set. They only copy and pack memory.

void crnn_fill_rows(float *matrix, const float *row, long rows, long columns) {
    for (long r = 0; r < rows; r++) memcpy(matrix + r * columns, row, columns * sizeof(float));
}

void crnn_copy_columns(float *target, long target_stride, const float *source, long source_stride, long rows,
                       long columns) {
    for (long r = 0; r < rows; r++)
        memcpy(target + r * target_stride, source + r * source_stride, columns * sizeof(float));
}

void crnn_gather_rows(float *result, const float *table, const long *indices, long rows, long columns) {
    for (long r = 0; r < rows; r++)
        memcpy(result + r * columns, table + indices[r] * columns, columns * sizeof(float));
}

void crnn_select_rows(float *result, const float *mask, const float *first, const float *second, long rows,
                      long columns) {
    for (long r = 0; r < rows; r++) {
        const float *chosen = mask[r] != 0.0f ? first : second;
        memcpy(result + r * columns, chosen + r * columns, columns * sizeof(float));
    }
}

void crnn_pack_terms(float *panels, long panel_stride, const float *rows, long count, long terms) {
    for (long term = 0; term < terms; term += crnn_panel, panels += panel_stride)
        for (long r = 0; r < count; r++)
            memcpy(panels + r * crnn_panel, rows + r * terms + term, crnn_panel * sizeof(float));
}

void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns) {
    for (long column = 0; column < columns; column += crnn_panel)
        for (long term = 0; term < terms; term++, panels += crnn_panel)
            memcpy(panels, matrix + term * columns + column, crnn_panel * sizeof(float));
}

/// Copies a block of channels, or zeros for a null source.
static void copy_block(float *target, const float *source) {
    if (source)
        memcpy(target, source, crnn_lanes * sizeof(float));
    else
        memset(target, 0, crnn_lanes * sizeof(float));
}

void crnn_pack_patches(float *panels, long panel_stride, const float *image, crnn_sliding sliding, crnn_range outputs) {
    const crnn_planes inputs = sliding.inputs;
    const crnn_window window = sliding.window;
    const long width = sliding.outputs.width, height = sliding.outputs.height;
    const long place_stride = inputs.channels / crnn_panel * panel_stride;
    for (long r = 0; r < outputs.count; r++) {
        long index = outputs.first + r, line = index / width;
        long top = line % height * window.row_step - window.top;
        long left = index % width * window.column_step - window.left;
        const float *source = image + line / height * inputs.image_stride;
        float *target = panels + r * crnn_panel;
        for (long i = 0; i < window.height; i++) {
            for (long j = 0; j < window.width; j++, target += place_stride) {
                long y = top + i, x = left + j;
                bool exists = y >= 0 && y < inputs.height && x >= 0 && x < inputs.width;
                const float *pixel = source + y * inputs.row_stride + x * inputs.pixel_stride;
                float *place = target;
                for (long block = 0; block < inputs.channels / crnn_lanes; block += 2, place += panel_stride)
                    for (long half = 0; half < 2; half++)
                        copy_block(place + half * crnn_lanes,
                                   exists ? pixel + (block + half) * inputs.block_stride : NULL);
            }
        }
    }
}

void crnn_masked_outputs(float *outputs, const float *states, const float *previous, const float *mask,
                         long rows, long units) {
    for (long row = 0; row < rows; row++) {
        const float *source = mask && mask[row] == 0.0f ? previous : states;
        if (source)
            memcpy(outputs + row * units, source + row * units, units * sizeof(float));
        else
            memset(outputs + row * units, 0, units * sizeof(float));
    }
}

long crnn_ctc_workspace(long frames, long length) { return frames * (2 * length + 4) + 6 * length + 4; }
