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
        velocity[i] = v;
        parameter[i] -= s.rate * (s.weight_decay * parameter[i] + v);
    }
}

#endif
