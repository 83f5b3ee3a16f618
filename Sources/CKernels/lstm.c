#include "CKernels.h"
#include "dispatch.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// eˣ with a relative error below 3e-7; arguments beyond ±87 are moved there, NaN stays NaN.
///
/// With n the integer nearest to x / ln 2 and r = x − n ln 2, eˣ = 2ⁿ eʳ; eʳ is a polynomial of degree 6.
/// Adding 1.5·2²³ leaves n in the low bits of the sum.
INLINED float exponential(float x) {
    const float magic = 12582912.0f;
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    float shifted = x * 1.44269504f + magic;
    float n = shifted - magic;
    float r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.3888889e-3f;
    p = p * r + 8.3333333e-3f;
    p = p * r + 4.1666667e-2f;
    p = p * r + 1.6666667e-1f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 23) + (127u << 23);
    float power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

INLINED float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINED float tangent(float x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

PER_PROCESSOR
void crnn_lstm_step(float *gates, const float *bias, const float *previous, float *cells, float *outputs,
                    long rows, long units) {
    for (long row = 0; row < rows; row++) {
        float *restrict g = gates + row * 4 * units;
        float *restrict c = cells + row * units;
        float *restrict y = outputs + row * units;
        const float *restrict before = previous ? previous + row * units : NULL;
        for (long u = 0; u < 4 * units; u++) {
            int candidate = u >= 2 * units && u < 3 * units;
            float sum = g[u] + bias[u];
            float value = sigmoid(candidate ? 2.0f * sum : sum);
            g[u] = candidate ? 2.0f * value - 1.0f : value;
        }
        for (long u = 0; u < units; u++) {
            float kept = before ? g[units + u] * before[u] : 0.0f;
            c[u] = kept + g[u] * g[2 * units + u];
            y[u] = g[3 * units + u] * tangent(c[u]);
        }
    }
}

PER_PROCESSOR
void crnn_lstm_step_gradient(float *gate_gradients, const float *gates, const float *cells,
                             const float *previous, const float *output_gradient,
                             const float *state_gradient, float *cell_gradient, long rows, long units) {
    for (long row = 0; row < rows; row++) {
        const float *restrict g = gates + row * 4 * units;
        const float *restrict c = cells + row * units;
        const float *restrict before = previous ? previous + row * units : NULL;
        const float *restrict dy = output_gradient + row * units;
        const float *restrict state = state_gradient ? state_gradient + row * units : NULL;
        float *restrict dc = cell_gradient + row * units;
        float *restrict dg = gate_gradients + row * 4 * units;
        for (long u = 0; u < units; u++) {
            float i = g[u], f = g[units + u], candidate = g[2 * units + u], o = g[3 * units + u];
            float squashed = tangent(c[u]);
            float dh = dy[u] + (state ? state[u] : 0.0f);
            float cell = dc[u] + dh * o * (1.0f - squashed * squashed);
            dg[u] = cell * candidate * i * (1.0f - i);
            dg[units + u] = before ? cell * before[u] * f * (1.0f - f) : 0.0f;
            dg[2 * units + u] = cell * i * (1.0f - candidate * candidate);
            dg[3 * units + u] = dh * squashed * o * (1.0f - o);
            dc[u] = cell * f;
        }
    }
}
