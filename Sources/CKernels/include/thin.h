#ifndef CRNN_THIN_H
#define CRNN_THIN_H

#include "planes.h"

/// An image of one channel in row-major order, and the zero pixels above and left of it.
typedef struct {
    const float *values;
    long height, width;
    long top, left;
} crnn_grey_image;

/// The gradients for a kernel `[3 × 3 × 1 × outputs]` with unit strides and its bias, for a range of blocks of
/// outputs, from that of the outputs of `images` images that follow each other.
void crnn_thin_kernel_gradient(float *kernel, float *bias, crnn_grey_image image, const float *gradient,
                               crnn_planes outputs, long images, crnn_range blocks);

#endif
