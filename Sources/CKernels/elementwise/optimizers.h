#ifndef CRNN_ELEMENTWISE_OPTIMIZERS_H
#define CRNN_ELEMENTWISE_OPTIMIZERS_H

#include "CKernels.h"
#include <math.h>

static void adam(float *restrict parameter, float *restrict first, float *restrict second,
                 const float *restrict gradient, long count, crnn_adam_step s) {
    for (long i = 0; i < count; i++) {
        float g = s.gradient_scale * gradient[i];
        float m = s.first_decay * first[i] + (1.0f - s.first_decay) * g;
        float v = s.second_decay * second[i] + (1.0f - s.second_decay) * g * g;
        float change = m * s.first_correction / (sqrtf(v * s.second_correction) + s.epsilon);
        first[i] = m;
        second[i] = v;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + change);
    }
}

static void amsgrad(float *restrict parameter, float *restrict first, float *restrict second, float *restrict maximum,
                    const float *restrict gradient, long count, crnn_adam_step s) {
    for (long i = 0; i < count; i++) {
        float g = s.gradient_scale * gradient[i];
        float m = s.first_decay * first[i] + (1.0f - s.first_decay) * g;
        float v = s.second_decay * second[i] + (1.0f - s.second_decay) * g * g;
        float largest = v <= maximum[i] ? maximum[i] : v;
        float change = m * s.first_correction / (sqrtf(largest * s.second_correction) + s.epsilon);
        first[i] = m;
        second[i] = v;
        maximum[i] = largest;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + change);
    }
}

static void rmsprop(float *restrict parameter, float *restrict velocity, float *restrict second,
                    const float *restrict gradient, long count, crnn_rmsprop_step s) {
    for (long i = 0; i < count; i++) {
        float g = s.gradient_scale * gradient[i];
        float v = s.decay * second[i] + (1.0f - s.decay) * g * g;
        float b = s.momentum * velocity[i] + g / (sqrtf(v) + s.epsilon);
        second[i] = v;
        velocity[i] = b;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + b);
    }
}

static void adadelta(float *restrict parameter, float *restrict first, float *restrict second,
                     const float *restrict gradient, long count, crnn_adadelta_step s) {
    for (long i = 0; i < count; i++) {
        float g = s.gradient_scale * gradient[i];
        float a = s.decay * first[i] + (1.0f - s.decay) * g * g;
        float change = sqrtf(second[i] + s.epsilon) / sqrtf(a + s.epsilon) * g;
        first[i] = a;
        second[i] = s.decay * second[i] + (1.0f - s.decay) * change * change;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + change);
    }
}

static void momentum(float *restrict parameter, float *restrict velocity, const float *restrict gradient,
                     long count, crnn_momentum_step s) {
    for (long i = 0; i < count; i++) {
        float v = s.momentum * velocity[i] + s.gradient_scale * gradient[i];
        float change = s.nesterov ? s.momentum * v + s.gradient_scale * gradient[i] : v;
        velocity[i] = v;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + change);
    }
}

#endif
