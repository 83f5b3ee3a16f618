#ifndef CRNN_INT8_QUANTIZATION_H
#define CRNN_INT8_QUANTIZATION_H

#include "CKernels.h"
#include "simd/vectors.h"
#include <math.h>
#include <string.h>

/// The largest magnitude in a row, or NaN if the row has one. Without the sign bit, the bits of floats are ordered like
/// integers, with infinity and NaN last.
INLINED float largest_magnitude(const float *row, long count) {
    uint32_t largest = 0;
    for (long c = 0; c < count; c++) {
        uint32_t bits;
        memcpy(&bits, row + c, sizeof bits);
        bits &= 0x7fffffff;
        largest = bits > largest ? bits : largest;
    }
    float magnitude;
    memcpy(&magnitude, &largest, sizeof magnitude);
    return magnitude;
}

/// Quantizes `count` floats.
INLINED void quantize(int16_t *restrict target, const float *restrict values, long count, float factor) {
    for (long c = 0; c < count; c++) {
        // The addition of 1.5·2²³ rounds to the nearest integer, which is then the lower half of the bits.
        float value = values[c] * factor + 12582912.0f;
        int32_t bits;
        memcpy(&bits, &value, sizeof bits);
        target[c] = (int16_t)bits;
    }
}

static void quantize_rows(crnn_quantized_rows quantized, crnn_const_matrix rows, long count, long columns,
                          float limit) {
    for (long r = 0; r < count; r++) {
        const float *row = rows.values + r * rows.stride;
        float magnitude = largest_magnitude(row, columns);
        bool is_finite = isfinite(magnitude);
        quantized.scales[r] = is_finite ? magnitude / limit : NAN;
        float factor = is_finite && magnitude > 0 ? limit / magnitude : 0;
        int16_t *target = quantized.rows.values + r * crnn_panel;
        long c = 0;
        for (; c + crnn_panel <= columns; c += crnn_panel, target += quantized.rows.panel_stride)
            quantize(target, row + c, crnn_panel, factor);
        quantize(target, row + c, columns - c, factor);
        if (columns % 2 == 1) target[columns - c] = 0;
    }
}

#endif
