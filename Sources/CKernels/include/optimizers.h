#ifndef CRNN_OPTIMIZERS_H
#define CRNN_OPTIMIZERS_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

/// The constants of a step of Adam. The corrections are 1 / (1 − decayᵗ).
typedef struct {
    float rate, first_decay, second_decay, epsilon, weight_decay, gradient_scale;
    float first_correction, second_correction;
} crnn_adam_step;

/// The constants of a step of Adadelta.
typedef struct {
    float rate, decay, epsilon, weight_decay, gradient_scale;
} crnn_adadelta_step;

/// The constants of a step of RMSprop.
typedef struct {
    float rate, decay, momentum, epsilon, weight_decay, gradient_scale;
} crnn_rmsprop_step;

/// The constants of a step of gradient descent with momentum, or with Nesterov's.
typedef struct {
    float rate, momentum, weight_decay, gradient_scale;
    bool nesterov;
} crnn_momentum_step;

/// Each kernel updates `count` parameters and their running averages or velocities by one step.
typedef struct {
    void (*adam)(float *parameter, float *first, float *second, const float *gradient, long count,
                 crnn_adam_step step);
    /// As `adam`, with the largest `second` so far in `maximum`.
    void (*amsgrad)(float *parameter, float *first, float *second, float *maximum, const float *gradient, long count,
                    crnn_adam_step step);
    void (*rmsprop)(float *parameter, float *velocity, float *second, const float *gradient, long count,
                    crnn_rmsprop_step step);
    void (*adadelta)(float *parameter, float *first, float *second, const float *gradient, long count,
                     crnn_adadelta_step step);
    void (*momentum)(float *parameter, float *velocity, const float *gradient, long count,
                     crnn_momentum_step step);
} crnn_optimizer_kernels;

#pragma clang assume_nonnull end

#endif
