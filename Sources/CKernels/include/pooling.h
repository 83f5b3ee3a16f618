#ifndef CRNN_POOLING_H
#define CRNN_POOLING_H

#include "planes.h"
#include <stdbool.h>

/// A window that slides over an image: its size, its steps, the pixels that it begins before the image.
typedef struct {
    long height, width;
    long row_step, column_step;
    long top, left;
} crnn_window;

/// The maximum in each window, of at most 254 places, then the ReLU where wanted, for a range of blocks of channels,
/// counted image by image. `winners`, where given, lies like the output and takes each winner's place in its window:
/// the first of equals, or 255 where the ReLU made a zero, which has no gradient.
void crnn_max_pooling(float *output, unsigned char *winners, const float *input, crnn_planes outputs,
                      crnn_planes inputs, crnn_window window, bool relu, crnn_range blocks);

/// The gradient for the input of `crnn_max_pooling`: each output's goes to its winner.
void crnn_max_pooling_gradient(float *input, const float *output, const unsigned char *winners,
                               crnn_planes outputs, crnn_planes inputs, crnn_window window,
                               crnn_range blocks);

#endif
