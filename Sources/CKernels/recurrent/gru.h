#ifndef CRNN_RECURRENT_GRU_H
#define CRNN_RECURRENT_GRU_H

#include "elementwise/functions.h"
#include "CKernels.h"

static void gru_step(crnn_gru_step step) {
    const long units = step.units;
    const float *bias = step.bias, *inner_bias = step.inner_bias;
    for (long row = 0; row < step.rows; row++) {
        float *restrict g = step.gates + row * 3 * units;
        float *restrict s = step.inner + row * units;
        float *restrict h = step.states + row * units;
        const float *restrict before = step.previous + row * units;
        if (is_skipped(step.mask, row)) {
            memcpy(h, before, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < 2 * units; u++) g[u] = sigmoid(g[u] + bias[u] + inner_bias[u]);
        for (long u = 0; u < units; u++) {
            float z = g[u], r = g[units + u];
            float sum = s[u] + inner_bias[2 * units + u];
            float candidate = tangent(g[2 * units + u] + bias[2 * units + u] + r * sum);
            s[u] = sum;
            g[2 * units + u] = candidate;
            h[u] = z * before[u] + (1.0f - z) * candidate;
        }
    }
}

static void gru_step_gradient(crnn_gru_step_gradient step) {
    const long units = step.units;
    for (long row = 0; row < step.rows; row++) {
        const float *restrict g = step.gates + row * 3 * units;
        const float *restrict s = step.inner + row * units;
        const float *restrict before = step.previous + row * units;
        const float *restrict dy = step.output_gradient + row * units;
        float *restrict state = step.state_gradient + row * units;
        float *restrict dg = step.gate_gradients + row * 3 * units;
        float *restrict ds = step.inner_gradients + row * units;
        if (is_skipped(step.mask, row)) {
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

static void gru_reset(crnn_gru_step step) {
    const long units = step.units;
    const float *bias = step.bias;
    for (long row = 0; row < step.rows; row++) {
        float *restrict g = step.gates + row * 3 * units;
        float *restrict reset = step.inner + row * units;
        const float *restrict before = step.previous + row * units;
        if (is_skipped(step.mask, row)) {
            // The kernel's gradient multiplies these rows by zero, which NaN would survive.
            memset(reset, 0, units * sizeof(float));
            continue;
        }
        for (long u = 0; u < 2 * units; u++) g[u] = sigmoid(g[u] + bias[u]);
        for (long u = 0; u < units; u++) reset[u] = g[units + u] * before[u];
    }
}

static void gru_update(crnn_gru_step step) {
    const long units = step.units;
    const float *bias = step.bias;
    for (long row = 0; row < step.rows; row++) {
        float *restrict g = step.gates + row * 3 * units;
        float *restrict h = step.states + row * units;
        const float *restrict before = step.previous + row * units;
        if (is_skipped(step.mask, row)) {
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

static void gru_update_gradient(crnn_gru_step_gradient step) {
    const long units = step.units;
    for (long row = 0; row < step.rows; row++) {
        const float *restrict g = step.gates + row * 3 * units;
        const float *restrict before = step.previous + row * units;
        const float *restrict dy = step.output_gradient + row * units;
        float *restrict state = step.state_gradient + row * units;
        float *restrict dg = step.gate_gradients + row * 3 * units;
        if (is_skipped(step.mask, row)) {
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

static void gru_reset_gradient(crnn_gru_step_gradient step) {
    const long units = step.units;
    for (long row = 0; row < step.rows; row++) {
        const float *restrict r = step.gates + row * 3 * units + units;
        const float *restrict before = step.previous + row * units;
        const float *restrict reset = step.inner_gradients + row * units;
        float *restrict state = step.state_gradient + row * units;
        float *restrict dr = step.gate_gradients + row * 3 * units + units;
        if (is_skipped(step.mask, row)) continue;
        for (long u = 0; u < units; u++) {
            dr[u] = reset[u] * before[u] * r[u] * (1.0f - r[u]);
            state[u] += reset[u] * r[u];
        }
    }
}

#endif
