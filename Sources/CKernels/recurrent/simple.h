#ifndef CRNN_RECURRENT_SIMPLE_H
#define CRNN_RECURRENT_SIMPLE_H

#include "elementwise/functions.h"
#include "CKernels.h"

static void simple_step(float *states, const float *bias, const float *previous, const float *mask,
                        crnn_function function, long rows, long units) {
    for (long row = 0; row < rows; row++) {
        float *restrict h = states + row * units;
        if (passes_over(mask, row)) {
            memcpy(h, previous + row * units, units * sizeof(float));
            continue;
        }
#define LOOP(kind) for (long u = 0; u < units; u++) h[u] = function_value(kind, h[u] + bias[u]);
        FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
    }
}

static void simple_step_gradient(float *sum_gradients, const float *states, const float *output_gradient,
                                 const float *mask, crnn_function function, float *state_gradient, long rows,
                                 long units) {
    for (long row = 0; row < rows; row++) {
        const float *restrict h = states + row * units;
        const float *restrict dy = output_gradient + row * units;
        float *restrict state = state_gradient + row * units;
        float *restrict dx = sum_gradients + row * units;
        if (passes_over(mask, row)) {
            memset(dx, 0, units * sizeof(float));
            continue;
        }
#define LOOP(kind)                                                                                           \
    for (long u = 0; u < units; u++) {                                                                       \
        dx[u] = (dy[u] + state[u]) * function_slope(kind, h[u]);                                             \
        state[u] = 0.0f;                                                                                     \
    }
        FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
    }
}

static void masked_outputs_gradient(float *previous, const float *outputs, const float *mask, long rows,
                                    long units) {
    for (long row = 0; row < rows; row++) {
        if (!passes_over(mask, row)) continue;
        for (long u = 0; u < units; u++) previous[row * units + u] += outputs[row * units + u];
    }
}

#endif
