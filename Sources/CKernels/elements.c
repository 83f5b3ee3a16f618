#include "CKernels.h"
#include "functions.h"

PER_PROCESSOR
void crnn_activate(float *restrict values, const float *restrict inputs, long count, crnn_function function) {
#define LOOP(kind) for (long i = 0; i < count; i++) values[i] = function_value(kind, inputs[i]);
    FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
}

PER_PROCESSOR
void crnn_activate_gradient(float *restrict gradients, const float *restrict value_gradients,
                            const float *restrict values, long count, crnn_function function) {
#define LOOP(kind)                                                                                           \
    for (long i = 0; i < count; i++) gradients[i] = value_gradients[i] * function_slope(kind, values[i]);
    FOR_EACH_FUNCTION(function, LOOP)
#undef LOOP
}

PER_PROCESSOR
void crnn_relu_gradient_halves(uint16_t *restrict gradients, const uint16_t *restrict value_gradients,
                               const uint16_t *restrict values, long count) {
    // Without the sign bit, floats are ordered as integers: above zero and up to infinity is positive.
    for (long i = 0; i < count; i++) {
        uint16_t positive = values[i] - 1u < 0x7f80u;
        gradients[i] = value_gradients[i] & (uint16_t)-positive;
    }
}

PER_PROCESSOR
void crnn_scale(float *restrict result, const float *restrict input, float scale, float shift, long count) {
    for (long i = 0; i < count; i++) result[i] = input[i] * scale + shift;
}

PER_PROCESSOR
void crnn_product(float *restrict result, const float *restrict first, const float *restrict second,
                  long count) {
    for (long i = 0; i < count; i++) result[i] = first[i] * second[i];
}
