#ifndef CRNN_RECURRENT_LSTM_H
#define CRNN_RECURRENT_LSTM_H

#include "elementwise/functions.h"
#include "CKernels.h"

static void lstm_step(crnn_lstm_step step) {
    const long units = step.units;
    const float *bias = step.bias;
    for (long row = 0; row < step.rows; row++) {
        float *restrict g = step.gates + row * 4 * units;
        float *restrict c = step.cells + row * units;
        float *restrict h = step.states + row * units;
        const float *restrict before = step.previous_cells + row * units;
        if (is_skipped(step.mask, row)) {
            memcpy(c, before, units * sizeof(float));
            memcpy(h, step.previous_states + row * units, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < 4 * units; u++) {
            int candidate = u >= 2 * units && u < 3 * units;
            float sum = g[u] + bias[u];
            float value = sigmoid(candidate ? 2.0f * sum : sum);
            g[u] = candidate ? 2.0f * value - 1.0f : value;
        }
        for (long u = 0; u < units; u++) {
            c[u] = g[units + u] * before[u] + g[u] * g[2 * units + u];
            h[u] = g[3 * units + u] * tangent(c[u]);
        }
    }
}

static void lstm_step_gradient(crnn_lstm_step_gradient step) {
    const long units = step.units;
    for (long row = 0; row < step.rows; row++) {
        const float *restrict g = step.gates + row * 4 * units;
        const float *restrict c = step.cells + row * units;
        const float *restrict before = step.previous_cells + row * units;
        const float *restrict dy = step.output_gradient + row * units;
        float *restrict state = step.state_gradient + row * units;
        float *restrict dc = step.cell_gradient + row * units;
        float *restrict dg = step.gate_gradients + row * 4 * units;
        if (is_skipped(step.mask, row)) {
            memset(dg, 0, 4 * units * sizeof(float));
            continue;
        }
        for (long u = 0; u < units; u++) {
            float i = g[u], f = g[units + u], candidate = g[2 * units + u], o = g[3 * units + u];
            float squashed = tangent(c[u]);
            float dh = dy[u] + state[u];
            float cell = dc[u] + dh * o * (1.0f - squashed * squashed);
            dg[u] = cell * candidate * i * (1.0f - i);
            dg[units + u] = cell * before[u] * f * (1.0f - f);
            dg[2 * units + u] = cell * i * (1.0f - candidate * candidate);
            dg[3 * units + u] = dh * squashed * o * (1.0f - o);
            dc[u] = cell * f;
            state[u] = 0.0f;
        }
    }
}

#endif
