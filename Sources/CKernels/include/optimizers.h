#ifndef CRNN_OPTIMIZERS_H
#define CRNN_OPTIMIZERS_H

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

/// The constants of a step of gradient descent with momentum.
typedef struct {
    float rate, momentum, weight_decay, gradient_scale;
} crnn_momentum_step;

/// Each kernel updates `count` parameters and their running averages or velocities by one step.
typedef struct {
    void (*adam)(float *parameter, float *first, float *second, const float *gradient, long count,
                 crnn_adam_step step);
    void (*adadelta)(float *parameter, float *first, float *second, const float *gradient, long count,
                     crnn_adadelta_step step);
    void (*momentum)(float *parameter, float *velocity, const float *gradient, long count,
                     crnn_momentum_step step);
} crnn_optimizer_kernels;

#pragma clang assume_nonnull end

#endif
