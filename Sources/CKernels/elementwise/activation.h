#ifndef CRNN_ELEMENTWISE_ACTIVATION_H
#define CRNN_ELEMENTWISE_ACTIVATION_H

#include "functions.h"

static void activate(float *restrict values, const float *restrict inputs, long count, crnn_function function) {
#define LOOP(kind) for (long i = 0; i < count; i++) values[i] = function_value(kind, inputs[i]);
    FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
}

static void activate_gradient(float *restrict gradients, const float *restrict value_gradients,
                              const float *restrict values, long count, crnn_function function) {
#define LOOP(kind)                                                                                           \
    for (long i = 0; i < count; i++) {                                                                       \
        float slope = function_slope(kind, values[i]);                                                       \
        gradients[i] = slope == 0.0f ? 0.0f : value_gradients[i] * slope;                                    \
    }
    FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
}

/// Whether a bfloat16 number is positive and not NaN: the bits of positive floats are ordered like integers.
INLINED uint16_t is_positive(uint16_t bits) { return bits - 1u < 0x7f80u; }

static void relu_bf16(uint16_t *restrict values, const uint16_t *restrict inputs, long count) {
    for (long i = 0; i < count; i++) {
        uint16_t is_nan = (inputs[i] & 0x7fffu) > 0x7f80u;
        values[i] = inputs[i] & (uint16_t)-(is_positive(inputs[i]) | is_nan);
    }
}

static void relu_gradient_bf16(uint16_t *restrict gradients, const uint16_t *restrict value_gradients,
                               const uint16_t *restrict values, long count) {
    for (long i = 0; i < count; i++)
        gradients[i] = value_gradients[i] & (uint16_t)-is_positive(values[i]);
}

static void scale(float *restrict result, const float *restrict input, float scale, float shift, long count) {
    for (long i = 0; i < count; i++) result[i] = input[i] * scale + shift;
}

static void add_elements(float *restrict result, const float *restrict first, const float *restrict second,
                         long count) {
    for (long i = 0; i < count; i++) result[i] = first[i] + second[i];
}

static void multiply_elements(float *restrict result, const float *restrict first, const float *restrict second,
                              long count) {
    for (long i = 0; i < count; i++) result[i] = first[i] * second[i];
}

#endif
