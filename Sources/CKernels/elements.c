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
void crnn_scale(float *restrict result, const float *restrict input, float scale, float shift, long count) {
    for (long i = 0; i < count; i++) result[i] = input[i] * scale + shift;
}

PER_PROCESSOR
void crnn_product(float *restrict result, const float *restrict first, const float *restrict second,
                  long count) {
    for (long i = 0; i < count; i++) result[i] = first[i] * second[i];
}
