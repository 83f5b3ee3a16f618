#include "pooling.h"
#include "vectors.h"
#include <math.h>
#include <stddef.h>

VECTORS_BEGIN

enum { nobody = 255 };
typedef unsigned char bytes __attribute__((vector_size(lanes), aligned(1)));

/// The part of a window that lies inside the image.
typedef struct {
    long top, bottom, left, right;
} part;

INLINED part part_inside(crnn_window window, crnn_planes inputs, long y, long x) {
    return (part){y < 0 ? -y : 0, smaller(window.height, inputs.height - y), x < 0 ? -x : 0,
                  smaller(window.width, inputs.width - x)};
}

INLINED void pool(float *output, unsigned char *winners, const float *input, crnn_planes inputs,
                  crnn_window window, bool relu, long y, long x) {
    part inside = part_inside(window, inputs, y, x);
    vector best = (vector){0} - INFINITY;
    integers winner = (integers){0} + nobody;
    for (long i = inside.top; i < inside.bottom; i++) {
        for (long j = inside.left; j < inside.right; j++) {
            vector value = load(input + (y + i) * inputs.row_stride + (x + j) * inputs.pixel_stride);
            // What is not a number wins, and stays.
            integers wins = (value > best) | (value != value);
            best = chosen(wins, value, best);
            winner = (wins & (integers){0} + (int)(i * window.width + j)) | (~wins & winner);
        }
    }
    if (relu) {
        integers zero = best <= 0;
        best = chosen(zero, (vector){0}, best);
        winner |= zero & (integers){0} + nobody;
    }
    store(output, best);
    if (winners) *(bytes *)winners = __builtin_convertvector(winner, bytes);
}

/// Calls `BODY` for each window of a block, with the offsets of its output and of its block of the input.
#define FOR_EACH_WINDOW(BODY)                                                                                \
    long per_image = inputs.channels / lanes;                                                                \
    for (long index = blocks.first; index < blocks.first + blocks.count; index++) {                          \
        long image = index / per_image, block = index % per_image;                                           \
        long place = image * inputs.image_stride + block * inputs.block_stride;                              \
        long target = image * outputs.image_stride + block * outputs.block_stride;                           \
        for (long row = 0; row < outputs.height; row++) {                                                    \
            for (long column = 0; column < outputs.width; column++) {                                        \
                long here = target + row * outputs.row_stride + column * outputs.pixel_stride;               \
                long y = row * window.row_step - window.top, x = column * window.column_step - window.left;  \
                BODY                                                                                         \
            }                                                                                                \
        }                                                                                                    \
    }

void crnn_max_pooling(float *output, unsigned char *winners, const float *input, crnn_planes outputs,
                      crnn_planes inputs, crnn_window window, bool relu, crnn_range blocks) {
    FOR_EACH_WINDOW(pool(output + here, winners ? winners + here : NULL, input + place, inputs, window, relu, y, x);)
}

INLINED void spread(float *input, vector gradient, integers winner, crnn_planes inputs, crnn_window window,
                    long y, long x) {
    part inside = part_inside(window, inputs, y, x);
    for (long i = inside.top; i < inside.bottom; i++) {
        for (long j = inside.left; j < inside.right; j++) {
            vector *sum = (vector *)(input + (y + i) * inputs.row_stride + (x + j) * inputs.pixel_stride);
            integers wins = winner == (integers){0} + (int)(i * window.width + j);
            *sum += where(wins, gradient);
        }
    }
}

static void clear(float *input, crnn_planes inputs, crnn_range blocks) {
    long per_image = inputs.channels / lanes;
    for (long index = blocks.first; index < blocks.first + blocks.count; index++) {
        float *block = input + index / per_image * inputs.image_stride + index % per_image * inputs.block_stride;
        for (long row = 0; row < inputs.height; row++)
            for (long column = 0; column < inputs.width; column++)
                store(block + row * inputs.row_stride + column * inputs.pixel_stride, (vector){0});
    }
}

void crnn_max_pooling_gradient(float *input, const float *output, const unsigned char *winners,
                               crnn_planes outputs, crnn_planes inputs, crnn_window window,
                               crnn_range blocks) {
    clear(input, inputs, blocks);
    FOR_EACH_WINDOW(integers winner = __builtin_convertvector(*(const bytes *)(winners + here), integers);
                    spread(input + place, load(output + here), winner, inputs, window, y, x);)
}

VECTORS_END
