#ifndef CRNN_RECURRENT_SIMPLE_H
#define CRNN_RECURRENT_SIMPLE_H

#include "elementwise/functions.h"
#include "CKernels.h"

static void simple_step(crnn_simple_step step) {
    const long units = step.units;
    const float *bias = step.bias;
    for (long row = 0; row < step.rows; row++) {
        float *restrict h = step.states + row * units;
        if (is_skipped(step.mask, row)) {
            memcpy(h, step.previous + row * units, units * sizeof(float));
            continue;
        }
#define LOOP(kind) for (long u = 0; u < units; u++) h[u] = function_value(kind, h[u] + bias[u]);
        FOR_EACH_FUNCTION(step.function, LOOP)
#undef LOOP
    }
}

static void simple_step_gradient(crnn_simple_step_gradient step) {
    const long units = step.units;
    for (long row = 0; row < step.rows; row++) {
        const float *restrict h = step.states + row * units;
        const float *restrict dy = step.output_gradient + row * units;
        float *restrict dh = step.state_gradient + row * units;
        float *restrict dx = step.sum_gradients + row * units;
        if (is_skipped(step.mask, row)) {
            memset(dx, 0, units * sizeof(float));
            continue;
        }
#define LOOP(kind)                                                                                           \
    for (long u = 0; u < units; u++) {                                                                       \
        dx[u] = (dy[u] + dh[u]) * function_slope(kind, h[u]);                                                \
        dh[u] = 0.0f;                                                                                        \
    }
        FOR_EACH_FUNCTION(step.function, LOOP)
#undef LOOP
    }
}

static void masked_outputs_gradient(float *previous, const float *outputs, const float *mask, long rows,
                                    long units) {
    for (long row = 0; row < rows; row++) {
        if (!is_skipped(mask, row)) continue;
        for (long u = 0; u < units; u++) previous[row * units + u] += outputs[row * units + u];
    }
}

#endif
