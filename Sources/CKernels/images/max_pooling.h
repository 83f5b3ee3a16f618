#ifndef CRNN_IMAGES_MAX_POOLING_H
#define CRNN_IMAGES_MAX_POOLING_H

#include "simd/vectors.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

/// The winner of a window if the ReLU gave zero.
enum { no_winner = 255 };
typedef unsigned char winner_bytes __attribute__((vector_size(lanes), aligned(1)));

/// The part of a window that lies inside the image.
typedef struct {
    long top, bottom, left, right;
} window_part;

INLINED window_part part_inside(crnn_window window, crnn_planes inputs, long y, long x) {
    return (window_part){y < 0 ? -y : 0, smaller(window.height, inputs.height - y), x < 0 ? -x : 0,
                         smaller(window.width, inputs.width - x)};
}

/// Images of 32-bit floats in blocks of 8 channels, or of bfloat16 in blocks of 16, read as two vectors.
typedef enum { floats_by_8, bfloats_by_16 } pixel_format;

INLINED int vectors_of_block(pixel_format format) { return format == floats_by_8 ? 1 : 2; }

INLINED vector read_channels(pixel_format format, const void *image, long place) {
    if (format == floats_by_8) return load((const float *)image + place);
    typedef uint16_t halves __attribute__((vector_size(lanes * 2), aligned(2)));
    const uint16_t *source = (const uint16_t *)image + place;
    return (vector)(__builtin_convertvector(*(const halves *)source, wrapping) << 16);
}

/// Rounds to the nearest bfloat16, ties to even. Values that are already bfloat16, NaN included, do not change.
INLINED void write_channels(pixel_format format, void *image, long place, vector values) {
    if (format == floats_by_8) return store((float *)image + place, values);
    typedef uint16_t halves __attribute__((vector_size(lanes * 2), aligned(2)));
    wrapping bits = (wrapping)values;
    bits = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    *(halves *)((uint16_t *)image + place) = __builtin_convertvector(bits, halves);
}

/// One position of a window, for one vector of channels.
typedef struct {
    /// The row and column of the image at which the window begins.
    long y, x;
    /// The offset of these channels in the first pixel of the input image, and in the output.
    long input, output;
} window_place;

INLINED void pool(pixel_format format, void *output, unsigned char *winners, const void *input, crnn_pooling pooling,
                  window_place place) {
    const crnn_planes inputs = pooling.sliding.inputs;
    const crnn_window window = pooling.sliding.window;
    const long y = place.y, x = place.x;
    window_part inside = part_inside(window, inputs, y, x);
    vector best = (vector){0} - INFINITY;
    integers winner = (integers){0} + no_winner;
    for (long i = inside.top; i < inside.bottom; i++) {
        for (long j = inside.left; j < inside.right; j++) {
            vector value = read_channels(format, input,
                                         place.input + (y + i) * inputs.row_stride + (x + j) * inputs.pixel_stride);
            // NaN wins against every number, and no number wins against NaN.
            integers wins = (value > best) | (value != value);
            best = chosen(wins, value, best);
            winner = (wins & (integers){0} + (int)(i * window.width + j)) | (~wins & winner);
        }
    }
    if (pooling.relu) {
        integers zero = best <= 0;
        best = chosen(zero, (vector){0}, best);
        winner |= zero & (integers){0} + no_winner;
    }
    write_channels(format, output, place.output, best);
    if (winners) *(winner_bytes *)(winners + place.output) = __builtin_convertvector(winner, winner_bytes);
}

/// Calls `BODY` with the place of each window, for each vector of a block.
#define FOR_EACH_WINDOW(BODY)                                                                                \
    const crnn_planes inputs = sliding.inputs, outputs = sliding.outputs;                                    \
    const crnn_window window = sliding.window;                                                               \
    const int vectors = vectors_of_block(format);                                                            \
    const long per_image = inputs.channels / (lanes * vectors);                                              \
    for (long index = blocks.first; index < blocks.first + blocks.count; index++) {                          \
        long image = index / per_image, block = index % per_image;                                           \
        for (long row = 0; row < outputs.height; row++) {                                                    \
            for (long column = 0; column < outputs.width; column++) {                                        \
                for (int v = 0; v < vectors; v++) {                                                          \
                    const window_place place = {                                                             \
                        row * window.row_step - window.top, column * window.column_step - window.left,       \
                        image * inputs.image_stride + block * inputs.block_stride + v * lanes,               \
                        image * outputs.image_stride + block * outputs.block_stride                          \
                            + row * outputs.row_stride + column * outputs.pixel_stride + v * lanes};         \
                    BODY                                                                                     \
                }                                                                                            \
            }                                                                                                \
        }                                                                                                    \
    }

INLINED void pool_blocks(pixel_format format, void *output, unsigned char *winners, const void *input,
                         crnn_pooling pooling, crnn_range blocks) {
    const crnn_sliding sliding = pooling.sliding;
    FOR_EACH_WINDOW(pool(format, output, winners, input, pooling, place);)
}

/// Adds the gradient of an output to its winner.
INLINED void add_to_winner(pixel_format format, void *input, vector gradient, integers winner, crnn_sliding sliding,
                           window_place place) {
    const crnn_planes inputs = sliding.inputs;
    const long y = place.y, x = place.x;
    window_part inside = part_inside(sliding.window, inputs, y, x);
    for (long i = inside.top; i < inside.bottom; i++) {
        for (long j = inside.left; j < inside.right; j++) {
            long pixel = place.input + (y + i) * inputs.row_stride + (x + j) * inputs.pixel_stride;
            integers wins = winner == (integers){0} + (int)(i * sliding.window.width + j);
            write_channels(format, input, pixel, read_channels(format, input, pixel) + where(wins, gradient));
        }
    }
}

INLINED void unpool_blocks(pixel_format format, void *input, const void *output, const unsigned char *winners,
                           crnn_sliding sliding, crnn_range blocks) {
    // Blocks are adjacent, without gaps.
    long size = sliding.inputs.block_stride * (format == floats_by_8 ? sizeof(float) : sizeof(uint16_t));
    memset((char *)input + blocks.first * size, 0, blocks.count * size);
    FOR_EACH_WINDOW(
        integers winner = __builtin_convertvector(*(const winner_bytes *)(winners + place.output), integers);
        add_to_winner(format, input, read_channels(format, output, place.output), winner, sliding, place);)
}

#undef FOR_EACH_WINDOW

static void max_pooling(float *output, unsigned char *winners, const float *input, crnn_pooling pooling,
                        crnn_range blocks) {
    pool_blocks(floats_by_8, output, winners, input, pooling, blocks);
}

static void max_pooling_gradient(float *input, const float *output, const unsigned char *winners,
                                 crnn_sliding sliding, crnn_range blocks) {
    unpool_blocks(floats_by_8, input, output, winners, sliding, blocks);
}

static void max_pooling_bf16(uint16_t *output, unsigned char *winners, const uint16_t *input, crnn_pooling pooling,
                             crnn_range blocks) {
    pool_blocks(bfloats_by_16, output, winners, input, pooling, blocks);
}

static void max_pooling_gradient_bf16(uint16_t *input, const uint16_t *output, const unsigned char *winners,
                                      crnn_sliding sliding, crnn_range blocks) {
    unpool_blocks(bfloats_by_16, input, output, winners, sliding, blocks);
}

#endif
