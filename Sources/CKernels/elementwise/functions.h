#ifndef CRNN_FUNCTIONS_H
#define CRNN_FUNCTIONS_H

#include "CKernels.h"
#include "simd/vectors.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

/// eˣ with a relative error below 3e-7. Arguments are clamped to ±87. NaN stays NaN.
///
/// With n the integer nearest to x / ln 2 and r = x − n ln 2, eˣ = 2ⁿ eʳ, and a polynomial of degree 6 approximates eʳ.
/// The addition of 1.5·2²³ leaves n in the low bits of the sum.
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

/// The natural logarithm of a positive normal number, with a relative error below 3e-7. NaN stays NaN.
///
/// With x = 2ᵉ m for m from √½ to √2 and s = (m − 1) / (m + 1), log m = 2 (s + s³/3 + s⁵/5 + s⁷/7 + s⁹/9).
INLINED float logarithm(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint32_t shifted = bits - 0x3f3504f3u;
    int32_t exponent = (int32_t)shifted >> 23;
    bits -= (uint32_t)exponent << 23;
    float m;
    memcpy(&m, &bits, sizeof m);
    float s = (m - 1.0f) / (m + 1.0f), square = s * s;
    float p = 2.0f / 9.0f;
    p = p * square + 2.0f / 7.0f;
    p = p * square + 2.0f / 5.0f;
    p = p * square + 2.0f / 3.0f;
    p = p * square + 2.0f;
    return (float)exponent * 0.693147181f + p * s + (x - x);
}

INLINED float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINED float tangent(float x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

/// Whether the mask of a recurrent step skips a row. A null mask skips none.
INLINED int is_skipped(const float *mask, long row) { return mask && mask[row] == 0.0f; }

/// x clamped to low…high. NaN stays NaN.
INLINED float clamped(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

#define SELU_SCALE 1.050701f
#define SELU_LIMIT (1.050701f * 1.6732632f)

/// Runs `LOOP(kind)`, in which the kind of function is a constant, so that each kind has a loop of its own.
#define FOR_EACH_FUNCTION(kind, LOOP)                                                                        \
    switch (kind) {                                                                                          \
    case crnn_identity: LOOP(crnn_identity) break;                                                           \
    case crnn_relu: LOOP(crnn_relu) break;                                                                   \
    case crnn_relu6: LOOP(crnn_relu6) break;                                                                 \
    case crnn_leaky_relu: LOOP(crnn_leaky_relu) break;                                                       \
    case crnn_elu: LOOP(crnn_elu) break;                                                                     \
    case crnn_selu: LOOP(crnn_selu) break;                                                                   \
    case crnn_softplus: LOOP(crnn_softplus) break;                                                           \
    case crnn_softsign: LOOP(crnn_softsign) break;                                                           \
    case crnn_exponential: LOOP(crnn_exponential) break;                                                     \
    case crnn_tanh: LOOP(crnn_tanh) break;                                                                   \
    case crnn_hard_tanh: LOOP(crnn_hard_tanh) break;                                                         \
    case crnn_sigmoid: LOOP(crnn_sigmoid) break;                                                             \
    case crnn_hard_sigmoid: LOOP(crnn_hard_sigmoid) break;                                                   \
    case crnn_keras2_hard_sigmoid: LOOP(crnn_keras2_hard_sigmoid) break;                                     \
    }

/// The value of a function at x.
INLINED float function_value(crnn_function kind, float x) {
    switch (kind) {
    case crnn_identity: return x;
    case crnn_relu: return x < 0.0f ? 0.0f : x;
    case crnn_relu6: return clamped(x, 0.0f, 6.0f);
    case crnn_leaky_relu: return x > 0.0f ? x : x / 5.0f;
    case crnn_elu: return x > 0.0f ? x : exponential(x) - 1.0f;
    case crnn_selu: return x > 0.0f ? SELU_SCALE * x : SELU_LIMIT * (exponential(x) - 1.0f);
    case crnn_softplus: return (x < 0.0f ? 0.0f : x) + log1pf(exponential(-fabsf(x)));
    case crnn_softsign: return x / (1.0f + fabsf(x));
    case crnn_exponential: return expf(x);
    case crnn_tanh: return tangent(x);
    case crnn_hard_tanh: return clamped(x, -1.0f, 1.0f);
    case crnn_sigmoid: return sigmoid(x);
    case crnn_hard_sigmoid: return clamped(x / 6.0f + 0.5f, 0.0f, 1.0f);
    case crnn_keras2_hard_sigmoid: return clamped(x / 5.0f + 0.5f, 0.0f, 1.0f);
    }
    return x;
}

/// The derivative of a function at the point where its value is y. At a corner, it is the slope of the flatter side.
INLINED float function_slope(crnn_function kind, float y) {
    switch (kind) {
    case crnn_identity: return 1.0f;
    case crnn_relu: return y > 0.0f ? 1.0f : 0.0f;
    case crnn_relu6: return y > 0.0f && y < 6.0f ? 1.0f : 0.0f;
    case crnn_leaky_relu: return y > 0.0f ? 1.0f : 0.2f;
    case crnn_elu: return y > 0.0f ? 1.0f : y + 1.0f;
    case crnn_selu: return y > 0.0f ? SELU_SCALE : y + SELU_LIMIT;
    case crnn_softplus: return 1.0f - exponential(-y);
    case crnn_softsign: return (1.0f - fabsf(y)) * (1.0f - fabsf(y));
    case crnn_exponential: return y;
    case crnn_tanh: return 1.0f - y * y;
    case crnn_hard_tanh: return fabsf(y) < 1.0f ? 1.0f : 0.0f;
    case crnn_sigmoid: return y * (1.0f - y);
    case crnn_hard_sigmoid: return y > 0.0f && y < 1.0f ? 1.0f / 6.0f : 0.0f;
    case crnn_keras2_hard_sigmoid: return y > 0.0f && y < 1.0f ? 0.2f : 0.0f;
    }
    return 1.0f;
}

#endif
