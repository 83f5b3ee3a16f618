#ifndef CRNN_IMAGES_H
#define CRNN_IMAGES_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The channels of one block: images keep as many neighbouring channels side by side in memory (oneDNN's nChw8c).
enum { crnn_lanes = 8 };

/// Sizes of images and the distances between neighbours in memory, in elements. Channels lie in blocks of
/// `crnn_lanes`, unless a kernel expects them innermost.
typedef struct {
    long channels, height, width;
    long pixel_stride, row_stride, block_stride, image_stride;
} crnn_planes;

/// Consecutive parts of the work.
typedef struct {
    long first, count;
} crnn_range;

/// A sliding window: its size, its steps, and how many pixels before the image it begins.
typedef struct {
    long height, width;
    long row_step, column_step;
    long top, left;
} crnn_window;

/// Single-channel images in row-major order that follow each other, and the zero pixels above and left of each.
typedef struct {
    const float *values;
    long height, width;
    long top, left;
} crnn_single_channel_image;

typedef struct {
    /// The maximum in each window of at most 254 places, then the ReLU if `relu`, for a range of blocks of channels,
    /// counted image by image. A NaN wins. `winners`, if given, has the layout of the output and receives each
    /// winner's place in its window: the first of equals, or 255 where the ReLU gave a zero, which has no gradient.
    void (*max_pooling)(float *output, unsigned char *_Nullable winners, const float *input, crnn_planes outputs,
                        crnn_planes inputs, crnn_window window, bool relu, crnn_range blocks);

    /// The gradient for the input of `max_pooling`: the gradient of each output goes to its winner.
    void (*max_pooling_gradient)(float *input, const float *output, const unsigned char *winners,
                                 crnn_planes outputs, crnn_planes inputs, crnn_window window, crnn_range blocks);

    /// As `max_pooling`, in bfloat16 and blocks of sixteen channels.
    void (*max_pooling_bf16)(uint16_t *output, unsigned char *_Nullable winners, const uint16_t *input,
                             crnn_planes outputs, crnn_planes inputs, crnn_window window, bool relu,
                             crnn_range blocks);

    /// The gradient for the input of `max_pooling_bf16`; sums where windows overlap are rounded after each term.
    void (*max_pooling_gradient_bf16)(uint16_t *input, const uint16_t *output, const unsigned char *winners,
                                      crnn_planes outputs, crnn_planes inputs, crnn_window window,
                                      crnn_range blocks);

    /// Convolution of single-channel images with a kernel `[3 × 3 × 1 × outputs]` and unit strides, plus bias, then
    /// the ReLU if `relu`, for a range of rows of outputs, counted image by image.
    void (*single_channel_convolution)(float *output, crnn_single_channel_image image, const float *kernel,
                                       const float *bias, bool relu, crnn_planes outputs, crnn_range rows);

    /// The gradients for the kernel and bias of `single_channel_convolution`, for a range of blocks of outputs.
    void (*single_channel_gradient)(float *kernel, float *bias, crnn_single_channel_image image,
                                    const float *gradient, crnn_planes outputs, long images, crnn_range blocks);
} crnn_image_kernels;

#pragma clang assume_nonnull end

#endif
