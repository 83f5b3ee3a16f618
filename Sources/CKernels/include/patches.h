#ifndef CRNN_PATCHES_H
#define CRNN_PATCHES_H

#include "panels.h"
#include "pooling.h"

/// A convolution as one product: of the patches of the input under each output, and the kernel
/// `[height × width × inputs × outputs]` as a matrix.

/// Copies the patches of a range of outputs, counted image by image and row by row, into panels of terms that lie a
/// stride apart; beyond the edges there are zeros. Channels come in multiples of sixteen.
void crnn_pack_patches(float *panels, long panel_stride, const float *image, crnn_planes inputs, crnn_planes outputs,
                       crnn_window window, crnn_range range);

/// Adds the bias, of as many floats as there are columns, to each row, then takes the ReLU where wanted.
void crnn_add_bias(float *rows, long stride, const float *bias, long count, long columns, bool relu);

#endif
