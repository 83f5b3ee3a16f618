#ifndef CRNN_IMAGES_H
#define CRNN_IMAGES_H

#include "matrices.h"
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The channels of a block. In a blocked layout, the channels of a block are adjacent in memory (oneDNN's nChw8c).
enum { crnn_lanes = 8 };

/// The sizes of images, and the distances between neighbours in memory, in elements. Channels lie in blocks of
/// `crnn_lanes`, unless a kernel expects them innermost.
typedef struct {
    long channels, height, width;
    long pixel_stride, row_stride, block_stride, image_stride;
} crnn_planes;

/// Images of 32-bit floats in blocks of channels.
typedef struct {
    float *values;
    crnn_planes planes;
} crnn_images;

/// Row-major single-channel images, one after the other, and the zero pixels above and left of each.
typedef struct {
    const float *values;
    long count, height, width;
    long top, left;
} crnn_single_channel_images;

/// A sliding window: its size, its steps, and the rows and columns of padding before the image.
typedef struct {
    long height, width;
    long row_step, column_step;
    long top, left;
} crnn_window;

/// A window that slides over `inputs`: one position for each pixel of `outputs`.
typedef struct {
    crnn_planes inputs, outputs;
    crnn_window window;
} crnn_sliding;

/// Max pooling with windows of at most 254 pixels, then the ReLU if `relu`.
typedef struct {
    crnn_sliding sliding;
    bool relu;
} crnn_pooling;

typedef struct {
    /// Max pooling of a range of blocks of channels, counted image by image. NaN is greater than every number.
    ///
    /// `winners`, if given, has the layout of the output. It receives the position of each maximum in its window: the
    /// first of equals, or 255 if the ReLU gave zero, which has no gradient.
    void (*max_pooling)(float *output, unsigned char *_Nullable winners, const float *input, crnn_pooling pooling,
                        crnn_range blocks);

    /// The gradient for the input of `max_pooling`: each output's gradient is added at its winner.
    void (*max_pooling_gradient)(float *input, const float *output, const unsigned char *winners,
                                 crnn_sliding sliding, crnn_range blocks);

    /// `max_pooling` in bfloat16, in blocks of sixteen channels.
    void (*max_pooling_bf16)(uint16_t *output, unsigned char *_Nullable winners, const uint16_t *input,
                             crnn_pooling pooling, crnn_range blocks);

    /// The gradient for the input of `max_pooling_bf16`. Where windows overlap, the sum is rounded after each term.
    void (*max_pooling_gradient_bf16)(uint16_t *input, const uint16_t *output, const unsigned char *winners,
                                      crnn_sliding sliding, crnn_range blocks);

    /// Convolution of single-channel images with a kernel `[3 × 3 × 1 × outputs]` and unit strides, for a range of
    /// rows of the outputs, counted image by image. The epilogue has a bias.
    void (*single_channel_convolution)(crnn_images outputs, crnn_single_channel_images inputs, const float *kernel,
                                       crnn_epilogue epilogue, crnn_range rows);

    /// The gradients of the kernel and bias of `single_channel_convolution`, for a range of blocks of outputs.
    void (*single_channel_gradient)(float *kernel, float *bias, crnn_single_channel_images inputs,
                                    crnn_images gradients, crnn_range blocks);
} crnn_image_kernels;

#pragma clang assume_nonnull end

#endif
