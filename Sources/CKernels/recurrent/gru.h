#ifndef CRNN_RECURRENT_GRU_H
#define CRNN_RECURRENT_GRU_H

#include "elementwise/functions.h"
#include "CKernels.h"

static void gru_step(float *gates, const float *bias, float *sums, const float *sum_bias, const float *previous,
                     const float *mask, float *states, long rows, long units) {
    for (long row = 0; row < rows; row++) {
        float *restrict g = gates + row * 3 * units;
        float *restrict s = sums + row * units;
        float *restrict h = states + row * units;
        const float *restrict before = previous + row * units;
        if (passes_over(mask, row)) {
            memcpy(h, before, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < 2 * units; u++) g[u] = sigmoid(g[u] + bias[u] + sum_bias[u]);
        for (long u = 0; u < units; u++) {
            float z = g[u], r = g[units + u];
            float sum = s[u] + sum_bias[2 * units + u];
            float candidate = tangent(g[2 * units + u] + bias[2 * units + u] + r * sum);
            s[u] = sum;
            g[2 * units + u] = candidate;
            h[u] = z * before[u] + (1.0f - z) * candidate;
        }
    }
}

static void gru_step_gradient(float *gate_gradients, float *sum_gradients, const float *gates, const float *sums,
                              const float *previous, const float *output_gradient, const float *mask,
                              float *state_gradient, long rows, long units) {
    for (long row = 0; row < rows; row++) {
        const float *restrict g = gates + row * 3 * units;
        const float *restrict s = sums + row * units;
        const float *restrict before = previous + row * units;
        const float *restrict dy = output_gradient + row * units;
        float *restrict state = state_gradient + row * units;
        float *restrict dg = gate_gradients + row * 3 * units;
        float *restrict ds = sum_gradients + row * units;
        if (passes_over(mask, row)) {
            memset(dg, 0, 3 * units * sizeof(float));
            memset(ds, 0, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < units; u++) {
            float z = g[u], r = g[units + u], candidate = g[2 * units + u];
            float dh = dy[u] + state[u];
            float dc = dh * (1.0f - z) * (1.0f - candidate * candidate);
            dg[u] = dh * (before[u] - candidate) * z * (1.0f - z);
            dg[units + u] = dc * s[u] * r * (1.0f - r);
            dg[2 * units + u] = dc;
            ds[u] = dc * r;
            state[u] = dh * z;
        }
    }
}

static void gru_reset(float *gates, const float *bias, const float *previous, float *reset_states, long rows,
                      long units) {
    for (long row = 0; row < rows; row++) {
        float *restrict g = gates + row * 3 * units;
        float *restrict reset = reset_states + row * units;
        const float *restrict before = previous + row * units;
        for (long u = 0; u < 2 * units; u++) g[u] = sigmoid(g[u] + bias[u]);
        for (long u = 0; u < units; u++) reset[u] = g[units + u] * before[u];
    }
}

static void gru_update(float *gates, const float *bias, const float *previous, const float *mask, float *states,
                       long rows, long units) {
    for (long row = 0; row < rows; row++) {
        float *restrict g = gates + row * 3 * units;
        float *restrict h = states + row * units;
        const float *restrict before = previous + row * units;
        if (passes_over(mask, row)) {
            memcpy(h, before, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < units; u++) {
            float z = g[u], candidate = tangent(g[2 * units + u] + bias[2 * units + u]);
            g[2 * units + u] = candidate;
            h[u] = z * before[u] + (1.0f - z) * candidate;
        }
    }
}

static void gru_update_gradient(float *gate_gradients, const float *gates, const float *previous,
                                const float *output_gradient, const float *mask, float *state_gradient, long rows,
                                long units) {
    for (long row = 0; row < rows; row++) {
        const float *restrict g = gates + row * 3 * units;
        const float *restrict before = previous + row * units;
        const float *restrict dy = output_gradient + row * units;
        float *restrict state = state_gradient + row * units;
        float *restrict dg = gate_gradients + row * 3 * units;
        if (passes_over(mask, row)) {
            memset(dg, 0, 3 * units * sizeof(float));
            continue;
        }
        for (long u = 0; u < units; u++) {
            float z = g[u], candidate = g[2 * units + u];
            float dh = dy[u] + state[u];
            dg[u] = dh * (before[u] - candidate) * z * (1.0f - z);
            dg[2 * units + u] = dh * (1.0f - z) * (1.0f - candidate * candidate);
            state[u] = dh * z;
        }
    }
}

static void gru_reset_gradient(float *gate_gradients, const float *gates, const float *previous,
                               const float *reset_gradient, const float *mask, float *state_gradient, long rows,
                               long units) {
    for (long row = 0; row < rows; row++) {
        const float *restrict r = gates + row * 3 * units + units;
        const float *restrict before = previous + row * units;
        const float *restrict reset = reset_gradient + row * units;
        float *restrict state = state_gradient + row * units;
        float *restrict dr = gate_gradients + row * 3 * units + units;
        if (passes_over(mask, row)) continue;
        for (long u = 0; u < units; u++) {
            dr[u] = reset[u] * before[u] * r[u] * (1.0f - r[u]);
            state[u] += reset[u] * r[u];
        }
    }
}

#endif
